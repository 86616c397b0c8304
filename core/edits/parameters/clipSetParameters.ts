import { z } from 'zod';
import { refuse } from '../../fault.ts';
import type { Animated } from '../../model/keyframes.ts';
import { type Clip, objectIdSchema } from '../../model/entities.ts';
import { itemEnd, itemStart } from '../../model/items.ts';
import {
  CLIP_PARAMETER_NAMES,
  CLIP_PARAMETERS,
  type ClipParameter,
  type Parameter,
} from '../../model/parameters.ts';
import { type Flicks, subtractFlicks } from '../../time/flicks.ts';
import { snapToFrame } from '../../time/rate.ts';
import { resolveTime, type TimeInput, timeInputSchema } from '../../time/timeInput.ts';
import { clipsOfHalf, type Half } from '../clips/clipHalves.ts';
import { defineEdit } from '../definition.ts';
import type { Draft } from '../draft.ts';
import { withValue } from './keyframeList.ts';

export type ParameterValues = { [Name in ClipParameter]?: number | undefined };

const valuesSchema: z.ZodType<ParameterValues, ParameterValues> = z
  .strictObject(
    Object.fromEntries(
      Object.entries<Parameter>(CLIP_PARAMETERS).map(([name, { min, max }]) => [
        name,
        z.number().min(min).max(max).optional(),
      ]),
    ),
  )
  .refine((values) => Object.keys(values).length > 0, 'Name at least one parameter.');

/**
 * Sets parameters of clips: of the picture on picture clips, of the sound on sound clips, each on the linked clip
 * where the named one is the other half.
 *
 *   opacity ───────  1      →   ───────  0.5       (a constant stays one, whatever the time)
 *   opacity ◆──────◆        →   ◆───◆──◆           (one with keyframes gets another at `at`)
 *   opacity ◆──────◆        →   ───────  0.5       (… or, without `at`, loses them)
 *
 * As in other editors, a first keyframe is only ever set on purpose (`keyframe.set`). Scope: these registers.
 * Clamping: none; values outside of their range refuse `edit/bad-command`. Refuses `edit/no-picture` and
 * `edit/no-sound` where no named clip has the half, and `edit/not-inside` when `at` lies outside of an animated clip.
 */
export const clipSetParameters = defineEdit({
  type: 'clip.setParameters',
  label: 'Change clip',
  summary:
    'Sets opacity, position, scale, rotation, crop, volume and pan of clips; what is not named stays. Where a parameter has keyframes, another is set at “at”.',
  parameters: {
    clipIds: z.array(objectIdSchema).min(1).max(10_000),
    parameters: valuesSchema,
    at: timeInputSchema
      .optional()
      .describe('Time on the timeline; without it keyframes give way to the value.'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const clips = clipsByParameter(
      draft,
      command,
      CLIP_PARAMETER_NAMES.filter((name) => command.parameters[name] !== undefined),
    );
    for (const [name, changed] of clips) {
      for (const clip of changed) {
        setParameter(draft, clip, name, command.parameters[name], command.at);
      }
    }
    return { clipIds: [...new Set([...clips.values()].flat().map((clip) => clip.id))] };
  },
});

/** Gives parameters of clips their defaults and takes their keyframes away. Scope and refusals as above. */
export const clipResetParameters = defineEdit({
  type: 'clip.resetParameters',
  label: 'Reset clip',
  summary:
    'Gives the named parameters of clips, or all they have, their defaults, without keyframes.',
  parameters: {
    clipIds: z.array(objectIdSchema).min(1).max(10_000),
    parameters: z
      .array(z.enum(CLIP_PARAMETER_NAMES))
      .min(1)
      .max(CLIP_PARAMETER_NAMES.length)
      .optional()
      .describe('Default: all of the picture of picture clips, all of the sound of sound clips.'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    if (command.parameters === undefined) return { clipIds: resetAll(draft, command.clipIds) };
    const clips = clipsByParameter(draft, command, command.parameters);
    for (const [name, reset] of clips) {
      for (const clip of reset) draft.set<'clip'>(clip.id, { [name]: undefined });
    }
    return { clipIds: [...new Set([...clips.values()].flat().map((clip) => clip.id))] };
  },
});

function resetAll(draft: Draft, clipIds: readonly string[]): string[] {
  return clipIds.map((id) => {
    const clip = draft.need('clip', id);
    draft.refuseLocked(draft.trackOf(clip));
    for (const name of CLIP_PARAMETER_NAMES) draft.set<'clip'>(clip.id, { [name]: undefined });
    return clip.id;
  });
}

/** Which clips each parameter is for. */
function clipsByParameter(
  draft: Draft,
  command: { clipIds: readonly string[]; scope: 'linked' | 'alone' },
  names: readonly ClipParameter[],
): Map<ClipParameter, Clip[]> {
  const byHalf = new Map<Half, Clip[]>();
  const clipsOf = (half: Half) => {
    const clips = byHalf.get(half) ?? clipsOfHalf(draft, command.clipIds, half, command.scope);
    byHalf.set(half, clips);
    return clips;
  };
  return new Map(names.map((name) => [name, clipsOf(CLIP_PARAMETERS[name].of)]));
}

/** Sets one parameter of one clip, for its whole length or, where it has keyframes and `at` is given, with one more. */
export function setParameter(
  draft: Draft,
  clip: Clip,
  name: ClipParameter,
  value: number | undefined,
  at?: TimeInput,
): void {
  if (value === undefined) return;
  const { frameRate } = draft.timelineOf(clip).format;
  const before = draft.need('clip', clip.id)[name] ?? CLIP_PARAMETERS[name].default;
  const time = at === undefined || typeof before === 'number' ? undefined : timeIn(draft, clip, at);
  writeParameter(draft, clip, name, withValue(before, value, time, frameRate));
}

/** Writes a parameter; one that has its default is absent. */
export function writeParameter(
  draft: Draft,
  clip: Clip,
  name: ClipParameter,
  value: Animated,
): void {
  const isDefault = value === CLIP_PARAMETERS[name].default;
  draft.set<'clip'>(clip.id, { [name]: isDefault ? undefined : value });
}

/**
 * A time of the timeline as one of a clip, on the nearest frame. Refuses `edit/not-inside` before its beginning and
 * after its end; the end itself can have a keyframe, for what moves until then.
 */
export function timeIn(draft: Draft, clip: Clip, at: TimeInput): Flicks {
  const { frameRate } = draft.timelineOf(clip).format;
  const time = snapToFrame(resolveTime(at, frameRate), frameRate);
  if (time < itemStart(clip) || time > itemEnd(clip)) {
    refuse('edit/not-inside', 'The time must be inside the clip.', { clipId: clip.id, at: time });
  }
  return subtractFlicks(time, itemStart(clip));
}
