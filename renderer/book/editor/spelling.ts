import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';

/** A word as it stands in the text. */
export type FoundWord = { from: number; to: number; word: string };

/** Checks words somewhere else and tells which of them are misspelt; may never answer when it is not wanted any more. */
export type CheckWords = (words: string[], language: string) => Promise<ReadonlySet<string>>;

type Options = { language: () => string; isOn: () => boolean; check: CheckWords };

const key = new PluginKey<DecorationSet>('spelling');
const PAUSE_MS = 250;
const WORD = /[\p{L}\p{M}]+(?:[’'‑-][\p{L}\p{M}]+)*/gu;

/** Underlines misspelt words, a moment after they were written; the word of the cursor is left alone. */
export function spelling({ language, isOn, check }: Options): Plugin<DecorationSet> {
  return new Plugin({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(change, marks) {
        const fresh: unknown = change.getMeta(key);
        return fresh instanceof DecorationSet ? fresh : marks.map(change.mapping, change.doc);
      },
    },
    props: { decorations: (state) => key.getState(state) },
    view(view) {
      const checked = new WeakMap<Node, { language: string; wrong: FoundWord[] }>();
      let timer: ReturnType<typeof setTimeout> | undefined;
      let isGone = false;
      const later = () => {
        clearTimeout(timer);
        timer = setTimeout(() => void look(), PAUSE_MS);
      };
      async function look(): Promise<void> {
        const { doc } = view.state;
        if (!isOn()) return show(view, []);
        const tag = language();
        const blocks = textblocks(doc);
        const open = blocks.filter(({ node }) => checked.get(node)?.language !== tag);
        if (open.length > 0) {
          const words = open.map(({ node }) => ({ node, found: wordsOf(node) }));
          const wrong = await check(
            [...new Set(words.flatMap(({ found }) => found.map(({ word }) => word)))],
            tag,
          );
          for (const { node, found } of words)
            checked.set(node, {
              language: tag,
              wrong: found.filter(({ word }) => wrong.has(word)),
            });
        }
        // What was typed meanwhile is looked at after the next pause.
        if (isGone || view.state.doc !== doc) return;
        const { head } = view.state.selection;
        const marks = blocks.flatMap(({ node, pos }) =>
          (checked.get(node)?.wrong ?? []).map((word) => ({
            ...word,
            from: word.from + pos,
            to: word.to + pos,
          })),
        );
        show(
          view,
          marks.filter(({ from, to }) => !view.hasFocus() || head < from || head > to),
        );
      }
      later();
      return {
        update(_, before) {
          if (before.doc !== view.state.doc || before.selection !== view.state.selection) later();
        },
        destroy() {
          isGone = true;
          clearTimeout(timer);
        },
      };
    },
  });
}

function show(view: EditorView, words: readonly FoundWord[]): void {
  const before = key.getState(view.state)?.find() ?? [];
  const isSame =
    before.length === words.length &&
    before.every(({ from, to }, index) => from === words[index]?.from && to === words[index]?.to);
  if (isSame) return;
  const marks = words.map(({ from, to }) => Decoration.inline(from, to, { class: 'misspelt' }));
  view.dispatch(
    view.state.tr
      .setMeta(key, DecorationSet.create(view.state.doc, marks))
      .setMeta('addToHistory', false),
  );
}

/** To be dispatched when the dictionary changed: every word is looked at again. */
export function spellingChanged(state: EditorState): Transaction {
  return state.tr.setMeta(key, DecorationSet.empty).setMeta('addToHistory', false);
}

/** The misspelt word at a position; null where there is none. */
export function misspeltAt(state: EditorState, pos: number): FoundWord | null {
  const [mark] = key.getState(state)?.find(pos, pos) ?? [];
  if (mark === undefined) return null;
  return { from: mark.from, to: mark.to, word: state.doc.textBetween(mark.from, mark.to) };
}

function textblocks(doc: Node): { node: Node; pos: number }[] {
  const found: { node: Node; pos: number }[] = [];
  doc.descendants((node, pos) => {
    if (!node.isTextblock) return true;
    if (node.type.spec.code !== true) found.push({ node, pos: pos + 1 });
    return false;
  });
  return found;
}

/** The words of a textblock that are in the book's language; code is none. */
function wordsOf(block: Node): FoundWord[] {
  const found: FoundWord[] = [];
  let text = '';
  block.forEach((child) => {
    const isForeign = child.marks.some(({ type }) =>
      ['code', 'language', 'link'].includes(type.name),
    );
    const length = child.nodeSize;
    text += child.isText && !isForeign ? (child.text ?? '') : ' '.repeat(length);
  });
  for (const match of text.matchAll(WORD))
    found.push({ from: match.index, to: match.index + match[0].length, word: match[0] });
  return found;
}
