import { z } from 'zod';
import { objectIdSchema, registerSchemas } from '../model/entities.ts';
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
  'media.status': defineCall({
    summary: 'What has been made of the assets so far, and which files are missing.',
    input: projectId,
    output: z.object({
      assets: z.array(
        z.object({
          assetId: objectIdSchema,
          missing: z.boolean(),
          thumbnails: thumbnailStripSchema.nullable(),
          peaks: peaksSchema.nullable(),
        }),
      ),
    }),
    changes: 'nothing',
  }),
  'media.relink': defineCall({
    summary: 'Finds missing media in folders by content and points the assets at it.',
    input: projectId.extend({ folders: z.array(pathSchema).min(1).max(100) }),
    output: z.object({ relinked: z.array(objectIdSchema), missing: z.array(objectIdSchema) }),
    changes: 'project',
  }),
};
