import { diffArrays } from 'diff';
import { segmenter } from '#core/book/words.ts';

export type DiffPart = { kind: 'same' | 'added' | 'removed'; text: string };

/** What words went and came between two texts, in the order of reading. */
export function wordDiff(before: string, after: string, language: string): DiffPart[] {
  const changes = diffArrays(wordsOf(before, language), wordsOf(after, language), {
    timeout: 2_000,
  });
  // Texts that have too little in common are shown as a whole, one after the other.
  if (changes === undefined) {
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ];
  }
  return changes.map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }));
}

/** Words and all that is between them. */
function wordsOf(text: string, language: string): string[] {
  return [...segmenter('word', language).segment(text)].map(({ segment }) => segment);
}

/** The unchanged stretches of a difference shortened, for reading the changes in their place. */
export function shortened(parts: readonly DiffPart[], around: number): DiffPart[] {
  return parts.map((part, index) => {
    if (part.kind !== 'same' || part.text.length <= around * 2 + 20) return part;
    const head = index === 0 ? '' : part.text.slice(0, around);
    const tail = index === parts.length - 1 ? '' : part.text.slice(-around);
    return { ...part, text: `${head} … ${tail}` };
  });
}
