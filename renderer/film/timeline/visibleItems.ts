import type { Item, ObjectId } from '#core/model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '#core/model/items.ts';
import { firstIndexEndingAfter } from '#core/model/project.ts';
import { type Flicks, flicks } from '#core/time/flicks.ts';

/** A stretch of time that is drawn, somewhat wider than what is seen. */
export type TimeWindow = { readonly from: Flicks; readonly to: Flicks };

/** Items too narrow to be elements of their own, drawn together as one bar. */
export type ItemRun = { readonly start: Flicks; readonly end: Flicks };

export type LaneContents = { items: Item[]; runs: ItemRun[] };

/** Items of one lane that are at least `narrowest` flicks long; the rest are merged into bars. */
export function laneContents(
  items: readonly Item[],
  window: TimeWindow,
  options: { narrowest: number; always: ReadonlySet<ObjectId> },
): LaneContents {
  const shown: Item[] = [];
  const runs: ItemRun[] = [];
  let index = firstIndexEndingAfter(items, window.from);
  while (index < items.length) {
    const item = items[index];
    if (item === undefined || itemStart(item) >= window.to) break;
    if (itemDuration(item) >= options.narrowest || options.always.has(item.id)) {
      shown.push(item);
      index += 1;
      continue;
    }
    const run = runFrom(items, index, options);
    runs.push({ start: run.start, end: run.end });
    index = run.next;
  }
  return { items: shown, runs };
}

/** Merges narrow items from `index` on, jumping ahead by search, so that a film of any length costs one screen. */
function runFrom(
  items: readonly Item[],
  index: number,
  options: { narrowest: number; always: ReadonlySet<ObjectId> },
): ItemRun & { next: number } {
  const first = items[index];
  if (first === undefined) throw new RangeError(`No item at ${index}`);
  const start = itemStart(first);
  const until = flicks(Math.ceil(start + options.narrowest));
  let next = Math.max(index + 1, firstIndexEndingAfter(items, until));
  if (options.always.size > 0) {
    for (let other = index + 1; other < next; other++) {
      const item = items[other];
      if (item !== undefined && options.always.has(item.id)) next = other;
    }
  }
  const last = items[next - 1] ?? first;
  return { start, end: itemEnd(last), next };
}

/**
 * The least length that is drawn as an element of its own, so that no more than `budget` elements are mounted over
 * all lanes. Never below `floor`.
 */
export function narrowestItem(
  lanes: readonly (readonly Item[])[],
  window: TimeWindow,
  options: { floor: number; budget: number },
): number {
  let narrowest = options.floor;
  while (mountedCount(lanes, window, narrowest, options.budget) > options.budget) narrowest *= 1.6;
  return narrowest;
}

function mountedCount(
  lanes: readonly (readonly Item[])[],
  window: TimeWindow,
  narrowest: number,
  enough: number,
): number {
  let count = 0;
  for (const items of lanes) {
    const contents = laneContents(items, window, { narrowest, always: NOTHING });
    count += contents.items.length;
    if (count > enough) return count;
  }
  return count;
}

const NOTHING: ReadonlySet<ObjectId> = new Set();

/** The item of a lane that covers `time`. */
export function itemAt(items: readonly Item[], time: Flicks): Item | undefined {
  const item = items[firstIndexEndingAfter(items, time)];
  return item !== undefined && itemStart(item) <= time ? item : undefined;
}

/** The end of the last item of any lane. */
export function endOfLanes(lanes: readonly (readonly Item[])[]): Flicks {
  return flicks(
    lanes.reduce((end, items) => {
      const last = items.at(-1);
      return last === undefined ? end : Math.max(end, itemEnd(last));
    }, 0),
  );
}
