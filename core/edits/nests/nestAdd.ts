import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { type ObjectId, objectIdSchema, type Timeline, type Track } from '../../model/entities.ts';
import { timelineEnd } from '../../model/project.ts';
import { addFlicks, type Flicks, subtractFlicks, ZERO } from '../../time/flicks.ts';
import { frameDuration, snapToFrame, wholeFrames } from '../../time/rate.ts';
import { resolveTime, type TimeInput, timeInputSchema } from '../../time/timeInput.ts';
import { refuseBeyondTimeline, timeOn } from '../arrange.ts';
import { clearRanges } from '../splitTracks.ts';
import { endOfTracks, findTrack, sourceParameters } from '../clips/clipPlacement.ts';
import { defineEdit } from '../definition.ts';
import type { Draft } from '../draft.ts';
import { refuseUnnestable } from './nestPlacement.ts';
import { openGap } from '../rippleFrom.ts';

/**
 * Puts a timeline into another one as a clip of picture and a linked one of sound, as far as it has them.
 *
 *   insert:     ████████   →   ███[nest]█████     (later items move, a spanned one is split)
 *   overwrite:  ████████   →   ███[nest]█         (nothing moves)
 *   append:     ████████   →   ████████[nest]     (after everything on its tracks)
 *
 * Scope: the tracks it lands on. Clamping: none. `edit/nest-cycle`: the other timeline shows this one, directly or
 * through others. `edit/nest-too-deep`: more than 16 would lie one inside the other. `edit/nothing-to-use`: it has
 * nothing of the kind. `edit/missing-point`: insert and overwrite need a time. `edit/beyond-media`,
 * `edit/bad-duration`, `edit/bad-time`, `edit/wrong-track`, `edit/track-locked`, `edit/id-taken`.
 */
export const nestAdd = defineEdit({
  type: 'nest.add',
  label: 'Add timeline as clip',
  summary:
    'Puts a timeline into another one as linked clips of picture and sound: inserted, overwriting or at the end.',
  parameters: {
    timelineId: objectIdSchema.describe('The timeline that is to show the other one.'),
    nestedTimelineId: objectIdSchema.describe('The timeline that is to be shown.'),
    at: timeInputSchema.optional().describe('Timeline time; not needed to append.'),
    mode: z.enum(['insert', 'overwrite', 'append']).default('append'),
    in: timeInputSchema
      .optional()
      .describe('First moment to show; default its beginning. Frames count at its own rate.'),
    out: timeInputSchema.optional().describe('First moment not to show; default its end.'),
    videoTrackId: sourceParameters.videoTrackId,
    audioTrackId: sourceParameters.audioTrackId,
    use: sourceParameters.use,
    name: z.string().trim().min(1).max(500).optional().describe('Default: the timeline’s name.'),
    clipIds: sourceParameters.clipIds,
  },
  apply(draft, command) {
    const outer = draft.need('timeline', command.timelineId);
    const inner = draft.need('timeline', command.nestedTimelineId);
    refuseUnnestable(draft, outer, inner);
    const range = shownRange(draft, { outer, inner }, command);
    const tracks = landingTracks(draft, { outer, inner }, command);
    const duration = subtractFlicks(range.out, range.in);
    const start = startOf(draft, outer, tracks, command);
    refuseBeyondTimeline(start);
    const trackIds = tracks.map((track) => track.id);
    if (command.mode === 'insert') openGap(draft, trackIds, start, duration);
    if (command.mode === 'overwrite') {
      const end = addFlicks(start, duration);
      clearRanges(
        draft,
        trackIds.map((trackId) => ({ trackId, start, end })),
      );
    }
    const linkId = tracks.length > 1 ? draft.newId() : undefined;
    const clipIds = tracks.map((track, index) =>
      draft.create(
        'clip',
        {
          name: command.name ?? inner.name,
          placement: { trackId: track.id, start },
          sourceRange: range,
          nestedTimelineId: inner.id,
          ...(linkId === undefined ? {} : { linkId }),
        },
        command.clipIds?.[index],
      ),
    );
    return { clipIds, start };
  },
});

type Timelines = { outer: Timeline; inner: Timeline };

/** What of the inner timeline is shown: from one of its frames on, for whole frames of the outer one. */
function shownRange(
  draft: Draft,
  { outer, inner }: Timelines,
  command: { in?: TimeInput | undefined; out?: TimeInput | undefined },
): { in: Flicks; out: Flicks } {
  const end = timelineEnd(draft.project, inner.id);
  const { frameRate: ownRate } = inner.format;
  const { frameRate } = outer.format;
  const first =
    command.in === undefined ? ZERO : snapToFrame(resolveTime(command.in, ownRate), ownRate);
  const last = command.out === undefined ? end : resolveTime(command.out, ownRate);
  if (first < 0 || last > end) {
    refuse('edit/beyond-media', `“${inner.name}” does not reach that far.`, {
      available: { in: 0, out: end },
      asked: { in: first, out: last },
    });
  }
  const duration = wholeFrames(subtractFlicks(last, first), frameRate);
  if (duration < frameDuration(frameRate)) {
    refuse(
      end === 0 ? 'edit/nothing-to-use' : 'edit/bad-duration',
      end === 0 ? `“${inner.name}” is empty.` : 'That is shorter than one frame.',
      { timelineId: inner.id },
    );
  }
  return { in: first, out: addFlicks(first, duration) };
}

function landingTracks(
  draft: Draft,
  { outer, inner }: Timelines,
  command: {
    use: 'picture-and-sound' | 'picture' | 'sound';
    videoTrackId?: ObjectId | undefined;
    audioTrackId?: ObjectId | undefined;
  },
): Track[] {
  const kinds = new Set(
    draft.project
      .tracksOf(inner.id)
      .filter((track) => draft.project.itemsOn(track.id).length > 0)
      .map((track) => track.trackKind),
  );
  const hasPicture = kinds.has('video') || kinds.has('graphics');
  const tracks: Track[] = [];
  if (command.use !== 'sound' && hasPicture) {
    tracks.push(findTrack(draft, outer, 'video', command.videoTrackId));
  }
  if (command.use !== 'picture' && kinds.has('audio')) {
    tracks.push(findTrack(draft, outer, 'audio', command.audioTrackId));
  }
  if (tracks.length === 0) {
    const what = command.use === 'sound' ? 'sound' : 'picture';
    refuse('edit/nothing-to-use', `“${inner.name}” has no ${what} to use.`, {
      timelineId: inner.id,
    });
  }
  for (const track of tracks) draft.refuseLocked(track);
  return tracks;
}

function startOf(
  draft: Draft,
  outer: Timeline,
  tracks: readonly Track[],
  command: { mode: 'insert' | 'overwrite' | 'append'; at?: TimeInput | undefined },
): Flicks {
  if (command.mode === 'append') return endOfTracks(draft, tracks);
  if (command.at !== undefined) return timeOn(outer, command.at);
  return refuse('edit/missing-point', 'Say where the timeline is to be put.', {
    timelineId: outer.id,
  });
}
