import { z } from 'zod';
import { animatedSchema } from './keyframes.ts';

/**
 * An effect on a clip: which one, and its parameters by name; those left out have their defaults. What effects there
 * are and what they take is in `core/effects`; one that a newer version wrote is kept and left out of the picture.
 */
export const effectSchema = z.strictObject({
  /** Unique within its clip. */
  id: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[A-Za-z0-9_-]+$/),
  effect: z.string().min(1).max(100),
  disabled: z.boolean().optional(),
  parameters: z.record(
    z.string().max(100),
    z.union([animatedSchema(-1e9, 1e9), z.string().max(8_192)]),
  ),
});
export type Effect = z.infer<typeof effectSchema>;
