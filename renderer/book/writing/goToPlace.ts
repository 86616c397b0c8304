import type { Editor } from '@tiptap/core';
import { NodeSelection, TextSelection } from '@tiptap/pm/state';
import { create } from 'zustand';
import { useBookState } from '../bookState.ts';
import { openNote } from '../editor/NoteView.ts';
import { positionOf } from '../editor/placeInText.ts';

type Wanted = { chapterId: string; blockId: string | null; offset: number; length: number };

/** The place in the book that is to be shown as soon as its chapter is on the page. */
export const useWantedPlace = create<{ place: Wanted | null }>(() => ({ place: null }));

/** Goes to a place in a chapter and chooses the words there. Without a block it goes to the beginning. */
export function goToPlace(
  chapterId: string,
  blockId: string | null = null,
  offset = 0,
  length = 0,
): void {
  const { view } = useBookState.getState();
  useBookState.setState({ chapterId, view: view === 'preview' ? 'write' : view });
  useWantedPlace.setState({ place: { chapterId, blockId, offset, length } });
}

/** Shows a wanted place in the editor of its chapter. */
export function showPlace(editor: Editor, { blockId, offset, length }: Wanted): void {
  const { doc } = editor.state;
  const from = blockId === null ? 1 : positionOf(doc, { blockId, offset });
  if (from === null) return;
  const to =
    blockId === null ? from : (positionOf(doc, { blockId, offset: offset + length }) ?? from);
  const $from = doc.resolve(Math.min(from, doc.content.size));
  const note = Array.from({ length: $from.depth + 1 }, (_, depth) => depth).find(
    (depth) => $from.node(depth).type.name === 'note',
  );
  const selection =
    note === undefined
      ? TextSelection.between($from, doc.resolve(Math.min(to, doc.content.size)))
      : NodeSelection.create(doc, $from.before(note));
  editor.view.dispatch(editor.state.tr.setSelection(selection));
  editor.view.focus();
  if (note !== undefined) openNote(editor.view, $from.before(note));
  const line = editor.view.domAtPos(selection.from).node;
  const element = line instanceof Element ? line : line.parentElement;
  element?.scrollIntoView({ block: 'center' });
}
