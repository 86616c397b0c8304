import type { KeyboardEvent } from 'react';
import type { Timeline } from '#core/model/entities.ts';
import { itemStart } from '#core/model/items.ts';
import { projectStore } from '../../client/project.ts';
import { type FilmSession, select } from '../filmSession.ts';
import { type Direction, firstStop, neighbourOf } from './keyboardOrder.ts';
import { together } from './timelinePointer.ts';

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/**
 * Keys of the list of clips while it has the focus: arrows go from clip to clip, with Shift they add to the selection,
 * Enter brings the playhead to the clip. All other shortcuts stay with the room.
 */
export function onTimelineKey(
  event: KeyboardEvent,
  session: FilmSession,
  timeline: Timeline,
): void {
  const { open } = projectStore.store.getState();
  if (open === null || event.altKey || event.ctrlKey || event.metaKey) return;
  const { project } = open;
  const { focused, selection } = session.state.getState();
  const current = focused === null ? undefined : project.item(focused);
  const direction = DIRECTIONS[event.key];
  if (direction !== undefined) {
    event.preventDefault();
    const next =
      current === undefined
        ? firstStop(project, timeline.id, session.playhead.time)
        : neighbourOf(project, timeline.id, current, direction);
    if (next === undefined) return;
    const added = together(project, next, session);
    select(session, event.shiftKey ? [...selection, ...added] : added);
    session.view.reveal(itemStart(next));
  } else if (event.key === 'Enter' && current !== undefined) {
    event.preventDefault();
    session.player.seek(itemStart(current));
  }
}
