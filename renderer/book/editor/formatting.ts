import { lift, setBlockType, toggleMark as toggle, wrapIn } from '@tiptap/pm/commands';
import { Fragment, type Node, type NodeType, type Schema, Slice } from '@tiptap/pm/model';
import { liftListItem, wrapInList } from '@tiptap/pm/schema-list';
import { type Command, type EditorState, NodeSelection, TextSelection } from '@tiptap/pm/state';
import { newBlockId } from './blockIds.ts';

export type MarkName =
  | 'emphasis'
  | 'strong'
  | 'underline'
  | 'strike'
  | 'smallCaps'
  | 'code'
  | 'script'
  | 'language'
  | 'link';

export type ContainerName = 'blockquote' | 'letter' | 'epigraph';

/** What can be made of the text that the cursor is in. */
export type BlockStyle =
  | 'paragraph'
  | `heading${1 | 2 | 3 | 4 | 5}`
  | ContainerName
  | 'bullets'
  | 'numbers'
  | 'verse'
  | 'code';

/** Sets a mark on the selection or takes it off; with an empty selection it is for what is typed next. */
export function toggleMark(name: MarkName, attributes?: Record<string, unknown>): Command {
  return (state, dispatch, view) => {
    const type = state.schema.marks[name];
    return type !== undefined && toggle(type, attributes ?? null)(state, dispatch, view);
  };
}

/** Raises or lowers the selection, or sets it on the line again. */
export function toggleScript(place: 'super' | 'sub'): Command {
  return (state, dispatch, view) => {
    const type = state.schema.marks['script'];
    if (type === undefined) return false;
    if (!isMarked(state, 'script') || markAttribute(state, 'script', 'place') === place)
      return toggle(type, { place })(state, dispatch, view);
    const { from, to } = state.selection;
    dispatch?.(state.tr.addMark(from, to, type.create({ place })));
    return true;
  };
}

/** Sets a mark with its attribute on the selection, or on the whole stretch that has it; null takes it off. */
export function setMark(
  name: 'link' | 'language',
  attributes: Record<string, string> | null,
): Command {
  return (state, dispatch) => {
    const type = state.schema.marks[name];
    if (type === undefined) return false;
    const { from, to } = state.selection.empty ? stretchOf(state, name) : state.selection;
    if (from === to) return false;
    const change = state.tr.removeMark(from, to, type);
    dispatch?.(attributes === null ? change : change.addMark(from, to, type.create(attributes)));
    return true;
  };
}

/** The stretch around the cursor that carries a mark. */
function stretchOf(state: EditorState, name: MarkName): { from: number; to: number } {
  const { $from } = state.selection;
  const index = $from.index();
  const has = (at: number) =>
    $from.parent.maybeChild(at)?.marks.some((mark) => mark.type.name === name) ?? false;
  const inside = has(index) ? index : index - 1;
  if (!has(inside)) return { from: $from.pos, to: $from.pos };
  let [first, last] = [inside, inside];
  while (has(first - 1)) first -= 1;
  while (has(last + 1)) last += 1;
  let from = $from.start();
  for (let at = 0; at < first; at += 1) from += $from.parent.child(at).nodeSize;
  let to = from;
  for (let at = first; at <= last; at += 1) to += $from.parent.child(at).nodeSize;
  return { from, to };
}

export function isMarked(state: EditorState, name: MarkName): boolean {
  const type = state.schema.marks[name];
  if (type === undefined) return false;
  const { from, to, empty, $from } = state.selection;
  if (empty) return type.isInSet(state.storedMarks ?? $from.marks()) !== undefined;
  return state.doc.rangeHasMark(from, to, type);
}

/** An attribute of a mark where the selection begins; empty when it has none. */
export function markAttribute(state: EditorState, name: MarkName, attribute: string): string {
  const { $from, $to, empty } = state.selection;
  const marks = empty ? $from.marks() : ($from.nodeAfter?.marks ?? $to.marks());
  const value: unknown = marks.find((mark) => mark.type.name === name)?.attrs[attribute];
  return typeof value === 'string' ? value : '';
}

