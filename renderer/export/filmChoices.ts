import type { TimelineFormat } from '#core/model/entities.ts';
import type { ExportSettings } from '#core/render/settings.ts';
import type { Rate } from '#core/time/rate.ts';

type Choice<T extends string> = { value: T; label: string };

export const CAPTIONS: readonly Choice<ExportSettings['captions']>[] = [
  { value: 'burn', label: 'In the picture' },
  { value: 'soft', label: 'As a track' },
  { value: 'none', label: 'None' },
];

const LONG_SIDES = [3840, 2560, 1920, 1280, 960];

export type Size = { width: number; height: number };

/** The timeline's shape with its longer side brought to a length, both sides even. */
export function scaledTo(format: Size, longSide: number): Size {
  const scale = longSide / Math.max(format.width, format.height);
  const even = (side: number) => Math.max(16, Math.round((side * scale) / 2) * 2);
  return { width: even(format.width), height: even(format.height) };
}

/** Sizes to choose from: the timeline's own and smaller ones, and `current` wherever it comes from. */
export function sizeChoices(format: TimelineFormat, current: Size): Choice<string>[] {
  const longSide = Math.max(format.width, format.height);
  const own = scaledTo(format, longSide);
  const sizes = [
    own,
    ...LONG_SIDES.filter((side) => side < longSide).map((side) => scaledTo(format, side)),
    current,
  ].sort((a, b) => b.width - a.width);
  return [...new Set(sizes.map(sizeKey))].map((key) => ({
    value: key,
    label: `${key.replace('x', ' × ')}${key === sizeKey(own) ? ' (timeline)' : ''}`,
  }));
}

/** `1920x1080`. */
export function sizeKey({ width, height }: Size): string {
  return `${width}x${height}`;
}

export function sizeOfKey(key: string): Size {
  const [width = 16, height = 16] = key.split('x').map(Number);
  return { width, height };
}

/** Stands for the timeline’s own frame rate. */
export const TIMELINE_RATE = 'timeline';

const RATES: readonly (readonly [num: number, den: number])[] = [
  [24_000, 1001],
  [24, 1],
  [25, 1],
  [30_000, 1001],
  [30, 1],
  [50, 1],
  [60_000, 1001],
  [60, 1],
];

/** Frame rates to choose from: the timeline’s, the usual ones that a codec can hold, and `current`. */
export function rateChoices(
  timeline: Rate,
  most: number,
  current: { num: number; den: number } | undefined,
): Choice<string>[] {
  const usual = RATES.filter(([num, den]) => num / den <= most);
  const isUsual = usual.some(([num, den]) => num === current?.num && den === current.den);
  return [
    { value: TIMELINE_RATE, label: `${rateText(timeline)} (timeline)` },
    ...usual.map(([num, den]) => ({ value: `${num}/${den}`, label: rateText({ num, den }) })),
    ...(current === undefined || isUsual
      ? []
      : [{ value: `${current.num}/${current.den}`, label: rateText(current) }]),
  ];
}

/** Undefined for the timeline’s own. */
export function rateOfKey(key: string): { num: number; den: number } | undefined {
  const [num, den] = key.split('/').map(Number);
  return num === undefined || den === undefined ? undefined : { num, den };
}

function rateText({ num, den }: { num: number; den: number }): string {
  return `${Number((num / den).toFixed(3))} fps`;
}
