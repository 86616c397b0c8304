import type { EditCommand } from '#core/edits/registry.ts';
import type { Timeline } from '#core/model/entities.ts';
import type { Project } from '#core/model/project.ts';
import { projectStore } from '../../client/project.ts';
import type { FilmSession } from '../filmSession.ts';

/** The open project with the timeline of a session, as they are at this moment. */
export type Place = { project: Project; timeline: Timeline };

/** Null while the project is being opened or closed. */
export function placeOf(session: FilmSession): Place | null {
  const { open } = projectStore.store.getState();
  const timeline = open?.project.find('timeline', session.timelineId);
  return open && timeline ? { project: open.project, timeline } : null;
}

/** An edit made of the project as it is when the key is pressed; nothing is sent when there is nothing to do. */
export function edits(
  session: FilmSession,
  commandsFor: (place: Place) => EditCommand[],
): () => void {
  return () => {
    const place = placeOf(session);
    if (place === null) return;
    const commands = commandsFor(place);
    if (commands.length > 0) projectStore.edit(commands);
  };
}