/** The style of the text that the cursor is in, the nearest first. */
export function blockStyle(state: EditorState): BlockStyle {
  const { $from } = state.selection;
  if ($from.parent.type.name === 'heading') {
    const level = Number($from.parent.attrs['level']);
    return `heading${level === 1 ? 1 : level === 2 ? 2 : level === 3 ? 3 : level === 4 ? 4 : 5}`;
  }
  if ($from.parent.type.name === 'codeBlock') return 'code';
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    const { name } = node.type;
    if (name === 'verse') return 'verse';
    if (name === 'list') return node.attrs['start'] === null ? 'bullets' : 'numbers';
    if (name === 'blockquote' || name === 'letter' || name === 'epigraph') return name;
  }
  return 'paragraph';
}

/** Gives the text that the cursor is in a style; choosing the one it has makes it running text again. */
export function setBlockStyle(style: BlockStyle): Command {
  return (state, dispatch, view) => {
    if (style === 'paragraph' || blockStyle(state) === style)
      return toParagraph(state, dispatch, view);
    const node = (name: string) => nodeType(state.schema, name);
    if (style === 'verse') return toVerse(state, dispatch);
    if (style === 'code') return setBlockType(node('codeBlock'))(state, dispatch, view);
    if (style === 'bullets' || style === 'numbers') return toList(style)(state, dispatch, view);
    if (style === 'blockquote' || style === 'letter' || style === 'epigraph') {
      const within = blockStyle(state);
      if (within === 'blockquote' || within === 'letter' || within === 'epigraph')
        return changeContainer(within, style)(state, dispatch, view);
      return wrapIn(node(style))(state, dispatch, view);
    }
    return setBlockType(node('heading'), { level: Number(style.slice(7)) })(state, dispatch, view);
  };
}

const toParagraph: Command = (state, dispatch, view) => {
  const style = blockStyle(state);
  if (style === 'verse') return verseToParagraphs(state, dispatch);
  if (style === 'bullets' || style === 'numbers')
    return liftListItem(nodeType(state.schema, 'listItem'))(state, dispatch, view);
  if (style === 'blockquote' || style === 'letter' || style === 'epigraph')
    return lift(state, dispatch, view);
  return setBlockType(nodeType(state.schema, 'paragraph'))(state, dispatch, view);
};

function changeContainer(from: ContainerName, to: ContainerName): Command {
  return (state, dispatch) => {
    const { $from } = state.selection;
    for (let depth = $from.depth; depth > 0; depth -= 1) {
      const node = $from.node(depth);
      if (node.type.name !== from) continue;
      dispatch?.(
        state.tr.setNodeMarkup($from.before(depth), nodeType(state.schema, to), node.attrs),
      );
      return true;
    }
    return false;
  };
}

function toList(style: 'bullets' | 'numbers'): Command {
  return (state, dispatch, view) => {
    const start = style === 'numbers' ? 1 : null;
    const { $from } = state.selection;
    for (let depth = $from.depth; depth > 0; depth -= 1) {
      if ($from.node(depth).type.name !== 'list') continue;
      dispatch?.(state.tr.setNodeAttribute($from.before(depth), 'start', start));
      return true;
    }
    return wrapInList(nodeType(state.schema, 'list'), { start })(state, dispatch, view);
  };
}

