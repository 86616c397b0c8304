import type { Block } from './manuscript.ts';

/** The same blocks with no heading more than one level below the one before it, as accessible formats require. */
export function evenHeadings(blocks: readonly Block[]): Block[] {
  let last = 0;
  return blocks.map((block) => {
    if (block.kind !== 'heading') return block;
    last = Math.min(block.level, last + 1);
    return { ...block, level: last };
  });
}
