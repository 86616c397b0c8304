import type { CommentAnchor } from '#core/book/commentAnchor.ts';
import { flushEdits } from '../../client/flush.ts';
import { projectStore } from '../../client/project.ts';
import { anchorOf } from '../editor/commentMarks.ts';
import { useWriting } from './writingState.ts';

/** The words that are chosen in the text. */
export function selectedWords(): string {
  const { editor } = useWriting.getState();
  if (editor === null) return '';
  const { from, to } = editor.state.selection;
  return editor.state.doc.textBetween(from, to, ' ');
}

/** Writes a comment on the chosen words. */
export function addComment(text: string): void {
  flushEdits();
  const { editor, chapterId } = useWriting.getState();
  if (editor === null || chapterId === null) return;
  const { from, to } = editor.state.selection;
  const anchor: CommentAnchor | null = anchorOf(editor.state.doc, from, to);
  if (anchor === null) return;
  const added = projectStore.edit([
    { type: 'comment.add', chapterId, anchor, text, madeAtMs: Date.now() },
  ]);
  const id = added.ok ? added.value[0]?.['commentId'] : undefined;
  if (typeof id === 'string') useWriting.setState({ commentId: id });
}