/** Makes one stanza of the chosen paragraphs, each a line. */
function toVerse(state: EditorState, dispatch?: Parameters<Command>[1]): boolean {
  const range = state.selection.$from.blockRange(state.selection.$to);
  if (range === null) return false;
  const blocks = range.parent.children.slice(range.startIndex, range.endIndex);
  const isText = (block: Node) => block.inlineContent && block.type.name !== 'codeBlock';
  if (!blocks.every(isText)) return false;
  const line = nodeType(state.schema, 'verseLine');
  const lines = blocks.map((block) => line.create(null, block.content));
  const verse = nodeType(state.schema, 'verse').create(
    { id: (blocks[0]?.attrs['id'] ?? newBlockId()) as unknown },
    lines,
  );
  const { from, to } = state.selection;
  const change = state.tr.replaceRangeWith(range.start, range.end, verse);
  dispatch?.(
    change.setSelection(
      TextSelection.between(
        change.doc.resolve(from + 1),
        change.doc.resolve(Math.min(to + 1, change.doc.content.size)),
      ),
    ),
  );
  return true;
}

/** Makes paragraphs of the lines of a stanza. */
function verseToParagraphs(state: EditorState, dispatch?: Parameters<Command>[1]): boolean {
  const { $from } = state.selection;
  const depth = verseDepth(state);
  if (depth === null) return false;
  const verse = $from.node(depth);
  const paragraph = nodeType(state.schema, 'paragraph');
  const made = verse.children.map((one, index) =>
    paragraph.create(index === 0 ? { id: verse.attrs['id'] as unknown } : null, one.content),
  );
  const start = $from.before(depth);
  const change = state.tr.replaceWith(start, $from.after(depth), made);
  dispatch?.(change.setSelection(TextSelection.near(change.doc.resolve($from.pos - 1))));
  return true;
}

/** A line break: in running text it makes a stanza of two lines, since a book has no other reason for one. */
export const breakLine: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  if ($from.parent !== $to.parent || $from.parent.type.name !== 'paragraph') return false;
  const { parent } = $from;
  const line = nodeType(state.schema, 'verseLine');
  const verse = nodeType(state.schema, 'verse').create({ id: parent.attrs['id'] as unknown }, [
    line.create(null, parent.content.cut(0, $from.parentOffset)),
    line.create(null, parent.content.cut($to.parentOffset)),
  ]);
  const change = state.tr.replaceWith($from.before(), $from.after(), verse);
  const second = $from.before() + 2 + $from.parentOffset + 2;
  dispatch?.(change.setSelection(TextSelection.near(change.doc.resolve(second))).scrollIntoView());
  return true;
};

/** Enter within a stanza: the next line, or out of it from an empty one. */
export const nextVerseLine: Command = (state, dispatch) => {
  const depth = verseDepth(state);
  const { $from, $to } = state.selection;
  if (depth === null || $from.parent.type.name !== 'verseLine') return false;
  if ($from.parent.content.size > 0) {
    dispatch?.(state.tr.deleteRange($from.pos, $to.pos).split($from.pos).scrollIntoView());
    return true;
  }
  const verse = $from.node(depth);
  const index = $from.index(depth);
  const paragraph = nodeType(state.schema, 'paragraph').create();
  const before = verse.children.slice(0, index);
  const after = verse.children.slice(index + 1);
  const parts = [
    ...(before.length > 0 ? [verse.copy(Fragment.from(before))] : []),
    paragraph,
    ...(after.length > 0 ? [verse.type.create(null, after)] : []),
  ];
  const start = $from.before(depth);
  const change = state.tr.replaceWith(start, $from.after(depth), parts);
  const at = start + (before.length > 0 ? (parts[0]?.nodeSize ?? 0) : 0) + 1;
  dispatch?.(change.setSelection(TextSelection.near(change.doc.resolve(at))).scrollIntoView());
  return true;
};

/** Backspace at the beginning of a stanza makes running text of it. */
export const leaveVerse: Command = (state, dispatch) => {
  const depth = verseDepth(state);
  const { $from, empty } = state.selection;
  if (depth === null || !empty || $from.parentOffset > 0 || $from.index(depth) > 0) return false;
  return verseToParagraphs(state, dispatch);
};

function verseDepth(state: EditorState): number | null {
  const { $from, $to } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type.name === 'verse')
      return $to.depth >= depth && $to.node(depth) === $from.node(depth) ? depth : null;
  }
  return null;
}

