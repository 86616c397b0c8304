import type { Rate } from '../time/rate.ts';
import { type XmlElement, xmlElement } from '../xml/xmlElement.ts';

/** Rates of sound that the format has words for. */
export const AUDIO_RATES: Readonly<Record<number, string>> = {
  32_000: '32k',
  44_100: '44.1k',
  48_000: '48k',
  88_200: '88.2k',
  96_000: '96k',
  176_400: '176.4k',
  192_000: '192k',
};

/** Rates of footage that the format has words for. */
const SOURCE_RATES: readonly [string, number][] = [
  ['23.98', 24_000 / 1001],
  ['24', 24],
  ['25', 25],
  ['29.97', 30_000 / 1001],
  ['30', 30],
  ['47.95', 48_000 / 1001],
  ['48', 48],
  ['50', 50],
  ['59.94', 60_000 / 1001],
  ['60', 60],
];

/**
 * What says that footage plays at its own speed: without it, Final Cut Pro plays footage of nearly the rate of the
 * timeline frame by frame, at another speed.
 */
export function conformElements(source: Rate | null, timeline: Rate): XmlElement[] {
  if (source === null) return [];
  const isNear = (rate: number, other: Rate) => Math.abs(rate - other.num / other.den) < 0.005;
  return SOURCE_RATES.flatMap(([name, rate]) =>
    isNear(rate, source) && !isNear(rate, timeline)
      ? [xmlElement('conform-rate', { scaleEnabled: '0', srcFrameRate: name })]
      : [],
  );
}
