import { z } from 'zod';
import { coverDesignSchema } from '../book/cover/coverDesign.ts';
import { blocksSchema, bookMetadataSchema, chapterRoleSchema } from '../book/manuscript.ts';
import { commentAnchorSchema } from '../book/commentAnchor.ts';
import { bookDesignSchema } from '../book/print/design.ts';
import { narrationSettingsSchema } from '../narration/narrationSettings.ts';
import { mediaFactsSchema } from '../media/facts.ts';
import { ignoredSchema } from '../preflight/ignored.ts';
import { flicksSchema } from '../time/flicks.ts';
import { isExactRate, rateSchema } from '../time/rate.ts';
import { effectSchema } from './effects.ts';
import { animatedRegisters, CLIP_PARAMETERS } from './parameters.ts';
import { sourceRangeSchema } from './sourceRange.ts';

/** Identifies an object for ever, across devices. Made by the caller of an edit, never by `core`. */
export const objectIdSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/)
  .meta({ id: 'id', description: 'Names an object of the project for ever.' });
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

export const trackKindSchema = z.enum(['video', 'audio', 'graphics', 'caption']);
export type TrackKind = z.infer<typeof trackKindSchema>;

/** Ways to lay a picture over what is below it; as in the W3C’s Compositing and Blending, plus `add`. */
export const BLENDS = [
  'normal',
  'multiply',
  'screen',
  'overlay',
  'darken',
  'lighten',
  'hard-light',
  'soft-light',
  'difference',
  'exclusion',
  'add',
] as const;

export const TRANSITION_KINDS = ['dissolve', 'dip', 'wipe', 'slide', 'push'] as const;
export const TRANSITION_DIRECTIONS = ['left', 'right', 'up', 'down'] as const;

export const MARKER_COLORS = ['red', 'orange', 'yellow', 'green', 'blue', 'purple'] as const;

/** A word of a caption; times from the caption’s beginning. */
const wordSchema = z.strictObject({
  text: z.string().min(1).max(200),
  start: flicksSchema,
  end: flicksSchema,
});
export type CueWord = z.infer<typeof wordSchema>;

/** Registers of everything that stands on a track. */
const itemRegisters = {
  /** Items with the same group are chosen and moved together. */
  groupId: objectIdSchema.optional(),
  /** Neither seen nor heard, but keeps its place. */
  disabled: z.boolean().optional(),
};

