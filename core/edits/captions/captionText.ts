import { z } from 'zod';
import { MAX_WORD, MAX_WORDS, realignWords, wordsFault } from '../../captions/captionWords.ts';
import { refuse } from '../../fault.ts';
import { type CueWord, objectIdSchema } from '../../model/entities.ts';
import { type Flicks, flicksSchema } from '../../time/flicks.ts';
import { defineEdit } from '../definition.ts';

/** The longest caption, in characters: as long as one is drawn. */
export const MAX_CAPTION = 400;

export const captionTextSchema = z.string().trim().min(1).max(MAX_CAPTION);

/** Words with their times in flicks from the caption's beginning. */
export const captionWordsSchema = z
  .array(
    z.strictObject({
      text: z.string().min(1).max(MAX_WORD).regex(/\S/),
      start: flicksSchema,
      end: flicksSchema,
    }),
  )
  .min(1)
  .max(MAX_WORDS)
  .describe('Each word of the text with its times, in flicks from the caption’s beginning.');

/** Refuses `edit/bad-words`, with the reason and the index of the word in the details. */
export function refuseBadWords(
  words: readonly CueWord[],
  caption: { text: string; duration: Flicks },
): void {
  const fault = wordsFault(words, caption);
  if (fault === null) return;
  refuse(
    'edit/bad-words',
    `These word times do not fit the caption: ${fault.reason}. The caption stays as it was.`,
    fault,
  );
}

/**
 * Changes the text of a caption; its times stay. Where words have times, those that are the same keep them and the
 * changed ones share the time between, as `realignWords` says.
 *
 *   one|two|three   →   one|2nd|three     (the new word is spoken while the old one was)
 *
 * Refuses `edit/track-locked`.
 */
export const captionSetText = defineEdit({
  type: 'caption.setText',
  label: 'Change caption',
  summary:
    'Changes the text of a caption; its times stay. Words that stay keep their times, changed ones share those between.',
  parameters: { captionId: objectIdSchema, text: captionTextSchema },
  apply(draft, command) {
    const cue = draft.need('cue', command.captionId);
    draft.refuseLocked(draft.trackOf(cue));
    const words = cue.words && realignWords(cue.words, command.text, cue.duration);
    draft.set<'cue'>(cue.id, { text: command.text, words });
    return {};
  },
});

/**
 * Says when each word of a caption is spoken, or, with `null`, that it is not known. The text stays.
 * Refuses `edit/bad-words` (out of order, outside the caption, or not its text) and `edit/track-locked`.
 */
export const captionSetWords = defineEdit({
  type: 'caption.setWords',
  label: 'Time words',
  summary: 'Sets or removes the times of a caption’s words; its text and its own times stay.',
  parameters: { captionId: objectIdSchema, words: captionWordsSchema.nullable() },
  apply(draft, command) {
    const cue = draft.need('cue', command.captionId);
    draft.refuseLocked(draft.trackOf(cue));
    if (command.words !== null) refuseBadWords(command.words, cue);
    draft.set<'cue'>(cue.id, { words: command.words ?? undefined });
    return {};
  },
});
