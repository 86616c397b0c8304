import { type Block, blocksSchema } from '#core/book/manuscript.ts';
import { parseMarkdownBlocks } from '#core/book/parseMarkdown.ts';
import { toMarkdown } from '#core/book/toMarkdown.ts';
import { idsFrom } from '#core/edits/ids.ts';
import type { ChapterEntity } from '#core/model/entities.ts';
import { keepIds } from './keepIds.ts';

/** The blocks of a chapter; null for a chapter that a newer Inkreel wrote in a form this one cannot read. */
export function blocksOf(chapter: ChapterEntity): Block[] | null {
  const parsed = blocksSchema.safeParse(chapter.blocks);
  return parsed.success ? parsed.data : null;
}

/** A chapter as the Markdown that is edited. */
export function markdownOf(chapter: ChapterEntity): string {
  return toMarkdown(blocksOf(chapter) ?? []);
}

/** Blocks for edited Markdown; those that did not change keep their ids. `seed` begins the ids of new ones. */
export function readChapter(chapter: ChapterEntity, text: string, seed: string): Block[] {
  const fresh = parseMarkdownBlocks(text, idsFrom(seed).newId).blocks;
  return keepIds(blocksOf(chapter) ?? [], fresh);
}
