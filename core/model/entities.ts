import { z } from 'zod';
import { blocksSchema, bookMetadataSchema } from '../book/manuscript.ts';
import { mediaFactsSchema } from '../media/facts.ts';
import { flicksSchema } from '../time/flicks.ts';
import { isExactRate, rateSchema } from '../time/rate.ts';

/** Identifies an object for ever, across devices. Made by the caller of an edit, never by `core`. */
export const objectIdSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/);
export type ObjectId = z.infer<typeof objectIdSchema>;

const nameSchema = z.string().max(500);

/** Picture and sound format of a timeline. The edit rate must be exact in flicks. */
export const timelineFormatSchema = z.object({
  frameRate: rateSchema.refine(isExactRate, 'This frame rate cannot be an edit rate.'),
  width: z.int().min(16).max(16_384),
  height: z.int().min(16).max(16_384),
  sampleRateHz: z.int().min(8_000).max(192_000),
});
export type TimelineFormat = z.infer<typeof timelineFormatSchema>;

/** Where an item stands: on which track, from when. One register, so that a merge never tears it. */
const placementSchema = z.object({ trackId: objectIdSchema, start: flicksSchema });

/** Part of an asset that a clip uses: `in` inclusive, `out` exclusive, from the start of the file. */
export const sourceRangeSchema = z.object({ in: flicksSchema, out: flicksSchema });
export type SourceRange = z.infer<typeof sourceRangeSchema>;

export const trackKindSchema = z.enum(['video', 'audio', 'graphics', 'caption']);
export type TrackKind = z.infer<typeof trackKindSchema>;

/**
 * The registers of every kind of object in a project, apart from `kind` itself and `deleted`. A register that is
 * optional here is absent until it is first written.
 */
export const registerSchemas = {
  project: z.object({ name: nameSchema }),
  asset: z.object({
    name: nameSchema,
    location: z.object({
      absolute: z.string().max(8_192),
      /** From the folder of the project file, with forward slashes; absent when on another volume. */
      relative: z.string().max(8_192).optional(),
    }),
    /** What the file is, wherever it lies: its size and the SHA-256 of sampled parts (`partial-sha256:…`). */
    identity: z.object({ sizeBytes: z.int().min(0), hash: z.string().max(200) }),
    facts: mediaFactsSchema,
  }),
  timeline: z.object({ name: nameSchema, format: timelineFormatSchema }),
  track: z.object({
    timelineId: objectIdSchema,
    trackKind: trackKindSchema,
    /** Fractional index; within a timeline, later tracks lie above earlier ones. */
    order: z.string().max(200),
    name: nameSchema,
    muted: z.boolean().optional(),
    locked: z.boolean().optional(),
  }),
  clip: z.object({
    name: nameSchema,
    placement: placementSchema,
    sourceRange: sourceRangeSchema,
    assetId: objectIdSchema,
    /** Clips with the same link move, trim and split together (picture with its sound). */
    linkId: objectIdSchema.optional(),
    gainDb: z.number().min(-96).max(24).optional(),
    /** Neither seen nor heard, but keeps its place. */
    disabled: z.boolean().optional(),
  }),
  graphic: z.object({
    name: nameSchema,
    placement: placementSchema,
    duration: flicksSchema,
    template: z.string().max(100),
    fields: z.record(z.string().max(100), z.string().max(10_000)),
  }),
  cue: z.object({
    placement: placementSchema,
    duration: flicksSchema,
    text: z.string().max(10_000),
  }),
  transition: z.object({
    /** The edit point it bridges: two clips that touch on one track. */
    cut: z.object({ outgoingId: objectIdSchema, incomingId: objectIdSchema }),
    transitionKind: z.enum(['dissolve']),
    /** Flicks before and after the cut. */
    reach: z.object({ before: flicksSchema, after: flicksSchema }),
  }),
  book: z.object({ metadata: bookMetadataSchema }),
  chapter: z.object({
    bookId: objectIdSchema,
    order: z.string().max(200),
    title: nameSchema,
    blocks: blocksSchema,
  }),
} as const;

export type EntityKind = keyof typeof registerSchemas;
export type Registers<K extends EntityKind> = z.infer<(typeof registerSchemas)[K]>;

/** One object of a project, with its registers as fields. Treat as immutable: a change makes a new object. */
export type Entity<K extends EntityKind = EntityKind> = K extends EntityKind
  ? { readonly id: ObjectId; readonly kind: K; readonly deleted?: boolean } & Readonly<Registers<K>>
  : never;

export type Asset = Entity<'asset'>;
export type Timeline = Entity<'timeline'>;
export type Track = Entity<'track'>;
export type Clip = Entity<'clip'>;
export type Graphic = Entity<'graphic'>;
export type Cue = Entity<'cue'>;
export type Transition = Entity<'transition'>;
export type Book = Entity<'book'>;
export type ChapterEntity = Entity<'chapter'>;

/** What occupies a stretch of a track. */
export type Item = Clip | Graphic | Cue;
