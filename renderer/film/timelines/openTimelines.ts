import { create } from 'zustand';
import type { ObjectId, Timeline } from '#core/model/entities.ts';
import type { Project } from '#core/model/project.ts';
import { projectStore, useOpenProject, useProject } from '../../client/project.ts';
import { recall, remember } from '../../ui/remembered.ts';
import { timelinePath } from './timelinePath.ts';

/** The way to the timeline that is shown, outermost first, of each project that was open in this window. */
const useWays = create<Record<string, readonly ObjectId[]>>(() => ({}));

function wayIn(projectId: string): readonly ObjectId[] {
  return useWays.getState()[projectId] ?? recalled(projectId);
}

function recalled(projectId: string): readonly ObjectId[] {
  return recall(`timeline.${projectId}`, '')
    .split(' ')
    .filter((id) => id !== '');
}

/** Timelines that were shown, the one before last at the end, to come back to when the shown one is deleted. */
const before: ObjectId[] = [];

function go(projectId: string, way: readonly ObjectId[]): void {
  const shown = wayIn(projectId).at(-1);
  if (shown !== undefined && shown !== way.at(-1)) before.push(shown);
  useWays.setState({ [projectId]: way });
  remember(`timeline.${projectId}`, way.join(' '));
}

/** The timelines from the outermost to the one that is shown; empty without timelines. */
export function useTimelinePath(): readonly Timeline[] {
  const { projectId } = useOpenProject();
  const way = useWays((ways) => ways[projectId]);
  return useProject(
    (project) => timelinePath(project, way ?? recalled(projectId)),
    [projectId, way],
  );
}

/** The same, for work that is done at once. */
export function timelinePathNow(project: Project): readonly Timeline[] {
  const projectId = projectStore.store.getState().open?.projectId ?? '';
  return timelinePath(project, wayIn(projectId));
}

/** Shows a timeline by itself. */
export function openTimeline(projectId: string, timelineId: ObjectId): void {
  go(projectId, [timelineId]);
}

/** Shows the timeline that was shown last of those that are still there. */
export function openFormer(projectId: string, project: Project): void {
  const former = before.findLast((id) => project.find('timeline', id) !== undefined);
  if (former !== undefined) go(projectId, [former]);
}

/** Shows a timeline that the present one shows as a clip. */
export function enterTimeline(projectId: string, project: Project, timelineId: ObjectId): void {
  const path = timelinePath(project, wayIn(projectId)).map((timeline) => timeline.id);
  const known = path.indexOf(timelineId);
  go(projectId, known < 0 ? [...path, timelineId] : path.slice(0, known + 1));
}

/** Goes back to the timeline around the present one; false when there is none. */
export function leaveTimeline(projectId: string, project: Project): boolean {
  const path = timelinePath(project, wayIn(projectId)).map((timeline) => timeline.id);
  if (path.length < 2) return false;
  go(projectId, path.slice(0, -1));
  return true;
}
