import type { CueWord } from '../model/entities.ts';
import { type Flicks, flicks } from '../time/flicks.ts';
import type { CaptionCue } from './captionCue.ts';
import { spansOfWords, spreadWords } from './captionWords.ts';

/** A piece of a caption's text that is spoken from `start` on, until the next piece; from the caption's beginning. */
export type TimedPiece = { text: string; start: Flicks };

/**
 * The words of pieces that follow each other until `end`. A piece of several words is spread over its time by their
 * characters; one of white space alone is a pause.
 */
export function wordsOfPieces(pieces: readonly TimedPiece[], end: Flicks): CueWord[] {
  return pieces.flatMap(({ text, start }, index) => {
    const until = pieces[index + 1]?.start ?? end;
    const bare = text.trim();
    if (bare === '') return [];
    return /\s/.test(bare) ? spreadWords(bare, start, until) : [{ text: bare, start, end: until }];
  });
}

/**
 * The text of a caption in pieces, each with the step of the format at which it begins: words with the white space
 * that follows them, or, where there is a pause after a word, the white space by itself. Null without words, or when
 * two words would begin on the same step: such times cannot be written.
 */
export function piecesOf(
  cue: CaptionCue,
  stepAt: (time: Flicks) => number,
): { text: string; step: number }[] | null {
  const words = cue.words ?? [];
  const spans = words.length > 0 ? spansOfWords(cue.text, words) : null;
  if (spans === null) return null;
  const absolute = (time: Flicks) => stepAt(flicks(cue.start + time));
  const pieces: { text: string; step: number }[] = [];
  const first = absolute((words[0] as CueWord).start);
  if (first > stepAt(cue.start)) pieces.push({ text: '', step: stepAt(cue.start) });
  for (const [index, word] of words.entries()) {
    const [span, next] = [spans[index], spans[index + 1]];
    const [from, to] = [span?.from ?? 0, span?.to ?? 0];
    const [start, end] = [absolute(word.start), absolute(word.end)];
    const nextWord = words[index + 1];
    const nextStart = nextWord ? absolute(nextWord.start) : stepAt(cue.end);
    if (end <= start || nextStart < end) return null;
    const space = cue.text.slice(to, next?.from ?? cue.text.length);
    const isPaused = nextStart > end;
    pieces.push({ text: cue.text.slice(from, to) + (isPaused ? '' : space), step: start });
    if (isPaused) pieces.push({ text: space, step: end });
  }
  return pieces;
}
