import type { Timeline } from '#core/model/entities.ts';
import { projectStore } from '../../client/project.ts';
import { openFormer, openTimeline } from './openTimelines.ts';
import { newTimelineName } from './timelinePath.ts';

/** Makes an empty timeline of the same format and shows it. */
export function newTimeline(like: Timeline): void {
  const { open } = projectStore.store.getState();
  if (open === null) return;
  const name = newTimelineName(open.project.all('timeline').map((timeline) => timeline.name));
  const made = projectStore.edit([{ type: 'timeline.create', name, format: like.format }]);
  if (made.ok) show(made.value[0]?.['timelineId']);
}

/** Copies a timeline and shows the copy. */
export function duplicateTimeline(timeline: Timeline): void {
  const made = projectStore.edit([{ type: 'timeline.duplicate', timelineId: timeline.id }]);
  if (made.ok) show(made.value[0]?.['timelineId']);
}

/** Removes the timeline that is shown, and shows the one before it; why it must stay is told. */
export function removeTimeline(timeline: Timeline): void {
  const removed = projectStore.edit([{ type: 'timeline.remove', timelineId: timeline.id }]);
  const { open } = projectStore.store.getState();
  if (removed.ok && open !== null) openFormer(open.projectId, open.project);
}

function show(timelineId: unknown): void {
  const { open } = projectStore.store.getState();
  if (open !== null && typeof timelineId === 'string') openTimeline(open.projectId, timelineId);
}
