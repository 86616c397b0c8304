import { refuse } from '../fault.ts';
import type { ObjectId } from '../model/entities.ts';
import { itemStart } from '../model/items.ts';
import { addFlicks, type Flicks } from '../time/flicks.ts';
import { place } from './arrange.ts';
import type { Draft } from './draft.ts';

/**
 * Moves every item that starts at or after `from` on any of the tracks by `delta` (negative: earlier). Refuses
 * `edit/track-locked` where a locked track would have to move, and `edit/bad-time` before zero or past 30 days.
 */
export function rippleFrom(
  draft: Draft,
  trackIds: Iterable<ObjectId>,
  from: Flicks,
  delta: Flicks,
): void {
  for (const trackId of new Set(trackIds)) {
    const items = draft.project.itemsOn(trackId).filter((item) => itemStart(item) >= from);
    if (items.length === 0) continue;
    draft.refuseLocked(draft.need('track', trackId));
    for (const item of items) {
      const start = addFlicks(itemStart(item), delta);
      if (start < 0) {
        refuse('edit/bad-time', 'Something would start before the beginning of the timeline.', {
          itemId: item.id,
          start,
        });
      }
      place(draft, item, start);
    }
  }
}
