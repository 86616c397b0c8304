import { z } from 'zod';
import { objectIdSchema } from '../model/entities.ts';
import { clipNoteSchema, transitionNoteSchema } from './clipNotes.ts';

/*
 * The objects of an OpenTimelineIO file, as its schema reference defines them (“Serialized Data”, versions up to
 * Clip.2 and Marker.2). Fields that are not read here and everything in `metadata` may be anything. Children and
 * media references are checked one by one where they are read, because their schema is named inside them.
 */

/** Name and version of a schema, “Clip.2”; null when an object does not say what it is. */
export function schemaOf(value: unknown): { name: string; version: number } | null {
  const parsed = anyObjectSchema.safeParse(value);
  const match = parsed.success ? /^(\w{1,100})\.(\d{1,6})$/.exec(parsed.data.OTIO_SCHEMA) : null;
  if (match === null) return null;
  const [, name = '', version] = match;
  return { name: LEGACY_NAMES[name] ?? name, version: Number(version) };
}

/** Names that early files use for what was renamed since. */
const LEGACY_NAMES: Readonly<Record<string, string | undefined>> = {
  Sequence: 'Track',
  Filler: 'Gap',
};

/** The highest version of each schema that this reader knows; a later one may mean something else. */
export const KNOWN_VERSIONS: Readonly<Record<string, number | undefined>> = {
  Timeline: 1,
  Stack: 1,
  Track: 1,
  Clip: 2,
  Gap: 1,
  Transition: 1,
  ExternalReference: 1,
  MissingReference: 1,
  GeneratorReference: 1,
  ImageSequenceReference: 1,
  Effect: 1,
  LinearTimeWarp: 1,
  FreezeFrame: 1,
  TimeEffect: 1,
  Marker: 2,
  SerializableCollection: 1,
};

/** Effects that change the speed of a clip. */
export const TIME_EFFECTS: readonly string[] = ['LinearTimeWarp', 'FreezeFrame', 'TimeEffect'];

const anyObjectSchema = z.object({ OTIO_SCHEMA: z.string() });
const nameSchema = z.string().nullish();

/** `value / rate` seconds. */
const rationalTimeSchema = z.object({
  OTIO_SCHEMA: z.string().regex(/^RationalTime\./),
  value: z.number(),
  rate: z.number().positive(),
});

/** A start and a duration that may be counted at different rates. */
const timeRangeSchema = z.object({
  OTIO_SCHEMA: z.string().regex(/^TimeRange\./),
  start_time: rationalTimeSchema,
  duration: rationalTimeSchema,
});

const itemShape = {
  name: nameSchema,
  source_range: timeRangeSchema.nullish(),
  effects: z.array(z.unknown()).nullish(),
  markers: z.array(z.unknown()).nullish(),
  enabled: z.boolean().nullish(),
  metadata: z.unknown().optional(),
};

/** What clips, gaps, tracks and stacks have in common. */
export const itemSchema = z.object(itemShape);
export type OtioItem = z.infer<typeof itemSchema>;

/** `Clip.1` has one media reference, `Clip.2` several with the key of the one in use. */
export const clipSchema = z.object({
  ...itemShape,
  media_reference: z.unknown().optional(),
  media_references: z.record(z.string(), z.unknown()).nullish(),
  active_media_reference_key: z.string().nullish(),
});
export type OtioClip = z.infer<typeof clipSchema>;

/** The key of the media in use where a `Clip.2` does not name it. */
export const DEFAULT_MEDIA_KEY = 'DEFAULT_MEDIA';

/** A stack, or a track when `kind` is given. */
export const compositionSchema = z.object({
  ...itemShape,
  kind: z.string().nullish(),
  children: z.array(z.unknown()),
});
export type OtioComposition = z.infer<typeof compositionSchema>;

/** How much of the previous (`in_offset`) and of the next item (`out_offset`) a transition takes. */
export const transitionSchema = z.object({
  name: nameSchema,
  transition_type: z.string().nullish(),
  in_offset: rationalTimeSchema.nullish(),
  out_offset: rationalTimeSchema.nullish(),
  metadata: z.unknown().optional(),
});

/** Any media reference; only external ones have a URL. */
export const mediaReferenceSchema = z.object({
  name: nameSchema,
  available_range: timeRangeSchema.nullish(),
  target_url: z.string().max(32_768).nullish(),
  metadata: z.unknown().optional(),
});

export const timelineSchema = z.object({
  name: nameSchema,
  global_start_time: rationalTimeSchema.nullish(),
  tracks: z.unknown().optional(),
  metadata: z.unknown().optional(),
});
export type OtioTimeline = z.infer<typeof timelineSchema>;

/** A bin: any objects, without order in time. */
export const collectionSchema = z.object({ children: z.array(z.unknown()) });

/** What this program writes under `metadata.inkreel` of a timeline: the exact edit rate, “24000/1001”. */
export const inkreelTimelineSchema = z.object({ inkreel: z.object({ frameRate: z.string() }) });

/** What this program writes under `metadata.inkreel` of a clip; what does not fit is ignored. */
export const inkreelClipSchema = z.object({ inkreel: clipNoteSchema });

/** The same of a stack that is a nested timeline. */
export const inkreelNestSchema = z.object({
  inkreel: z.object({
    timelineId: objectIdSchema,
    timelineName: z.string().max(500).optional().catch(undefined),
    frameRate: z.string(),
  }),
});

/** The same of a transition. */
export const inkreelTransitionSchema = z.object({
  inkreel: transitionNoteSchema,
});

/** A change of speed; those without a number of their own have other schemas. */
export const timeEffectSchema = z.object({ time_scalar: z.number().nullish() });

/** `Marker.1` has no comment. */
export const markerSchema = z.object({
  name: nameSchema,
  color: z.string().max(100).nullish(),
  comment: z.string().nullish(),
  marked_range: timeRangeSchema,
  metadata: z.unknown().optional(),
});
