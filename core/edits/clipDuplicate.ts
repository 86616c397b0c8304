import { z } from 'zod';
import { type Item, type ObjectId, objectIdSchema } from '../model/entities.ts';
import { itemEnd, itemStart } from '../model/items.ts';
import { addFlicks, type Flicks, maxFlicks, subtractFlicks, ZERO } from '../time/flicks.ts';
import { timeInputSchema } from '../time/timeInput.ts';
import { timeOn } from './arrange.ts';
import type { Draft } from './draft.ts';
import { defineEdit } from './definition.ts';
import { gatherItems, makeRoom } from './moveItems.ts';
import { relink } from './splitTracks.ts';

/**
 * Puts copies of items and their linked companions on the same tracks, by default right behind the last of them.
 *
 *   insert:     ▓▓▓████   →   ▓▓▓▓▓▓████     (later items make room for the whole block)
 *   overwrite:  ▓▓▓████   →   ▓▓▓▓▓▓█        (what stands there is replaced)
 *
 * Copies keep their distances, are linked among themselves, and have the transitions between them. Scope: the tracks
 * of the items. Clamping: none; past 30 days refuses `edit/bad-time`.
 */
export const clipDuplicate = defineEdit({
  type: 'clip.duplicate',
  label: 'Duplicate',
  summary:
    'Copies items with their linked companions on the same tracks; later items make room or are replaced.',
  parameters: {
    clipIds: z.array(objectIdSchema).min(1).max(10_000).describe('Clips, titles or captions.'),
    at: timeInputSchema
      .optional()
      .describe('Start of the earliest copy; default: the end of the last item.'),
    mode: z.enum(['overwrite', 'insert']).default('insert'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const originals = gatherItems(draft, command.clipIds, command.scope);
    const [first] = originals;
    if (first === undefined) return { clipIds: [] };
    const at =
      command.at === undefined
        ? originals.reduce((latest, item) => maxFlicks(latest, itemEnd(item)), ZERO)
        : timeOn(draft.timelineOf(first), command.at);
    const delta = subtractFlicks(at, itemStart(first));
    const transitions = originals.flatMap((item) =>
      draft.project
        .transitionsOf(item.id)
        .filter((transition) => transition.cut.outgoingId === item.id),
    );
    const destinations = originals.map((item) => ({
      item,
      trackId: item.placement.trackId,
      start: addFlicks(itemStart(item), delta),
    }));
    makeRoom(draft, destinations, command.mode);
    const copies = new Map(
      destinations.map(({ item, start }) => [item.id, copyItem(draft, item, start)]),
    );
    relink(
      draft,
      [...copies.values()].map((id) => draft.needItem(id)),
    );
    for (const { cut, transitionKind, reach } of transitions) {
      const outgoingId = copies.get(cut.outgoingId);
      const incomingId = copies.get(cut.incomingId);
      if (outgoingId === undefined || incomingId === undefined) continue;
      draft.create('transition', { cut: { outgoingId, incomingId }, transitionKind, reach });
    }
    return { clipIds: [...copies.values()] };
  },
});

/** A copy of an item on its own track with every register it has. */
function copyItem(draft: Draft, item: Item, start: Flicks): ObjectId {
  const { id: _id, kind, deleted: _deleted, ...registers } = item;
  const placement = { trackId: item.placement.trackId, start };
  return draft.create(kind, { ...registers, placement });
}
