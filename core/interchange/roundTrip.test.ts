import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { brokenInvariants } from '#tests/edits/invariants.ts';
import { sampleProject } from '#tests/edits/sampleProject.ts';
import { richTimelines, SIX_RATES } from '#tests/interchange/richTimelines.ts';
import { applyEdit } from '../edits/applyEdit.ts';
import { idsFrom } from '../edits/ids.ts';
import { rangeDuration } from '../model/sourceRange.ts';
import { type Flicks, flicks } from '../time/flicks.ts';
import { frameAt, type Rate } from '../time/rate.ts';
import { canDropFrames } from '../time/timecode.ts';
import type { ResolvedAsset } from './placedClip.ts';
import { readEdl } from './fromEdl.ts';
import { readFcpxml } from './fromFcpxml.ts';
import { readOtio } from './fromOtio.ts';
import {
  type InterchangeClip,
  type InterchangeTimeline,
  type InterchangeTrack,
  itemBoundaries,
} from './interchangeTimeline.ts';
import { interchangeToCommands } from './interchangeToCommands.ts';
import { writeEdl } from './toEdl.ts';
import { writeFcpxml } from './toFcpxml.ts';
import { writeOtio } from './toOtio.ts';

vi.setConfig({ testTimeout: 120_000 });

/** OpenTimelineIO has no place for the size of the picture. */
function withoutFormat(timeline: InterchangeTimeline): InterchangeTimeline {
  const { format: _, ...rest } = timeline;
  if (rest.nested === undefined) return rest;
  const nested = [...rest.nested].map(
    ([key, { format: _format, ...each }]) => [key, each] as const,
  );
  return { ...rest, nested: new Map(nested) };
}

