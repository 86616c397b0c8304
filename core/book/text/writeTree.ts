import * as Y from 'yjs';
import type { Tree, TreeElement, TreeText } from './textTree.ts';

type Parent = Y.XmlFragment | Y.XmlElement;
type Child = Y.XmlElement | Y.XmlText | Y.XmlHook;

/**
 * Makes the children of a shared element, or a stretch of them, what they are to be, changing as little of the document
 * as it takes.
 */
export function writeChildren(
  parent: Parent,
  wanted: readonly Tree[],
  stretch: { from: number; count: number } = { from: 0, count: parent.length },
): void {
  const old = parent.toArray().slice(stretch.from, stretch.from + stretch.count) as Child[];
  const stays = new Set(wanted.map(keyOf).filter((key) => key !== null));
  let at = stretch.from;
  let index = 0;
  for (const tree of wanted) {
    // What is wanted no longer gives way to what follows it.
    while (index < old.length && !fits(old[index], tree) && !isStaying(old[index], stays)) {
      parent.delete(at, 1);
      index += 1;
    }
    const child = old[index];
    if (child !== undefined && fits(child, tree)) {
      writeInto(child, tree);
      index += 1;
    } else parent.insert(at, [made(tree)]);
    at += 1;
  }
  if (index < old.length) parent.delete(at, old.length - index);
}

/** What says that a child is the same as before: its name and id. */
function keyOf(tree: Tree): string | null {
  if ('runs' in tree) return null;
  const { id } = tree.attributes;
  return typeof id === 'string' ? `${tree.name} ${id}` : null;
}

function isStaying(child: Child | undefined, stays: ReadonlySet<string>): boolean {
  if (!(child instanceof Y.XmlElement)) return false;
  return stays.has(`${child.nodeName} ${String(child.getAttribute('id'))}`);
}

function fits(child: Child | undefined, tree: Tree): boolean {
  if ('runs' in tree) return child instanceof Y.XmlText;
  if (!(child instanceof Y.XmlElement) || child.nodeName !== tree.name) return false;
  const id: unknown = child.getAttribute('id');
  return id === tree.attributes['id'];
}

function writeInto(child: Child, tree: Tree): void {
  if ('runs' in tree) {
    if (child instanceof Y.XmlText) writeText(child, tree);
    return;
  }
  if (!(child instanceof Y.XmlElement)) return;
  writeAttributes(child, tree);
  writeChildren(child, tree.children);
}

function writeAttributes(element: Y.XmlElement, { attributes }: TreeElement): void {
  const old: Record<string, unknown> = element.getAttributes();
  for (const name of Object.keys(old)) if (!(name in attributes)) element.removeAttribute(name);
  for (const [name, value] of Object.entries(attributes)) {
    // Attributes of shared elements hold any JSON; only their type says otherwise.
    if (old[name] !== value) element.setAttribute(name, value as string);
  }
}

function made(tree: Tree): Y.XmlElement | Y.XmlText {
  if ('runs' in tree) {
    const text = new Y.XmlText();
    let at = 0;
    for (const { text: words, marks } of tree.runs) {
      text.insert(at, words, marks);
      at += words.length;
    }
    return text;
  }
  const element = new Y.XmlElement(tree.name);
  for (const [name, value] of Object.entries(tree.attributes))
    element.setAttribute(name, value as string);
  element.insert(0, tree.children.map(made));
  return element;
}

/** The letters that differ are replaced, then marks are set where they are others. */
function writeText(text: Y.XmlText, { runs }: TreeText): void {
  const before = runsOf(text);
  const old = before.map((run) => run.text).join('');
  const wanted = runs.map((run) => run.text).join('');
  const head = commonStart(old, wanted);
  const tail = commonEnd(old.slice(head), wanted.slice(head));
  if (old.length > head + tail) text.delete(head, old.length - head - tail);
  let at = 0;
  for (const { text: words, marks } of runs) {
    const from = Math.max(at, head);
    const to = Math.min(at + words.length, wanted.length - tail);
    if (from < to) text.insert(from, words.slice(from - at, to - at), marks);
    at += words.length;
  }
  writeMarks(text, runs);
}

function writeMarks(text: Y.XmlText, runs: TreeText['runs']): void {
  const now = runsOf(text);
  let from = 0;
  for (const { text: words, marks } of runs) {
    const to = from + words.length;
    let at = 0;
    for (const stretch of now) {
      const [start, end] = [Math.max(from, at), Math.min(to, at + stretch.text.length)];
      at += stretch.text.length;
      if (start >= end) continue;
      const change = markChange(stretch.marks, marks);
      if (change !== null) text.format(start, end - start, change);
    }
    from = to;
  }
}

/** What to set, and with null to take off, to get from some marks to others; null where they are the same. */
function markChange(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Record<string, unknown> | null {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...names].filter((name) => before[name] !== after[name]);
  if (changed.length === 0) return null;
  return Object.fromEntries(changed.map((name) => [name, after[name] ?? null]));
}

/** The stretches of a shared text with their marks. */
export function runsOf(text: Y.XmlText): TreeText['runs'] {
  const delta = text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[];
  return delta.flatMap(({ insert, attributes = {} }) =>
    typeof insert === 'string' ? [{ text: insert, marks: attributes }] : [],
  );
}

/** Letters that two texts begin with; never half of a surrogate pair. */
function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let count = 0;
  while (count < most && a[count] === b[count]) count += 1;
  return isHigh(a, count - 1) || isHigh(b, count - 1) ? count - 1 : count;
}

function commonEnd(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let count = 0;
  while (count < most && a[a.length - 1 - count] === b[b.length - 1 - count]) count += 1;
  return isLow(a, a.length - count) || isLow(b, b.length - count) ? count - 1 : count;
}

function isHigh(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xd800 && code < 0xdc00;
}

function isLow(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code < 0xe000;
}
