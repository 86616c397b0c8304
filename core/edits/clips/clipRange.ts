import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { type ObjectId, objectIdSchema } from '../../model/entities.ts';
import { type Flicks, subtractFlicks } from '../../time/flicks.ts';
import { type TimeInput, timeInputSchema } from '../../time/timeInput.ts';
import { itemsWithin, timeOn } from '../arrange.ts';
import type { Draft } from '../draft.ts';
import { defineEdit } from '../definition.ts';
import { rippleFrom } from '../rippleFrom.ts';
import { splitTracks } from '../splitTracks.ts';

const rangeParameters = {
  timelineId: objectIdSchema,
  from: timeInputSchema,
  to: timeInputSchema.describe('First moment that stays.'),
  trackIds: z
    .array(objectIdSchema)
    .min(1)
    .max(1000)
    .optional()
    .describe('Default: all tracks of the timeline.'),
};

/**
 * Empties a stretch of the chosen tracks. Items that reach in are shortened, one that spans it is cut; the parts
 * after it are linked with each other.
 *
 *   ████[████]██   →   ████......██     (nothing moves)
 *
 * Scope: that stretch of those tracks. Clamping: none. `edit/track-locked`: something on a locked track stands in
 * it. `edit/bad-duration`: the stretch is empty.
 */
export const clipLift = defineEdit({
  type: 'clip.lift',
  label: 'Lift',
  summary: 'Empties a stretch of the chosen tracks. Nothing moves; what reaches in is shortened.',
  parameters: rangeParameters,
  apply(draft, command) {
    return { clipIds: clear(draft, rangeOf(draft, command)) };
  },
});

/**
 * Takes a stretch out of the chosen tracks and closes the gap.
 *
 *   ████[████]██   →   ██████     (what begins later moves earlier, as `rippleFrom` says)
 *
 * Scope: the chosen tracks from the stretch on, and those in sync lock. Clamping: none. `edit/track-locked`: something
 * on a chosen track that is locked would go or move. `edit/out-of-sync`: a track that was not chosen cannot follow.
 * `edit/bad-duration`: the stretch is empty. `edit/wrong-track`: of another timeline.
 */
export const clipExtract = defineEdit({
  type: 'clip.extract',
  label: 'Extract',
  summary:
    'Takes a stretch out of the chosen tracks; everything after it moves earlier on all tracks in sync lock.',
  parameters: rangeParameters,
  apply(draft, command) {
    const range = rangeOf(draft, command);
    const clipIds = clear(draft, range);
    rippleFrom(draft, range.trackIds, range.end, subtractFlicks(range.start, range.end));
    return { clipIds };
  },
});

type Range = { trackIds: ObjectId[]; start: Flicks; end: Flicks };

function rangeOf(
  draft: Draft,
  command: {
    timelineId: ObjectId;
    from: TimeInput;
    to: TimeInput;
    trackIds?: ObjectId[] | undefined;
  },
): Range {
  const timeline = draft.need('timeline', command.timelineId);
  const start = timeOn(timeline, command.from);
  const end = timeOn(timeline, command.to);
  if (end <= start) {
    refuse('edit/bad-duration', 'The range ends before it begins. Choose its end later.', {
      from: start,
      to: end,
    });
  }
  const all = draft.project.tracksOf(timeline.id).map((track) => track.id);
  const trackIds = [...new Set(command.trackIds ?? all)];
  for (const trackId of trackIds) {
    const track = draft.need('track', trackId);
    if (track.timelineId === timeline.id) continue;
    refuse('edit/wrong-track', `Track “${track.name}” belongs to another timeline.`, { trackId });
  }
  return { trackIds, start, end };
}

/** Removes what stands in the range, and gives the ids of items that are gone. */
function clear(draft: Draft, { trackIds, start, end }: Range): ObjectId[] {
  const within = (trackId: ObjectId) => itemsWithin(draft.project, trackId, start, end);
  for (const trackId of trackIds) {
    if (within(trackId).length > 0) draft.refuseLocked(draft.need('track', trackId));
  }
  const before = new Set(trackIds.flatMap(within).map((item) => item.id));
  splitTracks(draft, trackIds, start);
  splitTracks(draft, trackIds, end);
  for (const item of trackIds.flatMap(within)) draft.remove(item.id);
  return [...before].filter((id) => draft.project.item(id) === undefined);
}
