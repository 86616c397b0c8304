import { z } from 'zod';
import { objectIdSchema } from '../model/entities.ts';
import { defineCall } from './call.ts';

const voiceSchema = z.object({
  /** The engine and its name for the voice: `espeak-ng/en-gb`. */
  id: z.string(),
  name: z.string(),
  /** BCP 47. */
  language: z.string(),
  gender: z.enum(['female', 'male']).optional(),
});
export type VoiceChoice = z.infer<typeof voiceSchema>;

const engineSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Null where it is not on this computer; `hint` then says how to get it. */
  version: z.string().nullable(),
  hint: z.string(),
});

export const narrationCalls = {
  'narration.voices': defineCall({
    summary: 'The voices of this computer, the preferred ones of each language first.',
    input: z.object({
      /** Only voices of this language (BCP 47), or of its first part. */
      language: z.string().max(35).optional(),
    }),
    output: z.object({ engines: z.array(engineSchema), voices: z.array(voiceSchema) }),
    changes: 'nothing',
  }),
  'narration.sample': defineCall({
    summary: 'Speaks the first sentence of a book, or a chapter of it, as its narration would.',
    input: z.object({
      projectId: z.string(),
      bookId: objectIdSchema.optional(),
      chapterId: objectIdSchema.optional(),
      /** Default: as the book says, or the first of its language. */
      voice: z.string().min(1).max(200).optional(),
      speed: z.number().min(0.5).max(2).optional(),
    }),
    output: z.object({
      text: z.string(),
      /** A WAV file, base64. */
      wave: z.string(),
      durationSeconds: z.number(),
    }),
    changes: 'nothing',
  }),
};
