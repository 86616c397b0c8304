import type { CueWord } from '../model/entities.ts';
import { type Flicks, flicks, maxFlicks, minFlicks, ZERO } from '../time/flicks.ts';

/** A stretch of a text, `to` exclusive, in UTF-16 units. */
export type TextSpan = { from: number; to: number };

/** The longest word and the most words that a caption keeps times of. */
export const MAX_WORD = 200;
export const MAX_WORDS = 2_000;

/** Chinese and Japanese are written without spaces: each character stands for itself. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+/gu;

/** The words of a text: what stands between white space, and each character of Chinese and Japanese. */
export function wordSpans(text: string): TextSpan[] {
  return [...text.matchAll(WORD)].map(({ index, 0: word }) => ({
    from: index,
    to: index + word.length,
  }));
}

/**
 * Where each word stands in a text. Words are its text when, white space apart, they are the same characters in the
 * same order; null when they are not.
 */
export function spansOfWords(text: string, words: readonly { text: string }[]): TextSpan[] | null {
  let at = 0;
  const skipSpace = () => {
    while (at < text.length && isSpace(text.charAt(at))) at += 1;
  };
  const spans: TextSpan[] = [];
  for (const word of words) {
    skipSpace();
    const from = at;
    for (const character of word.text) {
      if (isSpace(character)) continue;
      skipSpace();
      if (!text.startsWith(character, at)) return null;
      at += character.length;
    }
    if (at === from) return null;
    spans.push({ from, to: at });
  }
  skipSpace();
  return at === text.length ? spans : null;
}

function isSpace(character: string): boolean {
  return /\s/.test(character);
}

/** Words of a text spread over a time, each as long as its share of their characters. */
export function spreadWords(text: string, start: Flicks, end: Flicks): CueWord[] {
  const words = wordSpans(text).map(({ from, to }) => text.slice(from, to));
  const total = words.reduce((sum, word) => sum + word.length, 0);
  let before = 0;
  return words.map((word) => {
    const at = () => flicks(start + Math.round(((end - start) * before) / Math.max(1, total)));
    const from = at();
    before += word.length;
    return { text: word, start: from, end: at() };
  });
}

/** What of the words is spoken between two times of their caption, which become its edges; no word is lost. */
export function wordsWithin(words: readonly CueWord[], from: Flicks, to: Flicks): CueWord[] {
  const clamp = (time: Flicks) => flicks(maxFlicks(from, minFlicks(to, time)) - from);
  return words.map((word) => ({ ...word, start: clamp(word.start), end: clamp(word.end) }));
}

/** The same words, `by` later. */
export function laterWords(words: readonly CueWord[], by: number): CueWord[] {
  return words.map((word) => ({
    ...word,
    start: flicks(word.start + by),
    end: flicks(word.end + by),
  }));
}

/**
 * Times for the words of a changed text. When only white space changed, the words keep theirs. Else the words that are
 * the same at the beginning and at the end keep theirs, and those between share, by their characters, the time from
 * the end of the last kept one before them to the start of the first kept one after them; where there is no such time,
 * the nearest kept words give theirs to be shared too. Undefined when a word is too long to have a time.
 */
export function realignWords(
  old: readonly CueWord[],
  text: string,
  duration: Flicks,
): CueWord[] | undefined {
  if (spansOfWords(text, old) !== null) return [...old];
  const spans = wordSpans(text);
  const words = spans.map(({ from, to }) => text.slice(from, to));
  if (words.some((word) => word.length > MAX_WORD)) return undefined;
  const shorter = Math.min(old.length, words.length);
  let head = 0;
  while (head < shorter && old[head]?.text === words[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail)?.text === words.at(-1 - tail)) tail += 1;
  const room = () => ({
    from: head === 0 ? ZERO : (old[head - 1]?.end ?? ZERO),
    to: tail === 0 ? duration : (old.at(-tail)?.start ?? duration),
  });
  const isChanged = () => head + tail < words.length;
  while (isChanged() && room().to <= room().from && head + tail > 0) {
    if (head > 0) head -= 1;
    else tail -= 1;
  }
  const { from, to } = room();
  const first = spans[head];
  const last = spans[words.length - tail - 1];
  const changed =
    isChanged() && first && last ? spreadWords(text.slice(first.from, last.to), from, to) : [];
  return [...old.slice(0, head), ...changed, ...old.slice(old.length - tail)];
}

/**
 * Why words cannot be those of a caption, as part of a sentence; null when they can: the same text, in order, none
 * before the caption’s beginning or after its end.
 */
export function wordsFault(
  words: readonly CueWord[],
  caption: { text: string; duration: Flicks },
): { index: number | null; reason: string } | null {
  let end: number = 0;
  for (const [index, word] of words.entries()) {
    if (word.end < word.start) return { index, reason: 'a word ends before it starts' };
    if (word.start < end) {
      return {
        index,
        reason: index === 0 ? 'a word starts before the caption' : 'the words are not in order',
      };
    }
    if (word.end > caption.duration) return { index, reason: 'a word ends after the caption' };
    end = word.end;
  }
  if (spansOfWords(caption.text, words) !== null) return null;
  return { index: null, reason: 'together the words are not the caption’s text' };
}

/** The words where a text is cut at `at`: those that stand before it, and those after; null where it cuts a word. */
export function divideWords(
  text: string,
  words: readonly CueWord[],
  at: number,
): { left: CueWord[]; right: CueWord[] } | null {
  const spans = spansOfWords(text, words);
  if (spans === null || spans.some(({ from, to }) => from < at && at < to)) return null;
  const count = spans.filter(({ to }) => to <= at).length;
  return { left: words.slice(0, count), right: words.slice(count) };
}
