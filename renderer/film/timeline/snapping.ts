import type { ObjectId } from '#core/model/entities.ts';
import { itemEnd, itemStart } from '#core/model/items.ts';
import { firstIndexEndingAfter, type ProjectReader } from '#core/model/project.ts';
import { type Flicks, FLICKS_PER_SECOND, flicks, ZERO } from '#core/time/flicks.ts';
import { frameStart, type Rate, snapToFrame } from '#core/time/rate.ts';
import { nominalRate } from '#core/time/timecode.ts';
import type { TimeWindow } from './visibleItems.ts';

/** What a dragged edge may catch on. */
export type SnapSettings = {
  isOn: boolean;
  /** How near an edge must come, in flicks. */
  reach: number;
  /** Whether whole seconds catch too; only where they stand far enough apart on the screen. */
  seconds: boolean;
  frameRate: Rate;
};

/** An edge that was caught: by how much it moves, and where the line is drawn. */
export type Snap = { shift: Flicks; at: Flicks };

/** Edges of all items in a stretch of time, the playhead and the beginning, earliest first. */
export function snapTargets(
  project: ProjectReader,
  timelineId: ObjectId,
  options: { window: TimeWindow; except: ReadonlySet<ObjectId>; playhead: Flicks },
): Flicks[] {
  const { window, except, playhead } = options;
  const found = new Set<Flicks>([ZERO, playhead]);
  for (const track of project.tracksOf(timelineId)) {
    const items = project.itemsOn(track.id);
    for (let index = firstIndexEndingAfter(items, window.from); index < items.length; index++) {
      const item = items[index];
      if (item === undefined || itemStart(item) > window.to) break;
      if (except.has(item.id)) continue;
      found.add(itemStart(item));
      found.add(itemEnd(item));
    }
  }
  return [...found].sort((a, b) => a - b);
}

/**
 * The smallest shift that brings one of `edges` onto a target; null when none is near enough. An edge of another item
 * wins over a whole second that is equally near.
 */
export function snapEdges(
  edges: readonly Flicks[],
  targets: readonly Flicks[],
  settings: SnapSettings,
): Snap | null {
  if (!settings.isOn) return null;
  let best: Snap | null = null;
  const offer = (edge: Flicks, at: Flicks) => {
    const shift = flicks(at - edge);
    const isNearer =
      best === null ? Math.abs(shift) <= settings.reach : Math.abs(shift) < Math.abs(best.shift);
    if (isNearer) best = { shift, at };
  };
  for (const edge of edges) {
    const target = nearest(targets, edge);
    if (target !== null) offer(edge, target);
  }
  if (settings.seconds) {
    for (const edge of edges) offer(edge, nearestSecond(edge, settings.frameRate));
  }
  return best;
}

/** Whether whole seconds stand at least this far apart, so that they do not catch everything. */
export function secondsCatch(flicksPerPixel: number): boolean {
  return FLICKS_PER_SECOND / flicksPerPixel >= 60;
}

/** The nearest frame boundary, not before the beginning. */
export function toFrame(time: number, frameRate: Rate): Flicks {
  return snapToFrame(flicks(Math.max(0, Math.round(time))), frameRate);
}

function nearestSecond(time: Flicks, frameRate: Rate): Flicks {
  const labelled = frameStart(nominalRate(frameRate), frameRate);
  return flicks(Math.max(0, Math.round(time / labelled)) * labelled);
}

function nearest(sorted: readonly Flicks[], time: Flicks): Flicks | null {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) >= time) high = middle;
    else low = middle + 1;
  }
  const after = sorted[low];
  const before = sorted[low - 1];
  if (after === undefined) return before ?? null;
  if (before === undefined) return after;
  return time - before <= after - time ? before : after;
}
