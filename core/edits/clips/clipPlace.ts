import { z } from 'zod';
import { refuse } from '../../fault.ts';
import type { Timeline } from '../../model/entities.ts';
import { rangeAtSpeed } from '../../model/sourceRange.ts';
import { addFlicks, type Flicks, subtractFlicks, ZERO } from '../../time/flicks.ts';
import { resolveTime, type TimeInput, timeInputSchema } from '../../time/timeInput.ts';
import { timeOn } from '../arrange.ts';
import { clearRanges } from '../splitTracks.ts';
import { placeSource, resolveSource, type Source, sourceParameters } from './clipPlacement.ts';
import { defineEdit } from '../definition.ts';
import type { Draft } from '../draft.ts';
import { openGap } from '../rippleFrom.ts';
import { usableSpeed } from '../speed/speedInput.ts';

/**
 * The three- and four-point edit: puts part of an asset on a timeline, said by any three of four points.
 *
 *   source    [in……out]           in, out and from:  from there, as long as the part
 *   timeline  ……[from……to]……      in, out and to:    so that it ends there
 *                                 in, from and to:   from `in` on, as long as the place
 *                                 out, from and to:  up to `out`, as long as the place
 *
 * Points of the timeline that are not given are those of its marked range, as far as they are needed for three. Then
 * the source begins at its beginning, and ends at its end or with the place. With all four points and lengths that
 * differ, `fit` says which gives way:
 *
 *   fill                  the speed changes so that the part fills the place exactly
 *   trim-source-end       the part is taken from `in` on
 *   trim-source-start     the part is taken up to `out`
 *   ignore-timeline-out   the whole part is placed at `from`
 *
 * insert: what stands there and later moves (see `rippleFrom`); overwrite: it is replaced. Still pictures have no points of their own:
 * they fill the place. Scope: the tracks it lands on. Clamping: none.
 *
 * `edit/missing-point`: neither beginning nor end on the timeline is known. `edit/four-points`: all four are, the
 * lengths differ, and `fit` is missing. `edit/bad-duration`: an end is not after its beginning. `edit/bad-speed`:
 * filling needs less than a thousandth or more than 1000 times the speed. `edit/beyond-media`, `edit/bad-time`,
 * `edit/wrong-track`, `edit/track-locked`, `edit/nothing-to-use`, `edit/id-taken`.
 */
export const clipPlace = defineEdit({
  type: 'clip.place',
  label: 'Place clip',
  summary:
    'Puts part of an asset on a timeline by three or four points; what is missing comes from the marked range.',
  parameters: {
    ...sourceParameters,
    from: timeInputSchema.optional().describe('Where it begins on the timeline.'),
    to: timeInputSchema.optional().describe('Where it ends on the timeline.'),
    mode: z.enum(['insert', 'overwrite']).default('overwrite'),
    fit: z
      .enum(['fill', 'trim-source-end', 'trim-source-start', 'ignore-timeline-out'])
      .optional()
      .describe('What gives way when four points give two lengths.'),
  },
  apply(draft, command) {
    const timeline = draft.need('timeline', command.timelineId);
    const { source, start } = arranged(draft, timeline, command);
    const trackIds = source.tracks.map((track) => track.id);
    const end = addFlicks(start, source.duration);
    if (command.mode === 'insert') openGap(draft, trackIds, start, source.duration);
    else
      clearRanges(
        draft,
        trackIds.map((trackId) => ({ trackId, start, end })),
      );
    return { clipIds: placeSource(draft, source, start), start };
  },
});

type Command = z.infer<typeof clipPlace.parameters>;
type Arranged = { source: Source; start: Flicks };

function arranged(draft: Draft, timeline: Timeline, command: Command): Arranged {
  const { from, to } = timelinePoints(timeline, command);
  if (from !== undefined && to !== undefined) {
    if (to <= from) {
      refuse('edit/bad-duration', 'The place ends before it begins. Choose its end later.', {
        from,
        to,
      });
    }
    const duration = subtractFlicks(to, from);
    const isFourPoint =
      command.in !== undefined && command.out !== undefined && !isStill(draft, command);
    return isFourPoint
      ? fourPoints(draft, timeline, command, { from, duration })
      : { source: partLasting(draft, timeline, command, duration), start: from };
  }
  const source = resolveSource(draft, command);
  if (from !== undefined) return { source, start: from };
  if (to === undefined) {
    refuse(
      'edit/missing-point',
      'Say where the clip is to begin or end on the timeline, or mark it there.',
      { timelineId: timeline.id },
    );
  }
  const start = subtractFlicks(to, source.duration);
  if (start < 0) {
    refuse('edit/bad-time', 'The clip would start before the beginning of the timeline.', {
      start,
    });
  }
  return { source, start };
}

/** The place on the timeline, as far as it is given or, when three points need it, marked. */
function timelinePoints(
  timeline: Timeline,
  command: Command,
): { from: Flicks | undefined; to: Flicks | undefined } {
  const given = [command.in, command.out, command.from, command.to];
  const isEnough = given.filter((point) => point !== undefined).length >= 3;
  const marked = isEnough ? undefined : timeline.markedRange;
  const point = (input: TimeInput | undefined, otherwise: Flicks | undefined) =>
    input === undefined ? otherwise : timeOn(timeline, input);
  return { from: point(command.from, marked?.in), to: point(command.to, marked?.out) };
}

function isStill(draft: Draft, command: Command): boolean {
  return draft.need('asset', command.assetId).facts.mediaKind === 'image';
}

/** The part of the asset that lasts `duration`: up to its `out` where only that is given, else from its `in` on. */
function partLasting(draft: Draft, timeline: Timeline, command: Command, duration: Flicks): Source {
  const { frameRate } = timeline.format;
  if (command.in === undefined && command.out !== undefined && !isStill(draft, command)) {
    const out = resolveTime(command.out, frameRate);
    return resolveSource(draft, { ...command, in: subtractFlicks(out, duration), out });
  }
  const first =
    command.in === undefined || isStill(draft, command) ? ZERO : resolveTime(command.in, frameRate);
  return resolveSource(draft, { ...command, in: first, out: addFlicks(first, duration) });
}

function fourPoints(
  draft: Draft,
  timeline: Timeline,
  command: Command,
  place: { from: Flicks; duration: Flicks },
): Arranged {
  const whole = resolveSource(draft, command);
  const { fit } = command;
  const { from: start, duration } = place;
  if (whole.duration === duration || fit === 'ignore-timeline-out') return { source: whole, start };
  switch (fit) {
    case 'trim-source-end':
      return {
        source: partLasting(draft, timeline, { ...command, out: undefined }, duration),
        start,
      };
    case 'trim-source-start':
      return {
        source: partLasting(draft, timeline, { ...command, in: undefined }, duration),
        start,
      };
    case 'fill': {
      const speed = usableSpeed(BigInt(whole.duration), BigInt(duration));
      return {
        source: { ...whole, range: rangeAtSpeed(whole.range.in, duration, speed), duration },
        start,
      };
    }
    default:
      refuse(
        'edit/four-points',
        'The part of the source and the place on the timeline are not equally long. Choose what gives way.',
        { source: whole.duration, place: duration },
      );
  }
}
