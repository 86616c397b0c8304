import { refuse } from '../../fault.ts';
import { objectIdSchema } from '../../model/entities.ts';
import { timeInputSchema } from '../../time/timeInput.ts';
import { timeOn } from '../arrange.ts';
import { refuseInsideTransition } from './clipSplit.ts';
import { defineEdit } from '../definition.ts';
import { itemAcross, splitTracks } from '../splitTracks.ts';

/**
 * Cuts everything that stands across a time in two, on all tracks that are not locked.
 *
 *   V1 ████████         V1 ███|█████
 *   A1 ~~~~~~~~    →    A1 ~~~|~~~~~     (playback is unchanged; the new halves are linked with each other)
 *
 * Refuses `edit/inside-transition` where a dissolve is under way, and `edit/not-inside` where there is nothing to cut.
 */
export const clipSplitAll = defineEdit({
  type: 'clip.splitAll',
  label: 'Split all',
  summary:
    'Cuts every item at a time in two, on all unlocked tracks. Nothing moves; playback is unchanged.',
  parameters: { timelineId: objectIdSchema, at: timeInputSchema },
  apply(draft, command) {
    const timeline = draft.need('timeline', command.timelineId);
    const at = timeOn(timeline, command.at);
    const trackIds = draft.project
      .tracksOf(timeline.id)
      .filter((track) => !track.locked)
      .map((track) => track.id);
    const across = trackIds.flatMap((trackId) => itemAcross(draft, trackId, at) ?? []);
    if (across.length === 0) {
      refuse('edit/not-inside', 'There is nothing to cut at this time.', { at });
    }
    for (const item of across) refuseInsideTransition(draft, item, at);
    return { newIds: splitTracks(draft, trackIds, at).map((half) => half.id) };
  },
});
