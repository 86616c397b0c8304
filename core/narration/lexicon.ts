import type { LexiconEntry } from './narrationSettings.ts';

/**
 * A text as a voice is to read it: each word of the lexicon replaced by its respelling. Only whole words count, so that
 * `read` leaves `reader` alone; of entries that fit the same place, one that minds capitals goes before one that does
 * not, and a longer one before a shorter. What was put in is not looked at again.
 */
export function lexiconReader(lexicon: readonly LexiconEntry[]): (text: string) => string {
  if (lexicon.length === 0) return (text) => text;
  const exact = new Map<string, string>();
  const folded = new Map<string, string>();
  for (const { word, spoken, matchCase } of lexicon) {
    const key = normalised(word);
    if (matchCase) exact.set(key, exact.get(key) ?? spoken);
    else folded.set(key.toLowerCase(), folded.get(key.toLowerCase()) ?? spoken);
  }
  const words = [...new Set(lexicon.map(({ word }) => normalised(word)))]
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .map((word) => word.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&').replace(/ /g, '\\s+'));
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{M}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{M}\\p{N}])`,
    'giu',
  );
  return (text) =>
    text.normalize('NFC').replace(pattern, (found) => {
      const key = normalised(found);
      return exact.get(key) ?? folded.get(key.toLowerCase()) ?? found;
    });
}

/** One form for a word however it was typed: composed letters, straight apostrophes, single spaces. */
function normalised(word: string): string {
  return word.normalize('NFC').trim().replace(/\s+/g, ' ');
}
