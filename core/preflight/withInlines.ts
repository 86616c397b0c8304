import type { Block, Inline } from '../book/manuscript.ts';

/** A block in which one list of inlines, named by identity, is another; null when it has no such list. */
export function withInlines(
  block: Block,
  before: readonly Inline[],
  after: readonly Inline[],
): Block | null {
  if (block.kind === 'paragraph' || block.kind === 'heading') {
    return block.inlines === before ? { ...block, inlines: [...after] } : null;
  }
  if (block.kind !== 'verse' || !block.lines.some((line) => line === before)) return null;
  return { ...block, lines: block.lines.map((line) => (line === before ? [...after] : line)) };
}
