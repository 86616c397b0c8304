import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import type { CommentAnchor } from '#core/book/commentAnchor.ts';
import type { Comment } from '#core/model/entities.ts';
import { FROM_PROJECT } from './replaceDoc.ts';
import { placeInText, positionOf } from './placeInText.ts';

const key = new PluginKey<DecorationSet>('comments');

/**
 * Marks the words that comments are about. While the text is written the marks move along; what they came to is stored
 * with the text (`movedAnchors`).
 */
export function commentMarks(
  comments: () => readonly Comment[],
  onChoose: (commentId: string) => void,
): Plugin<DecorationSet> {
  return new Plugin({
    key,
    state: {
      init: (_, state) => marksIn(state.doc, comments()),
      apply(change, marks, _, state) {
        const isNew = change.getMeta(key) === true || change.getMeta(FROM_PROJECT) === true;
        return isNew ? marksIn(state.doc, comments()) : marks.map(change.mapping, change.doc);
      },
    },
    props: {
      decorations: (state) => key.getState(state),
      handleClick(view, pos) {
        const [mark] = key.getState(view.state)?.find(pos, pos) ?? [];
        const id = mark === undefined ? undefined : idOf(mark);
        if (id !== undefined) onChoose(id);
        return false;
      },
    },
  });
}

/** To be dispatched when the comments are other ones than before. */
export function commentsChanged(state: EditorState): Transaction {
  return state.tr.setMeta(key, true).setMeta('addToHistory', false);
}

/** Where a comment stands in the text now; null when its words are gone. */
function rangeOfComment(state: EditorState, id: string): { from: number; to: number } | null {
  return (
    key
      .getState(state)
      ?.find()
      .find((mark) => idOf(mark) === id) ?? null
  );
}

/** The anchors that are no longer what is stored, since the text around them was edited. */
export function movedAnchors(
  state: EditorState,
  comments: readonly Comment[],
): { commentId: string; anchor: CommentAnchor }[] {
  return comments.flatMap(({ id, anchor }) => {
    const range = rangeOfComment(state, id);
    const now = range === null ? null : anchorOf(state.doc, range.from, range.to);
    return now === null || JSON.stringify(now) === JSON.stringify(anchor)
      ? []
      : [{ commentId: id, anchor: now }];
  });
}

/** The anchor of a stretch of text; null of an empty one. */
export function anchorOf(doc: Node, from: number, to: number): CommentAnchor | null {
  if (from >= to) return null;
  const [start, end] = [placeInText(doc.resolve(from)), placeInText(doc.resolve(to))];
  if (start.blockId === '' || end.blockId === '') return null;
  return { from: start, to: end, quote: doc.textBetween(from, to, ' ').slice(0, 2_000) };
}

function marksIn(doc: Node, comments: readonly Comment[]): DecorationSet {
  const open = comments.filter((comment) => comment.resolved !== true);
  return DecorationSet.create(
    doc,
    open.flatMap((comment) => {
      const range = findAnchor(doc, comment.anchor);
      if (range === null) return [];
      const spec = { commentId: comment.id };
      return [
        Decoration.inline(
          range.from,
          range.to,
          { class: 'comment-words', 'data-comment': comment.id },
          spec,
        ),
      ];
    }),
  );
}

/** Looks at the place of an anchor, and where other words stand there, for its own words elsewhere in the chapter. */
function findAnchor(
  doc: Node,
  { from, to, quote }: CommentAnchor,
): { from: number; to: number } | null {
  const [start, end] = [positionOf(doc, from), positionOf(doc, to)];
  const there = start !== null && end !== null && start < end ? { from: start, to: end } : null;
  if (there !== null && doc.textBetween(there.from, there.to, ' ').slice(0, 2_000) === quote)
    return there;
  return (quote.length > 3 ? findQuote(doc, quote) : null) ?? there;
}

function findQuote(doc: Node, quote: string): { from: number; to: number } | null {
  let found: { from: number; to: number } | null = null;
  doc.descendants((node, pos) => {
    if (found !== null || !node.isTextblock) return found === null;
    const at = node.textBetween(0, node.content.size, undefined, '\ufffc').indexOf(quote);
    const hasOnlyText = node.children.every((child) => child.isText);
    if (at >= 0 && hasOnlyText) found = { from: pos + 1 + at, to: pos + 1 + at + quote.length };
    return false;
  });
  return found;
}

function idOf(mark: Decoration): string | undefined {
  const { commentId }: { commentId?: unknown } = mark.spec as object;
  return typeof commentId === 'string' ? commentId : undefined;
}
