import { describe, expect, test } from 'vitest';
import { apply, refusalOf, type SampleProject } from '#tests/edits/sampleProject.ts';
import { FRAME, threeClips } from '#tests/edits/threeClips.ts';
import { itemEnd, itemStart } from '../../model/items.ts';
import type { EditCommand } from '../registry.ts';

/** Start and end of the items of a track, in frames. */
function places({ project }: SampleProject, trackId: string): [number, number][] {
  return project.itemsOn(trackId).map((item) => [itemStart(item) / FRAME, itemEnd(item) / FRAME]);
}

const dissolve: EditCommand = { type: 'transition.add', clipId: 'b', duration: '10f' };

describe('several clips', () => {
  test('move by one amount and keep the dissolve between them', () => {
    const sample = threeClips();
    apply(sample.project, 'd', [
      dissolve,
      { type: 'clip.move', clipId: 'a', clipIds: ['b'], to: '200f' },
    ]);
    expect(places(sample, sample.videoTrackId)).toEqual([
      [100, 150],
      [200, 250],
      [250, 300],
    ]);
    expect(sample.project.all('transition').map(({ cut }) => cut.incomingId)).toEqual([
      'b',
      'b-sound',
    ]);
  });

  test('that are inserted together push what follows by the length of the block', () => {
    const sample = threeClips();
    apply(sample.project, 'm', [
      { type: 'clip.move', clipId: 'b', clipIds: ['c'], to: 0, mode: 'insert' },
    ]);
    expect(sample.project.itemsOn(sample.videoTrackId).map((item) => item.id)).toEqual([
      'b',
      'c',
      'a',
    ]);
    expect(places(sample, sample.audioTrackId)).toEqual([
      [0, 50],
      [50, 100],
      [100, 150],
    ]);
  });

  test('are nudged over what stands beside them, and not before the beginning', () => {
    const sample = threeClips();
    apply(sample.project, 'n', [{ type: 'clip.nudge', clipIds: ['b', 'c'], frames: -4 }]);
    expect(places(sample, sample.videoTrackId)).toEqual([
      [0, 46],
      [46, 96],
      [96, 146],
    ]);
    const tooFar: EditCommand = { type: 'clip.nudge', clipIds: ['a', 'b'], frames: -1 };
    expect(refusalOf(sample.project, [tooFar])).toBe('edit/bad-time');
  });

  test('are duplicated with their dissolve, linked among themselves', () => {
    const sample = threeClips();
    const made = apply(sample.project, 'd', [
      dissolve,
      { type: 'clip.duplicate', clipIds: ['a', 'b'] },
    ]).outcomes[1]?.['clipIds'] as string[];
    expect(made).toHaveLength(4);
    expect(places(sample, sample.videoTrackId)).toEqual(
      [0, 50, 100, 150, 200].map((start) => [start, start + 50]),
    );
    expect(sample.project.all('transition')).toHaveLength(4);
    const copy = sample.project.itemsOn(sample.videoTrackId)[2];
    const linked = copy ? sample.project.linkedWith(copy).map((item) => item.id) : [];
    expect(linked).toHaveLength(2);
    expect(made).toEqual(expect.arrayContaining(linked));
  });
});

