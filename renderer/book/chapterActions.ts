import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import { flushEdits } from '../client/flush.ts';
import { notify } from '../client/notices.ts';
import { projectStore } from '../client/project.ts';
import { useBookState } from './bookState.ts';

const project = () => projectStore.store.getState().open?.project;

/** Adds a chapter after another one, or at the end, and goes to it. */
export function addChapter(bookId: string, afterId?: string): void {
  flushEdits();
  const added = projectStore.edit([
    { type: 'chapter.add', bookId, title: '', ...(afterId !== undefined && { afterId }) },
  ]);
  const id = added.ok ? added.value[0]?.['chapterId'] : undefined;
  if (typeof id === 'string') useBookState.setState({ chapterId: id, view: 'write' });
}

/** Moves a chapter by places, up when negative. */
export function moveChapter(bookId: string, chapterId: string, by: number): void {
  const list = project();
  if (list === undefined) return;
  const others = chaptersOf(list, bookId);
  const from = others.findIndex((chapter) => chapter.id === chapterId);
  moveChapterTo(bookId, chapterId, from + by);
}

/** Moves a chapter to a place in the list, counted without it. */
export function moveChapterTo(bookId: string, chapterId: string, index: number): void {
  const list = project();
  if (list === undefined) return;
  const chapters = chaptersOf(list, bookId);
  const others = chapters.filter((chapter) => chapter.id !== chapterId);
  const from = chapters.findIndex((chapter) => chapter.id === chapterId);
  if (index < 0 || index > others.length || index === from) return;
  flushEdits();
  const afterId = others[index - 1]?.id;
  projectStore.edit([
    { type: 'chapter.move', chapterId, ...(afterId !== undefined && { afterId }) },
  ]);
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
