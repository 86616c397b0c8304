import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { writingDirection } from '#core/book/bookWords.ts';
import type { ChapterEntity } from '#core/model/entities.ts';
import { notify } from '../client/notices.ts';
import { projectStore, useOpenProject, useProject } from '../client/project.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { blocksOf } from './chapterBlocks.ts';
import { type ChapterSaver, createChapterSaver } from './chapterSaver.ts';
import { dropDraft, findDraft } from './draft.ts';
import { ChapterEditor, type ChapterText } from './editor/ChapterEditor.tsx';

type ChapterPageProps = { chapter: ChapterEntity; label?: string };

/** One chapter as a page to write on. */
export function ChapterPage({ chapter, label = 'Chapter' }: ChapterPageProps) {
  if (blocksOf(chapter) === null) {
    return (
      <EmptyState
        title="This chapter needs a newer Inkreel"
        text="It holds something that this version cannot show. Nothing is lost: open the project with a newer version to go on with it."
      />
    );
  }
  return <WritingPage chapter={chapter} label={label} />;
}

function WritingPage({ chapter, label }: Required<ChapterPageProps>) {
  const { projectId, readOnly } = useOpenProject();
  const chapterId = chapter.id;
  const language = useProject(
    (project) => project.find('book', chapter.bookId)?.metadata.language ?? 'en',
    [chapter.bookId],
  );
  // What the editor begins with; afterwards it is told of changes.
  const [{ first, isDraft }] = useState(() => {
    const filed = storedOf(chapter);
    const draft = findDraft(projectId, chapterId, filed.blocks);
    return { first: draft ?? filed, isDraft: draft !== null };
  });
  const [title, setTitle] = useState(first.title);
  const liveTitle = useRef(title);
  const text = useRef<ChapterText>(null);
  const saver = useRef<ChapterSaver | null>(null);

  useEffect(() => {
    const made = createChapterSaver({
      projectId,
      chapterId,
      isDraft,
      read: () => ({
        title: liveTitle.current.trim(),
        blocks: text.current?.blocks() ?? first.blocks,
        anchors: text.current?.anchors() ?? [],
      }),
      show(next) {
        if (next.title !== liveTitle.current.trim()) {
          liveTitle.current = next.title;
          setTitle(next.title);
        }
        text.current?.show(blocksOf(next) ?? []);
      },
    });
    saver.current = made;
    if (isDraft) recover(projectId, chapterId, first, made);
    return () => {
      made.stop();
      saver.current = null;
    };
  }, [projectId, chapterId, first, isDraft]);

  function onTitleKey(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    text.current?.focus('start');
  }

  return (
    <>
      <input
        aria-label={`${label} title`}
        placeholder="Chapter title"
        dir={writingDirection(language)}
        value={title}
        maxLength={500}
        readOnly={readOnly}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => {
          saver.current?.beforeChange(true);
          liveTitle.current = target.value;
          setTitle(target.value);
          saver.current?.changed();
        }}
        onBlur={() => saver.current?.flush()}
        onKeyDown={onTitleKey}
        className="mb-8 w-full bg-transparent text-xl leading-tight font-semibold outline-offset-8"
      />
      <ChapterEditor
        chapterId={chapterId}
        label={`${label} text`}
        blocks={first.blocks}
        language={language}
        readOnly={readOnly}
        text={text}
        onBeforeChange={(isTyping) => saver.current?.beforeChange(isTyping)}
        onChange={() => saver.current?.changed()}
        onBlur={() => saver.current?.flush()}
      />
    </>
  );
}

function storedOf(chapter: ChapterEntity) {
  return { title: chapter.title, blocks: blocksOf(chapter) ?? [] };
}

/** Writes what was typed before the window was closed or killed, if the project does not have it. */
function recover(
  projectId: string,
  chapterId: string,
  shown: ReturnType<typeof storedOf>,
  saver: ChapterSaver,
): void {
  const stored = projectStore.store.getState().open?.project.find('chapter', chapterId);
  if (stored === undefined) return;
  if (JSON.stringify(shown) === JSON.stringify(storedOf(stored))) {
    dropDraft(projectId, chapterId);
    return;
  }
  saver.beforeChange(false);
  saver.changed();
  notify({
    topic: `recovered ${chapterId}`,
    text: 'Words that were typed before the window closed were put back. Undo takes them out again.',
  });
}
