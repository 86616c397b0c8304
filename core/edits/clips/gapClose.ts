import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { objectIdSchema } from '../../model/entities.ts';
import { itemEnd, itemStart } from '../../model/items.ts';
import { type Flicks, maxFlicks, minFlicks, subtractFlicks, ZERO } from '../../time/flicks.ts';
import { timeInputSchema } from '../../time/timeInput.ts';
import { firstIndexStartingAt, timeOn } from '../arrange.ts';
import type { Draft } from '../draft.ts';
import { defineEdit } from '../definition.ts';
import { rippleFrom } from '../rippleFrom.ts';

/**
 * Closes the gap at a time, or the one that ends there; on several tracks the stretch that is empty on all of them.
 *
 *   V1 ███....███         V1 ███..███
 *   A1 ~~~~~..~~~    →    A1 ~~~~~~~~     (on both tracks: what follows stays in step)
 *
 * Scope: everything after the gap on the named tracks and on those in sync lock moves earlier by as much, as
 * `rippleFrom` says. `edit/no-gap`: something stands there, or nothing follows. `edit/track-locked`: a named track that
 * is locked would have to move. `edit/out-of-sync`: another track cannot follow. `edit/several-timelines`.
 */
export const gapClose = defineEdit({
  type: 'gap.close',
  label: 'Close gap',
  summary:
    'Closes the gap of the named tracks at or just before a time; everything after it moves earlier on all tracks in sync lock.',
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
  for (const trackId of trackIds) {
    const items = draft.project.itemsOn(trackId);
    const next = firstIndexStartingAt(items, at);
    const [before, after] = [items[next - 1], items[next]];
    if (before !== undefined) start = maxFlicks(start, itemEnd(before));
    if (after !== undefined) end = minFlicks(end ?? itemStart(after), itemStart(after));
  }
  if (end === null || start > at || start >= end) {
    refuse('edit/no-gap', 'There is no gap to close at this time on these tracks.', { at });
  }
  return { start, end };
}
