import { textOf, type XmlElement } from '../../xml/xmlElement.ts';
import type { Block, TableCell } from '../manuscript.ts';
import { bookText } from './imported.ts';
import { type Context, type Flow, lose, takeId } from './pageReader.ts';

const MAX_ROWS = 5_000;
const MAX_CELLS = 100;

type ReadCell = (flow: Flow, cell: XmlElement, row: Context) => Block[];
type Row = { element: XmlElement; isHead: boolean; ancestors: XmlElement[] };

/** A table with its caption, heading rows and spans; one that is too large for a book page becomes paragraphs. */
export function readTable(
  flow: Flow,
  element: XmlElement,
  context: Context,
  readCell: ReadCell,
): Block[] {
  const rows: Row[] = [];
  let caption: string | undefined;
  const visit = (parent: XmlElement, isHead: boolean, ancestors: XmlElement[]) => {
    for (const child of parent.children) {
      if (typeof child === 'string') continue;
      if (child.name === 'tr') rows.push({ element: child, isHead, ancestors });
      else if (child.name === 'caption' && caption === undefined) {
        caption = bookText(textOf(child).replace(/\s+/g, ' ')).trim();
      } else if (/^t(?:head|body|foot)$/.test(child.name)) {
        visit(child, child.name === 'thead', [...ancestors, child]);
      }
    }
  };
  visit(element, false, [...context.ancestors]);
  const cells = rows
    .map((row) => cellsOf(flow, row, context, readCell))
    .filter((row) => row.length > 0);
  const isTooLarge = cells.length > MAX_ROWS || cells.some((row) => row.length > MAX_CELLS);
  if (cells.length === 0 || isTooLarge) {
    if (isTooLarge) {
      lose(
        flow.reader,
        flow.page,
        'table-too-large',
        'A table of more than 5,000 rows or 100 columns was kept as paragraphs.',
      );
    }
    return cells.flat().flatMap((cell) => cell.blocks);
  }
  const heads = rows.filter((row) =>
    row.element.children.some((child) => typeof child !== 'string'),
  );
  const firstBody = heads.findIndex((row) => !row.isHead && !isHeadRow(row.element));
  const headerRows = Math.min(
    20,
    firstBody < 0 ? (heads.some((row) => row.isHead) ? heads.length : 1) : firstBody,
  );
  return [
    {
      kind: 'table',
      id: takeId(flow, element),
      headerRows: Math.min(headerRows, cells.length),
      rows: cells,
      ...(caption && { caption: caption.slice(0, 4_000) }),
    },
  ];
}

function isHeadRow(row: XmlElement): boolean {
  const cells = row.children.filter((child) => typeof child !== 'string');
  return cells.length > 0 && cells.every(({ name }) => name === 'th');
}

function cellsOf(flow: Flow, row: Row, context: Context, readCell: ReadCell): TableCell[] {
  const cells: TableCell[] = [];
  for (const element of row.element.children) {
    if (typeof element === 'string' || !/^t[dh]$/.test(element.name)) continue;
    const ancestors = [...row.ancestors, row.element];
    const look = flow.page.styles.lookOf(element, ancestors);
    const given = element.attributes.get('align')?.toLowerCase();
    const said =
      look.align ?? (given === 'center' ? 'center' : given === 'right' ? 'end' : undefined);
    const align = said === 'none' ? undefined : said;
    const blocks = readCell(flow, element, { ...context, ancestors, depth: context.depth + 1 });
    const columns = span(element, 'colspan');
    const rows = span(element, 'rowspan');
    cells.push({
      blocks: blocks.slice(0, 1_000),
      ...(columns !== undefined && { columns }),
      ...(rows !== undefined && { rows }),
      ...(align !== undefined && { align }),
    });
  }
  return cells;
}

function span(element: XmlElement, name: string): number | undefined {
  const value = element.attributes.get(name)?.trim() ?? '';
  const number = /^\d{1,4}$/.test(value) ? Math.min(100, Number(value)) : 1;
  return number > 1 ? number : undefined;
}
