import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { type Clip, type ObjectId, objectIdSchema } from '../../model/entities.ts';
import { itemDuration, itemStart } from '../../model/items.ts';
import { NAMED_EASINGS, splitEasing } from '../../model/keyframes.ts';
import {
  areInOrder,
  curveRange,
  MOST_TIME_KEYS,
  sourceTimeAt,
  type TimeKey,
  timeEasingSchema,
} from '../../model/sourceRange.ts';
import { addFlicks, type Flicks, subtractFlicks, ZERO } from '../../time/flicks.ts';
import { resolveTime, type TimeInput, timeInputSchema } from '../../time/timeInput.ts';
import { distanceOn } from '../arrange.ts';
import { defineEdit } from '../definition.ts';
import type { Draft } from '../draft.ts';
import { needRunning, refuseBeyondMedia, runningGroup, setRange } from './retime.ts';

const easingInputSchema = z
  .union([z.enum(['linear', 'ease-in', 'ease-out', 'ease-in-out']), timeEasingSchema])
  .transform((easing): TimeKey['easing'] =>
    typeof easing === 'string' ? NAMED_EASINGS[easing] : easing,
  )
  .describe('How time passes until the next key: a name, or the points of a cubic Bézier curve.');

const keyParameters = {
  clipId: objectIdSchema,
  index: z.int().min(0).max(MOST_TIME_KEYS).describe('Which key, from 0 in order of time.'),
  scope: z.enum(['linked', 'alone']).default('linked'),
};

/**
 * Lays down how time passes in a clip: at each key’s time the clip shows the key’s source time, and between keys it
 * goes there evenly or along a curve, backwards too. Outside the outermost keys time goes on as fast as between them.
 *
 *   source   8 |        ╱╲          a key later in the source than the next one: time runs backwards
 *            4 |   ____╱  ╲
 *            0 |__╱        ╲__      keys may lie before the clip and past its end
 *
 * The clip keeps its place and duration. Linked clips follow the same curve, each at its own place and as far apart in
 * its source as it was at the beginning of this clip. A dissolve that lacks media afterwards becomes shorter.
 *
 * Scope: source ranges of those clips. Clamping: none. `edit/time-keys-in-disorder`: not each key is later than the
 * one before. `edit/beyond-media`: the clip would show a moment that its source does not have.
 * `edit/nothing-to-retime`: a still, title or caption. `edit/bad-time`, `edit/track-locked`.
 */
export const clipSetTimeKeys = defineEdit({
  type: 'clip.setTimeKeys',
  label: 'Remap time',
  summary:
    'Lays down which moment of its source a clip and its linked clips show when. Place and duration stay.',
  parameters: {
    clipId: objectIdSchema,
    keys: z
      .array(
        z.strictObject({
          time: timeInputSchema.describe('From the beginning of the clip.'),
          source: timeInputSchema.describe('From the beginning of the source.'),
          easing: easingInputSchema.default('linear'),
        }),
      )
      .min(2)
      .max(MOST_TIME_KEYS),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const clip = needRunning(draft, command.clipId);
    const { frameRate } = draft.timelineOf(clip).format;
    const keys = command.keys.map(({ time, source, easing }) => ({
      time: resolveTime(time, frameRate),
      source: resolveTime(source, frameRate),
      easing,
    }));
    return { clipIds: setKeys(draft, clip, keys, command.scope) };
  },
});

/**
 * Adds a time key where the clip shows at that time what it shows now: the picture does not change until the key is
 * moved. A clip without time keys gets one at each end as well, and so does one that goes on past an eased way that is
 * divided. Both parts of an eased way go on as the whole did.
 *
 * Scope: source ranges of the clip and its linked clips. `edit/not-inside`: the time is outside the clip.
 * `edit/time-key-there`: there is one already. `edit/too-many-time-keys`: more than 1,000.
 */
