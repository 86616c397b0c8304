import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { type Clip, type ObjectId, objectIdSchema } from '../../model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '../../model/items.ts';
import {
  rangeAtSpeed,
  rangeDuration,
  type SourceRange,
  type Speed,
  sourceTimeAt,
  timeAtSpeed,
} from '../../model/sourceRange.ts';
import {
  addFlicks,
  type Flicks,
  flicks,
  maxFlicks,
  minFlicks,
  subtractFlicks,
} from '../../time/flicks.ts';
import { frameDuration, snapToFrame } from '../../time/rate.ts';
import { clearRanges } from '../splitTracks.ts';
import { defineEdit } from '../definition.ts';
import type { Draft } from '../draft.ts';
import { gatherItems } from '../clips/moveItems.ts';
import { hasMediaFor, needRunning, refuseBeyondMedia, runningGroup, setRange } from './retime.ts';
import { rippleFrom } from '../rippleFrom.ts';
import { resolveSpeed, speedInputSchema } from './speedInput.ts';

const modeSchema = z.enum(['ripple', 'keep-duration', 'overwrite']);

const speedParameters = {
  clipIds: z.array(objectIdSchema).min(1).max(10_000),
  mode: modeSchema
    .default('ripple')
    .describe(
      'ripple: shows the same part, later items move. keep-duration: shows more or less of the source. overwrite: shows the same part over what follows, or leaves a gap.',
    ),
  scope: z.enum(['linked', 'alone']).default('linked'),
};

/**
 * Plays clips faster, slower or backwards.
 *
 *   source           [ABCDEFGH]
 *   ripple, 200%:    ██ABCDEFGH▓▓▓   →   ██ACEG▓▓▓         (the same part; later items move)
 *   overwrite, 200%: ██ABCDEFGH▓▓▓   →   ██ACEG....▓▓▓     (the same part; nothing else moves)
 *   keep-duration:   ██ABCD▓▓▓       →   ██ACEG▓▓▓         (another part; nothing moves)
 *   reverse:         ██ABCD▓▓▓       →   ██DCBA▓▓▓
 *
 * A clip keeps its start. Its new duration is the nearest whole number of frames for which there is media, and its
 * source range is exactly what that duration shows. A clip begins with the first moment of what it showed, backwards
 * with the last. Linked clips get the same speed and stay in step: one that begins later keeps its distance in the
 * source; what follows then moves by the largest of their changes, so that nothing is covered. A frozen clip keeps its
 * duration; a curve of time gives way to the one speed. Speed 1 forwards leaves no retime. Keyframes keep their times
 * in the clip, markers of a clip their moments in the source. Dissolves that lack media afterwards become shorter.
 *
 * Scope: ranges, starts and fades of those clips; on their tracks what follows (ripple) or is covered (overwrite).
 * Clamping: none. `edit/nothing-to-retime`: a still, title or caption. `edit/bad-speed`: below a thousandth, above
 * 1000. `edit/bad-duration`: it would be shorter than one frame. `edit/beyond-media`: keep-duration needs more of the
 * source than there is. `edit/out-of-sync`: linked clips that do not begin and end together change direction, or run
 * at different speeds. `edit/several-timelines`, `edit/track-locked`, `edit/bad-time` past 30 days.
 */
export const clipSetSpeed = defineEdit({
  type: 'clip.setSpeed',
  label: 'Change speed',
  summary:
    'Plays clips and their linked clips faster, slower or backwards; later items move, or the duration stays.',
  parameters: {
    ...speedParameters,
    speed: speedInputSchema.optional().describe('Default: as it is now.'),
    reverse: z.boolean().optional().describe('Backwards or not; default: as it is now.'),
  },
  apply(draft, command) {
    const speed = command.speed === undefined ? undefined : resolveSpeed(command.speed);
    return { clipIds: changeSpeed(draft, command, { speed, reverse: command.reverse }) };
  },
});

/**
 * Plays clips as they were recorded: forwards, at one speed, without time keys. The same as `clip.setSpeed` with speed 1
 * forwards, with its modes and refusals.
 */
