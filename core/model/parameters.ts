import type { z } from 'zod';
import { type Animated, animatedSchema } from './keyframes.ts';

/** A number of a clip or effect that can be set and have keyframes. */
export type Parameter = {
  min: number;
  max: number;
  default: number;
  unit: 'share' | 'factor' | 'degrees' | 'decibels' | 'pixels' | 'seconds' | 'number';
  /** Which half of a film it changes. */
  of: 'picture' | 'sound';
};

const share = { min: 0, max: 1, unit: 'share', of: 'picture' } as const;

/**
 * The parameters of clips. The picture is fitted into the frame, cropped (shares of its own sides), scaled and turned
 * (clockwise) about its middle, and moved by shares of the frame’s width and height, right and down.
 */
export const CLIP_PARAMETERS = {
  opacity: { ...share, default: 1 },
  positionX: { min: -20, max: 20, default: 0, unit: 'share', of: 'picture' },
  positionY: { min: -20, max: 20, default: 0, unit: 'share', of: 'picture' },
  scaleX: { min: 0, max: 100, default: 1, unit: 'factor', of: 'picture' },
  scaleY: { min: 0, max: 100, default: 1, unit: 'factor', of: 'picture' },
  rotation: { min: -36_000, max: 36_000, default: 0, unit: 'degrees', of: 'picture' },
  cropLeft: { ...share, default: 0 },
  cropTop: { ...share, default: 0 },
  cropRight: { ...share, default: 0 },
  cropBottom: { ...share, default: 0 },
  gainDb: { min: -96, max: 24, default: 0, unit: 'decibels', of: 'sound' },
  pan: { min: -1, max: 1, default: 0, unit: 'share', of: 'sound' },
} as const satisfies Record<string, Parameter>;

export type ClipParameter = keyof typeof CLIP_PARAMETERS;

/** The names of a clip’s parameters, in the order of the table. */
export const CLIP_PARAMETER_NAMES = Object.keys(CLIP_PARAMETERS) as ClipParameter[];

/** A register for each parameter, absent while it has its default. */
export function animatedRegisters<Name extends string>(
  parameters: Record<Name, Parameter>,
): Record<Name, z.ZodOptional<z.ZodType<Animated>>> {
  const registers = Object.entries<Parameter>(parameters).map(([name, { min, max }]) => [
    name,
    animatedSchema(min, max).optional(),
  ]);
  return Object.fromEntries(registers) as Record<Name, z.ZodOptional<z.ZodType<Animated>>>;
}
