import type { Item } from '#core/model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '#core/model/items.ts';
import { type Flicks, flicks } from '#core/time/flicks.ts';
import { itemAt } from './visibleItems.ts';

/** What of an item lies under the pointer. */
export type ItemPart = 'head' | 'body' | 'tail';
export type Hit = { item: Item; part: ItemPart };

/** Width of a trim handle. */
const HANDLE_PX = 8;
/** Narrower items can be selected and moved, but not trimmed by the pointer: the handles would cover them. */
const NARROWEST_WITH_HANDLES_PX = 20;

/** What lies at `time` on a lane; null between items. */
export function hitLane(items: readonly Item[], time: Flicks, flicksPerPixel: number): Hit | null {
  const item = itemAt(items, flicks(time));
  if (item === undefined) return null;
  if (itemDuration(item) / flicksPerPixel < NARROWEST_WITH_HANDLES_PX)
    return { item, part: 'body' };
  const handle = HANDLE_PX * flicksPerPixel;
  if (time - itemStart(item) < handle) return { item, part: 'head' };
  if (itemEnd(item) - time <= handle) return { item, part: 'tail' };
  return { item, part: 'body' };
}
