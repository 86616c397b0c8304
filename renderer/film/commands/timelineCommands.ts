import type { ObjectId } from '#core/model/entities.ts';
import type { Command } from '../../app/commands.ts';
import type { FilmSession } from '../filmSession.ts';
import { enterTimeline, leaveTimeline, timelinePathNow } from '../timelines/openTimelines.ts';
import { newTimeline } from '../timelines/timelineActions.ts';
import { placeOf } from './place.ts';

/** Going from one timeline of the project to another. */
export function timelineCommands(session: FilmSession): Command[] {
  const group = 'Timeline';
  return [
    {
      id: 'timeline.openNested',
      label: 'Open the nested timeline',
      group,
      keys: ['Alt+ArrowDown'],
      run: () => {
        const place = placeOf(session);
        const nestedId = chosenNest(session);
        if (place === null || nestedId === undefined) return;
        enterTimeline(session.projectId, place.project, nestedId);
      },
      when: () => chosenNest(session) !== undefined,
    },
    {
      id: 'timeline.leaveNested',
      label: 'Back to the timeline around it',
      group,
      // Escape first gives up the selection, since that command is listed earlier.
      keys: ['Alt+ArrowUp', 'Escape'],
      run: () => {
        const place = placeOf(session);
        if (place !== null) leaveTimeline(session.projectId, place.project);
      },
      when: () => {
        const place = placeOf(session);
        return place !== null && timelinePathNow(place.project).length > 1;
      },
    },
    {
      id: 'timeline.new',
      label: 'New timeline',
      group,
      keys: [],
      run: () => {
        const place = placeOf(session);
        if (place !== null) newTimeline(place.timeline);
      },
    },
  ];
}

/** The timeline that the first chosen nested clip shows. */
function chosenNest(session: FilmSession): ObjectId | undefined {
  const place = placeOf(session);
  if (place === null) return undefined;
  for (const id of session.state.getState().selection) {
    const item = place.project.item(id);
    if (item?.kind === 'clip' && item.nestedTimelineId !== undefined) return item.nestedTimelineId;
  }
  return undefined;
}
