import type { Block, Inline } from '../manuscript.ts';

/**
 * Blocks with each replaced by what `change` makes of it, the innermost first. Containers, items and notes that are left
 * without blocks go; cells of tables may be empty.
 */
export function mapBlocks(
  blocks: readonly Block[],
  change: (block: Block, depth: number) => Block[],
  depth = 1,
): Block[] {
  return blocks.flatMap((block) => {
    const inner = withInner(block, change, depth);
    return inner === null ? [] : change(inner, depth);
  });
}

function withInner(
  block: Block,
  change: (block: Block, depth: number) => Block[],
  depth: number,
): Block | null {
  const inside = (blocks: readonly Block[]) => mapBlocks(blocks, change, depth + 1);
  const line = (inlines: readonly Inline[]) =>
    inlines.flatMap((inline): Inline[] => {
      if (inline.kind === 'text') return [inline];
      const noted = inside(inline.blocks);
      return noted.length === 0 ? [] : [{ ...inline, blocks: noted }];
    });
  switch (block.kind) {
    case 'paragraph':
    case 'heading': {
      const inlines = line(block.inlines);
      return inlines.length === 0 ? null : { ...block, inlines };
    }
    case 'verse': {
      const lines = block.lines.map(line).filter((one) => one.length > 0);
      const [only] = lines;
      if (lines.length > 1) return { ...block, lines };
      return only === undefined ? null : { kind: 'paragraph', id: block.id, inlines: only };
    }
    case 'blockquote':
    case 'letter':
    case 'epigraph': {
      const blocks = inside(block.blocks);
      return blocks.length === 0 ? null : { ...block, blocks };
    }
    case 'list': {
      const items = block.items
        .map((item) => ({ ...item, blocks: inside(item.blocks) }))
        .filter((item) => item.blocks.length > 0);
      return items.length === 0 ? null : { ...block, items };
    }
    case 'table': {
      const rows = block.rows.map((row) =>
        row.map((cell) => ({ ...cell, blocks: inside(cell.blocks) })),
      );
      return { ...block, rows };
    }
    default:
      return block;
  }
}
