import * as Y from 'yjs';
import { joinInlines, textRun } from '../inlines.ts';
import type { Block, Inline, ListItem, TableCell } from '../manuscript.ts';
import { runsOf } from './writeTree.ts';

/**
 * A shared element as a block. The form is what `blockTree` wrote, or a newer Inkreel: what is not known is given as it
 * is, for `blocksSchema` to refuse.
 */
export function readBlock(element: Y.XmlElement): Block {
  const attributes: Record<string, unknown> = element.getAttributes();
  return { kind: kindOf(element), ...attributes, ...contentOf(element) } as unknown as Block;
}

const KINDS: Readonly<Record<string, Block['kind']>> = {
  codeBlock: 'code',
  sceneBreak: 'scene-break',
  picture: 'image',
};

function kindOf({ nodeName }: Y.XmlElement): string {
  return KINDS[nodeName] ?? nodeName;
}

function contentOf(element: Y.XmlElement): Record<string, unknown> {
  switch (element.nodeName) {
    case 'paragraph':
    case 'heading':
      return { inlines: line(element) };
    case 'blockquote':
    case 'letter':
    case 'epigraph':
      return { blocks: elements(element).map(readBlock) };
    case 'list':
      return { items: elements(element).map(listItem) };
    case 'verse':
      return { lines: elements(element).map(line) };
    case 'codeBlock':
      return { text: texts(element) };
    case 'table':
      return { rows: elements(element).map((row) => elements(row).map(tableCell)) };
    default:
      return {};
  }
}

function listItem(element: Y.XmlElement): ListItem {
  return { id: String(element.getAttribute('id')), blocks: elements(element).map(readBlock) };
}

function tableCell(element: Y.XmlElement): TableCell {
  return { blocks: elements(element).map(readBlock), ...element.getAttributes() };
}

function line(element: Y.XmlElement): Inline[] {
  const inlines = element.toArray().flatMap((child): Inline[] => {
    if (child instanceof Y.XmlText)
      return runsOf(child).map(({ text, marks }) => textRun(text, marks));
    if (!(child instanceof Y.XmlElement)) return [];
    const id = String(child.getAttribute('id'));
    return [{ kind: 'note', id, blocks: elements(child).map(readBlock) }];
  });
  return joinInlines(inlines);
}

function texts(element: Y.XmlElement): string {
  return element
    .toArray()
    .flatMap((child) => (child instanceof Y.XmlText ? runsOf(child) : []))
    .map(({ text }) => text)
    .join('');
}

function elements(parent: Y.XmlFragment): Y.XmlElement[] {
  return parent.toArray().filter((child) => child instanceof Y.XmlElement);
}
