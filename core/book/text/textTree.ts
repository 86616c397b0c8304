import { marksOf } from '../inlines.ts';
import type { Block, Inline, TextRun } from '../manuscript.ts';

/** What a part of a chapter's shared document is to look like: an element, or a stretch of text with its marks. */
export type Tree = TreeElement | TreeText;
export type TreeElement = { name: string; attributes: Record<string, unknown>; children: Tree[] };
export type TreeText = { runs: { text: string; marks: Record<string, unknown> }[] };

/** A block as an element; the names are those of the editor's nodes, so that an editor can be bound to the document. */
export function blockTree(block: Block): TreeElement {
  const { id } = block;
  switch (block.kind) {
    case 'paragraph':
      return element('paragraph', { id, align: block.align }, line(block.inlines));
    case 'heading':
      return element('heading', { id, level: block.level }, line(block.inlines));
    case 'blockquote':
    case 'letter':
    case 'epigraph':
      return element(block.kind, { id }, block.blocks.map(blockTree));
    case 'list':
      return element(
        'list',
        { id, start: block.start },
        block.items.map((item) => element('listItem', { id: item.id }, item.blocks.map(blockTree))),
      );
    case 'verse':
      return element(
        'verse',
        { id },
        block.lines.map((one) => element('verseLine', {}, line(one))),
      );
    case 'code':
      return element('codeBlock', { id, language: block.language }, [
        { runs: block.text === '' ? [] : [{ text: block.text, marks: {} }] },
      ]);
    case 'scene-break':
      return element('sceneBreak', { id }, []);
    case 'image': {
      const { source, alt, decorative, caption } = block;
      return element('picture', { id, source, alt, decorative, caption }, []);
    }
    case 'table': {
      const { headerRows, caption } = block;
      const rows = block.rows.map((cells) =>
        element(
          'tableRow',
          {},
          cells.map(({ blocks, columns, rows: span, align }) =>
            element('tableCell', { columns, rows: span, align }, blocks.map(blockTree)),
          ),
        ),
      );
      return element('table', { id, headerRows, caption }, rows);
    }
  }
}

function element(name: string, attributes: Record<string, unknown>, children: Tree[]): TreeElement {
  const present = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return { name, attributes: Object.fromEntries(present), children };
}

/** A line as stretches of text with the footnotes between them. */
function line(inlines: readonly Inline[]): Tree[] {
  const trees: Tree[] = [];
  for (const inline of inlines) {
    const last = trees.at(-1);
    if (inline.kind === 'note')
      trees.push(element('note', { id: inline.id }, inline.blocks.map(blockTree)));
    else if (last !== undefined && 'runs' in last) last.runs.push(run(inline));
    else trees.push({ runs: [run(inline)] });
  }
  return trees;
}

function run(inline: TextRun): TreeText['runs'][number] {
  return { text: inline.text, marks: marksOf(inline) };
}