export const clipResetTime = defineEdit({
  type: 'clip.resetTime',
  label: 'Reset time',
  summary:
    'Plays clips and their linked clips as recorded, without speed change, freeze or time keys.',
  parameters: speedParameters,
  apply(draft, command) {
    const asRecorded = { speed: { num: 1, den: 1 }, reverse: false };
    return { clipIds: changeSpeed(draft, command, asRecorded) };
  },
});

type Scope = {
  clipIds: readonly ObjectId[];
  mode: z.infer<typeof modeSchema>;
  scope: 'linked' | 'alone';
};
/** What is asked for; what is undefined stays. `speed` is above zero. */
type Wanted = { speed: Speed | undefined; reverse: boolean | undefined };

/** A clip with the range and start that it is to get. */
type Change = { clip: Clip; start: Flicks; range: SourceRange };

function changeSpeed(draft: Draft, { clipIds, mode, scope }: Scope, wanted: Wanted): ObjectId[] {
  const named = clipIds.map((id) => needRunning(draft, id));
  gatherItems(draft, clipIds, scope);
  const changed = new Set<ObjectId>();
  // Last first, so that what a clip pushes along has its new length already.
  for (const { id } of named.sort((a, b) => itemStart(b) - itemStart(a))) {
    if (changed.has(id)) continue;
    const group = runningGroup(draft, needRunning(draft, id), scope);
    applyChanges(draft, changesOf(draft, group, wanted, mode), mode);
    for (const member of group) changed.add(member.id);
  }
  return [...changed];
}

function applyChanges(draft: Draft, changes: readonly Change[], mode: Scope['mode']): void {
  if (mode === 'ripple') {
    const ends = changes.map((change) => ({ before: itemEnd(change.clip), after: endOf(change) }));
    const from = flicks(Math.min(...ends.map(({ before }) => before)));
    const by = flicks(Math.max(...ends.map(({ before, after }) => after - before)));
    const trackIds = changes.map(({ clip }) => clip.placement.trackId);
    if (by !== 0) rippleFrom(draft, trackIds, from, by);
  }
  if (mode === 'overwrite') {
    clearRanges(
      draft,
      changes.flatMap((change) => newGround(change, changes)),
    );
  }
  for (const { clip, start, range } of changes) setRange(draft, clip, range, start);
}

function endOf({ start, range }: Change): Flicks {
  return addFlicks(start, rangeDuration(range));
}

/** The stretches of its track that a clip comes to take up and none of the changed clips has taken up before. */
function newGround(
  change: Change,
  changes: readonly Change[],
): { trackId: ObjectId; start: Flicks; end: Flicks }[] {
  const { trackId } = change.clip.placement;
  let stretches = [{ trackId, start: change.start, end: endOf(change) }];
  for (const { clip } of changes) {
    if (clip.placement.trackId !== trackId) continue;
    const [from, to] = [itemStart(clip), itemEnd(clip)];
    stretches = stretches.flatMap(({ start, end }) => [
      { trackId, start, end: minFlicks(end, from) },
      { trackId, start: maxFlicks(start, to), end },
    ]);
    stretches = stretches.filter(({ start, end }) => start < end);
  }
  return stretches;
}

/** The new ranges and starts of linked clips, the named one first. */
function changesOf(
  draft: Draft,
  group: readonly Clip[],
  wanted: Wanted,
  mode: Scope['mode'],
): Change[] {
  const [named] = group;
  if (named === undefined) return [];
  const present = constantSpeed(named.sourceRange);
  const size = wanted.speed ?? sizeOf(present);
  const backwards = wanted.reverse ?? (present !== null && present.num < 0);
  const speed: Speed = backwards ? { num: -size.num, den: size.den } : size;
  const areAligned = group.every(
    (clip) => itemStart(clip) === itemStart(named) && itemEnd(clip) === itemEnd(named),
  );
  const changes = areAligned
    ? alignedChanges(draft, group, speed, mode)
    : scaledChanges(draft, group, speed, mode);
  for (const { clip, range } of changes) refuseBeyondMedia(draft, clip, range);
  return changes;
}