describe('a range', () => {
  test('is lifted from one track and extracted from all', () => {
    const sample = threeClips();
    const range = { timelineId: sample.timelineId, from: '30f', to: '70f' } as const;
    apply(sample.project, 'lift', [
      { type: 'clip.lift', ...range, trackIds: [sample.audioTrackId] },
    ]);
    expect(places(sample, sample.audioTrackId)).toEqual([
      [0, 30],
      [70, 100],
      [100, 150],
    ]);
    expect(places(sample, sample.videoTrackId)[0]).toEqual([0, 50]);
    apply(sample.project, 'extract', [{ type: 'clip.extract', ...range }]);
    const closed = [
      [0, 30],
      [30, 60],
      [60, 110],
    ];
    expect(places(sample, sample.videoTrackId)).toEqual(closed);
    expect(places(sample, sample.audioTrackId)).toEqual(closed);
  });

  test('taken out of the middle of a clip leaves two pairs of picture and sound', () => {
    const sample = threeClips();
    const { project, timelineId } = sample;
    apply(project, 'x', [{ type: 'clip.extract', timelineId, from: '10f', to: '20f' }]);
    apply(project, 'm', [{ type: 'clip.move', clipId: 'a', to: '300f' }]);
    expect(places(sample, sample.videoTrackId)[0]).toEqual([10, 40]);
    expect(places(sample, sample.audioTrackId)[0]).toEqual([10, 40]);
  });

  test('is refused where a locked track would change, and when it is empty', () => {
    const { project, timelineId, audioTrackId, videoTrackId } = threeClips();
    apply(project, 'l', [{ type: 'track.set', trackId: audioTrackId, locked: true }]);
    const range = { timelineId, from: '30f', to: '70f' } as const;
    expect(refusalOf(project, [{ type: 'clip.lift', ...range }])).toBe('edit/track-locked');
    expect(refusalOf(project, [{ type: 'clip.extract', ...range }])).toBe('edit/track-locked');
    apply(project, 'v', [{ type: 'clip.lift', ...range, trackIds: [videoTrackId] }]);
    expect(refusalOf(project, [{ type: 'clip.lift', ...range, to: '30f' }])).toBe(
      'edit/bad-duration',
    );
  });
});

describe('a gap', () => {
  test('closes by what is empty on all the tracks', () => {
    const sample = threeClips();
    const trackIds = [sample.videoTrackId, sample.audioTrackId];
    apply(sample.project, 'g', [
      { type: 'clip.delete', clipIds: ['b'] },
      { type: 'clip.trim', clipId: 'a-sound', edge: 'tail', to: '60f', scope: 'alone' },
      { type: 'gap.close', trackIds, at: '100f' },
    ]);
    expect(places(sample, sample.videoTrackId)).toEqual([
      [0, 50],
      [60, 110],
    ]);
    expect(places(sample, sample.audioTrackId)).toEqual([
      [0, 60],
      [60, 110],
    ]);
    expect(refusalOf(sample.project, [{ type: 'gap.close', trackIds, at: '55f' }])).toBe(
      'edit/no-gap',
    );
  });

  test('does not close where a locked track would have to move', () => {
    const { project, timelineId, videoTrackId, audioTrackId } = threeClips();
    apply(project, 'l', [
      { type: 'clip.delete', clipIds: ['a'] },
      { type: 'track.set', trackId: audioTrackId, locked: true },
    ]);
    const trackIds = [videoTrackId, audioTrackId];
    expect(refusalOf(project, [{ type: 'gap.close', trackIds, at: 0 }])).toBe('edit/track-locked');
    const extract: EditCommand = { type: 'clip.extract', timelineId, from: '10f', to: '20f' };
    expect(refusalOf(project, [extract])).toBe('edit/track-locked');
    apply(project, 'v', [{ type: 'gap.close', trackIds: [videoTrackId], at: 0 }]);
  });

  test('is not where clips touch, nor after the last one', () => {
    const { project, videoTrackId } = threeClips();
    for (const at of ['50f', '20f', '150f', '400f']) {
      expect(refusalOf(project, [{ type: 'gap.close', trackIds: [videoTrackId], at }])).toBe(
        'edit/no-gap',
      );
    }
  });
});

