import type { Block, Inline } from './manuscript.ts';

/** The same blocks with other ids, notes and items of lists included; `idFor` may keep the one that there is. */
export function renewIds(blocks: readonly Block[], idFor: (id: string) => string): Block[] {
  return blocks.map((block): Block => {
    const id = idFor(block.id);
    switch (block.kind) {
      case 'paragraph':
      case 'heading':
        return { ...block, id, inlines: renewNotes(block.inlines, idFor) };
      case 'verse':
        return { ...block, id, lines: block.lines.map((line) => renewNotes(line, idFor)) };
      case 'blockquote':
      case 'letter':
      case 'epigraph':
        return { ...block, id, blocks: renewIds(block.blocks, idFor) };
      case 'list': {
        const items = block.items.map((item) => ({
          id: idFor(item.id),
          blocks: renewIds(item.blocks, idFor),
        }));
        return { ...block, id, items };
      }
      case 'table': {
        const rows = block.rows.map((cells) =>
          cells.map((cell) => ({ ...cell, blocks: renewIds(cell.blocks, idFor) })),
        );
        return { ...block, id, rows };
      }
      case 'code':
      case 'scene-break':
      case 'image':
        return { ...block, id };
    }
  });
}

function renewNotes(inlines: readonly Inline[], idFor: (id: string) => string): Inline[] {
  return inlines.map((inline) =>
    inline.kind === 'text'
      ? inline
      : { ...inline, id: idFor(inline.id), blocks: renewIds(inline.blocks, idFor) },
  );
}
