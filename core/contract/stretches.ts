import { z } from 'zod';

/** A stretch of a film that is being made. Frames count from the film's first, `endFrame` exclusive. */
export const stretchSchema = z.object({
  startFrame: z.int().min(0),
  endFrame: z.int().min(1),
  /** Not begun; being made; made now; kept from an earlier export; taken over from the source as it is. */
  state: z.enum(['waiting', 'making', 'made', 'cached', 'copied']),
});
export type Stretch = z.infer<typeof stretchSchema>;

/** As many as a picture of a film can show one beside the other. */
const MOST = 240;

/**
 * Stretches for telling: neighbours in the same state become one, and where there are still more than 240, the
 * shortest join the neighbour before them, so that a film of many cuts is told as quickly as one of few.
 */
export function joinedStretches(stretches: readonly Stretch[], most = MOST): Stretch[] {
  const joined = sameJoined(stretches);
  if (joined.length <= most) return joined;
  const first = joined[0]?.startFrame ?? 0;
  const last = joined.at(-1)?.endFrame ?? 0;
  const shortest = Math.ceil((last - first) / most);
  const coarse: Stretch[] = [];
  for (const stretch of joined) {
    const before = coarse.at(-1);
    const isShort = before !== undefined && before.endFrame - before.startFrame < shortest;
    if (isShort)
      coarse[coarse.length - 1] = {
        ...longer(before, stretch),
        startFrame: before.startFrame,
        endFrame: stretch.endFrame,
      };
    else coarse.push(stretch);
  }
  return sameJoined(coarse);
}

function sameJoined(stretches: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const stretch of stretches) {
    const before = joined.at(-1);
    if (before?.state === stretch.state && before.endFrame === stretch.startFrame)
      joined[joined.length - 1] = { ...before, endFrame: stretch.endFrame };
    else joined.push(stretch);
  }
  return joined;
}

function longer(one: Stretch, other: Stretch): Stretch {
  return other.endFrame - other.startFrame > one.endFrame - one.startFrame ? other : one;
}
