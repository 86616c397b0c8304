import { type Block, blocksSchema } from '#core/book/manuscript.ts';
import type { ChapterEntity } from '#core/model/entities.ts';

const known = new WeakMap<ChapterEntity, Block[] | null>();

/** The blocks of a chapter; null for a chapter that a newer Inkreel wrote in a form this one cannot read. */
export function blocksOf(chapter: ChapterEntity): Block[] | null {
  const before = known.get(chapter);
  if (before !== undefined) return before;
  const parsed = blocksSchema.safeParse(chapter.blocks);
  const blocks = parsed.success ? parsed.data : null;
  known.set(chapter, blocks);
  return blocks;
}
