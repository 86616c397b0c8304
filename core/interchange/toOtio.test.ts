import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { EDIT_RATES } from '#tests/edits/randomCommands.ts';
import { apply, sampleProject } from '#tests/edits/sampleProject.ts';
import { flicks } from '../time/flicks.ts';
import { frameDuration, frameStart, type Rate, rate } from '../time/rate.ts';
import { readOtio } from './fromOtio.ts';
import { interchangeFromProject } from './interchangeFromProject.ts';
import type {
  InterchangeItem,
  InterchangeTimeline,
  InterchangeTrack,
} from './interchangeTimeline.ts';
import { writeOtio } from './toOtio.ts';

vi.setConfig({ testTimeout: 60_000 });

const GOLDEN = new URL('../../tests/golden/interchange/', import.meta.url);

/** Timelines as a project makes them: whole frames on the timeline, any flick in the source. */
function timelines(frameRate: Rate) {
  const frame = frameDuration(frameRate);
  const item = fc.oneof(
    fc.integer({ min: 1, max: 500_000 }).map(
      (frames): InterchangeItem => ({
        kind: 'gap',
        duration: frameStart(frames, frameRate),
      }),
    ),
    fc
      .record({
        name: fc.string({ unit: 'grapheme', maxLength: 20 }),
        frames: fc.integer({ min: 1, max: 200_000 }),
        first: fc.oneof(
          fc.integer({ min: -100, max: 2_000_000 }).map((frames) => frames * frame),
          fc.integer({ min: 0, max: 1e13 }),
        ),
        media: fc.option(fc.integer({ min: 1, max: 1e13 })),
        mediaUrl: fc.option(fc.constantFrom('a.mov', 'file:///media/b%20c.mp4')),
        id: fc.option(fc.constantFrom('clip-1', 'clip-2')),
        link: fc.option(fc.constantFrom('link-1', 'link-2')),
        gainDb: fc.constantFrom(null, -96, -6.5, 24),
      })
      .map(
        ({ frames, first, media, gainDb, ...rest }): InterchangeItem => ({
          kind: 'clip',
          ...rest,
          ...(gainDb === null ? {} : { parameters: { gainDb } }),
          sourceRange: { in: flicks(first), out: flicks(first + frames * frame) },
          mediaDuration: media === null ? null : flicks(media),
        }),
      ),
  );
  const track = fc
    .record({
      items: fc.array(item, { maxLength: 12, size: 'max' }),
      name: fc.string({ maxLength: 8 }),
      muted: fc.boolean(),
      reach: fc.tuple(fc.nat(50), fc.nat(50)),
    })
    .map(({ items: all, reach, ...rest }) => {
      const items = all.filter(
        (each, index) => each.kind === 'clip' || all[index - 1]?.kind === 'clip',
      );
      const transitions = items.flatMap((each, index) =>
        each.kind === 'clip' && items[index + 1]?.kind === 'clip' && index % 2 === 0
          ? [
              {
                afterItemIndex: index,
                kind: 'dissolve' as const,
                before: frameStart(reach[0], frameRate),
                after: frameStart(reach[1], frameRate),
              },
            ]
          : [],
      );
      return { ...rest, items, transitions };
    });
  const ofKind = (kind: InterchangeTrack['kind']) =>
    fc.array(
      track.map((each): InterchangeTrack => ({ kind, ...each })),
      { maxLength: 3 },
    );
  return fc.tuple(fc.string({ maxLength: 20 }), ofKind('video'), ofKind('audio')).map(
    ([name, video, audio]): InterchangeTimeline => ({
      name,
      frameRate,
      linksAreKnown: true,
      tracks: [...video, ...audio],
    }),
  );
}

