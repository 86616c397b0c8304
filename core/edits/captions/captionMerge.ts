import { z } from 'zod';
import { laterWords, spreadWords } from '../../captions/captionWords.ts';
import { refuse } from '../../fault.ts';
import { type Cue, type CueWord, objectIdSchema } from '../../model/entities.ts';
import { itemEnd, itemStart } from '../../model/items.ts';
import { subtractFlicks, ZERO } from '../../time/flicks.ts';
import { MAX_CAPTION } from './captionText.ts';
import { defineEdit } from '../definition.ts';

/**
 * Joins captions that follow each other on one track into the first of them, from its start to the end of the last;
 * a gap between them becomes part of it.
 *
 *   one two|three..four   →   one two three four     (nothing else moves)
 *
 * The texts are joined with a space or a line break. Words keep their times; once one of the captions has word times,
 * the words of the others are spread over their captions by their characters. Refuses `edit/not-neighbours` for
 * captions on several tracks or with another between them, `edit/caption-too-long`, `edit/track-locked`.
 */
export const captionMerge = defineEdit({
  type: 'caption.merge',
  label: 'Merge captions',
  summary:
    'Joins captions that follow each other on one track into the first; words keep their times. Nothing else changes.',
  parameters: {
    captionIds: z.array(objectIdSchema).min(2).max(400),
    join: z.enum(['space', 'line']).default('space'),
  },
  apply(draft, command) {
    const cues = [...new Set(command.captionIds)]
      .map((id) => draft.need('cue', id))
      .sort((a, b) => itemStart(a) - itemStart(b));
    const [first, last] = [cues[0], cues.at(-1)];
    if (first === undefined || last === undefined || first === last) refuseApart();
    const track = draft.trackOf(first);
    draft.refuseLocked(track);
    const items = draft.project.itemsOn(track.id);
    const at = items.indexOf(first);
    if (cues.some((cue, index) => items[at + index]?.id !== cue.id)) refuseApart();
    const text = cues.map((cue) => cue.text).join(command.join === 'space' ? ' ' : '\n');
    if (text.length > MAX_CAPTION) {
      refuse(
        'edit/caption-too-long',
        `Together these captions are longer than ${MAX_CAPTION} characters. Merge fewer.`,
        { length: text.length, longest: MAX_CAPTION },
      );
    }
    const words = cues.some((cue) => cue.words) ? joinedWords(cues, first) : undefined;
    const duration = subtractFlicks(itemEnd(last), itemStart(first));
    for (const cue of cues.slice(1)) draft.remove(cue.id);
    draft.set<'cue'>(first.id, { text, duration, words });
    return { captionId: first.id };
  },
});

function joinedWords(cues: readonly Cue[], first: Cue): CueWord[] {
  return cues.flatMap((cue) =>
    laterWords(
      cue.words ?? spreadWords(cue.text, ZERO, cue.duration),
      itemStart(cue) - itemStart(first),
    ),
  );
}

function refuseApart(): never {
  refuse(
    'edit/not-neighbours',
    'Only captions that follow each other on one track can be merged. Choose two or more neighbours.',
  );
}
