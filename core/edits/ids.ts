import { objectIdSchema } from '../model/entities.ts';
import type { EditContext } from './draft.ts';

/**
 * An id that the writer of a command chooses for what the command makes, so that later commands of the same list can
 * name it. An id that was ever used in the project refuses `edit/id-taken`.
 */
export const chosenIdSchema = objectIdSchema.regex(/^[A-Za-z0-9]/);

/**
 * Identifiers `seed-1`, `seed-2` … Two sides that apply the same commands with the same seed make the same objects;
 * the caller draws a seed that nobody else has.
 */
export function idsFrom(seed: string): EditContext {
  let count = 0;
  return {
    writer: hashOf(seed),
    newId: () => {
      count += 1;
      return `${seed}-${count}`;
    },
  };
}

/** 32 bits of a text (FNV-1a), never 0. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash === 0 ? 1 : hash;
}
