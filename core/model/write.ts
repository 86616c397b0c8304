import { z } from 'zod';
import { objectIdSchema } from './entities.ts';

/** A value a register can hold: plain JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * One register of one object set to a value; `null` makes the register absent. A list of writes is the only way
 * anything in a project changes: the engine stores it, the interface applies it, sync sends it.
 */
export type Write = { object: string; register: string; value: Json };

export const writeSchema = z.object({
  object: objectIdSchema,
  register: z.string().min(1).max(100),
  value: z.json(),
});
