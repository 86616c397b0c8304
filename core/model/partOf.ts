import { type Flicks, flicks, minFlicks, subtractFlicks, ZERO } from '../time/flicks.ts';
import type { Clip, Cue, CueWord, Graphic, Item, Registers } from './entities.ts';
import { itemDuration } from './items.ts';
import { shiftKeyframes } from './keyframes.ts';
import { CLIP_PARAMETER_NAMES } from './parameters.ts';
import { sliceRange } from './sourceRange.ts';

/** Registers to be set; `undefined` makes one absent. */
export type RegisterPatch<K extends 'clip' | 'graphic' | 'cue'> = {
  [R in keyof Registers<K>]?: Registers<K>[R] | undefined;
};

/**
 * The registers that make an item show only what it shows between two of its own times (flicks from its beginning;
 * outside it, the item is extended). Its place is left to the caller. Keyframes and the movement of titles stay with
 * the picture; still pictures have no time of their own, and begin at zero.
 */
export function partOf(
  item: Item,
  from: Flicks,
  to: Flicks,
  source: 'still' | 'running',
): RegisterPatch<'clip'> | RegisterPatch<'graphic'> | RegisterPatch<'cue'> {
  if (item.kind === 'clip') return partOfClip(item, from, to, source);
  if (item.kind === 'graphic') return partOfGraphic(item, from, to);
  return partOfCue(item, from, to);
}

function partOfClip(
  clip: Clip,
  from: Flicks,
  to: Flicks,
  source: 'still' | 'running',
): RegisterPatch<'clip'> {
  const patch: RegisterPatch<'clip'> = {
    sourceRange:
      source === 'still'
        ? { in: ZERO, out: subtractFlicks(to, from) }
        : sliceRange(clip.sourceRange, from, to),
  };
  if (clip.fades !== undefined) {
    const duration = subtractFlicks(to, from);
    const fadeIn = minFlicks(clip.fades.in, duration);
    patch.fades = { in: fadeIn, out: minFlicks(clip.fades.out, subtractFlicks(duration, fadeIn)) };
  }
  if (from === 0) return patch;
  const later = flicks(-from);
  for (const name of CLIP_PARAMETER_NAMES) {
    const animated = clip[name];
    if (typeof animated === 'object') patch[name] = shiftKeyframes(animated, later);
  }
  if (clip.effects !== undefined) {
    patch.effects = clip.effects.map((effect) => ({
      ...effect,
      parameters: Object.fromEntries(
        Object.entries(effect.parameters).map(([name, value]) => [
          name,
          typeof value === 'string' ? value : shiftKeyframes(value, later),
        ]),
      ),
    }));
  }
  return patch;
}

/** A title that is trimmed moves in and out within its new length; a part of a split one keeps the whole’s movement. */
function partOfGraphic(graphic: Graphic, from: Flicks, to: Flicks): RegisterPatch<'graphic'> {
  const duration = subtractFlicks(to, from);
  if (graphic.motion === undefined) return { duration };
  const offset = flicks(graphic.motion.offset + from);
  const whole = flicks(Math.max(graphic.motion.duration, offset + duration) - Math.min(0, offset));
  return { duration, motion: { offset: flicks(Math.max(0, offset)), duration: whole } };
}

function partOfCue(cue: Cue, from: Flicks, to: Flicks): RegisterPatch<'cue'> {
  const duration = subtractFlicks(to, from);
  if (cue.words === undefined || (from === 0 && to >= itemDuration(cue))) return { duration };
  return { duration, words: cue.words.map((word) => within(word, from, duration)) };
}

/** A word keeps its text even where its time is cut away; it is then spoken at the edge. */
function within(word: CueWord, from: Flicks, duration: Flicks): CueWord {
  const clamp = (time: Flicks) => flicks(Math.max(0, Math.min(duration, time - from)));
  return { ...word, start: clamp(word.start), end: clamp(word.end) };
}
