import { marksOf, textRun, tidyInlines } from './inlines.ts';
import type { Block, Inline } from './manuscript.ts';

/**
 * Parts the blocks of a chapter in front of a top-level block, or within the text of a paragraph or heading after
 * `offset` characters, a footnote counting as one. `newId` names the second half of a block that is cut. Undefined when
 * there is no such block.
 */
export function splitBlocks(
  blocks: readonly Block[],
  blockId: string,
  offset: number,
  newId: () => string,
): { before: Block[]; after: Block[] } | undefined {
  const index = blocks.findIndex((block) => block.id === blockId);
  const block = blocks[index];
  if (block === undefined) return undefined;
  const before = blocks.slice(0, index);
  const after = blocks.slice(index + 1);
  if (offset <= 0 || (block.kind !== 'paragraph' && block.kind !== 'heading'))
    return { before, after: [block, ...after] };
  const [front, back] = splitInlines(block.inlines, offset);
  if (back.length === 0) return { before: [...before, block], after };
  if (front.length === 0) return { before, after: [block, ...after] };
  return {
    before: [...before, { ...block, inlines: front }],
    after: [{ ...block, id: newId(), inlines: back }, ...after],
  };
}

function splitInlines(inlines: readonly Inline[], offset: number): [Inline[], Inline[]] {
  const front: Inline[] = [];
  const back: Inline[] = [];
  let left = offset;
  for (const inline of inlines) {
    const size = inline.kind === 'text' ? inline.text.length : 1;
    if (left >= size) front.push(inline);
    else if (left <= 0) back.push(inline);
    else if (inline.kind === 'text') {
      front.push(textRun(inline.text.slice(0, left), marksOf(inline)));
      back.push(textRun(inline.text.slice(left), marksOf(inline)));
    }
    left -= size;
  }
  return [tidyInlines(front), tidyInlines(back)];
}
