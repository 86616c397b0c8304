import type { Loss } from '../contract/films.ts';
import type { Cue, CueWord } from '../model/entities.ts';
import { itemEnd, itemStart } from '../model/items.ts';
import { type Flicks, flicks, maxFlicks, minFlicks } from '../time/flicks.ts';
import { MAX_WORD, MAX_WORDS, spansOfWords, wordsWithin } from './captionWords.ts';

/**
 * A caption as files know it: no id, no track; times in flicks, `end` exclusive and after `start`. Words, in the order
 * of time and together its text, have times from its beginning.
 */
export type CaptionCue = { start: Flicks; end: Flicks; text: string; words?: CueWord[] };

/** The captions of a file with a report of what could not be carried over. */
export type CaptionReading = { cues: CaptionCue[]; losses: Loss[] };

/**
 * Captions of a project as a file takes them: in the order of time, cut to `range` and counted from its start,
 * without empty lines, which would end a caption early in most formats.
 */
export function cuesWithin(
  cues: readonly Cue[],
  range: { start: Flicks; end: Flicks },
): CaptionCue[] {
  return cues
    .filter((cue) => itemStart(cue) < range.end && itemEnd(cue) > range.start)
    .sort((a, b) => itemStart(a) - itemStart(b))
    .map((cue) => {
      const from = maxFlicks(itemStart(cue), range.start);
      const to = minFlicks(itemEnd(cue), range.end);
      const inCue = (time: Flicks) => flicks(time - itemStart(cue));
      const words = cue.words && wordsWithin(cue.words, inCue(from), inCue(to));
      return withWords(
        {
          start: flicks(from - range.start),
          end: flicks(to - range.start),
          text: tidyText(cue.text),
        },
        words,
      );
    });
}

/** A caption with words as they stand in its text; without any where they are not its text, or too long or many. */
export function withWords(
  cue: { start: Flicks; end: Flicks; text: string },
  words: readonly CueWord[] | undefined,
): CaptionCue {
  const { start, end, text } = cue;
  const tidy = words?.map((word) => ({ ...word, text: tidyText(word.text) }));
  const spans = tidy && tidy.length > 0 ? spansOfWords(text, tidy) : null;
  if (tidy === undefined || spans === null || tidy.length > MAX_WORDS) return { start, end, text };
  if (spans.some(({ from, to }) => to - from > MAX_WORD)) return { start, end, text };
  return {
    start,
    end,
    text,
    words: tidy.map((word, index) => ({
      ...word,
      text: text.slice(spans[index]?.from, spans[index]?.to),
    })),
  };
}

/** Text with `\n` between its lines, without empty lines and without space around it. */
export function tidyText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\0', '\uFFFD')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .join('\n')
    .trim();
}
