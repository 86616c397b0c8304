import { useMemo } from 'react';
import type { Block } from '#core/book/manuscript.ts';
import { blockText, inlineText } from '#core/book/words.ts';
import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import { useProject } from '../../client/project.ts';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { blocksOf } from '../chapterBlocks.ts';
import { chapterName } from '../chapters/chapterName.ts';
import { chapterTree } from '../chapters/chapterTree.ts';
import { goToPlace } from '../writing/goToPlace.ts';

type Entry = {
  key: string;
  chapterId: string;
  blockId: string | null;
  depth: number;
  text: string;
  isScene: boolean;
};

/** Chapters with their headings and scenes, to see how the book is built and to go to any of them. */
export function OutlinePanel({ bookId }: { bookId: string }) {
  const chapters = useProject((project) => chaptersOf(project, bookId), [bookId]);
  const entries = useMemo(
    () =>
      chapterTree(chapters).flatMap((row): Entry[] => [
        {
          key: row.chapter.id,
          chapterId: row.chapter.id,
          blockId: null,
          depth: row.depth,
          text: chapterName(row),
          isScene: false,
        },
        ...entriesOf(row.chapter.id, blocksOf(row.chapter) ?? [], row.depth + 1),
      ]),
    [chapters],
  );
  if (entries.length === 0)
    return (
      <EmptyState
        title="Nothing to outline yet"
        text="Chapters, headings and scenes are listed here."
      />
    );
  return (
    <ul aria-label="Outline" className="px-2 pt-1 pb-6">
      {entries.map(({ key, chapterId, blockId, depth, text, isScene }) => (
        <li key={key}>
          <button
            type="button"
            style={{ paddingLeft: `${0.5 + depth * 0.875}rem` }}
            className={classes(
              'block h-7 w-full truncate rounded-md pr-2 text-left text-sm hover:bg-hover',
              blockId === null ? 'font-medium text-strong' : isScene ? 'text-faint' : 'text-muted',
            )}
            onClick={() => goToPlace(chapterId, blockId)}
          >
            {text}
          </button>
        </li>
      ))}
    </ul>
  );
}

function entriesOf(chapterId: string, blocks: readonly Block[], depth: number): Entry[] {
  return blocks.flatMap((block, index): Entry[] => {
    if (block.kind === 'heading') {
      const text = inlineText(block.inlines);
      const level = depth + block.level - 1;
      return [{ key: block.id, chapterId, blockId: block.id, depth: level, text, isScene: false }];
    }
    const before = blocks[index - 1];
    if (before?.kind !== 'scene-break' || block.kind === 'scene-break') return [];
    const words = blockText(block).slice(0, 60);
    return [
      { key: block.id, chapterId, blockId: block.id, depth, text: `* ${words}`, isScene: true },
    ];
  });
}
