import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { type Clip, type Item, objectIdSchema, type Registers } from '../../model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '../../model/items.ts';
import { type Animated, valueAt } from '../../model/keyframes.ts';
import { CLIP_PARAMETER_NAMES } from '../../model/parameters.ts';
import { rangeAtSpeed, type SourceRange, sourceTimeAt } from '../../model/sourceRange.ts';
import {
  addFlicks,
  type Flicks,
  FLICKS_PER_SECOND,
  flicks,
  subtractFlicks,
} from '../../time/flicks.ts';
import { frameDuration, snapToFrame } from '../../time/rate.ts';
import { timeInputSchema } from '../../time/timeInput.ts';
import { availableRange, companions, durationOn, splitItem, timeOn } from '../arrange.ts';
import { refuseInsideTransition } from '../clips/clipSplit.ts';
import { defineEdit } from '../definition.ts';
import type { Draft } from '../draft.ts';
import { setRange } from './retime.ts';
import { openGap } from '../rippleFrom.ts';
import { itemAcross } from '../splitTracks.ts';

/**
 * Holds one frame of a picture.
 *
 *   at D, rest:     ABCDEFGH   →   ABCDDDDD        (the sound ends where the picture stops)
 *   at D, whole:    ABCDEFGH   →   DDDDDDDD        (no sound)
 *   at D, insert:   ABCDEFGH   →   ABCddddDEFGH    (later items move; silence during the frozen stretch)
 *
 * The frozen picture is the one that is seen at that frame: the source is held at the middle of the frame, by which
 * its picture is chosen. An inserted stretch holds the parameters of the clip and its effects at that moment too, and
 * begins and ends without a fade. Linked sound is cut where the picture freezes and is gone as long as it stands
 * still; with scope `alone` it is left as it is, and an insertion only moves the track of the clip. The frozen part is
 * no longer linked. Dissolves at the ends of the clip stay; those of sound that is gone go.
 *
 * Scope: the tracks of the clip and its linked sound. Clamping: none. `edit/nothing-to-freeze`: not a picture that
 * runs. `edit/not-inside`: the time is outside the clip. `edit/inside-transition`: a dissolve is under way there.
 * `edit/bad-duration`, `edit/track-locked`, `edit/bad-time` past 30 days.
 */
