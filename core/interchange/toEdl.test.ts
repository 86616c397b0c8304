import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { settle } from '../fault.ts';
import { flicks } from '../time/flicks.ts';
import { frameDuration, frameStart, type Rate, rate } from '../time/rate.ts';
import type { TimecodeKind } from '../time/timecode.ts';
import { readEdl } from './fromEdl.ts';
import type {
  InterchangeClip,
  InterchangeItem,
  InterchangeTimeline,
  InterchangeTrack,
} from './interchangeTimeline.ts';
import { writeEdl } from './toEdl.ts';

const GOLDEN = new URL('../../tests/golden/interchange/', import.meta.url);

const RATES: [string, Rate, TimecodeKind][] = [
  ['24', rate(24), 'non-drop-frame'],
  ['25', rate(25), 'non-drop-frame'],
  ['30', rate(30), 'non-drop-frame'],
  ['29.97', rate(30000, 1001), 'non-drop-frame'],
  ['29.97 drop-frame', rate(30000, 1001), 'drop-frame'],
  ['59.94 drop-frame', rate(60000, 1001), 'drop-frame'],
  ['60', rate(60), 'non-drop-frame'],
];

function clip(
  frameRate: Rate,
  [first, last]: readonly [number, number],
  more: Partial<InterchangeClip> = {},
): InterchangeClip {
  return {
    kind: 'clip',
    id: null,
    name: 'Clip',
    mediaUrl: 'clip.mov',
    sourceRange: { in: frameStart(first, frameRate), out: frameStart(last, frameRate) },
    mediaDuration: null,
    link: null,
    ...more,
  };
}

function track(
  kind: 'video' | 'audio',
  items: InterchangeItem[],
  more: Partial<InterchangeTrack> = {},
): InterchangeTrack {
  return {
    kind,
    name: kind === 'video' ? 'V1' : 'A1',
    muted: false,
    items,
    transitions: [],
    ...more,
  };
}

function timeline(frameRate: Rate, tracks: InterchangeTrack[]): InterchangeTimeline {
  return { name: 'Golden', frameRate, linksAreKnown: false, tracks };
}

/** Tracks that a list can carry, dissolves of any reach included. */
function carriable(frameRate: Rate) {
  const frames = (count: number) => frameStart(count, frameRate);
  const items = fc.array(
    fc.record({
      gap: fc.option(fc.integer({ min: 1, max: 3000 }), { freq: 3 }),
      name: fc
        .string({ unit: 'grapheme', maxLength: 12 })
        .map((text) => text.replaceAll(/\p{C}|\s/gu, '')),
      url: fc.constantFrom('a.mov', 'folder/a.mov', 'file:///x/Late%20night%20b.mov', '%20.mov'),
      first: fc.integer({ min: 400, max: 90_000 }),
      length: fc.integer({ min: 1, max: 3000 }),
      reach: fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })),
    }),
    { maxLength: 8 },
  );
  return items.map((all) => {
    const made: Pick<InterchangeTrack, 'items' | 'transitions'> = { items: [], transitions: [] };
    let taken = 0;
    let previous = 0;
    for (const { gap, name, url, first, length, reach } of all) {
      if (gap !== null) made.items.push({ kind: 'gap', duration: frames(gap) });
      const before = Math.min(reach[0], previous - taken);
      const after = Math.min(reach[1], length);
      taken = 0;
      if (gap === null && made.items.length > 0 && before + after > 0) {
        made.transitions.push({
          afterItemIndex: made.items.length - 1,
          kind: 'dissolve',
          before: frames(before),
          after: frames(after),
        });
        taken = after;
      }
      made.items.push(clip(frameRate, [first, first + length], { name, mediaUrl: url }));
      previous = length;
    }
    return made;
  });
}

describe('what is written and read is written again as it was', () => {
  test.each(RATES)('at %s', (_, frameRate, timecode) => {
    const content = carriable(frameRate);
    fc.assert(
      fc.property(content, content, content, (picture, sound, second) => {
        const tracks = [track('video', []), track('audio', []), track('audio', [])];
        const made = timeline(
          frameRate,
          tracks.map((each, index) => ({ ...each, ...[picture, sound, second][index] })),
        );
        const { text } = writeEdl(made, timecode);
        const reading = readEdl(text, frameRate);
        expect(reading.losses).toEqual([]);
        expect(writeEdl(reading.timeline, timecode).text).toBe(text);
      }),
      { numRuns: 100 },
    );
  });

  test.each(RATES)('cuts come back to the frame at %s', (_, frameRate, timecode) => {
    const cuts = carriable(frameRate).map((content) => ({ ...content, transitions: [] }));
    fc.assert(
      fc.property(cuts, (content) => {
        fc.pre(content.items.length > 0);
        const made = timeline(frameRate, [track('video', content.items)]);
        expect(readEdl(writeEdl(made, timecode).text, frameRate)).toEqual({
          timeline: made,
          losses: [],
        });
      }),
      { numRuns: 100 },
    );
  });
});

