import type { Clip, Item, ObjectId } from '../model/entities.ts';
import { itemEnd, itemStart } from '../model/items.ts';
import { firstIndexEndingAfter } from '../model/project.ts';
import type { Flicks } from '../time/flicks.ts';
import { clearRange, splitItem } from './arrange.ts';
import type { Draft } from './draft.ts';

/** The item of a track that `at` lies strictly inside. */
export function itemAcross(draft: Draft, trackId: ObjectId, at: Flicks): Item | undefined {
  const items = draft.project.itemsOn(trackId);
  const item = items[firstIndexEndingAfter(items, at)];
  return item !== undefined && itemStart(item) < at && at < itemEnd(item) ? item : undefined;
}

/**
 * Cuts what stands across `at` on the tracks. Right-hand halves of linked clips are linked with each other and no
 * longer with the left-hand ones. Gives the right-hand halves.
 */
export function splitTracks(draft: Draft, trackIds: readonly ObjectId[], at: Flicks): Item[] {
  const halves = [...new Set(trackIds)].flatMap((trackId) => {
    const item = itemAcross(draft, trackId, at);
    return item === undefined ? [] : [splitItem(draft, item, at)];
  });
  relink(draft, halves);
  return halves;
}

/** Empties stretches of tracks. What is left of linked clips after stretches that end together is linked anew. */
export function clearRanges(
  draft: Draft,
  ranges: readonly { trackId: ObjectId; start: Flicks; end: Flicks }[],
): void {
  const rests = new Map<Flicks, Item[]>();
  for (const { trackId, start, end } of ranges) {
    const rest = clearRange(draft, trackId, start, end);
    if (rest !== undefined) rests.set(end, [...(rests.get(end) ?? []), rest]);
  }
  for (const [, items] of [...rests].sort(([a], [b]) => a - b)) {
    // A later stretch may have cut or removed one of them.
    relink(
      draft,
      items.flatMap((item) => draft.project.item(item.id) ?? []),
    );
  }
}

/** Gives linked clips among `items` a link of their own for each that they had; one alone has none. */
export function relink(draft: Draft, items: readonly Item[]): void {
  const byLink = new Map<ObjectId, Clip[]>();
  for (const item of items) {
    if (item.kind !== 'clip' || item.linkId === undefined) continue;
    byLink.set(item.linkId, [...(byLink.get(item.linkId) ?? []), item]);
  }
  for (const clips of byLink.values()) {
    const linkId = clips.length > 1 ? draft.newId() : undefined;
    for (const clip of clips) draft.set<'clip'>(clip.id, { linkId });
  }
}
