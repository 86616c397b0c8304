import { refuse } from '../../fault.ts';
import type { Item, ObjectId, Timeline, Track } from '../../model/entities.ts';
import {
  DEEPEST_NEST,
  nestDepth,
  nestedTimelines,
  nestHeight,
} from '../../model/nestedTimelines.ts';
import { itemEnd, itemStart } from '../../model/items.ts';
import type { ProjectReader } from '../../model/project.ts';
import type { Flicks } from '../../time/flicks.ts';
import type { Draft } from '../draft.ts';

/**
 * Refuses `edit/nest-cycle` where `outer` would show itself by showing `inner`, directly or through others, and
 * `edit/nest-too-deep` where more than 16 timelines would lie one inside the other.
 */
export function refuseUnnestable(draft: Draft, outer: Timeline, inner: Timeline): void {
  const { project } = draft;
  if (inner.id === outer.id || nestedTimelines(project, inner.id).includes(outer.id)) {
    refuse(
      'edit/nest-cycle',
      `“${inner.name}” shows “${outer.name}” already. A timeline cannot be shown inside itself.`,
      { timelineId: outer.id, nestedTimelineId: inner.id },
    );
  }
  refuseTooDeep(draft, outer, inner);
}

/** Refuses `edit/nest-too-deep` where `outer` shows `inner` and that makes more than 16 levels. */
export function refuseTooDeep(draft: Draft, outer: Timeline, inner: Timeline): void {
  const levels = nestHeight(draft.project, outer.id) + nestDepth(draft.project, inner.id);
  if (levels <= DEEPEST_NEST) return;
  refuse('edit/nest-too-deep', 'At most 16 timelines can be shown one inside the other.', {
    levels,
  });
}

/** Whether a track is neither seen nor heard: muted, or not solo while another of its kind is. */
export function isSilent(project: ProjectReader, track: Track): boolean {
  if (track.muted) return true;
  const isAnySolo = project
    .tracksOf(track.timelineId)
    .some((other) => other.trackKind === track.trackKind && other.solo);
  return isAnySolo && !track.solo;
}

/** Whether nothing stands on a track during a stretch, but for items with these ids. */
export function isFree(
  project: ProjectReader,
  trackId: ObjectId,
  stretch: { start: Flicks; end: Flicks },
  except: ReadonlySet<ObjectId> = new Set(),
): boolean {
  return project
    .itemsOn(trackId)
    .every((item) => except.has(item.id) || !isWithin(item, stretch.start, stretch.end));
}

/** Whether an item and a stretch have a moment in common. */
export function isWithin(item: Item, start: Flicks, end: Flicks): boolean {
  return itemStart(item) < end && itemEnd(item) > start;
}
