import type { SoundPart } from '#core/render/soundParts.ts';

/** A point of a volume line: straight between two points. */
export type GainPoint = { sample: number; gain: number };

/** The volume line of a part from `fromSample` on, fades included; the same straight fades as in the export. */
export function partGains(part: SoundPart, fromSample: number): GainPoint[] {
  const { startSample, endSample, fadeInSamples, fadeOutSamples, gain } = part;
  const from = Math.max(startSample, Math.ceil(fromSample));
  const corners = [startSample + fadeInSamples, endSample - fadeOutSamples, endSample];
  return [from, ...corners.filter((sample) => sample > from && sample <= endSample)]
    .sort((a, b) => a - b)
    .filter((sample, index, all) => sample !== all[index - 1])
    .map((sample) => ({ sample, gain: gain * shareAt(part, sample) }));
}

function shareAt(part: SoundPart, sample: number): number {
  const { startSample, endSample, fadeInSamples, fadeOutSamples } = part;
  const into = fadeInSamples > 0 ? (sample - startSample) / fadeInSamples : 1;
  const outOf = fadeOutSamples > 0 ? (endSample - sample) / fadeOutSamples : 1;
  return Math.min(1, Math.max(0, into)) * Math.min(1, Math.max(0, outOf));
}
