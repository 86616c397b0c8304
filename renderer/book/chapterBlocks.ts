import { type Block, blocksSchema } from '#core/book/manuscript.ts';
import type { ChapterEntity } from '#core/model/entities.ts';

const known = new WeakMap<ChapterEntity, Block[] | null>();
const readable = new WeakMap<Block, boolean>();

/** The blocks of a chapter; null for a chapter that a newer Inkreel wrote in a form this one cannot read. */
export function blocksOf(chapter: ChapterEntity): Block[] | null {
  const before = known.get(chapter);
  if (before !== undefined) return before;
  const blocks = chapter.blocks.every(isReadable) ? chapter.blocks : null;
  known.set(chapter, blocks);
  return blocks;
}

/** Blocks that did not change are the same objects as before, and are looked at once. */
function isReadable(block: Block): boolean {
  const before = readable.get(block);
  if (before !== undefined) return before;
  const isGood = blocksSchema.safeParse([block]).success;
  readable.set(block, isGood);
  return isGood;
}
