import type { Item, ObjectId } from '../../model/entities.ts';
import { itemStart } from '../../model/items.ts';
import { addFlicks, type Flicks } from '../../time/flicks.ts';
import type { Draft } from '../draft.ts';

/**
 * Copies items onto other tracks, `by` later, with everything they have: links and groups among themselves, the
 * transitions between them, their markers. Gives the id of each copy by that of its original.
 */
export function copyItems(
  draft: Draft,
  items: readonly Item[],
  { trackOf, by }: { trackOf: (item: Item) => ObjectId; by: Flicks },
): Map<ObjectId, ObjectId> {
  const sets = new Map<ObjectId, ObjectId>();
  const setFor = (id: ObjectId | undefined) => {
    if (id === undefined) return undefined;
    const copy = sets.get(id) ?? draft.newId();
    sets.set(id, copy);
    return copy;
  };
  const copies = new Map<ObjectId, ObjectId>();
  for (const item of items) {
    const { id, kind, deleted: _deleted, ...registers } = item;
    const groupId = setFor(item.groupId);
    const linkId = item.kind === 'clip' ? setFor(item.linkId) : undefined;
    const copy = draft.create(kind, {
      ...registers,
      placement: { trackId: trackOf(item), start: addFlicks(itemStart(item), by) },
      ...(groupId === undefined ? {} : { groupId }),
      ...(linkId === undefined ? {} : { linkId }),
    });
    copies.set(id, copy);
    copyMarkers(draft, id, copy);
  }
  for (const { id } of items) copyTransitions(draft, id, copies);
  return copies;
}

/** Gives `copyId` markers like those of `ownerId`. */
export function copyMarkers(draft: Draft, ownerId: ObjectId, copyId: ObjectId): void {
  for (const marker of draft.project.markersOf(ownerId)) {
    const { id: _id, kind, deleted: _deleted, ...registers } = marker;
    draft.create(kind, { ...registers, ownerId: copyId });
  }
}

/** Copies the transitions out of a clip whose other clip was copied too. */
function copyTransitions(
  draft: Draft,
  outgoingId: ObjectId,
  copies: ReadonlyMap<ObjectId, ObjectId>,
): void {
  for (const transition of draft.project.transitionsOf(outgoingId)) {
    const { id: _id, kind, deleted: _deleted, cut, ...registers } = transition;
    if (cut.outgoingId !== outgoingId) continue;
    const [outgoing, incoming] = [copies.get(cut.outgoingId), copies.get(cut.incomingId)];
    if (outgoing === undefined || incoming === undefined) continue;
    draft.create(kind, { ...registers, cut: { outgoingId: outgoing, incomingId: incoming } });
  }
}
