import type { Block, Chapter } from '../manuscript.ts';
import { mapBlocks } from './mapBlocks.ts';

/**
 * Chapters with pictures named as the project names them. One that could not be had and whose source is in `dropped` goes;
 * its caption and description stay as text.
 */
export function withPictures(
  chapters: readonly Chapter[],
  names: ReadonlyMap<string, string>,
  dropped: ReadonlySet<string>,
): Chapter[] {
  return chapters.map((chapter) => ({
    ...chapter,
    blocks: mapBlocks(chapter.blocks, (block): Block[] => {
      if (block.kind !== 'image') return [block];
      const name = names.get(block.source);
      if (name !== undefined) return [{ ...block, source: name }];
      if (!dropped.has(block.source)) return [block];
      return block.caption === undefined
        ? []
        : [{ kind: 'paragraph', id: block.id, inlines: [{ kind: 'text', text: block.caption }] }];
    }),
  }));
}
