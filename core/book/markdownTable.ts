import type { MarkdownNode } from './markdownSyntax.ts';

type Cell = MarkdownNode[];

/**
 * The table that a paragraph is (GitHub Flavored Markdown, tables): a first line with bars, a second of dashes with as
 * many cells, and any more. Null when it is none.
 */
export function readPipeTable(
  nodes: readonly MarkdownNode[],
): { rows: Cell[][]; aligns: ('center' | 'end' | undefined)[] } | null {
  if (!nodes.some(isBar) || nodes.some((node) => node.type === 'break')) return null;
  const [head, rule, ...body] = linesOf(nodes).map(cellsOf);
  if (head === undefined || rule === undefined || rule.length !== head.length) return null;
  const marks = rule.map(plainText);
  if (!marks.every((mark) => /^:?-+:?$/.test(mark))) return null;
  const rows = [head, ...body].map((row) => [
    ...row,
    ...Array.from({ length: Math.max(0, head.length - row.length) }, (): Cell => []),
  ]);
  return {
    rows: rows.map((row) => row.slice(0, 100)),
    aligns: marks.map((mark) =>
      mark.endsWith(':') ? (mark.startsWith(':') ? 'center' : 'end') : undefined,
    ),
  };
}

function isBar(node: MarkdownNode): boolean {
  return node.type === 'html' && node.value === '|';
}

function linesOf(nodes: readonly MarkdownNode[]): Cell[] {
  const lines: Cell[] = [[]];
  for (const node of nodes) {
    if (node.type !== 'text') {
      lines.at(-1)?.push(node);
      continue;
    }
    for (const [at, value] of node.value.split('\n').entries()) {
      if (at > 0) lines.push([]);
      if (value !== '') lines.at(-1)?.push({ ...node, value });
    }
  }
  return lines;
}

/** The cells of a line; bars at its ends are a frame. */
function cellsOf(line: Cell): Cell[] {
  const cells: Cell[] = [[]];
  for (const node of line) {
    if (isBar(node)) cells.push([]);
    else cells.at(-1)?.push(node);
  }
  const isEmpty = (cell: Cell | undefined) =>
    cell?.every((node) => node.type === 'text' && node.value.trim() === '') ?? false;
  if (cells.length > 1 && isEmpty(cells[0])) cells.shift();
  if (cells.length > 1 && isEmpty(cells.at(-1))) cells.pop();
  return cells;
}

function plainText(cell: Cell): string {
  return cell
    .map((node) => (node.type === 'text' ? node.value : '\0'))
    .join('')
    .trim();
}
