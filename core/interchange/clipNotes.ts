import { z } from 'zod';
import {
  BLENDS,
  MARKER_COLORS,
  objectIdSchema,
  TRANSITION_DIRECTIONS,
  TRANSITION_KINDS,
} from '../model/entities.ts';
import { CLIP_PARAMETER_NAMES, CLIP_PARAMETERS } from '../model/parameters.ts';
import { animatedSchema } from '../model/keyframes.ts';
import { sourceRangeSchema } from '../model/sourceRange.ts';
import { flicksSchema, LONGEST_TIME } from '../time/flicks.ts';
import type {
  InterchangeClip,
  InterchangeMarker,
  InterchangeParameters,
  InterchangeTransition,
} from './interchangeTimeline.ts';

/*
 * What this program writes for itself beside what a format can say, so that its own files come back as they were.
 * Other programs may have changed the file since: a note counts only where it says the same as the file, as far as
 * the format can say it, and what does not fit a schema is as if it were not there.
 */

const timeSchema = flicksSchema.refine((time) => Math.abs(time) <= LONGEST_TIME);

export const markerNoteSchema = z.object({
  time: timeSchema,
  duration: timeSchema.refine((duration) => duration >= 0),
  kind: z.enum(['standard', 'chapter', 'to-do']),
  name: z.string().max(500),
  note: z.string().max(10_000).optional(),
  color: z.enum(MARKER_COLORS).optional(),
});

const parametersSchema = z
  .record(z.string(), z.unknown())
  .transform((noted): InterchangeParameters => {
    const fitting = CLIP_PARAMETER_NAMES.flatMap((name) => {
      const { min, max } = CLIP_PARAMETERS[name];
      const value = Object.hasOwn(noted, name) ? noted[name] : undefined;
      const parsed = animatedSchema(min, max).safeParse(value);
      return parsed.success ? [[name, parsed.data]] : [];
    });
    return Object.fromEntries(fitting) as InterchangeParameters;
  });

/** A range as the model allows it, of times that sums of stay safe. */
const rangeNoteSchema = sourceRangeSchema.refine(
  ({ in: first, out, retime }) =>
    [first, out, retime?.duration ?? 0].every((time) => Math.abs(time) <= LONGEST_TIME) &&
    first <= out &&
    (retime?.duration ?? 1) > 0 &&
    (retime?.kind !== 'curve' ||
      retime.keys.every(
        (key, index) =>
          Math.abs(key.time) <= LONGEST_TIME &&
          Math.abs(key.source) <= LONGEST_TIME &&
          (index === 0 || key.time > (retime.keys[index - 1]?.time ?? key.time)),
      )),
);

export const clipNoteSchema = z.object({
  clipId: objectIdSchema.optional().catch(undefined),
  linkId: objectIdSchema.optional().catch(undefined),
  disabled: z.literal(true).optional().catch(undefined),
  sourceRange: rangeNoteSchema.optional().catch(undefined),
  parameters: parametersSchema.optional().catch(undefined),
  fades: z.object({ in: timeSchema, out: timeSchema }).optional().catch(undefined),
  blend: z.enum(BLENDS).optional().catch(undefined),
  markers: z.array(markerNoteSchema).max(10_000).optional().catch(undefined),
});
export type ClipNote = z.infer<typeof clipNoteSchema>;

/** What is noted of a transition that is no plain dissolve. */
export const transitionNoteSchema = z.object({
  kind: z.enum(TRANSITION_KINDS),
  direction: z.enum(TRANSITION_DIRECTIONS).optional().catch(undefined),
});
export type TransitionNote = Pick<InterchangeTransition, 'kind' | 'direction'>;

/** What is noted of a transition; of what was read from a note, the same. */
export function transitionNote({
  kind,
  direction,
}: z.infer<typeof transitionNoteSchema>): TransitionNote {
  return direction === undefined ? { kind } : { kind, direction };
}

/** What is noted of a clip in every format. */
export function clipNote(clip: InterchangeClip): ClipNote {
  const { id, link, sourceRange, parameters, fades, blend } = clip;
  return {
    ...(id === null ? {} : { clipId: id }),
    ...(link === null ? {} : { linkId: link }),
    ...(sourceRange.retime === undefined ? {} : { sourceRange }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(fades === undefined ? {} : { fades }),
    ...(blend === undefined ? {} : { blend }),
  };
}

/** The parts of a clip that hang on nothing but a note. */
export function notedParts(
  note: ClipNote,
): Pick<InterchangeClip, 'id' | 'link' | 'parameters' | 'fades' | 'blend'> {
  const { clipId, linkId, parameters, fades, blend } = note;
  return {
    id: clipId ?? null,
    link: linkId ?? null,
    ...(parameters === undefined || Object.keys(parameters).length === 0 ? {} : { parameters }),
    ...(fades === undefined ? {} : { fades }),
    ...(blend === undefined || blend === 'normal' ? {} : { blend }),
  };
}

/** A marker from its note, without fields that say nothing. */
export function markerFromNote(note: z.infer<typeof markerNoteSchema>): InterchangeMarker {
  const { time, duration, kind, name } = note;
  return {
    time,
    duration,
    kind,
    name,
    ...(note.note === undefined || note.note === '' ? {} : { note: note.note }),
    ...(note.color === undefined ? {} : { color: note.color }),
  };
}
