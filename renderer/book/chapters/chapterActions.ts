import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import type { EditCommand } from '#core/edits/registry.ts';
import { flushEdits } from '../../client/flush.ts';
import { notify } from '../../client/notices.ts';
import { projectStore } from '../../client/project.ts';
import { useBookState } from '../bookState.ts';
import { placeInText } from '../editor/placeInText.ts';
import { useWriting } from '../writing/writingState.ts';
import { chapterTree, withItsChapters } from './chapterTree.ts';

const project = () => projectStore.store.getState().open?.project;

/** Adds a chapter after another one, or at the end, and goes to it. */
export function addChapter(bookId: string, afterId?: string): void {
  editAndShow([
    { type: 'chapter.add', bookId, title: '', ...(afterId !== undefined && { afterId }) },
  ]);
}

/** Puts a copy of a chapter behind it and goes to it. */
export function duplicateChapter(chapterId: string): void {
  editAndShow([{ type: 'chapter.duplicate', chapterId }]);
}

/** Joins a chapter to the one before it and goes there. */
export function mergeChapter(chapterId: string): void {
  editAndShow([{ type: 'chapter.merge', chapterId }]);
}

/** Ends the chapter that is written where the cursor is, and goes to the new one with the rest. */
export function splitAtCursor(): void {
  flushEdits();
  const { editor, chapterId } = useWriting.getState();
  if (editor === null || chapterId === null) return;
  const { blockId, offset } = placeInText(editor.state.selection.$from, 1);
  editAndShow([{ type: 'chapter.split', chapterId, blockId, offset }]);
}

function editAndShow(commands: EditCommand[]): void {
  flushEdits();
  const done = projectStore.edit(commands);
  const id = done.ok ? done.value[0]?.['chapterId'] : undefined;
  if (typeof id !== 'string') return;
  const { view } = useBookState.getState();
  useBookState.setState({ chapterId: id, view: view === 'preview' ? 'write' : view });
}

/** Moves a chapter by places, up when negative; a part goes with its chapters. */
export function moveChapter(bookId: string, chapterId: string, by: number): void {
  const list = project();
  if (list === undefined) return;
  const rows = chapterTree(chaptersOf(list, bookId));
  const from = rows.findIndex(({ chapter }) => chapter.id === chapterId);
  const size = withItsChapters(rows, from).length;
  moveChapterTo(bookId, chapterId, by < 0 ? from + by : from + size + by);
}

/** Moves a chapter in front of the one that is `index`-th in the list now; a part goes with its chapters. */
export function moveChapterTo(bookId: string, chapterId: string, index: number): void {
  const list = project();
  if (list === undefined) return;
  const rows = chapterTree(chaptersOf(list, bookId));
  const from = rows.findIndex(({ chapter }) => chapter.id === chapterId);
  const moved = withItsChapters(rows, from);
  const isWithin = index >= from && index <= from + moved.length;
  if (index < 0 || index > rows.length || isWithin) return;
  flushEdits();
  let afterId = rows[index - 1]?.chapter.id;
  projectStore.edit(
    moved.map(({ chapter }) => {
      const command: EditCommand = {
        type: 'chapter.move',
        chapterId: chapter.id,
        ...(afterId !== undefined && { afterId }),
      };
      afterId = chapter.id;
      return command;
    }),
  );
}

/** Deletes a chapter, goes to its neighbour, and offers to take it back. */
export function deleteChapter(bookId: string, chapterId: string, label: string): void {
  const list = project();
  if (list === undefined) return;
  flushEdits();
  const chapters = chaptersOf(list, bookId);
  const index = chapters.findIndex((chapter) => chapter.id === chapterId);
  const neighbour = chapters[index + 1] ?? chapters[index - 1];
  if (!projectStore.edit([{ type: 'chapter.delete', chapterId }]).ok) return;
  useBookState.setState({ chapterId: neighbour?.id ?? null });
  const version = () => projectStore.store.getState().open?.history.undo;
  const made = version();
  notify({
    topic: 'chapter.delete',
    text: `“${label}” was deleted.`,
    action: {
      label: 'Undo',
      run: () => {
        if (version() === made) {
          useBookState.setState({ chapterId });
          void projectStore.undo();
        } else notify({ text: 'Something else was changed since. Undo step by step instead.' });
      },
    },
  });
}
