import { z } from 'zod';
import { objectIdSchema, registerSchemas } from '../model/entities.ts';
import { defineCall } from './call.ts';
import { lossSchema } from './films.ts';
import { pathSchema } from './path.ts';

const captionFile = z.object({
  projectId: z.string(),
  path: pathSchema,
  /** Default: the only timeline, or the first. */
  timelineId: objectIdSchema.optional(),
  /** A caption track; by default the language decides, or all that are shown. */
  trackId: objectIdSchema.optional(),
  /** BCP 47. */
  language: registerSchemas.track.shape.language,
});

export const captionCalls = {
  'captions.import': defineCall({
    summary:
      'Adds the captions of a SubRip, WebVTT or ASS file to a caption track, of a language, as one edit, with a report of what was changed.',
    input: captionFile,
    output: z.object({ cues: z.int(), losses: z.array(lossSchema) }),
    changes: 'project',
  }),
  'captions.export': defineCall({
    summary:
      'Writes captions of a timeline, those shown or of one track or language, as a SubRip, WebVTT or ASS file.',
    input: captionFile.extend({ force: z.boolean().default(false) }),
    output: z.object({ output: z.string(), cues: z.int(), losses: z.array(lossSchema) }),
    changes: 'files',
  }),
};
