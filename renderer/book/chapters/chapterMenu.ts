import {
  ArrowDown,
  ArrowUp,
  Combine,
  Copy,
  PencilLine,
  Plus,
  Settings2,
  SquareSplitVertical,
  Trash2,
} from 'lucide-react';
import type { MenuItem } from '../../ui/menuItems.ts';
import {
  addChapter,
  deleteChapter,
  duplicateChapter,
  mergeChapter,
  moveChapter,
  splitAtCursor,
} from './chapterActions.ts';
import { chapterName } from './chapterName.ts';
import type { TreeRow } from './chapterTree.ts';

type MenuOptions = {
  /** The chapter that is on the page, whose text can be split. */
  currentId: string | undefined;
  onRename: (chapterId: string) => void;
  onDetails: (chapterId: string) => void;
};

/** What can be done with a chapter of a list; nothing with one that is not in it. */
export function chapterMenu(
  rows: readonly TreeRow[],
  chapterId: string | null,
  { currentId, onRename, onDetails }: MenuOptions,
): MenuItem[] {
  const index = rows.findIndex(({ chapter }) => chapter.id === chapterId);
  const row = rows[index];
  if (row === undefined) return [];
  const { bookId, id } = row.chapter;
  return [
    { label: 'Rename', icon: PencilLine, keys: 'F2', run: () => onRename(id) },
    { label: 'Role, target and notes…', icon: Settings2, run: () => onDetails(id) },
    { kind: 'line' },
    { label: 'Add chapter below', icon: Plus, run: () => addChapter(bookId, id) },
    { label: 'Duplicate', icon: Copy, run: () => duplicateChapter(id) },
    {
      label: 'Split at the cursor',
      icon: SquareSplitVertical,
      disabled: id !== currentId,
      run: splitAtCursor,
    },
    {
      label: 'Merge with the chapter above',
      icon: Combine,
      disabled: index === 0,
      run: () => mergeChapter(id),
    },
    { kind: 'line' },
    {
      label: 'Move up',
      icon: ArrowUp,
      keys: 'Alt+ArrowUp',
      disabled: index === 0,
      run: () => moveChapter(bookId, id, -1),
    },
    {
      label: 'Move down',
      icon: ArrowDown,
      keys: 'Alt+ArrowDown',
      disabled: index === rows.length - 1,
      run: () => moveChapter(bookId, id, 1),
    },
    { kind: 'line' },
    {
      label: 'Delete',
      icon: Trash2,
      keys: 'Delete',
      danger: true,
      run: () => deleteChapter(bookId, id, chapterName(row)),
    },
  ];
}
