import { textRun, tidyInlines } from './inlines.ts';
import type { Block, Inline, Note } from './manuscript.ts';

/** Stands for a footnote in the text of a line. */
export const NOTE_SIGN = '\ufffc';

/**
 * A line of text of a chapter: a paragraph, a heading, a line of verse, a piece of code. `start` is how many characters
 * of its block stand before it, which is more than none for lines of verse.
 */
export type TextLine = { blockId: string; start: number; text: string };

/** Every line of a chapter's text in reading order, the lines of a footnote after the line that calls it. */
export function textLines(blocks: readonly Block[]): TextLine[] {
  const lines: TextLine[] = [];
  changeLines(blocks, (inlines, blockId, start) => {
    lines.push({ blockId, start, text: lineText(inlines) });
    return inlines;
  });
  return lines;
}

/** A replacement of characters of a line. */
export type LineChange = { from: number; to: number; text: string };

/**
 * Replaces parts of lines, which are counted as `textLines` counts them; the new text takes the marks of what it
 * replaces. Parts must not overlap or hold a footnote. What has no text left goes.
 */
export function replaceInLines(
  blocks: readonly Block[],
  changes: ReadonlyMap<number, readonly LineChange[]>,
): Block[] {
  let index = -1;
  return changeLines(blocks, (inlines) => {
    index += 1;
    const parts = changes.get(index) ?? [];
    if (parts.length === 0) return inlines;
    const backwards = [...parts].sort((a, b) => b.from - a.from);
    return tidyInlines(backwards.reduce(replaced, [...inlines]));
  });
}

function replaced(inlines: Inline[], { from, to, text }: LineChange): Inline[] {
  let at = 0;
  let added = text;
  return inlines.flatMap((inline): Inline[] => {
    const start = at;
    at += inline.kind === 'text' ? inline.text.length : 1;
    if (inline.kind === 'note' || start >= to || at <= from) return [inline];
    const before = inline.text.slice(0, Math.max(0, from - start));
    const whole = before + added + inline.text.slice(to - start);
    added = '';
    return whole === '' ? [] : [{ ...inline, text: whole }];
  });
}

function lineText(inlines: readonly Inline[]): string {
  return inlines.map((inline) => (inline.kind === 'text' ? inline.text : NOTE_SIGN)).join('');
}

type ChangeLine = (inlines: Inline[], blockId: string, start: number) => Inline[];

/** Blocks with their lines changed, one after the other; blocks, items and notes that have nothing left go. */
function changeLines(blocks: readonly Block[], change: ChangeLine): Block[] {
  const line = (inlines: Inline[], blockId: string, start = 0): Inline[] =>
    change(inlines, blockId, start).flatMap((inline): Inline[] => {
      if (inline.kind === 'text') return [inline];
      const note: Note = { ...inline, blocks: changeLines(inline.blocks, change) };
      return note.blocks.length === 0 ? [] : [note];
    });
  return blocks.flatMap((block): Block[] => {
    switch (block.kind) {
      case 'paragraph':
      case 'heading': {
        const inlines = line(block.inlines, block.id);
        return inlines.length === 0 ? [] : [{ ...block, inlines }];
      }
      case 'verse': {
        let start = 0;
        const lines = block.lines.map((one) => {
          const made = line(one, block.id, start);
          start += lineText(one).length + 1;
          return made;
        });
        const kept = lines.filter((one) => one.length > 0);
        const [first] = kept;
        if (first === undefined) return [];
        return kept.length === 1
          ? [{ kind: 'paragraph', id: block.id, inlines: first }]
          : [{ ...block, lines: kept }];
      }
      case 'blockquote':
      case 'letter':
      case 'epigraph': {
        const inner = changeLines(block.blocks, change);
        return inner.length === 0 ? [] : [{ ...block, blocks: inner }];
      }
      case 'list': {
        const items = block.items
          .map((item) => ({ ...item, blocks: changeLines(item.blocks, change) }))
          .filter((item) => item.blocks.length > 0);
        return items.length === 0 ? [] : [{ ...block, items }];
      }
      case 'table': {
        const rows = block.rows.map((cells) =>
          cells.map((cell) => ({ ...cell, blocks: changeLines(cell.blocks, change) })),
        );
        return [{ ...block, rows }];
      }
      case 'code': {
        const run = block.text === '' ? [] : [textRun(block.text)];
        const text = lineText(change(run, block.id, 0));
        return [{ ...block, text }];
      }
      case 'scene-break':
      case 'image':
        return [block];
    }
  });
}