/** Clips that begin and end together do so afterwards. */
function alignedChanges(
  draft: Draft,
  group: readonly Clip[],
  speed: Speed,
  mode: Scope['mode'],
): Change[] {
  const [named] = group as [Clip];
  const { frameRate } = draft.timelineOf(named).format;
  const frame = frameDuration(frameRate);
  const lasting = (duration: Flicks) =>
    group.map((clip) => ({
      clip,
      start: itemStart(clip),
      range: rangeAtSpeed(beginning(clip.sourceRange, speed), duration, speed),
    }));
  const { in: first, out: last } = named.sourceRange;
  const used = subtractFlicks(last, first);
  if (mode === 'keep-duration' || used === 0) return lasting(itemDuration(named));
  const exact = timeAtSpeed(used, { num: speed.den, den: Math.abs(speed.num) });
  const nearest = snapToFrame(exact, frameRate);
  refuseEmpty(nearest, frame, named);
  const changes = lasting(nearest);
  if (nearest <= exact || changes.every(({ clip, range }) => hasMediaFor(draft, clip, range))) {
    return changes;
  }
  refuseEmpty(subtractFlicks(nearest, frame), frame, named);
  return lasting(subtractFlicks(nearest, frame));
}

/** Clips that begin or end apart get nearer to the first beginning, or further from it, by as much as they get faster. */
function scaledChanges(
  draft: Draft,
  group: readonly Clip[],
  speed: Speed,
  mode: Scope['mode'],
): Change[] {
  const [named] = group as [Clip];
  const { frameRate } = draft.timelineOf(named).format;
  const present = constantSpeed(named.sourceRange);
  const areAlike = group.every((clip) => {
    const own = constantSpeed(clip.sourceRange);
    return own && present && own.num === present.num && own.den === present.den;
  });
  if (!areAlike || present === null || Math.sign(present.num) !== Math.sign(speed.num)) {
    refuse(
      'edit/out-of-sync',
      'The linked clips would no longer be in step. Make them begin and end together first, or change this clip alone.',
      { clipIds: group.map((clip) => clip.id) },
    );
  }
  const anchor = flicks(Math.min(...group.map(itemStart)));
  const ratio = { num: present.num * speed.den, den: present.den * speed.num };
  if (ratio.den < 0) Object.assign(ratio, { num: -ratio.num, den: -ratio.den });
  const moved = (time: Flicks) =>
    mode === 'keep-duration'
      ? time
      : snapToFrame(addFlicks(anchor, timeAtSpeed(subtractFlicks(time, anchor), ratio)), frameRate);
  return group.map((clip) => {
    const start = moved(itemStart(clip));
    const duration = subtractFlicks(moved(itemEnd(clip)), start);
    refuseEmpty(duration, frameDuration(frameRate), clip);
    const atAnchor = sourceTimeAt(clip.sourceRange, subtractFlicks(anchor, itemStart(clip)));
    const source = addFlicks(atAnchor, timeAtSpeed(subtractFlicks(start, anchor), speed));
    return { clip, start, range: rangeAtSpeed(source, duration, speed) };
  });
}

function refuseEmpty(duration: Flicks, frame: Flicks, clip: Clip): void {
  if (duration >= frame) return;
  refuse(
    'edit/bad-duration',
    `“${clip.name}” would be shorter than one frame. Choose a lower speed, or keep its duration.`,
    { clipId: clip.id },
  );
}

/** The source time with which a clip is to begin: as it does now, unless time turns round. */
function beginning(range: SourceRange, speed: Speed): Flicks {
  const present = constantSpeed(range);
  if (present !== null && Math.sign(present.num) === Math.sign(speed.num)) {
    return sourceTimeAt(range, flicks(0));
  }
  return speed.num < 0 ? range.out : range.in;
}

/** The one speed of a range; null along a curve. */
function constantSpeed({ retime }: SourceRange): Speed | null {
  if (retime === undefined) return { num: 1, den: 1 };
  return retime.kind === 'constant' ? retime.speed : null;
}

function sizeOf(speed: Speed | null): Speed {
  if (speed === null || speed.num === 0) return { num: 1, den: 1 };
  return { num: Math.abs(speed.num), den: speed.den };
}
