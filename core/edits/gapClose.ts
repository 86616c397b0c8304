import { z } from 'zod';
import { refuse } from '../fault.ts';
import { objectIdSchema } from '../model/entities.ts';
import { itemEnd, itemStart } from '../model/items.ts';
import { type Flicks, maxFlicks, minFlicks, subtractFlicks, ZERO } from '../time/flicks.ts';
import { timeInputSchema } from '../time/timeInput.ts';
import { timeOn } from './arrange.ts';
import type { Draft } from './draft.ts';
import { defineEdit } from './definition.ts';
import { rippleFrom } from './rippleFrom.ts';

/**
 * Closes the gap at a time, or the one that ends there; on several tracks the stretch that is empty on all of them.
 *
 *   V1 ███....███         V1 ███..███
 *   A1 ~~~~~..~~~    →    A1 ~~~~~~~~     (on both tracks: what follows stays in step)
 *
 * Scope: everything after the gap on the named tracks moves earlier by as much. `edit/no-gap`: something stands
 * there, or nothing follows. `edit/track-locked`: a locked track would have to move.
 */
export const gapClose = defineEdit({
  type: 'gap.close',
  label: 'Close gap',
  summary:
    'Closes the gap at or just before a time; everything after it on the named tracks moves earlier.',
  parameters: {
    trackIds: z.array(objectIdSchema).min(1).max(1000).describe('Tracks of one timeline.'),
    at: timeInputSchema,
  },
  apply(draft, command) {
    const tracks = [...new Set(command.trackIds)].map((id) => draft.need('track', id));
    const timelines = [...new Set(tracks.map((track) => track.timelineId))];
    const timeline = draft.need('timeline', timelines[0] ?? '');
    if (timelines.length > 1) {
      refuse('edit/several-timelines', 'Choose tracks of one timeline only.', { timelines });
    }
    const trackIds = tracks.map((track) => track.id);
    const { start, end } = commonGap(draft, trackIds, timeOn(timeline, command.at));
    rippleFrom(draft, trackIds, end, subtractFlicks(start, end));
    return { start, duration: subtractFlicks(end, start) };
  },
});

function commonGap(draft: Draft, trackIds: readonly string[], at: Flicks) {
  let start = ZERO;
  let end: Flicks | null = null;
  for (const item of trackIds.flatMap((trackId) => draft.project.itemsOn(trackId))) {
    if (itemStart(item) < at) start = maxFlicks(start, itemEnd(item));
    else end = end === null ? itemStart(item) : minFlicks(end, itemStart(item));
  }
  if (end === null || start > at || start >= end) {
    refuse('edit/no-gap', 'There is no gap to close at this time on these tracks.', { at });
  }
  return { start, end };
}
