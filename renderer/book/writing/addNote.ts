import { insertNote } from '../editor/formatting.ts';
import { openNote } from '../editor/NoteView.ts';
import { useWriting } from './writingState.ts';

/** Puts a footnote at the cursor and goes on writing in it. */
export function addNote(): void {
  const { editor } = useWriting.getState();
  if (editor === null) return;
  const { view } = editor;
  const at = view.state.selection.to;
  if (insertNote(view.state, view.dispatch)) openNote(view, at);
}
