import type { Block, Inline } from './manuscript.ts';
import { blockText, segmenter } from './words.ts';

/** A sentence of a block. `inlines` keeps the spaces that follow, so that the sentences of a block join to its text. */
export type Sentence = { id: string; text: string; inlines: Inline[] };

/** The id of sentence `index`, counted from 0, in a block. */
export function sentenceId(blockId: string, index: number): string {
  return `${blockId}.${index}`;
}

/**
 * The sentences of a paragraph or heading, or the lines of a stanza; none for other blocks. Unicode sentence
 * segmentation (UAX #29), except that speech and its “she said” stay together, and so do a title or initial and the name. A footnote call belongs to the sentence it follows. Ids depend only on the block's id and text.
 */
export function sentencesOf(block: Block, language: string): Sentence[] {
  if (block.kind === 'verse') {
    return block.lines.map((inlines, index) => sentence(block.id, index, inlines));
  }
  if (block.kind !== 'paragraph' && block.kind !== 'heading') return [];
  const ends = sentenceEnds(blockText(block), language);
  return cutAt(block.inlines, ends).map((inlines, index) => sentence(block.id, index, inlines));
}

/** A title or an initial in front of a name, as in “Mr. Pask” and “E. Pask”. */
const BEFORE_NAME =
  /(?:^|[\s“"(])(?:\p{Lu}|Mr|Mrs|Ms|Dr|St|Prof|Rev|Capt|Mme|Mlle|Hr|Fr|Sr|Sra)\.\s+$/u;

function sentenceEnds(text: string, language: string): number[] {
  const parts = [...segmenter('sentence', language).segment(text)];
  return parts
    .filter(({ segment }, index) => {
      const next = parts[index + 1]?.segment ?? '';
      return !/^\p{Ll}/u.test(next) && !(next !== '' && BEFORE_NAME.test(segment));
    })
    .map(({ index, segment }) => index + segment.length);
}

function sentence(blockId: string, index: number, inlines: Inline[]): Sentence {
  const text = inlines.map((inline) => (inline.kind === 'text' ? inline.text : '')).join('');
  return { id: sentenceId(blockId, index), text: text.trim(), inlines };
}

function cutAt(inlines: readonly Inline[], ends: readonly number[]): Inline[][] {
  const groups: Inline[][] = [];
  let current: Inline[] = [];
  let position = 0;
  for (const inline of inlines) {
    if (inline.kind === 'note') {
      // A call right behind a full stop still belongs to the sentence that just ended.
      const home = current.length === 0 ? groups.at(-1) : undefined;
      (home ?? current).push(inline);
      continue;
    }
    let rest = inline.text;
    while (rest !== '') {
      const end = ends[groups.length] ?? position + rest.length;
      const piece = rest.slice(0, end - position);
      current.push({ ...inline, text: piece });
      position += piece.length;
      rest = rest.slice(piece.length);
      if (position >= end) {
        groups.push(current);
        current = [];
      }
    }
  }
  if (current.length > 0) groups.push(current);
  return groups;
}
