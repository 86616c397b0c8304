import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { BLENDS, type Clip, objectIdSchema } from '../../model/entities.ts';
import { itemDuration } from '../../model/items.ts';
import { type Flicks, minFlicks, subtractFlicks, ZERO } from '../../time/flicks.ts';
import { snapToFrame } from '../../time/rate.ts';
import { resolveTime, type TimeInput, timeInputSchema } from '../../time/timeInput.ts';
import { clipsOfHalf, isClip } from '../clips/clipHalves.ts';
import { defineEdit } from '../definition.ts';
import type { Draft } from '../draft.ts';
import { gatherItems } from '../clips/moveItems.ts';

/**
 * Fades clips and their linked companions in from nothing and out to nothing, picture and sound alike.
 *
 *   ███████████   →   ◢█████████◣     (nothing moves; zero takes a fade away)
 *
 * Clamping: as where one drags the handles, a fade ends at the other one and at the end of the clip; when both are
 * given and too long together, the fade in goes first. Scope: `fades` of those clips. Refuses `edit/cannot-fade` for
 * titles and captions, `edit/bad-duration` for negative lengths.
 */
export const clipSetFades = defineEdit({
  type: 'clip.setFades',
  label: 'Fade',
  summary:
    'Fades clips and their linked companions in or out, at most to the other fade or the end of the clip; what is not given stays.',
  parameters: {
    clipIds: z.array(objectIdSchema).min(1).max(10_000),
    in: timeInputSchema.optional().describe('Length of the fade in; 0 for none.'),
    out: timeInputSchema.optional().describe('Length of the fade out; 0 for none.'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const items = gatherItems(draft, command.clipIds, command.scope);
    const fades = items.map((clip) => {
      draft.refuseLocked(draft.trackOf(clip));
      if (!isClip(clip)) {
        refuse('edit/cannot-fade', 'Titles and captions fade by themselves, as they are made.', {
          itemId: clip.id,
        });
      }
      const set = fitted(clip, {
        in: lengthOn(draft, clip, command.in),
        out: lengthOn(draft, clip, command.out),
      });
      draft.set<'clip'>(clip.id, { fades: set.in === 0 && set.out === 0 ? undefined : set });
      return { clipId: clip.id, ...set };
    });
    return { fades };
  },
});

function fitted(clip: Clip, given: { in: Flicks | undefined; out: Flicks | undefined }) {
  const before = clip.fades ?? { in: ZERO, out: ZERO };
  const duration = itemDuration(clip);
  const fadeIn =
    given.in === undefined
      ? before.in
      : minFlicks(
          given.in,
          given.out === undefined ? subtractFlicks(duration, before.out) : duration,
        );
  return { in: fadeIn, out: minFlicks(given.out ?? before.out, subtractFlicks(duration, fadeIn)) };
}

function lengthOn(draft: Draft, clip: Clip, input: TimeInput | undefined): Flicks | undefined {
  if (input === undefined) return undefined;
  const { frameRate } = draft.timelineOf(clip).format;
  const length = snapToFrame(resolveTime(input, frameRate), frameRate);
  if (length < 0) refuse('edit/bad-duration', 'A fade cannot be shorter than nothing.', { length });
  return length;
}

/**
 * Sets how pictures are laid over what is below them. Scope: `blend` of picture clips, of the linked ones where a
 * sound is named. Refuses `edit/no-picture`.
 */
export const clipSetBlend = defineEdit({
  type: 'clip.setBlend',
  label: 'Change blend',
  summary: 'Sets how the pictures of clips are laid over what is below them.',
  parameters: {
    clipIds: z.array(objectIdSchema).min(1).max(10_000),
    blend: z.enum(BLENDS),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const clips = clipsOfHalf(draft, command.clipIds, 'picture', command.scope);
    const blend = command.blend === 'normal' ? undefined : command.blend;
    for (const clip of clips) draft.set<'clip'>(clip.id, { blend });
    return { clipIds: clips.map((clip) => clip.id) };
  },
});
