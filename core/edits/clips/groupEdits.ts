import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { type Item, type ObjectId, objectIdSchema } from '../../model/entities.ts';
import { timelineOfAll } from '../arrange.ts';
import type { Draft } from '../draft.ts';
import { defineEdit } from '../definition.ts';
import { chosenIdSchema } from '../ids.ts';

/**
 * Groups items of any kind, on any tracks of one timeline, so that they are moved, nudged, copied and removed together.
 * Trims and cuts are of one item; both halves of a cut stay in the group. A group that one of them was in ends for it.
 *
 *   V1 ███▓▓▓██         moving ▓ takes ▒ and ≈ along
 *   G1    ▒▒
 *   A1 ~~~≈≈≈~~
 *
 * Scope: the groups of these items. `edit/cannot-group`: fewer than two items. `edit/several-timelines`,
 * `edit/track-locked`.
 */
export const clipGroup = defineEdit({
  type: 'clip.group',
  label: 'Group',
  summary: 'Groups items of one timeline so that they move, are copied and removed together.',
  parameters: {
    clipIds: z.array(objectIdSchema).min(2).max(10_000).describe('Clips, titles or captions.'),
    groupId: chosenIdSchema
      .optional()
      .describe('Also groups with every item that has this group; default: a new group.'),
  },
  apply(draft, command) {
    const items = unlocked(draft, command.clipIds);
    if (items.length < 2) {
      refuse('edit/cannot-group', 'Choose at least two items to group.', {
        clipIds: command.clipIds,
      });
    }
    const groupId = command.groupId ?? draft.newId();
    for (const item of items) draft.set<Item['kind']>(item.id, { groupId });
    const [first] = items;
    if (first !== undefined)
      timelineOfAll(draft, draft.project.groupedWith(draft.needItem(first.id)));
    return { groupId };
  },
});

/** Ends the groups that the named items are in, for everything in them. Scope: those items’ groups. */
export const clipUngroup = defineEdit({
  type: 'clip.ungroup',
  label: 'Ungroup',
  summary: 'Ends the groups of items: everything in them stands alone again.',
  parameters: { clipIds: z.array(objectIdSchema).min(1).max(10_000) },
  apply(draft, command) {
    const ended = new Set<ObjectId>();
    for (const id of command.clipIds) {
      const item = draft.needItem(id);
      if (item.groupId === undefined) continue;
      for (const other of draft.project.groupedWith(item)) {
        draft.refuseLocked(draft.trackOf(other));
        draft.set<Item['kind']>(other.id, { groupId: undefined });
        ended.add(other.id);
      }
    }
    return { clipIds: [...ended] };
  },
});

/** Every item once. Refuses `edit/track-locked`. */
function unlocked(draft: Draft, clipIds: readonly ObjectId[]): Item[] {
  const items = [...new Set(clipIds)].map((id) => draft.needItem(id));
  for (const item of items) draft.refuseLocked(draft.trackOf(item));
  return items;
}