describe('several named items', () => {
  test('are trimmed and cut at one time, with their linked sound', () => {
    const sample = threeClips();
    const { project, timelineId, assets, videoTrackId, audioTrackId } = sample;
    apply(project, 'v', [
      { type: 'track.add', timelineId, trackKind: 'video', trackId: 'v2' },
      {
        type: 'clip.overwrite',
        timelineId,
        assetId: assets.film,
        use: 'picture',
        videoTrackId: 'v2',
        in: '20f',
        out: '70f',
        at: '60f',
        clipIds: ['over'],
      },
      { type: 'clip.split', clipId: 'over', clipIds: ['b', 'b-sound'], at: '80f' },
      { type: 'clip.trim', clipId: 'over', clipIds: ['b'], edge: 'tail', to: '70f' },
    ]);
    expect(places(sample, 'v2')).toEqual([
      [60, 70],
      [80, 110],
    ]);
    for (const trackId of [videoTrackId, audioTrackId]) {
      expect(places(sample, trackId)).toEqual([
        [0, 50],
        [50, 70],
        [80, 100],
        [100, 150],
      ]);
    }
    const right = project.itemsOn(videoTrackId)[2];
    expect(right && project.linkedWith(right)).toHaveLength(2);
    const cut: EditCommand = { type: 'clip.split', clipId: 'over', clipIds: ['c'], at: '65f' };
    expect(refusalOf(project, [cut])).toBe('edit/not-inside');
    const trim: EditCommand = {
      type: 'clip.trim',
      clipId: 'over',
      clipIds: ['c'],
      edge: 'head',
      to: '65f',
    };
    expect(refusalOf(project, [trim])).toBe('edit/beyond-limit');
  });
});

describe('splitting everything', () => {
  test('cuts unlocked tracks only, and links the new halves', () => {
    const sample = threeClips();
    const { project, timelineId, videoTrackId, audioTrackId } = sample;
    apply(project, 's', [{ type: 'clip.splitAll', timelineId, at: '60f' }]);
    apply(project, 'm', [{ type: 'clip.delete', clipIds: ['b'] }]);
    expect(places(sample, videoTrackId)[1]).toEqual([60, 100]);
    expect(places(sample, audioTrackId)[1]).toEqual([60, 100]);
    apply(project, 'l', [
      { type: 'track.set', trackId: audioTrackId, locked: true },
      { type: 'clip.splitAll', timelineId, at: '120f' },
    ]);
    expect(project.itemsOn(videoTrackId)).toHaveLength(4);
    expect(project.itemsOn(audioTrackId)).toHaveLength(3);
  });

  test('is refused inside a dissolve and in a gap', () => {
    const { project, timelineId } = threeClips();
    apply(project, 'd', [dissolve]);
    const split = (at: string): EditCommand => ({ type: 'clip.splitAll', timelineId, at });
    expect(refusalOf(project, [split('52f')])).toBe('edit/inside-transition');
    expect(refusalOf(project, [split('150f')])).toBe('edit/not-inside');
  });
});

describe('replacing', () => {
  test('keeps place and duration of picture and sound', () => {
    const { project, assets } = threeClips();
    apply(project, 'r', [{ type: 'clip.replace', clipId: 'b', assetId: assets.short, in: '5f' }]);
    for (const id of ['b', 'b-sound']) {
      expect(project.find('clip', id)).toMatchObject({
        assetId: assets.short,
        name: 'short.file',
        sourceRange: { in: 5 * FRAME, out: 55 * FRAME },
        placement: { start: 50 * FRAME },
      });
    }
  });

  test('is refused where the asset is too short or lacks sound', () => {
    const { project, assets } = threeClips();
    const replace = (assetId: string, first: string): EditCommand => ({
      type: 'clip.replace',
      clipId: 'b',
      assetId,
      in: first,
    });
    expect(refusalOf(project, [replace(assets.short, '13f')])).toBe('edit/beyond-media');
    expect(refusalOf(project, [replace(assets.short, '-1f')])).toBe('edit/beyond-media');
    expect(refusalOf(project, [replace(assets.still, '0f')])).toBe('edit/nothing-to-use');
    apply(project, 's', [{ ...replace(assets.still, '0f'), scope: 'alone' }]);
  });
});

