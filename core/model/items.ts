import { addFlicks, type Flicks } from '../time/flicks.ts';
import type { Entity, Item } from './entities.ts';
import { rangeDuration } from './sourceRange.ts';

export function isItem(entity: Entity): entity is Item {
  return entity.kind === 'clip' || entity.kind === 'graphic' || entity.kind === 'cue';
}

/** How long an item lasts on the timeline. */
export function itemDuration(item: Item): Flicks {
  return item.kind === 'clip' ? rangeDuration(item.sourceRange) : item.duration;
}

export function itemStart(item: Item): Flicks {
  return item.placement.start;
}

/** First moment after the item. */
export function itemEnd(item: Item): Flicks {
  return addFlicks(item.placement.start, itemDuration(item));
}