describe.each(SIX_RATES)('out, in and out again at %s', (_, frameRate) => {
  test('OpenTimelineIO gives back everything, to the flick', () => {
    fc.assert(
      fc.property(richTimelines(frameRate), (timeline) => {
        const { text } = writeOtio(timeline);
        const reading = readOtio(text);
        expect(reading.timeline).toEqual(withoutFormat(timeline));
        expect(reading.losses).toEqual([]);
        expect(writeOtio(reading.timeline).text).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  test('Final Cut Pro XML gives back everything, to the flick', () => {
    fc.assert(
      fc.property(richTimelines(frameRate), (timeline) => {
        const { text } = writeFcpxml(timeline);
        const reading = readFcpxml(text);
        expect(reading.timeline).toEqual(timeline);
        expect(reading.losses).toEqual([]);
        expect(writeFcpxml(reading.timeline).text).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  test('without our own notes, other programs are told every time of every clip', () => {
    fc.assert(
      fc.property(richTimelines(frameRate), (timeline) => {
        const otio = readOtio(withoutOtioNotes(writeOtio(timeline).text));
        // Without clips, nothing else says the rate.
        if (timeline.tracks.some(({ kind, items }) => kind === 'video' && items.length > 0)) {
          expect(placesOf(otio.timeline, isSaidByOtio)).toEqual(placesOf(timeline, isSaidByOtio));
        }
        const xml = writeFcpxml(timeline).text.replaceAll(/<metadata>[^]*?<\/metadata>/g, '');
        const all = () => true;
        const told = placesOf(readFcpxml(xml).timeline, all).sort();
        expect(told).toEqual(placesOf(timeline, all).sort());
      }),
      { numRuns: 60 },
    );
  });

  test('edit decision lists give back every time, or say which they could not', () => {
    fc.assert(
      fc.property(richTimelines(frameRate), (timeline) => {
        const kind = canDropFrames(frameRate) ? 'drop-frame' : 'non-drop-frame';
        const written = writeEdl(timeline, kind);
        const reading = readEdl(written.text, frameRate);
        const losses = [...written.losses, ...reading.losses];
        for (const { name, codes } of differences(timeline, reading.timeline, frameRate)) {
          const said = losses.filter(({ where }) => where.includes(name) || where === name);
          expect(
            said.map(({ code }) => code).some((code) => codes.includes(code)),
            name,
          ).toBe(true);
        }
        expect(reading.losses.filter(({ code }) => code !== 'interchange/start-time')).toEqual([]);
        // What came back once comes back as it is for ever after.
        const again = writeEdl(reading.timeline, kind).text;
        expect(writeEdl(readEdl(again, frameRate).timeline, kind).text).toBe(again);
      }),
      { numRuns: 60 },
    );
  });

  test('a project takes everything that comes in, and refuses nothing', () => {
    fc.assert(
      fc.property(richTimelines(frameRate), (timeline) => {
        const sample = sampleProject(frameRate);
        const { film, still } = sample.assets;
        const duration = flicks(60 * 705_600_000);
        const running = { assetId: film, hasVideo: true, hasAudio: true, duration };
        const picture = { assetId: still, hasVideo: true, hasAudio: false, duration: null };
        const assets = new Map<string, ResolvedAsset>([
          ['file:///x/a.mov', running],
          ['file:///x/Late%20night%20b.mov', running],
          ['file:///y/still.png', picture],
        ]);
        const made = interchangeToCommands(timeline, {
          assets,
          newId: idsFrom('rich').newId,
          format: { width: 1920, height: 1080, sampleRateHz: 48_000 },
        });
        const applied = applyEdit(sample.project, made.commands, idsFrom('apply'));
        expect(applied.ok ? null : applied.error).toBeNull();
        expect(brokenInvariants(sample)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

function withoutOtioNotes(text: string): string {
  return JSON.stringify(JSON.parse(text), (key, value: unknown) =>
    key === 'metadata' ? {} : value,
  );
}

/** The format knows one speed for a clip. */
function isSaidByOtio({ sourceRange }: InterchangeClip): boolean {
  const { retime } = sourceRange;
  return retime === undefined || (retime.kind === 'constant' && retime.speed.num >= 0);
}

/** Where each clip stands and what of its source it shows. */
function placesOf(timeline: InterchangeTimeline, isSaid: (clip: InterchangeClip) => boolean) {
  return timeline.tracks.flatMap((track) => {
    const boundaries = itemBoundaries(track.items);
    return track.items.flatMap((item, index) => {
      if (item.kind === 'gap') return [];
      const { in: first, out, retime } = item.sourceRange;
      const source = isSaid(item) && retime?.kind !== 'curve' ? `${first}…${out}` : 'elsewhere';
      return [`${track.kind} ${boundaries[index]}…${boundaries[index + 1]} ${item.name} ${source}`];
    });
  });
}

type Difference = { name: string; codes: readonly string[] };

/** What of the clips of a timeline is not in what came back from a list, with the codes that may say so. */
function differences(
  timeline: InterchangeTimeline,
  back: InterchangeTimeline,
  frameRate: Rate,
): Difference[] {
  const found = new Set(
    back.tracks.flatMap((track) => keysOf(track, frameRate)).map(({ key }) => key),
  );
  return timeline.tracks.flatMap((track) => {
    const label =
      track.name === ''
        ? `a ${track.kind === 'video' ? 'picture' : 'sound'} track without a name`
        : `track “${track.name}”`;
    return keysOf(track, frameRate)
      .filter(({ key }) => !found.has(key))
      .map(() => ({
        name: label,
        codes: ['muted-track', 'extra-track', 'disabled', 'rounded', 'speed-curve', 'nested'].map(
          (code) => `interchange/${code}`,
        ),
      }));
  });
}

function keysOf(track: InterchangeTrack, frameRate: Rate): { key: string }[] {
  const boundaries = itemBoundaries(track.items);
  const frame = (time: Flicks | undefined) => frameAt(time ?? flicks(0), frameRate, 'nearest');
  return track.items.flatMap((item, index) => {
    if (item.kind === 'gap') return [];
    const { in: first, out } = item.sourceRange;
    const length = rangeDuration(item.sourceRange);
    return [{ key: `${frame(boundaries[index])} ${length} ${first} ${out}` }];
  });
}
