import type { Mark, Node, Schema } from '@tiptap/pm/model';
import type { Block, Inline, ListItem, TableCell, TextRun } from '#core/book/manuscript.ts';

/** The blocks of a chapter as a document of the editor; a chapter without text is one empty paragraph. */
export function blocksToDoc(schema: Schema, blocks: readonly Block[]): Node {
  return node(schema, 'doc', {}, content(schema, blocks));
}

function content(schema: Schema, blocks: readonly Block[]): Node[] {
  return blocks.length === 0
    ? [node(schema, 'paragraph', {}, [])]
    : blocks.map((block) => blockToNode(schema, block));
}

/** One block as a node of the editor. */
function blockToNode(schema: Schema, block: Block): Node {
  const { id } = block;
  switch (block.kind) {
    case 'paragraph':
      return node(
        schema,
        'paragraph',
        { id, align: block.align ?? null },
        line(schema, block.inlines),
      );
    case 'heading':
      return node(schema, 'heading', { id, level: block.level }, line(schema, block.inlines));
    case 'blockquote':
    case 'letter':
    case 'epigraph':
      return node(schema, block.kind, { id }, content(schema, block.blocks));
    case 'list': {
      const items = block.items.map((item) => listItem(schema, item));
      return node(schema, 'list', { id, start: block.start ?? null }, items);
    }
    case 'verse': {
      const lines = block.lines.map((one) => node(schema, 'verseLine', {}, line(schema, one)));
      return node(schema, 'verse', { id }, lines);
    }
    case 'code': {
      const text = block.text === '' ? [] : [schema.text(block.text)];
      return node(schema, 'codeBlock', { id, language: block.language ?? null }, text);
    }
    case 'scene-break':
      return node(schema, 'sceneBreak', { id }, []);
    case 'image': {
      const { source, alt, decorative = false, caption = null } = block;
      return node(schema, 'picture', { id, source, alt, decorative, caption }, []);
    }
    case 'table': {
      const rows = block.rows.map((cells) =>
        node(
          schema,
          'tableRow',
          {},
          cells.map((cell) => tableCell(schema, cell)),
        ),
      );
      const { headerRows, caption = null } = block;
      return node(schema, 'table', { id, headerRows, caption }, rows);
    }
  }
}

function listItem(schema: Schema, { id, blocks }: ListItem): Node {
  return node(schema, 'listItem', { id }, content(schema, blocks));
}

function tableCell(schema: Schema, { blocks, columns = 1, rows = 1, align }: TableCell): Node {
  const attributes = { colspan: columns, rowspan: rows, align: align ?? null };
  return node(schema, 'tableCell', attributes, content(schema, blocks));
}

function line(schema: Schema, inlines: readonly Inline[]): Node[] {
  return inlines.map((inline) =>
    inline.kind === 'note'
      ? node(schema, 'note', { id: inline.id }, content(schema, inline.blocks))
      : schema.text(inline.text, marksOfRun(schema, inline)),
  );
}

function marksOfRun(schema: Schema, run: TextRun): Mark[] {
  const { kind: _, text: _text, script, language, link, ...flags } = run;
  return [
    ...Object.keys(flags).map((name) => mark(schema, name)),
    ...(script === undefined ? [] : [mark(schema, 'script', { place: script })]),
    ...(language === undefined ? [] : [mark(schema, 'language', { lang: language })]),
    ...(link === undefined ? [] : [mark(schema, 'link', { href: link })]),
  ];
}

function mark(schema: Schema, name: string, attributes?: Record<string, unknown>): Mark {
  const type = schema.marks[name];
  if (type === undefined) throw new Error(`The editor has no mark “${name}”.`);
  return type.create(attributes);
}

function node(
  schema: Schema,
  name: string,
  attributes: Record<string, unknown>,
  inside: readonly Node[],
): Node {
  return schema.node(name, attributes, [...inside]);
}
