import { describe, expect, it } from 'vitest';
import type { Block } from '#core/book/manuscript.ts';
import { parseMarkdownBlocks } from '#core/book/parseMarkdown.ts';
import { keepIds } from './keepIds.ts';

function read(markdown: string, seed: string): Block[] {
  let count = 0;
  return parseMarkdownBlocks(markdown, () => `${seed}${(count += 1)}`).blocks;
}
const ids = (blocks: readonly Block[]) => blocks.map((block) => block.id);

describe('ids of blocks while a chapter is written', () => {
  const before = read('One.\n\nTwo.\n\nThree.', 'a');

  it('stay when nothing changes', () => {
    expect(keepIds(before, read('One.\n\nTwo.\n\nThree.', 'b'))).toEqual(before);
  });

  it('stay when the words of a paragraph change', () => {
    const after = keepIds(before, read('One.\n\nTwo and more.\n\nThree.', 'b'));
    expect(ids(after)).toEqual(ids(before));
    expect(after[1]).toMatchObject({ inlines: [{ text: 'Two and more.' }] });
  });

  it('are new only for a paragraph that is new', () => {
    const after = keepIds(before, read('One.\n\nNew.\n\nTwo.\n\nThree.', 'b'));
    expect(ids(after)).toEqual([before[0]?.id, 'b2', before[1]?.id, before[2]?.id]);
  });

  it('never stand twice when a paragraph is doubled or removed', () => {
    const doubled = keepIds(before, read('One.\n\nTwo.\n\nTwo.\n\nThree.', 'b'));
    expect(new Set(ids(doubled)).size).toBe(4);
    expect(ids(keepIds(before, read('One.\n\nThree.', 'b')))).toEqual([
      before[0]?.id,
      before[2]?.id,
    ]);
  });

  it('are new when a paragraph becomes a heading', () => {
    const after = keepIds(before, read('One.\n\n## Two.\n\nThree.', 'b'));
    expect(ids(after)).toEqual([before[0]?.id, 'b2', before[2]?.id]);
  });
});