export const timeKeyAdd = defineEdit({
  type: 'timeKey.add',
  label: 'Add time key',
  summary: 'Adds a time key that keeps the picture at its time. Nothing is shown differently yet.',
  parameters: {
    clipId: objectIdSchema,
    time: timeInputSchema.describe('From the beginning of the clip, moved to the nearest frame.'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const clip = needRunning(draft, command.clipId);
    const time = distanceOn(draft.timelineOf(clip), command.time);
    if (time < 0 || time > itemDuration(clip)) {
      refuse('edit/not-inside', 'A time key is added at a time of the clip.', {
        itemId: clip.id,
        time,
      });
    }
    const keys = timeKeysOf(clip);
    const isAdded = clip.sourceRange.retime?.kind !== 'curve' && isEnd(clip, time);
    const there = keys.findIndex((key) => key.time === time);
    if (there >= 0 && !isAdded) {
      refuse('edit/time-key-there', 'There is a time key at this time already.', { index: there });
    }
    const next = there >= 0 ? keys : withKey(clip, withEnds(clip, keys, time), time);
    const clipIds = setKeys(draft, clip, next, command.scope);
    return { clipIds, index: next.findIndex((key) => key.time === time) };
  },
});

/**
 * Moves a time key to another time of the clip, to another moment of the source, or both; the other keys stay.
 *
 * Scope: source ranges of the clip and its linked clips. Clamping: none. `edit/time-keys-in-disorder`: it would not
 * stay between its neighbours. `edit/beyond-media`, `edit/no-such-time-key`, `edit/bad-time`.
 */
export const timeKeyMove = defineEdit({
  type: 'timeKey.move',
  label: 'Move time key',
  summary: 'Moves a time key to another time or another moment of the source; the others stay.',
  parameters: {
    ...keyParameters,
    time: timeInputSchema
      .optional()
      .describe('New time from the beginning of the clip; default: as it is.'),
    source: timeInputSchema
      .optional()
      .describe('New time from the beginning of the source; default: as it is.'),
  },
  apply(draft, command) {
    const { clip, keys, key } = needKey(draft, command);
    const { frameRate } = draft.timelineOf(clip).format;
    const resolved = (input: TimeInput | undefined, present: Flicks) =>
      input === undefined ? present : resolveTime(input, frameRate);
    const moved = {
      ...key,
      time: resolved(command.time, key.time),
      source: resolved(command.source, key.source),
    };
    const clipIds = setKeys(draft, clip, keys.with(command.index, moved), command.scope);
    return { clipIds };
  },
});

/**
 * Takes a time key away; time then goes from the key before it to the one after it. The last two stay: `clip.resetTime`
 * takes the whole curve away. Scope: source ranges of the clip and its linked clips. `edit/last-time-keys`,
 * `edit/beyond-media`, `edit/no-such-time-key`.
 */
export const timeKeyRemove = defineEdit({
  type: 'timeKey.remove',
  label: 'Remove time key',
  summary: 'Takes a time key away; time goes on from the key before it to the one after it.',
  parameters: keyParameters,
  apply(draft, command) {
    const { clip, keys } = needKey(draft, command);
    if (keys.length === 2) {
      refuse(
        'edit/last-time-keys',
        'A curve of time has at least two keys. Reset the time of the clip to be rid of it.',
        { clipId: clip.id },
      );
    }
    return {
      clipIds: setKeys(draft, clip, keys.toSpliced(command.index, 1), command.scope),
    };
  },
});

/**
 * Changes how time passes between a key and the next. The last key has no way to go: `edit/no-such-time-key`. Scope:
 * source ranges of the clip and its linked clips.
 */
export const timeKeySetEasing = defineEdit({
  type: 'timeKey.setEasing',
  label: 'Ease time',
  summary: 'Changes how time passes between a time key and the next. The keys stay.',
  parameters: { ...keyParameters, easing: easingInputSchema },
  apply(draft, command) {
    const { clip, keys, key } = needKey(draft, command);
    if (command.index === keys.length - 1) refuseNoKey(clip, command.index);
    const eased = keys.with(command.index, { ...key, easing: command.easing });
    return { clipIds: setKeys(draft, clip, eased, command.scope) };
  },
});

/** The keys of a clip; of one without a curve those that say the same, one at each end. */
function timeKeysOf({ sourceRange, ...clip }: Clip): readonly TimeKey[] {
  if (sourceRange.retime?.kind === 'curve') return sourceRange.retime.keys;
  const end = itemDuration({ ...clip, sourceRange });
  return [ZERO, end].map((time) => ({
    time,
    source: sourceTimeAt(sourceRange, time),
    easing: 'linear' as const,
  }));
}

function isEnd(clip: Clip, time: Flicks): boolean {
  return time === 0 || time === itemDuration(clip);
}

/**
 * The keys with one at an end of the clip where time goes on past them as fast as on an eased way: once that has a key
 * at `time`, its last part would be as fast as something else.
 */
function withEnds(clip: Clip, keys: readonly TimeKey[], time: Flicks): TimeKey[] {
  const [first, second] = keys;
  const [last, previous] = [keys.at(-1), keys.at(-2)];
  const end = itemDuration(clip);
  const keyAt = (at: Flicks): TimeKey => ({
    time: at,
    source: sourceTimeAt(clip.sourceRange, at),
    easing: 'linear',
  });
  const isInFirst = first && second && first.time < time && time < second.time;
  const isInLast = last && previous && previous.time < time && time < last.time;
  const isEndNeeded = isInLast && previous.easing !== 'linear' && last.time < end;
  return [
    ...(isInFirst && first.easing !== 'linear' && first.time > 0 ? [keyAt(ZERO)] : []),
    ...(isEndNeeded ? [...endingEvenly(keys), keyAt(end)] : keys),
  ];
}

/** The last key has an easing that nothing followed until now; past it time went on evenly. */
function endingEvenly(keys: readonly TimeKey[]): TimeKey[] {
  return keys.map((key, index) => (index < keys.length - 1 ? key : { ...key, easing: 'linear' }));
}

/** The keys with one more, and the easing of the way that it divides. */
function withKey(clip: Clip, keys: readonly TimeKey[], time: Flicks): TimeKey[] {
  const source = sourceTimeAt(clip.sourceRange, time);
  const index = keys.filter((key) => key.time < time).length;
  const [before, after] = [keys[index - 1], keys[index]];
  if (before === undefined) return [{ time, source, easing: 'linear' }, ...keys];
  if (after === undefined) return [...endingEvenly(keys), { time, source, easing: 'linear' }];
  const progress = (time - before.time) / (after.time - before.time);
  const [first, second] = splitEasing(before.easing, progress);
  return [
    ...keys.slice(0, index - 1),
    { ...before, easing: first },
    { time, source, easing: second },
    ...keys.slice(index),
  ];
}

function needKey(
  draft: Draft,
  { clipId, index }: { clipId: ObjectId; index: number },
): { clip: Clip; keys: readonly TimeKey[]; key: TimeKey } {
  const clip = needRunning(draft, clipId);
  const { retime } = clip.sourceRange;
  const keys = retime?.kind === 'curve' ? retime.keys : [];
  const key = keys[index];
  return key === undefined ? refuseNoKey(clip, index) : { clip, keys, key };
}

function refuseNoKey(clip: Clip, index: number): never {
  refuse('edit/no-such-time-key', 'The clip has no such time key.', { clipId: clip.id, index });
}

/** Gives a clip and its linked clips a curve of time. */
function setKeys(
  draft: Draft,
  clip: Clip,
  keys: readonly TimeKey[],
  scope: 'linked' | 'alone',
): ObjectId[] {
  if (keys.length > MOST_TIME_KEYS) {
    refuse('edit/too-many-time-keys', 'A clip can have 1,000 time keys.', { clipId: clip.id });
  }
  if (!areInOrder(keys)) {
    refuse(
      'edit/time-keys-in-disorder',
      'Each time key must be later in the clip than the one before it.',
      { clipId: clip.id },
    );
  }
  const group = runningGroup(draft, clip, scope);
  for (const member of group) {
    const later = subtractFlicks(itemStart(member), itemStart(clip));
    const apart = subtractFlicks(
      sourceTimeAt(member.sourceRange, subtractFlicks(ZERO, later)),
      sourceTimeAt(clip.sourceRange, ZERO),
    );
    const own = keys.map((key) => ({
      ...key,
      time: subtractFlicks(key.time, later),
      source: addFlicks(key.source, apart),
    }));
    const range = curveRange(own, itemDuration(member));
    refuseBeyondMedia(draft, member, range);
    setRange(draft, member, range);
  }
  return group.map((member) => member.id);
}
