import { type Attributes, Node } from '@tiptap/core';

function span(name: 'colspan' | 'rowspan') {
  return {
    [name]: {
      default: 1,
      parseHTML: (element: HTMLElement) =>
        Math.min(100, Math.max(1, Number(element.getAttribute(name) ?? '1') || 1)),
    },
  };
}

/** A table, its rows and its cells, with the roles that the table commands of ProseMirror go by. */
export function tableNodes(id: Attributes, caption: Attributes) {
  const Table = Node.create({
    name: 'table',
    group: 'block',
    content: 'tableRow+',
    isolating: true,
    addAttributes: () => ({
      ...id,
      ...caption,
      headerRows: {
        default: 0,
        parseHTML: (element: HTMLElement) =>
          Number(
            element.getAttribute('data-header') ?? element.querySelectorAll('thead tr').length,
          ),
        renderHTML: ({ headerRows }: Record<string, unknown>) => ({
          'data-header': String(headerRows),
        }),
      },
    }),
    parseHTML: () => [{ tag: 'table' }],
    renderHTML: ({ HTMLAttributes }) => ['table', HTMLAttributes, ['tbody', 0]],
  });
  const TableRow = Node.create({
    name: 'tableRow',
    content: 'tableCell+',
    parseHTML: () => [{ tag: 'tr' }],
    renderHTML: () => ['tr', 0],
  });
  const TableCell = Node.create({
    name: 'tableCell',
    content: 'block+',
    isolating: true,
    addAttributes: () => ({
      ...span('colspan'),
      ...span('rowspan'),
      colwidth: { default: null, rendered: false },
      align: {
        default: null,
        parseHTML: (element: HTMLElement) =>
          ({ center: 'center', right: 'end', end: 'end' })[element.style.textAlign] ?? null,
        renderHTML: ({ align }: Record<string, unknown>) =>
          typeof align === 'string' ? { style: `text-align: ${align}` } : {},
      },
    }),
    parseHTML: () => [{ tag: 'td' }, { tag: 'th' }],
    renderHTML: ({ HTMLAttributes }) => ['td', HTMLAttributes, 0],
  });
  // `extendNodeSchema` speaks to every node, so each role is given to its own alone.
  return [
    only(Table, 'table', 'table'),
    only(TableRow, 'tableRow', 'row'),
    only(TableCell, 'tableCell', 'cell'),
  ];
}

function only(node: Node, name: string, role: string): Node {
  return node.extend({
    extendNodeSchema: (extension) => (extension.name === name ? { tableRole: role } : {}),
  });
}
