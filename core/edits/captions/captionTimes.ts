import { z } from 'zod';
import { wordsWithin } from '../../captions/captionWords.ts';
import { refuse } from '../../fault.ts';
import { type Cue, type ObjectId, objectIdSchema, type Timeline } from '../../model/entities.ts';
import { itemEnd, itemStart } from '../../model/items.ts';
import {
  addFlicks,
  type Flicks,
  flicks,
  LONGEST_TIME,
  maxFlicks,
  minFlicks,
  subtractFlicks,
  ZERO,
} from '../../time/flicks.ts';
import { frameDuration, snapToFrame } from '../../time/rate.ts';
import { timeInputSchema } from '../../time/timeInput.ts';
import { distanceOn, place, timeOn } from '../arrange.ts';
import type { Draft } from '../draft.ts';
import { defineEdit } from '../definition.ts';

/**
 * Puts the beginning, the end or both of a caption elsewhere.
 *
 *   ..▓▓▓▓....   →   .▓▓▓▓▓▓▓..     (nothing else moves)
 *
 * With the length it had, it is moved and its words with it; else the words go on being spoken when they were, those
 * that are cut away at the edge. Refuses `edit/bad-duration`, `edit/bad-time`, `edit/overlap`, `edit/track-locked`.
 */
export const captionSetTimes = defineEdit({
  type: 'caption.setTimes',
  label: 'Time caption',
  summary:
    'Sets the start, the end or both of a caption; its text stays, and its words stay in time. Nothing else changes.',
  parameters: {
    captionId: objectIdSchema,
    start: timeInputSchema.optional().describe('Default: as it is.'),
    end: timeInputSchema.optional().describe('First moment after it; default: as it is.'),
  },
  apply(draft, command) {
    const cue = draft.need('cue', command.captionId);
    const timeline = draft.timelineOf(cue);
    draft.refuseLocked(draft.trackOf(cue));
    const start = command.start === undefined ? itemStart(cue) : timeOn(timeline, command.start);
    const end = command.end === undefined ? itemEnd(cue) : timeOn(timeline, command.end);
    const duration = subtractFlicks(end, start);
    if (duration < frameDuration(timeline.format.frameRate)) {
      refuse('edit/bad-duration', 'That is shorter than one frame.', { start, end });
    }
    place(draft, cue, start);
    if (duration === cue.duration) return {};
    const offset = subtractFlicks(start, itemStart(cue));
    draft.set<'cue'>(cue.id, {
      duration,
      words: cue.words && wordsWithin(cue.words, offset, addFlicks(offset, duration)),
    });
    return {};
  },
});

const chosenCaptions = {
  captionIds: z.array(objectIdSchema).min(1).max(100_000).optional(),
  trackId: objectIdSchema.optional().describe('All captions of a track, in place of captionIds.'),
};

/**
 * Moves captions by a distance, words and all.
 *
 *   ▓▓.▓▓▓....   →   ..▓▓.▓▓▓..     (the others stay)
 *
 * Refuses `edit/nothing-chosen` (neither captions nor a track, or both), `edit/bad-time` before the beginning of the
 * timeline or past 30 days, `edit/overlap` onto others, `edit/track-locked`.
 */
export const captionShift = defineEdit({
  type: 'caption.shift',
  label: 'Shift captions',
  summary:
    'Moves captions, or all of a track, earlier or later by one distance. Nothing else changes.',
  parameters: { ...chosenCaptions, by: timeInputSchema.describe('Negative: earlier.') },
  apply(draft, command) {
    const { cues, timeline } = choose(draft, command);
    const by = distanceOn(timeline, command.by);
    retime(draft, cues, (time) => addFlicks(time, by), timeline);
    return { captionIds: cues.map((cue) => cue.id) };
  },
});

/**
 * Takes out drift: scales the times of captions about an anchor, so that what was at `from` comes to `to`.
 *
 *   anchor ▓▓...▓▓..▓▓      →   anchor ▓▓....▓▓...▓▓
 *                   from                            to
 *
 * Every edge is put at anchor + (time − anchor) × (to − anchor) ∕ (from − anchor), computed exactly and then moved to
 * the nearest frame, as the three times are; captions that touched still do. A caption keeps at least a frame; words are scaled alike.
 * Refuses `edit/bad-stretch` where from or to is the anchor or they lie on two sides of it, and as `caption.shift`.
 */
