import { describe, expect, test } from 'vitest';
import { apply, refusalOf, sampleProject } from '#tests/edits/sampleProject.ts';
import { FLICKS_PER_SECOND } from '../../time/flicks.ts';
import { applyEdit } from '../applyEdit.ts';
import { idsFrom } from '../ids.ts';

const FRAME = FLICKS_PER_SECOND / 25;

/** Clips “a” and “b” of two seconds that touch, with sound; `spare` frames of media ahead of b and behind a. */
function twoClips(options: { spareHead?: number | string; spareTail?: number } = {}) {
  const sample = sampleProject();
  const { spareHead = '25f', spareTail = 25 } = options;
  const first = typeof spareHead === 'number' ? spareHead : 25 * FRAME;
  const end = 60 * 25 - spareTail;
  apply(sample.project, 'clips', [
    {
      type: 'clip.append',
      timelineId: sample.timelineId,
      assetId: sample.assets.film,
      in: `${end - 50}f`,
      out: `${end}f`,
      clipIds: ['a', 'a-sound'],
    },
    {
      type: 'clip.append',
      timelineId: sample.timelineId,
      assetId: sample.assets.film,
      in: first,
      out: first + 50 * FRAME,
      clipIds: ['b', 'b-sound'],
    },
  ]);
  return sample;
}

const dissolvesOf = (sample: ReturnType<typeof twoClips>) =>
  sample.project.all('transition').map(({ cut, reach }) => ({
    into: cut.incomingId,
    before: reach.before / FRAME,
    after: reach.after / FRAME,
  }));

describe('a dissolve', () => {
  test('is centred, with an odd frame before the cut, on picture and sound', () => {
    const sample = twoClips();
    apply(sample.project, 'd', [{ type: 'transition.add', clipId: 'b', duration: '11f' }]);
    expect(dissolvesOf(sample)).toEqual([
      { into: 'b', before: 6, after: 5 },
      { into: 'b-sound', before: 6, after: 5 },
    ]);
  });

  test.each([
    ['0f', 0, 10],
    ['3f', 3, 7],
    ['10f', 10, 0],
  ])('may lie anywhere across the cut: %s of 10 before it', (before, ahead, behind) => {
    const sample = twoClips();
    apply(sample.project, 'd', [
      { type: 'transition.add', clipId: 'b', duration: '10f', before, scope: 'alone' },
    ]);
    expect(dissolvesOf(sample)).toEqual([{ into: 'b', before: ahead, after: behind }]);
  });

  test('cannot lie more before the cut than it lasts', () => {
    const sample = twoClips();
    expect(
      refusalOf(sample.project, [
        { type: 'transition.add', clipId: 'b', duration: '10f', before: '11f' },
      ]),
    ).toBe('edit/bad-duration');
  });

  test('names the longest one there is media for, which then works, and one frame more does not', () => {
    for (const [spareHead, spareTail] of [
      [3, 2],
      [2, 3],
      [5, 5],
      [4, 9],
      [3.5, 9],
    ] as const) {
      const sample = twoClips({ spareHead: spareHead * FRAME, spareTail });
      const result = applyEdit(
        sample.project,
        [{ type: 'transition.add', clipId: 'b', duration: '40f' }],
        idsFrom('d'),
      );
      const longest = result.ok ? 0 : Number(result.error.details?.['longest']);
      const withDuration = (duration: number) => [
        { type: 'transition.add', clipId: 'b', duration },
      ];
      expect(refusalOf(sample.project, withDuration(longest + FRAME))).toBe(
        'edit/not-enough-handle',
      );
      apply(sample.project, 'longest', withDuration(longest));
    }
  });

  test('that is replaced stays when the new one does not fit', () => {
    const sample = twoClips({ spareHead: 4 * FRAME });
    apply(sample.project, 'd', [{ type: 'transition.add', clipId: 'b', duration: '6f' }]);
    // The sound gets less spare media than the picture, so that only the picture’s dissolve can grow.
    apply(sample.project, 't', [
      { type: 'clip.trim', clipId: 'a-sound', edge: 'head', to: '45f', scope: 'alone' },
      { type: 'transition.add', clipId: 'b', duration: '8f' },
    ]);
    expect(dissolvesOf(sample)).toContainEqual({ into: 'b', before: 4, after: 4 });
    expect(dissolvesOf(sample)).toContainEqual({ into: 'b-sound', before: 4, after: 4 });
    apply(sample.project, 'u', [
      { type: 'clip.trim', clipId: 'a-sound', edge: 'head', to: '47f', scope: 'alone' },
    ]);
    expect(dissolvesOf(sample)).toContainEqual({ into: 'b-sound', before: 3, after: 4 });
    apply(sample.project, 'v', [{ type: 'transition.add', clipId: 'b', duration: '7f' }]);
    expect(dissolvesOf(sample)).toContainEqual({ into: 'b-sound', before: 3, after: 4 });
  });

  test('begins on a frame even where the source does not', () => {
    const sample = twoClips({ spareHead: 3.5 * FRAME });
    apply(sample.project, 'd', [
      { type: 'transition.add', clipId: 'b', duration: '6f', scope: 'alone' },
      { type: 'clip.trim', clipId: 'b', edge: 'tail', to: '60f' },
    ]);
    expect(dissolvesOf(sample)).toEqual([{ into: 'b', before: 3, after: 3 }]);
    expect(
      refusalOf(sample.project, [
        { type: 'transition.add', clipId: 'b', duration: '8f', before: '4f' },
      ]),
    ).toBe('edit/not-enough-handle');
  });

  test('on a locked sound track cannot be removed with the picture’s', () => {
    const sample = twoClips();
    const [id] = apply(sample.project, 'd', [
      { type: 'transition.add', clipId: 'b', duration: '10f' },
      { type: 'track.set', trackId: sample.audioTrackId, locked: true },
    ]).outcomes[0]?.['transitionIds'] as string[];
    expect(refusalOf(sample.project, [{ type: 'transition.remove', transitionId: id }])).toBe(
      'edit/track-locked',
    );
  });
});

describe('beside a dissolve', () => {
  test('a clip is not split where two are seen at once', () => {
    const sample = twoClips();
    apply(sample.project, 'd', [{ type: 'transition.add', clipId: 'b', duration: '10f' }]);
    for (const at of ['46f', '49f']) {
      expect(refusalOf(sample.project, [{ type: 'clip.split', clipId: 'a', at }])).toBe(
        'edit/inside-transition',
      );
    }
    for (const at of ['51f', '54f']) {
      expect(refusalOf(sample.project, [{ type: 'clip.split', clipId: 'b', at }])).toBe(
        'edit/inside-transition',
      );
    }
    apply(sample.project, 's', [
      { type: 'clip.split', clipId: 'a', at: '45f' },
      { type: 'clip.split', clipId: 'b', at: '55f' },
    ]);
    expect(dissolvesOf(sample)).toContainEqual({ into: 'b', before: 5, after: 5 });
  });
});
