import type { Item, ObjectId, Track } from '#core/model/entities.ts';
import { itemEnd, itemStart } from '#core/model/items.ts';
import { firstIndexEndingAfter, type ProjectReader } from '#core/model/project.ts';
import { type Flicks, ZERO } from '#core/time/flicks.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** Tracks as they lie on the screen, topmost first. */
export function lanesOf(project: ProjectReader, timelineId: ObjectId): Track[] {
  return project.tracksOf(timelineId).reverse();
}

/**
 * The item that an arrow key leads to: the neighbour on the same track, or the nearest in time on the next track that
 * has any. Undefined at an end.
 */
export function neighbourOf(
  project: ProjectReader,
  timelineId: ObjectId,
  item: Item,
  direction: Direction,
): Item | undefined {
  const items = project.itemsOn(item.placement.trackId);
  const index = items.findIndex((other) => other.id === item.id);
  if (direction === 'left') return items[index - 1];
  if (direction === 'right') return items[index + 1];
  const lanes = lanesOf(project, timelineId);
  const step = direction === 'up' ? -1 : 1;
  const lane = lanes.findIndex((track) => track.id === item.placement.trackId);
  for (let next = lane + step; next >= 0 && next < lanes.length; next += step) {
    const track = lanes[next];
    const found = track && nearestItem(project.itemsOn(track.id), itemStart(item));
    if (found) return found;
  }
  return undefined;
}

/** The item to begin with when nothing is focused: the one at the playhead on the topmost track that has one. */
export function firstStop(
  project: ProjectReader,
  timelineId: ObjectId,
  playhead: Flicks,
): Item | undefined {
  for (const track of lanesOf(project, timelineId)) {
    const found = nearestItem(project.itemsOn(track.id), playhead);
    if (found) return found;
  }
  return undefined;
}

/** The next or previous edge of any item, as up and down arrows seek it; undefined when there is none. */
export function editPoint(
  project: ProjectReader,
  timelineId: ObjectId,
  from: Flicks,
  direction: 'previous' | 'next',
): Flicks | undefined {
  const points = project.tracksOf(timelineId).flatMap((track) => {
    const items = project.itemsOn(track.id);
    const index = firstIndexEndingAfter(items, from);
    const around = [items[index - 2], items[index - 1], items[index], items[index + 1]];
    return around.flatMap((item) => (item === undefined ? [] : [itemStart(item), itemEnd(item)]));
  });
  const sorted = [ZERO, ...points].sort((a, b) => a - b);
  return direction === 'next'
    ? sorted.find((time) => time > from)
    : sorted.findLast((time) => time < from);
}

function nearestItem(items: readonly Item[], time: Flicks): Item | undefined {
  const index = firstIndexEndingAfter(items, time);
  const after = items[index];
  const before = items[index - 1];
  if (after === undefined || before === undefined) return after ?? before;
  if (itemStart(after) <= time) return after;
  return time - itemEnd(before) < itemStart(after) - time ? before : after;
}