describe('writing and reading gives the same timeline, to the flick', () => {
  // The last ones are not what their decimals say: 100/3, and one that no short decimal gives back.
  test.each(
    [...EDIT_RATES, rate(120), rate(100, 3), rate(48_000, 2003)].map(
      (each) => [`${each.num}/${each.den}`, each] as const,
    ),
  )('at %s', (_, frameRate) => {
    fc.assert(
      fc.property(timelines(frameRate), (timeline) => {
        const reading = readOtio(writeOtio(timeline).text);
        expect(reading.timeline).toEqual(timeline);
        expect(reading.losses).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

/** Six clips of known length and place, with a gap, dissolves, linked sound and a still picture. */
function sixClips(frameRate: Rate) {
  const sample = sampleProject(frameRate);
  const { project, timelineId, assets } = sample;
  const film = { type: 'clip.append' as const, timelineId, assetId: assets.film };
  apply(project, 'six', [
    { ...film, in: '24f', out: '72f', name: 'One', clipIds: ['one', 'one-sound'] },
    { ...film, in: '100f', out: '150f', name: 'Two', clipIds: ['two', 'two-sound'] },
    { type: 'clip.append', timelineId, assetId: assets.still, out: '25f', name: 'Card' },
    { ...film, in: '200f', out: '201f', name: 'Flash' },
    { ...film, in: '300f', out: '400f', name: 'Five', use: 'picture' },
    {
      type: 'clip.overwrite',
      timelineId,
      assetId: assets.film,
      in: '500f',
      out: '560f',
      at: '250f',
      name: 'Six',
    },
    { type: 'transition.add', clipId: 'two', duration: '12f', before: '5f' },
  ]);
  return sample;
}

describe('the file', () => {
  test.each([
    ['six-clips-25', rate(25)],
    ['six-clips-29.97', rate(30000, 1001)],
  ] as const)('%s is as the format defines it', (name, frameRate) => {
    const { project, timelineId } = sixClips(frameRate);
    const { timeline, losses } = interchangeFromProject(project, timelineId, { folder: '/media' });
    expect(losses).toEqual([]);
    expect(writeOtio(timeline).text).toBe(readFileSync(new URL(`${name}.otio`, GOLDEN), 'utf8'));
  });

  test.each(EDIT_RATES.map((each) => [`${each.num}/${each.den}`, each] as const))(
    'has every cut on its frame at %s',
    (_, frameRate) => {
      const { project, timelineId } = sixClips(frameRate);
      const { timeline } = interchangeFromProject(project, timelineId, { folder: null });
      const file = JSON.parse(writeOtio(timeline).text) as {
        tracks: { children: { children: { name: string; source_range?: OtioRange }[] }[] };
      };
      const ranges = file.tracks.children[0]?.children.flatMap(({ name, source_range: range }) =>
        range === undefined ? [] : [[name, range.start_time.value, range.duration.value]],
      );
      expect(ranges).toEqual([
        ['One', 24, 48],
        ['Two', 100, 50],
        ['Card', 0, 25],
        ['Flash', 200, 1],
        ['Five', 300, 100],
        ['', 0, 26],
        ['Six', 500, 60],
      ]);
    },
  );
});

test('a timeline of twenty thousand clips is written so that it can be read again', () => {
  const frame = frameDuration(rate(25));
  const items = Array.from(
    { length: 20_000 },
    (_, index): InterchangeItem => ({
      kind: 'clip',
      id: `clip-${index}`,
      name: `Clip ${index}`,
      mediaUrl: 'file:///films/summer/interviews/day%201/camera%20a/card%200001.mov',
      sourceRange: { in: flicks(index * frame), out: flicks((index + 10) * frame) },
      mediaDuration: flicks(100_000 * frame),
      link: `link-${index}`,
    }),
  );
  const transitions = items.slice(1).map((_, index) => ({
    afterItemIndex: index,
    kind: 'dissolve' as const,
    before: flicks(2 * frame),
    after: flicks(3 * frame),
  }));
  const timeline: InterchangeTimeline = {
    name: 'Long',
    frameRate: rate(25),
    linksAreKnown: true,
    tracks: [{ kind: 'video', name: 'V1', muted: false, items, transitions }],
  };
  const { text } = writeOtio(timeline);
  expect(text.length).toBeLessThan(32 * 1024 * 1024);
  expect(readOtio(text)).toEqual({ timeline, losses: [] });
});

type OtioRange = { start_time: { value: number }; duration: { value: number } };
