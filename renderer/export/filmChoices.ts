import type { TimelineFormat } from '#core/model/entities.ts';
import type { ExportSettings } from '#core/render/settings.ts';

type Choice<T extends string> = { value: T; label: string };

/** Qualities by constant rate factor, best first. */
export const QUALITIES: readonly Choice<string>[] = [
  { value: '14', label: 'Archive' },
  { value: '18', label: 'High' },
  { value: '23', label: 'Medium' },
  { value: '28', label: 'Small file' },
];

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
