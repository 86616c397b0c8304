import { z } from 'zod';

/** A voice, as its engine and its name there: `espeak-ng/en-gb`. */
const voiceIdSchema = z.string().regex(/^[a-z0-9-]{1,40}\/[A-Za-z0-9_+.-]{1,100}$/);

const bookIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);
const voicesById = z
  .record(bookIdSchema, voiceIdSchema)
  .refine((voices) => Object.keys(voices).length <= 50_000);

/** How a word is to be spoken: `spoken` stands in its place before any voice reads it. */
export const lexiconEntrySchema = z.strictObject({
  /** A word or a few, as the text has them. */
  word: z.string().trim().min(1).max(200),
  /** The same as a voice reads it right, in ordinary letters: `Sker-oh`. */
  spoken: z.string().trim().min(1).max(400),
  /** Whether capitals matter, so that “Rose” is told from “rose”. */
  matchCase: z.literal(true).optional(),
});
export type LexiconEntry = z.infer<typeof lexiconEntrySchema>;

/** How a book is read aloud. What is absent is as usual. */
export const narrationSettingsSchema = z.strictObject({
  /** The narrator; absent: the first voice for the language of the book. */
  voice: voiceIdSchema.optional(),
  /** 1 is the usual speed of a voice. */
  speed: z.number().min(0.5).max(2).optional(),
  /** Voices of chapters, and of single blocks, by their ids; a block has its voice before its chapter. */
  chapterVoices: voicesById.optional(),
  blockVoices: voicesById.optional(),
  lexicon: z.array(lexiconEntrySchema).max(5_000).optional(),
  /** Whether footnotes are read, at the end of their chapter. Absent: they are skipped. */
  notes: z.enum(['skip', 'read']).optional(),
});
export type NarrationSettings = z.infer<typeof narrationSettingsSchema>;
