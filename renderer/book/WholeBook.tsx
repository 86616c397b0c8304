import { type RefObject, useEffect, useRef, useState } from 'react';
import { writingDirection } from '#core/book/bookWords.ts';
import { type Block, inlinesOf } from '#core/book/manuscript.ts';
import { blockText } from '#core/book/words.ts';
import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import type { ChapterEntity } from '#core/model/entities.ts';
import { useProject } from '../client/project.ts';
import { useBookState } from './bookState.ts';
import { blocksOf } from './chapterBlocks.ts';
import { ChapterPage } from './ChapterPage.tsx';
import { chapterName } from './chapters/chapterName.ts';
import { chapterTree } from './chapters/chapterTree.ts';
import { Scroller } from './PageScroll.tsx';
import { useWantedPlace } from './writing/goToPlace.ts';

/** How far from the window a chapter becomes an editor: one window ahead. */
const AHEAD = '100% 0px';

/**
 * All chapters below one another. Those near the window are editors; the others are plain text, which the browser
 * neither lays out nor draws while it is out of sight.
 */
export function WholeBook({ bookId }: { bookId: string }) {
  const chapters = useProject((project) => chaptersOf(project, bookId), [bookId]);
  const root = useRef<HTMLDivElement>(null);
  const near = useNear(root);
  const current = useBookState((state) => state.chapterId);
  const wanted = useWantedPlace((state) => state.place?.chapterId);
  const direction = useProject(
    (project) => writingDirection(project.find('book', bookId)?.metadata.language ?? 'en'),
    [bookId],
  );
  useScrollTo(root, current);
  return (
    <Scroller ref={root} className="[overflow-anchor:auto]">
      {chapterTree(chapters).map((row) => {
        const { chapter } = row;
        return (
          <article
            key={chapter.id}
            data-chapter={chapter.id}
            aria-label={chapterName(row)}
            dir={direction}
            className="mx-auto mb-6 w-full max-w-[44rem] rounded-md bg-page px-[clamp(1.5rem,8%,4rem)] pt-14 pb-24 font-serif text-on-page [&_.chapter-text]:min-h-0"
            style={
              near.has(chapter.id)
                ? undefined
                : {
                    contentVisibility: 'auto',
                    containIntrinsicBlockSize: `auto ${estimatedHeight(chapter)}px`,
                  }
            }
          >
            {near.has(chapter.id) || wanted === chapter.id ? (
              <ChapterPage chapter={chapter} label={chapterName(row)} />
            ) : (
              <StillChapter chapter={chapter} />
            )}
          </article>
        );
      })}
    </Scroller>
  );
}

/** The chapters that are in or near the window. */
function useNear(root: RefObject<HTMLDivElement | null>): ReadonlySet<string> {
  const [near, setNear] = useState<ReadonlySet<string>>(new Set());
  const count = useRef(0);
  useEffect(() => {
    const scroller = root.current;
    if (scroller === null) return;
    const watcher = new IntersectionObserver(
      (entries) =>
        setNear((before) => {
          const next = new Set(before);
          for (const { target, isIntersecting } of entries) {
            const id = target.getAttribute('data-chapter') ?? '';
            // A chapter that is being written stays an editor however far one scrolls.
            if (isIntersecting) next.add(id);
            else if (!target.contains(document.activeElement)) next.delete(id);
          }
          return next;
        }),
      { root: scroller, rootMargin: AHEAD },
    );
    const watch = () => {
      const sections = scroller.querySelectorAll('[data-chapter]');
      if (sections.length === count.current) return;
      count.current = sections.length;
      for (const section of sections) watcher.observe(section);
    };
    const added = new MutationObserver(watch);
    added.observe(scroller, { childList: true });
    watch();
    return () => {
      added.disconnect();
      watcher.disconnect();
      count.current = 0;
    };
  }, [root]);
  return near;
}

/** Goes to the chapter that was chosen in the list. */
function useScrollTo(root: RefObject<HTMLDivElement | null>, chapterId: string | null): void {
  useEffect(() => {
    if (chapterId === null) return;
    const section = root.current?.querySelector(`[data-chapter="${CSS.escape(chapterId)}"]`);
    if (section === undefined || section === null || section.contains(document.activeElement))
      return;
    section.scrollIntoView({ block: 'start' });
  }, [root, chapterId]);
}

/** A chapter as text that is only looked at. */
function StillChapter({ chapter }: { chapter: ChapterEntity }) {
  return (
    <>
      <p className="mb-8 text-xl leading-tight font-semibold">{chapter.title}</p>
      <div className="chapter-text" aria-hidden>
        {(blocksOf(chapter) ?? []).map((block) => (
          <StillBlock key={block.id} block={block} />
        ))}
      </div>
    </>
  );
}

function StillBlock({ block }: { block: Block }) {
  if (block.kind === 'scene-break') return <hr />;
  if (block.kind === 'blockquote' || block.kind === 'letter' || block.kind === 'epigraph') {
    return (
      <blockquote>
        {block.blocks.map((inner) => (
          <StillBlock key={inner.id} block={inner} />
        ))}
      </blockquote>
    );
  }
  if (block.kind === 'list') {
    return (
      <ul>
        {block.items.map((item) => (
          <li key={item.id}>
            {item.blocks.map((inner) => (
              <StillBlock key={inner.id} block={inner} />
            ))}
          </li>
        ))}
      </ul>
    );
  }
  if (block.kind === 'heading') return <h3>{blockText(block)}</h3>;
  return <p>{blockText(block)}</p>;
}

const PAGE_CHARS = 68;
const LINE_PX = 28;
const AROUND_PX = 220;

/** How high a chapter will be, roughly, so that the scroll bar hardly moves when it is laid out. */
function estimatedHeight(chapter: ChapterEntity): number {
  const lines = (blocksOf(chapter) ?? []).reduce((sum, block) => {
    const chars = inlinesOf(block).reduce(
      (count, one) => count + (one.kind === 'text' ? one.text.length : 1),
      0,
    );
    return sum + Math.max(1, Math.ceil(chars / PAGE_CHARS));
  }, 0);
  return AROUND_PX + lines * LINE_PX;
}
