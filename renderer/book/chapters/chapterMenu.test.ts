import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChapterEntity } from '#core/model/entities.ts';
import { deleteChapter, mergeChapter } from './chapterActions.ts';
import { chapterMenu } from './chapterMenu.ts';
import { chapterTree } from './chapterTree.ts';

vi.mock('./chapterActions.ts', () => ({
  addChapter: vi.fn(),
  deleteChapter: vi.fn(),
  duplicateChapter: vi.fn(),
  mergeChapter: vi.fn(),
  moveChapter: vi.fn(),
  splitAtCursor: vi.fn(),
}));

const chapter = (id: string) =>
  ({
    id,
    kind: 'chapter',
    bookId: 'b',
    title: '',
    order: id,
    blocks: [],
  }) as unknown as ChapterEntity;
const rows = chapterTree(['one', 'two', 'three'].map(chapter));
const onRename = vi.fn();
const menu = (chapterId: string | null) =>
  chapterMenu(rows, chapterId, { currentId: 'two', onRename, onDetails: vi.fn() });

function item(chapterId: string, label: string) {
  const found = menu(chapterId).find((one) => 'label' in one && one.label === label);
  if (found === undefined || !('label' in found)) throw new Error(`There is no “${label}”.`);
  return found;
}

describe('the menu of a chapter', () => {
  beforeEach(() => vi.clearAllMocks());

  it('is about the chapter it was opened on', () => {
    item('three', 'Rename').run();
    expect(onRename).toHaveBeenCalledWith('three');
    item('two', 'Merge with the chapter above').run();
    expect(mergeChapter).toHaveBeenCalledWith('two');
    item('one', 'Delete').run();
    expect(deleteChapter).toHaveBeenCalledWith('b', 'one', 'Chapter 1');
  });

  it('offers what its place allows', () => {
    const off = (id: string) =>
      ['Move up', 'Move down', 'Merge with the chapter above', 'Split at the cursor'].filter(
        (label) => item(id, label).disabled === true,
      );
    expect(off('one')).toEqual(['Move up', 'Merge with the chapter above', 'Split at the cursor']);
    expect(off('two')).toEqual([]);
    expect(off('three')).toEqual(['Move down', 'Split at the cursor']);
  });

  it('is empty beside the chapters', () => {
    expect(menu(null)).toEqual([]);
    expect(menu('gone')).toEqual([]);
  });
});