describe('the file', () => {
  const golden = (frameRate: Rate) => {
    const one = clip(frameRate, [24, 72], { name: 'One', mediaUrl: 'camera%20one.mov' });
    const two = clip(frameRate, [100, 150], { name: 'Two', mediaUrl: 'file:///films/two.mov' });
    const three = clip(frameRate, [0, 30], { name: 'Three', mediaUrl: 'camera%20one%20b.mov' });
    const gap: InterchangeItem = { kind: 'gap', duration: frameStart(1790 - 98, frameRate) };
    const dissolve = {
      afterItemIndex: 0,
      kind: 'dissolve' as const,
      before: frameStart(5, frameRate),
      after: frameStart(7, frameRate),
    };
    return timeline(frameRate, [
      track('video', [one, two, gap, three], { transitions: [dissolve] }),
      track('audio', [one]),
    ]);
  };

  test.each([
    ['cuts-and-dissolve-25', rate(25), 'non-drop-frame'],
    ['cuts-and-dissolve-29.97-drop', rate(30000, 1001), 'drop-frame'],
  ] as const)('%s is as the format defines it', (name, frameRate, timecode) => {
    const { text, losses } = writeEdl(golden(frameRate), timecode);
    expect(text).toBe(readFileSync(new URL(`${name}.edl`, GOLDEN), 'utf8'));
    expect(losses).toEqual([]);
  });

  test('says what it cannot carry', () => {
    const r = rate(25);
    const half = flicks(frameDuration(r) / 2);
    const off = clip(r, [0, 10]);
    const made = timeline(r, [
      track('video', [off], { muted: true, name: 'Hidden' }),
      track('video', [clip(r, [0, 10])]),
      track('video', [clip(r, [0, 10])], { name: 'V2' }),
      track('audio', [{ ...off, sourceRange: { in: half, out: flicks(half + frameDuration(r)) } }]),
      track('audio', [{ ...off, parameters: { gainDb: -6 }, mediaUrl: null }], { name: 'A2' }),
      track('audio', [off], { name: 'A3' }),
      track('audio', [], { name: 'Empty' }),
    ]);
    const { text, losses } = writeEdl(made, 'non-drop-frame');
    expect(losses.map(({ code, where }) => `${code} ${where}`)).toEqual([
      'interchange/muted-track track “Hidden”',
      'interchange/extra-track track “V2”',
      'interchange/extra-track track “A3”',
      'interchange/rounded track “A1” (“Clip”)',
      'interchange/volume track “A2” (“Clip”)',
    ]);
    expect(text.match(/^\d+ .*C /gm)).toEqual([
      '001  CLIP     V     C ',
      '002  CLIP     A     C ',
      '003  AX       A2    C ',
    ]);
  });

  test('is refused beyond the labels of one day', () => {
    const r = rate(25);
    const day = 24 * 3600 * 25;
    const of = (start: number) =>
      settle(() =>
        writeEdl(
          timeline(r, [
            track('video', [{ kind: 'gap', duration: frameStart(start, r) }, clip(r, [0, 1])]),
          ]),
          'non-drop-frame',
        ),
      );
    expect(of(day - 2).ok).toBe(true);
    expect(of(day - 1)).toMatchObject({ error: { code: 'interchange/too-long' } });
  });

  test('names thousands of files of one name apart, and soon', () => {
    const r = rate(25);
    const items = Array.from({ length: 20_000 }, (_, index) =>
      clip(r, [0, 10], { mediaUrl: `day%20${index}/clip0001.mov` }),
    );
    const { text, losses } = writeEdl(timeline(r, [track('video', items)]), 'non-drop-frame');
    const reels = text.match(/^\d+ +\S+/gm)?.map((line) => line.split(/ +/)[1] ?? '');
    expect(new Set(reels).size).toBe(20_000);
    expect(reels?.every((reel) => reel.length <= 8)).toBe(true);
    expect(losses.map((loss) => loss.code)).toEqual(['interchange/many-events']);
    expect(readEdl(text, r).timeline.tracks[0]?.items).toHaveLength(20_000);
  });
});