/** Breaks the scene at the cursor: the paragraph is split around the break. */
export const insertSceneBreak: Command = (state, dispatch) => {
  const { $from } = state.selection;
  const type = nodeType(state.schema, 'sceneBreak');
  const change = state.tr.deleteSelection();
  const at = change.selection.$from;
  if (at.depth === 0 || !at.parent.isTextblock || $from.parent.type.name === 'verseLine')
    return false;
  if (at.parentOffset === 0) change.insert(at.before(), type.create());
  else {
    const tail = at.parent.content.cut(at.parentOffset);
    change.replaceWith(at.pos, at.after(), new Slice(Fragment.empty, 0, 0).content);
    const after = change.mapping.map(at.after());
    const paragraph = nodeType(state.schema, 'paragraph').create(null, tail);
    change.insert(after, [type.create(), paragraph]);
    change.setSelection(TextSelection.near(change.doc.resolve(after + 2)));
  }
  dispatch?.(change.scrollIntoView());
  return true;
};

/** Puts an empty footnote at the cursor and chooses it. */
export const insertNote: Command = (state, dispatch) => {
  const { $to } = state.selection;
  const type = nodeType(state.schema, 'note');
  const isInNote = Array.from({ length: $to.depth + 1 }, (_, depth) => $to.node(depth)).some(
    (node) => node.type === type,
  );
  if (!$to.parent.inlineContent || $to.parent.type.name === 'codeBlock' || isInNote) return false;
  const note = type.create(
    { id: newBlockId() },
    nodeType(state.schema, 'paragraph').create({ id: newBlockId() }),
  );
  const change = state.tr.insert($to.pos, note);
  dispatch?.(change.setSelection(NodeSelection.create(change.doc, $to.pos)).scrollIntoView());
  return true;
};

/** Puts a table of empty cells after the block of the cursor, its first row for the names of the columns. */
export function insertTable(rows: number, columns: number): Command {
  return (state, dispatch) => {
    const cell = () =>
      nodeType(state.schema, 'tableCell').create(
        null,
        nodeType(state.schema, 'paragraph').create(),
      );
    const table = nodeType(state.schema, 'table').create(
      { headerRows: 1 },
      Array.from({ length: rows }, () =>
        nodeType(state.schema, 'tableRow').create(null, Array.from({ length: columns }, cell)),
      ),
    );
    return insertBlock(table)(state, dispatch);
  };
}

/** Puts a block after the outermost one of the cursor, or in its place when that is empty. */
export function insertBlock(block: Node): Command {
  return (state, dispatch) => {
    const { $to } = state.selection;
    if ($to.depth === 0) return false;
    const isEmpty = $to.depth === 1 && $to.parent.content.size === 0;
    const at = isEmpty ? $to.before(1) : $to.after(1);
    const isLast =
      at === state.doc.content.size || (isEmpty && $to.after(1) === state.doc.content.size);
    const added = isLast ? [block, nodeType(state.schema, 'paragraph').create()] : [block];
    const change = isEmpty
      ? state.tr.replaceWith(at, $to.after(1), added)
      : state.tr.insert(at, added);
    dispatch?.(
      change.setSelection(TextSelection.near(change.doc.resolve(at + 1))).scrollIntoView(),
    );
    return true;
  };
}

/** Where the lines of the chosen paragraphs stand; null is running text. */
export function setAlign(align: 'center' | 'end' | null): Command {
  return (state, dispatch) => {
    const change = state.tr;
    const { from, to } = state.selection;
    state.doc.nodesBetween(from, to, (node, pos) => {
      if (node.type.name === 'paragraph') change.setNodeAttribute(pos, 'align', align);
    });
    if (!change.docChanged) return false;
    dispatch?.(change);
    return true;
  };
}

export function nodeType(schema: Schema, name: string): NodeType {
  const type = schema.nodes[name];
  if (type === undefined) throw new Error(`The editor has no node “${name}”.`);
  return type;
}