describe('links', () => {
  test('end for all that were linked, and can be made anew', () => {
    const sample = threeClips();
    const { project, videoTrackId, audioTrackId } = sample;
    apply(project, 'u', [
      { type: 'clip.unlink', clipIds: ['a'] },
      { type: 'clip.move', clipId: 'a', to: '200f' },
    ]);
    expect(places(sample, audioTrackId)[0]).toEqual([0, 50]);
    apply(project, 'l', [
      { type: 'clip.link', clipIds: ['a', 'a-sound'] },
      { type: 'clip.nudge', clipIds: ['a-sound'], frames: 300 },
    ]);
    expect(places(sample, videoTrackId).at(-1)).toEqual([500, 550]);
  });

  test('are for at least two clips, and not for titles', () => {
    const { project, timelineId } = threeClips();
    const titleId = String(
      apply(project, 't', [{ type: 'title.add', timelineId, at: 0 }]).outcomes[0]?.['titleId'],
    );
    for (const clipIds of [
      ['a', 'a'],
      ['a', titleId],
    ]) {
      expect(refusalOf(project, [{ type: 'clip.link', clipIds }])).toBe('edit/cannot-link');
    }
  });
});

describe('tracks', () => {
  test('change several at a time; the name is for the first, and what is not given stays', () => {
    const { project, timelineId, videoTrackId, audioTrackId } = threeClips();
    const both = { type: 'track.set', trackId: videoTrackId, trackIds: [audioTrackId] } as const;
    apply(project, 's', [
      { ...both, name: 'Camera', solo: true, syncLocked: false, height: 80 },
      { ...both, muted: true, syncLocked: true },
    ]);
    const [sound, picture] = project.tracksOf(timelineId);
    const shared = { solo: true, muted: true, height: 80 };
    expect(picture).toMatchObject({ ...shared, name: 'Camera' });
    expect(sound).toMatchObject({ ...shared, name: 'A1' });
    expect(picture).not.toHaveProperty('syncLocked');
    apply(project, 'b', [{ ...both, solo: false, muted: false }]);
    expect(project.find('track', audioTrackId)).not.toHaveProperty('muted');
  });

  test('have a language where they hold captions', () => {
    const { project, timelineId, videoTrackId } = threeClips();
    apply(project, 'c', [
      { type: 'track.add', timelineId, trackKind: 'caption', trackId: 'c1' },
      { type: 'track.set', trackId: 'c1', language: 'pt-BR' },
    ]);
    expect(project.find('track', 'c1')?.language).toBe('pt-BR');
    apply(project, 'n', [{ type: 'track.set', trackId: 'c1', language: null }]);
    expect(project.find('track', 'c1')).not.toHaveProperty('language');
    const language = (trackId: string, value: string) =>
      refusalOf(project, [{ type: 'track.set', trackId, language: value }]);
    expect(language(videoTrackId, 'en')).toBe('edit/wrong-track');
    expect(language('c1', 'not a language')).toBe('edit/bad-command');
  });

  test('are removed only when nothing stands on them', () => {
    const { project, timelineId, videoTrackId } = threeClips();
    expect(refusalOf(project, [{ type: 'track.remove', trackId: videoTrackId }])).toBe(
      'edit/track-not-empty',
    );
    apply(project, 't', [
      { type: 'track.add', timelineId, trackKind: 'video', trackId: 'v2' },
      { type: 'track.remove', trackId: 'v2' },
    ]);
    expect(project.tracksOf(timelineId)).toHaveLength(2);
  });

  test('change their order, sound always below', () => {
    const { project, timelineId, videoTrackId, audioTrackId } = threeClips();
    apply(project, 't', [
      { type: 'track.add', timelineId, trackKind: 'video', trackId: 'v2' },
      { type: 'track.reorder', trackId: videoTrackId, aboveId: 'v2' },
    ]);
    const order = () => project.tracksOf(timelineId).map((track) => track.id);
    expect(order()).toEqual([audioTrackId, 'v2', videoTrackId]);
    apply(project, 'back', [
      { type: 'track.reorder', trackId: videoTrackId, aboveId: audioTrackId },
    ]);
    expect(order()).toEqual([audioTrackId, videoTrackId, 'v2']);
    expect(refusalOf(project, [{ type: 'track.reorder', trackId: 'v2' }])).toBe('edit/wrong-track');
  });
});
