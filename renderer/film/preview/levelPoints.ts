import type { Animated } from '#core/model/keyframes.ts';
import { levelAt, type StereoLevel } from '#core/render/soundLevel.ts';
import type { SoundLevel, SoundPart } from '#core/render/soundParts.ts';
import { type Flicks, flicks } from '#core/time/flicks.ts';
import { sampleAt } from '#core/time/rate.ts';

/** A point of a volume line: straight between two points. */
export type LevelPoint = StereoLevel & { sample: number };

/** Between two corners of a line that is not straight. */
const STEP_SECONDS = 0.01;

/**
 * The volume line of a part from one sample to another as the export has it: straight fades exactly, keyframed levels
 * in steps too small to hear.
 */
export function levelPoints(
  part: SoundPart,
  fromSample: number,
  toSample: number,
  sampleRateHz: number,
): LevelPoint[] {
  const from = Math.max(part.startSample, Math.ceil(fromSample));
  const to = Math.min(part.endSample, Math.floor(toSample));
  const samples = [from, to, ...cornersOf(part, sampleRateHz)];
  if (part.levels !== undefined) {
    const step = Math.round(STEP_SECONDS * sampleRateHz);
    for (let sample = from + step; sample < to; sample += step) samples.push(sample);
  }
  const points = [...new Set(samples)]
    .filter((sample) => sample >= from && sample <= to)
    .sort((a, b) => a - b)
    // Levels are told for the middle of a sample.
    .map((sample) => ({ sample, ...levelAt(part, sample - 0.5, sampleRateHz) }));
  return points.filter(
    (point, index) => !isBetweenEquals(point, points[index - 1], points[index + 1]),
  );
}

/** Whether both sides of a part have the same level throughout. */
export function isCentred(part: SoundPart): boolean {
  return part.levels?.every(({ pan }) => pan === undefined) ?? true;
}

function cornersOf(part: SoundPart, sampleRateHz: number): number[] {
  const { startSample, endSample, fadeInSamples, fadeOutSamples, levels = [] } = part;
  const times = levels.flatMap((level) =>
    [...fadeCorners(level), ...keyTimes(level.gainDb), ...keyTimes(level.pan)].map((time) =>
      sampleAt(flicks(level.start + time), sampleRateHz),
    ),
  );
  // A level that jumps does so from one sample to the next.
  const jumps = times.flatMap((sample) => [sample - 1, sample]);
  return [startSample + fadeInSamples, endSample - fadeOutSamples, ...jumps];
}

function fadeCorners({ fades, duration }: SoundLevel): number[] {
  return fades === undefined ? [] : [0, fades.in, duration - fades.out, duration];
}

function keyTimes(value: Animated | undefined): Flicks[] {
  return typeof value === 'object' ? value.keyframes.map(({ time }) => time) : [];
}

function isBetweenEquals(
  point: LevelPoint,
  before: LevelPoint | undefined,
  after: LevelPoint | undefined,
): boolean {
  return [before, after].every(
    (other) => other !== undefined && other.left === point.left && other.right === point.right,
  );
}
