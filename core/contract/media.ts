import { z } from 'zod';
import { faultSchema } from '../fault.ts';
import { objectIdSchema, registerSchemas } from '../model/entities.ts';
import { rateSchema } from '../time/rate.ts';
import { defineCall } from './call.ts';
import { pathSchema } from './path.ts';

const projectId = z.object({ projectId: z.string() });

/** A strip of small pictures of a film, left to right and top to bottom in one JPEG. */
export const thumbnailStripSchema = z.object({
  /** Path for the media address. */
  path: z.string(),
  count: z.int().min(1),
  columns: z.int().min(1),
  tileWidth: z.int().min(1),
  tileHeight: z.int().min(1),
  /** Time between two pictures; the first shows the middle of the first interval. */
  intervalFlicks: z.int().min(1),
});
export type ThumbnailStrip = z.infer<typeof thumbnailStripSchema>;

/**
 * Peaks of the sound: signed bytes, minimum and maximum (−127 … 127) of each window of `samplesPerPeak` samples,
 * channels mixed, one after the other in one file.
 */
export const peaksSchema = z.object({
  path: z.string(),
  sampleRateHz: z.int().min(1),
  samplesPerPeak: z.int().min(1),
  count: z.int().min(0),
});
export type Peaks = z.infer<typeof peaksSchema>;

const assetStatusSchema = z.object({
  assetId: objectIdSchema,
  /**
   * `online`: the file that was imported is there; `changed`: another file is in its place; `offline`: none that can be
   * read.
   */
  state: z.enum(['online', 'changed', 'offline']),
  /** Whether there is no file at all. */
  missing: z.boolean(),
  path: z.string().nullable(),
  /** Why the file is not simply there. */
  reason: faultSchema.nullable(),
  /** SHA-256 of the whole file, once it is known. */
  contentHash: z.string().nullable(),
  thumbnails: thumbnailStripSchema.nullable(),
  peaks: peaksSchema.nullable(),
});

/** Pictures that stand in a row by their numbers. */
const pictureRowSchema = z.object({
  /** Names of the first and the last of them. */
  first: z.string(),
  last: z.string(),
  count: z.int().min(2),
  /** Pictures of the same name that a gap keeps out. */
  beyondGaps: z.int().min(0),
});

/** What an import of numbered pictures came to. */
export const numberedImportSchema = pictureRowSchema.extend({
  assetId: objectIdSchema,
  /** The movie that was made of them. */
  output: z.string(),
  /** Whether the pictures stand in it as they are, bit for bit; else they were coded as PNG. */
  copied: z.boolean(),
});
export type NumberedImport = z.infer<typeof numberedImportSchema>;

const searchIdSchema = z.string().min(1).max(64);

export const mediaCalls = {
  'media.import': defineCall({
    summary: 'Adds files and folders to the library; a bad file is reported and the rest go on.',
    input: projectId.extend({ paths: z.array(pathSchema).min(1).max(10_000) }),
    output: z.object({
      assets: z.array(registerSchemas.asset.extend({ id: objectIdSchema })),
      failed: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
    }),
    changes: 'project',
  }),
  'media.findNumbered': defineCall({
    summary:
      'Which numbered pictures stand in a row with one of them, and where a movie of them would stand.',
    input: z.object({ path: pathSchema }),
    output: pictureRowSchema.extend({ output: z.string() }),
    changes: 'nothing',
  }),
  'media.importNumbered': defineCall({
    summary:
      'Starts making one movie of numbered pictures and adding it to the library; the job’s result is a numbered import.',
    input: projectId.extend({
      path: pathSchema.describe('Any one of the pictures.'),
      frameRate: rateSchema.optional().describe('Default: that of the first timeline.'),
      output: pathSchema.optional().describe('A MOV file. Default: beside the pictures.'),
      force: z.boolean().default(false),
    }),
    output: z.object({ jobId: z.string() }),
    changes: 'project',
  }),
  'media.status': defineCall({
    summary:
      'Whether the file of each asset is there, changed or gone, and what was made of it so far.',
    input: projectId,
    output: z.object({ assets: z.array(assetStatusSchema) }),
    changes: 'nothing',
  }),
  'media.relink': defineCall({
    summary:
      'Looks in folders for media that is missing or changed, by content, and points the assets at what it finds, as one edit.',
    input: projectId.extend({
      folders: z.array(pathSchema).min(1).max(100),
      /** Chosen by the caller, to follow and to stop the search. */
      searchId: searchIdSchema.optional(),
    }),
    output: z.object({
      relinked: z.array(objectIdSchema),
      /** Assets that still have no file that can be used. */
      missing: z.array(objectIdSchema),
      found: z.array(z.object({ assetId: objectIdSchema, path: z.string() })),
      /** Assets for which several files could be it. */
      ambiguous: z.array(
        z.object({ assetId: objectIdSchema, paths: z.array(z.string()), reason: faultSchema }),
      ),
      /** Assets that were not in the folders, perhaps with a file there that only has the name. */
      notFound: z.array(
        z.object({
          assetId: objectIdSchema,
          sameName: z.string().nullable(),
          reason: faultSchema,
        }),
      ),
      /** What could not be looked at. */
      skipped: z.array(faultSchema),
      files: z.int(),
      /** False when the folders held more than is ever looked through. */
      complete: z.boolean(),
    }),
    changes: 'project',
  }),
  'media.search': defineCall({
    summary: 'How far a search of “media.relink” is; null when it is not running.',
    input: z.object({ searchId: searchIdSchema }),
    output: z.object({
      progress: z.object({ files: z.int(), toRead: z.int(), read: z.int() }).nullable(),
    }),
    changes: 'nothing',
  }),
  'media.cancelSearch': defineCall({
    summary: 'Stops a search of “media.relink”; nothing is relinked.',
    input: z.object({ searchId: searchIdSchema }),
    output: z.object({}),
    changes: 'nothing',
  }),
  'media.locate': defineCall({
    summary:
      'Says where the file of an asset is, and finds others that were moved with it. A file that is not the one that was imported is used only when that is asked for; the asset then becomes what it is.',
    input: projectId.extend({
      assetId: objectIdSchema,
      path: pathSchema.optional().describe('Default: the changed file in its place.'),
      ifDifferent: z.enum(['refuse', 'use']).default('refuse'),
      longClips: z.enum(['refuse', 'trim']).default('refuse'),
    }),
    output: z.object({
      relinked: z.array(objectIdSchema),
      trimmedClipIds: z.array(objectIdSchema),
    }),
    changes: 'project',
  }),
};