export const captionStretch = defineEdit({
  type: 'caption.stretch',
  label: 'Stretch captions',
  summary:
    'Scales the times of captions, or of all of a track, about an anchor, so that what was at one time comes to another.',
  parameters: {
    ...chosenCaptions,
    anchor: timeInputSchema.default(0).describe('The time that stays.'),
    from: timeInputSchema.describe('A time as it is.'),
    to: timeInputSchema.describe('Where that time should be.'),
  },
  apply(draft, command) {
    const { cues, timeline } = choose(draft, command);
    const [anchor, from, to] = [command.anchor, command.from, command.to].map((input) =>
      timeOn(timeline, input),
    ) as [Flicks, Flicks, Flicks];
    const [before, after] = [from - anchor, to - anchor];
    if (before === 0 || after === 0 || before < 0 !== after < 0) {
      refuse(
        'edit/bad-stretch',
        'Both times must lie on the same side of the anchor, and not on it. Choose another anchor.',
        { anchor, from, to },
      );
    }
    retime(draft, cues, (time) => scaled(time, anchor, BigInt(after), BigInt(before)), timeline);
    return { captionIds: cues.map((cue) => cue.id) };
  },
});

/** anchor + (time − anchor) × num ∕ den to the nearest flick; both of one sign. Refuses `edit/bad-time` past 30 days. */
function scaled(time: Flicks, anchor: Flicks, num: bigint, den: bigint): Flicks {
  const sign = den < 0n ? -1n : 1n;
  const [above, below] = [BigInt(time - anchor) * num * sign * 2n + den * sign, den * sign * 2n];
  const quotient = above / below;
  const rounded = above < 0n && above % below !== 0n ? quotient - 1n : quotient;
  const result = rounded + BigInt(anchor);
  if (result > BigInt(LONGEST_TIME) || result < -BigInt(LONGEST_TIME)) {
    refuse(
      'edit/bad-time',
      'A timeline can be 30 days long. This would put captions beyond that.',
      {
        time,
      },
    );
  }
  return flicks(Number(result));
}

function choose(
  draft: Draft,
  command: { captionIds?: ObjectId[] | undefined; trackId?: ObjectId | undefined },
): { cues: Cue[]; timeline: Timeline } {
  const { captionIds, trackId } = command;
  const items =
    trackId === undefined
      ? [...new Set(captionIds)].map((id) => draft.need('cue', id))
      : draft.project.itemsOn(draft.need('track', trackId).id);
  const cues = items.filter((item): item is Cue => item.kind === 'cue');
  const first = cues[0];
  if (first === undefined || (captionIds === undefined) === (trackId === undefined)) {
    refuse('edit/nothing-chosen', 'Choose captions, or a track that has some.', { trackId });
  }
  const timeline = draft.timelineOf(first);
  for (const id of new Set(cues.map((cue) => cue.placement.trackId))) {
    const track = draft.need('track', id);
    draft.refuseLocked(track);
    if (track.timelineId !== timeline.id) {
      refuse('edit/wrong-track', 'Choose captions of one timeline.', { trackId: id });
    }
  }
  return { cues, timeline };
}

/** Puts every edge where `moved` says, on a frame; words go along between the new edges. */
function retime(
  draft: Draft,
  cues: readonly Cue[],
  moved: (time: Flicks) => Flicks,
  timeline: Timeline,
): void {
  const { frameRate } = timeline.format;
  for (const cue of cues) {
    const start = snapToFrame(moved(itemStart(cue)), frameRate);
    if (start < 0) {
      refuse('edit/bad-time', 'That would put captions before the beginning of the timeline.', {
        captionId: cue.id,
        start,
      });
    }
    const shortest = addFlicks(start, frameDuration(frameRate));
    const end = maxFlicks(snapToFrame(moved(itemEnd(cue)), frameRate), shortest);
    const duration = subtractFlicks(end, start);
    const at = (time: Flicks) =>
      maxFlicks(
        ZERO,
        minFlicks(duration, subtractFlicks(moved(addFlicks(itemStart(cue), time)), start)),
      );
    const words = cue.words?.map((word) => ({ ...word, start: at(word.start), end: at(word.end) }));
    place(draft, cue, start);
    draft.set<'cue'>(cue.id, { duration, words });
  }
}
