import type { Node } from '@tiptap/pm/model';
import { type EditorState, TextSelection, type Transaction } from '@tiptap/pm/state';

/** Marks a change that comes from the project and not from the page. */
export const FROM_PROJECT = 'fromProject';

/**
 * The change that makes the document another one, as small as possible, so that the rest of the page stays as it is;
 * the cursor goes to the end of what changed. Null where nothing differs.
 */
export function replaceDoc(state: EditorState, next: Node): Transaction | null {
  const start = state.doc.content.findDiffStart(next.content);
  const ends = state.doc.content.findDiffEnd(next.content);
  if (start === null || ends === null) return null;
  const overlap = Math.max(0, start - Math.min(ends.a, ends.b));
  const [from, to] = [ends.a + overlap, ends.b + overlap];
  const change = state.tr
    .replace(start, from, next.slice(start, to))
    .setMeta(FROM_PROJECT, true)
    .setMeta('addToHistory', false);
  const at = Math.min(Math.max(start, to), change.doc.content.size);
  return change.setSelection(TextSelection.near(change.doc.resolve(at), -1));
}