export const clipFreeze = defineEdit({
  type: 'clip.freeze',
  label: 'Freeze frame',
  summary:
    'Holds one frame for the rest of a clip, the whole clip, or an inserted stretch; the sound is silent there.',
  parameters: {
    clipId: objectIdSchema,
    at: timeInputSchema.describe('Timeline time of the frame to hold.'),
    mode: z.enum(['rest', 'whole', 'insert']).default('rest'),
    duration: timeInputSchema
      .optional()
      .describe('How long an inserted stretch lasts; default: two seconds.'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const clip = needPicture(draft, command.clipId);
    const timeline = draft.timelineOf(clip);
    const { frameRate } = timeline.format;
    const at = timeOn(timeline, command.at);
    if (at < itemStart(clip) || at >= itemEnd(clip)) {
      refuse('edit/not-inside', 'The frame to hold must be one of the clip.', {
        itemId: clip.id,
        at,
      });
    }
    const sounds = companions(draft, clip, command.scope).filter(
      (other) => draft.trackOf(other).trackKind === 'audio',
    );
    for (const item of [clip, ...sounds]) draft.refuseLocked(draft.trackOf(item));
    const middle = flicks(Math.floor(frameDuration(frameRate) / 2));
    const held = sourceTimeAt(
      clip.sourceRange,
      addFlicks(subtractFlicks(at, itemStart(clip)), middle),
    );
    if (command.mode === 'insert') {
      const duration =
        command.duration === undefined
          ? snapToFrame(flicks(2 * FLICKS_PER_SECOND), frameRate)
          : durationOn(timeline, command.duration);
      return insertFrozen(draft, { clip, sounds, at, held, duration });
    }
    const from = command.mode === 'rest' ? at : itemStart(clip);
    const to = itemEnd(clip);
    if (from > itemStart(clip)) refuseInsideTransition(draft, clip, from);
    const frozen = from > itemStart(clip) ? splitItem(draft, clip, from) : clip;
    const clipNow = draft.need('clip', frozen.id);
    setRange(draft, clipNow, frozenRange(held, itemDuration(clipNow)));
    if (command.scope === 'linked' || frozen.id !== clip.id) {
      draft.set<'clip'>(frozen.id, { linkId: undefined });
    }
    for (const sound of sounds) silence(draft, sound, from, to);
    return { clipIds: [frozen.id] };
  },
});

function needPicture(draft: Draft, id: string): Clip {
  const item = draft.needItem(id);
  const isPicture = item.kind === 'clip' && draft.trackOf(item).trackKind === 'video';
  if (isPicture && availableRange(draft.project, item) !== null) return item;
  refuse('edit/nothing-to-freeze', 'Only a picture that moves can be frozen. Choose a film clip.', {
    itemId: id,
  });
}

/** A range that shows one moment of its source. */
function frozenRange(held: Flicks, duration: Flicks): SourceRange {
  return rangeAtSpeed(held, duration, { num: 0, den: 1 });
}

/** Takes a stretch out of one sound clip, leaving a gap; what comes after it is no longer linked. */
function silence(draft: Draft, sound: Item, from: Flicks, to: Flicks): void {
  if (itemEnd(sound) <= from || itemStart(sound) >= to) return;
  let inside = sound;
  if (itemStart(inside) < from) {
    refuseInsideTransition(draft, inside, from);
    inside = splitItem(draft, inside, from);
  }
  if (itemEnd(inside) > to) {
    refuseInsideTransition(draft, inside, to);
    const rest = splitItem(draft, inside, to);
    draft.set<'clip'>(rest.id, { linkId: undefined });
  }
  draft.remove(inside.id);
}

function insertFrozen(
  draft: Draft,
  {
    clip,
    sounds,
    at,
    held,
    duration,
  }: { clip: Clip; sounds: readonly Item[]; at: Flicks; held: Flicks; duration: Flicks },
) {
  const trackIds = [...new Set([clip, ...sounds].map((item) => item.placement.trackId))];
  for (const trackId of trackIds) {
    const across = itemAcross(draft, trackId, at);
    if (across !== undefined) refuseInsideTransition(draft, across, at);
  }
  if (at === itemStart(clip)) refuseInsideTransition(draft, clip, at);
  openGap(draft, trackIds, at, duration);
  const placement = { trackId: clip.placement.trackId, start: at };
  const id = draft.create('clip', {
    ...heldRegisters(clip, subtractFlicks(at, itemStart(clip))),
    sourceRange: frozenRange(held, duration),
    placement,
  });
  return { clipIds: [id], start: at };
}

/** The registers of a clip with everything that changes over time as it is at `offset`, without fades and link. */
function heldRegisters(clip: Clip, offset: Flicks): Registers<'clip'> {
  const { id: _id, kind: _kind, deleted: _deleted, fades: _fades, linkId: _link, ...rest } = clip;
  const registers: Registers<'clip'> = { ...rest };
  for (const name of CLIP_PARAMETER_NAMES) {
    const animated = clip[name];
    if (animated !== undefined) registers[name] = valueAt(animated, offset);
  }
  if (clip.effects === undefined) return registers;
  const heldParameter = (value: Animated | string) =>
    typeof value === 'string' ? value : valueAt(value, offset);
  return {
    ...registers,
    effects: clip.effects.map((effect) => ({
      ...effect,
      parameters: Object.fromEntries(
        Object.entries(effect.parameters).map(([name, value]) => [name, heldParameter(value)]),
      ),
    })),
  };
}