/** How far a book has come. */
export const bookStatusSchema = z.enum(['draft', 'published']);

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
    /** SHA-256 of the whole file (`sha256:…`), once it has been read in the background. */
    contentHash: z.string().max(200).optional(),
    facts: mediaFactsSchema,
  }),
  timeline: z.object({
    name: nameSchema,
    format: timelineFormatSchema,
    /** What is marked for an export or a three-point edit; either end may be missing. */
    markedRange: z.object({ in: flicksSchema.optional(), out: flicksSchema.optional() }).optional(),
  }),
  track: z.object({
    timelineId: objectIdSchema,
    trackKind: trackKindSchema,
    /** Fractional index; within a timeline, later tracks lie above earlier ones. */
    order: z.string().max(200),
    name: nameSchema,
    /** Not heard; of pictures, titles and captions: not seen. */
    muted: z.boolean().optional(),
    /** While any track of its kind is solo, the others of the kind are as if muted. */
    solo: z.boolean().optional(),
    locked: z.boolean().optional(),
    /** False keeps the track in place when edits on others push or pull what follows. */
    syncLocked: z.boolean().optional(),
    /** Height on screen, in pixels. */
    height: z.int().min(20).max(400).optional(),
    /** Language of captions (BCP 47). */
    language: z
      .string()
      .max(35)
      .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/)
      .optional(),
  }),
  clip: z.object({
    name: nameSchema,
    placement: placementSchema,
    sourceRange: sourceRangeSchema,
    /** What it shows: an asset, or another timeline; never both. */
    assetId: objectIdSchema.optional(),
    nestedTimelineId: objectIdSchema.optional(),
    /** Clips with the same link move, trim and split together (picture with its sound). */
    linkId: objectIdSchema.optional(),
    ...itemRegisters,
    /** Fading in from and out to nothing, picture and sound alike. */
    fades: z.object({ in: flicksSchema, out: flicksSchema }).optional(),
    blend: z.enum(BLENDS).optional(),
    /** In the order in which they apply. */
    effects: z.array(effectSchema).max(100).optional(),
    ...animatedRegisters(CLIP_PARAMETERS),
  }),
  graphic: z.object({
    name: nameSchema,
    placement: placementSchema,
    duration: flicksSchema,
    template: z.string().max(100),
    fields: z.record(z.string().max(100), z.string().max(10_000)),
    /** What of its movement it shows, when that is not all: from where, of how long a whole. */
    motion: z.object({ offset: flicksSchema, duration: flicksSchema }).optional(),
    ...itemRegisters,
  }),
  cue: z.object({
    placement: placementSchema,
    duration: flicksSchema,
    text: z.string().max(10_000),
    /** When each word is spoken, from the beginning of the caption; together they are its text. */
    words: z.array(wordSchema).max(2_000).optional(),
    ...itemRegisters,
  }),
  marker: z.object({
    /** The timeline or clip that it marks. */
    ownerId: objectIdSchema,
    /** On a timeline: its time; on a clip: a time of the clip’s source, so that it stays with the picture. */
    span: z.object({ time: flicksSchema, duration: flicksSchema }),
    markerKind: z.enum(['standard', 'chapter', 'to-do']),
    name: nameSchema,
    note: z.string().max(10_000).optional(),
    color: z.enum(MARKER_COLORS).optional(),
  }),
  transition: z.object({
    /** The edit point it bridges: two clips that touch on one track. */
    cut: z.object({ outgoingId: objectIdSchema, incomingId: objectIdSchema }),
    transitionKind: z.enum(TRANSITION_KINDS),
    /** Where a wipe, slide or push moves to; absent: left. */
    direction: z.enum(TRANSITION_DIRECTIONS).optional(),
    /** Flicks before and after the cut. */
    reach: z.object({ before: flicksSchema, after: flicksSchema }),
  }),
  book: z.object({
    metadata: bookMetadataSchema,
    /** How it is read aloud; absent: as usual. */
    narration: narrationSettingsSchema.optional(),
    /** Absent: a draft. */
    status: bookStatusSchema.optional(),
    /** Out of the way, but kept. */
    archived: z.literal(true).optional(),
    /** What preflight is not to speak about. */
    ignored: ignoredSchema.optional(),
    /** Words that it is meant to have, and that are to be written a day. */
    goal: z.object({ words: z.int().optional(), perDay: z.int().optional() }).optional(),
    /** Words that the spelling check takes for right, in the order of their letters. */
    dictionary: z.array(z.string().max(100)).max(20_000).optional(),
    /** Absent: as the first theme has it. */
    design: bookDesignSchema.optional(),
    /** Absent: the first template. */
    cover: coverDesignSchema.optional(),
  }),
  chapter: z.object({
    bookId: objectIdSchema,
    order: z.string().max(200),
    title: nameSchema,
    /** Absent: a chapter. */
    role: chapterRoleSchema.optional(),
    blocks: blocksSchema,
    /** Words that it is meant to have. */
    target: z.int().optional(),
    /** The author’s own, never exported. */
    notes: z.string().max(100_000).optional(),
  }),
  comment: z.object({
    chapterId: objectIdSchema,
    anchor: commentAnchorSchema,
    text: z.string().max(10_000),
    madeAtMs: z.int(),
    /** Settled, and out of sight. */
    resolved: z.boolean().optional(),
  }),
  /** What a day came to, in words. */
  writingDay: z.object({ bookId: objectIdSchema, day: z.iso.date(), words: z.int() }),
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
export type Marker = Entity<'marker'>;
export type Book = Entity<'book'>;
export type ChapterEntity = Entity<'chapter'>;
export type Comment = Entity<'comment'>;
export type WritingDay = Entity<'writingDay'>;

/** What occupies a stretch of a track. */
export type Item = Clip | Graphic | Cue;
