import type { ChapterEntity } from '#core/model/entities.ts';
import { flushEdits } from '../../client/flush.ts';
import { notify } from '../../client/notices.ts';
import { projectStore } from '../../client/project.ts';
import { useBookState } from '../bookState.ts';

/**
 * Undo and redo while text is written: what was typed last is saved first, so that there is one order of steps, that
 * of the project. The chapter that changed is shown.
 */
export async function stepInText(step: 'undo' | 'redo'): Promise<void> {
  flushEdits();
  await projectStore.settled();
  const open = projectStore.store.getState().open;
  const label = open?.history[step];
  if (open === null || typeof label !== 'string') return;
  const before = new Map(open.project.all('chapter').map((chapter) => [chapter.id, chapter]));
  if (!(await (step === 'undo' ? projectStore.undo() : projectStore.redo()))) return;
  const now = projectStore.store.getState().open?.project.all('chapter') ?? [];
  const changed = now.filter((chapter) => before.get(chapter.id) !== chapter);
  const shown = useBookState.getState().chapterId;
  if (changed.some(({ id }) => id === shown || shown === null)) return;
  const [first] = changed;
  if (first !== undefined) useBookState.setState(showing(first));
  else if (now.length === before.size)
    notify({
      topic: 'text.history',
      text: `${step === 'undo' ? 'Undone' : 'Done again'}: ${label}.`,
    });
}

function showing({ id, bookId }: ChapterEntity) {
  return { chapterId: id, bookId };
}
