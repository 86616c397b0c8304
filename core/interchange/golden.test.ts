import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formatRate, type Rate, rate, frameDuration } from '../time/rate.ts';
import { readEdl } from './fromEdl.ts';
import { readFcpxml } from './fromFcpxml.ts';
import { readOtio } from './fromOtio.ts';
import {
  type InterchangeMarker,
  type InterchangeReading,
  type InterchangeTrack,
  itemBoundaries,
} from './interchangeTimeline.ts';

const GOLDEN = new URL('../../tests/golden/interchange/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, GOLDEN), 'utf8');

/** A timeline in plain text, times in frames. */
function plainText({ timeline, losses }: InterchangeReading): string {
  const { frameRate } = timeline;
  const lines = [
    `${timeline.name} at ${formatRate(frameRate)}`,
    ...timeline.tracks.flatMap((track) => trackLines(track, frameRate)),
    ...(timeline.markers ?? []).map((marker) => markerText(marker, frameRate)),
    ...losses.map(({ code, where }) => `lost ${code} ${where}`),
  ];
  return `${lines.join('\n')}\n`;
}

function trackLines(track: InterchangeTrack, frameRate: Rate): string[] {
  const frames = (time: number) => String(Number((time / frameDuration(frameRate)).toFixed(3)));
  const boundaries = itemBoundaries(track.items);
  const lines = track.items.flatMap((item, index) => {
    const transition = track.transitions.find(({ afterItemIndex }) => afterItemIndex === index);
    const after =
      transition === undefined
        ? []
        : [`  ${transition.kind} ${frames(transition.before)} ${frames(transition.after)}`];
    if (item.kind === 'gap') return after;
    const [start = 0, end = 0] = [boundaries[index], boundaries[index + 1]];
    const { in: first, out, retime } = item.sourceRange;
    const words = [
      `  ${frames(start)} ${frames(end - start)}`,
      item.name,
      item.mediaUrl ?? `<${item.nested ?? 'nothing'}>`,
      `${frames(first)}..${frames(out)}`,
      ...(retime?.kind === 'constant' ? [`speed ${retime.speed.num}/${retime.speed.den}`] : []),
      ...(item.disabled === true ? ['off'] : []),
      ...Object.entries(item.parameters ?? {}).map(
        ([name, value]) => `${name}=${JSON.stringify(value)}`,
      ),
      ...(item.markers ?? []).map((marker) => markerText(marker, frameRate)),
    ];
    return [words.join(' '), ...after];
  });
  return [`${track.kind} ${track.name || '-'} muted=${track.muted ? 'yes' : 'no'}`, ...lines];
}

function markerText(marker: InterchangeMarker, frameRate: Rate): string {
  const frame = Number((marker.time / frameDuration(frameRate)).toFixed(3));
  return `marker "${marker.name}" ${frame} ${marker.kind}${marker.color === undefined ? '' : ` ${marker.color}`}`;
}

test.each([
  ['final-cut-pro.fcpxml', () => readFcpxml(read('final-cut-pro.fcpxml'))],
  ['resolve.otio', () => readOtio(read('resolve.otio'))],
  ['premiere-25.edl', () => readEdl(read('premiere-25.edl'), rate(25))],
  ['avid-29.97.edl', () => readEdl(read('avid-29.97.edl'), rate(30000, 1001))],
])('%s is read as it plays', (name, reading) => {
  const expected = new URL(name.replace(/\.[a-z]+$/, '.txt'), GOLDEN);
  expect(existsSync(expected)).toBe(true);
  expect(plainText(reading())).toBe(readFileSync(expected, 'utf8'));
});
