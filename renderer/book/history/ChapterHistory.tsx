import { useMemo, useState } from 'react';
import { chapterText } from '#core/book/words.ts';
import type { CallOutput } from '#core/contract/contract.ts';
import type { ChapterEntity } from '#core/model/entities.ts';
import { projectStore, useOpenProject, useProject } from '../../client/project.ts';
import { useEngineQuery } from '../../client/query.ts';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { exactTime } from '../../history/exactTime.ts';
import { plural } from '../../ui/words.ts';
import { blocksOf } from '../chapterBlocks.ts';
import { useChapterHistory } from './chapterHistoryState.ts';
import { type DiffPart, shortened, wordDiff } from './wordDiff.ts';

type State = CallOutput<'book.chapterStates'>['states'][number];

/** The states that a chapter was in, what differs from now, and the way back to each. */
export function ChapterHistory({ chapter }: { chapter: ChapterEntity }) {
  const isOpen = useChapterHistory((state) => state.isOpen);
  if (!isOpen) return null;
  return <OpenHistory chapter={chapter} />;
}

function OpenHistory({ chapter }: { chapter: ChapterEntity }) {
  const { projectId, revision, readOnly } = useOpenProject();
  const [chosen, setChosen] = useState<number | null>(null);
  const chapterId = chapter.id;
  const list = useEngineQuery(
    'book.chapterStates',
    { projectId, chapterId },
    { of: revision, keepPrevious: true },
  );
  const states = list.data?.states ?? [];
  const shown = chosen ?? states[1]?.revision ?? states[0]?.revision;
  const state = useEngineQuery(
    'book.chapterState',
    { projectId, chapterId, revision: shown ?? 0 },
    { enabled: shown !== undefined },
  );
  const close = () => useChapterHistory.setState({ isOpen: false });
  function restore() {
    if (state.data === undefined) return;
    const { title, blocks } = state.data;
    if (projectStore.edit([{ type: 'chapter.restore', chapterId, title, blocks }]).ok) close();
  }
  return (
    <Dialog
      open
      onOpenChange={close}
      title="History of the chapter"
      size="wide"
      scrolls="inside"
      description="Every state that was saved. What was removed since is struck through, what was added is marked."
      footer={
        <>
          <Button onClick={close}>Close</Button>
          <Button
            look="primary"
            disabled={readOnly || state.data === undefined || shown === states[0]?.revision}
            onClick={restore}
          >
            Restore this state
          </Button>
        </>
      }
    >
      {list.isError ? (
        <EmptyState title="The history could not be read" text={list.error.fault.message} />
      ) : (
        <div className="grid h-[60dvh] min-h-0 grid-cols-[15rem_minmax(0,1fr)] gap-0.5">
          <ul aria-label="States" className="min-h-0 overflow-y-auto px-3 pb-3">
            {list.isPending && <Skeleton className="h-40" />}
            {states.map((one, index) => (
              <StateRow
                key={one.revision}
                state={one}
                isNow={index === 0}
                isChosen={one.revision === shown}
                onChoose={setChosen}
              />
            ))}
          </ul>
          <div
            role="region"
            aria-label="What differs from now"
            aria-busy={state.isFetching}
            tabIndex={0}
            className="min-h-0 overflow-y-auto bg-page px-8 py-6 outline-offset-[-2px]"
          >
            {state.data === undefined ? (
              <Skeleton className="h-40" />
            ) : (
              <Difference chapter={chapter} then={state.data} />
            )}
          </div>
        </div>
      )}
    </Dialog>
  );
}

function StateRow(props: {
  state: State;
  isNow: boolean;
  isChosen: boolean;
  onChoose: (revision: number) => void;
}) {
  const { state, isNow, isChosen, onChoose } = props;
  return (
    <li>
      <button
        type="button"
        aria-current={isChosen ? 'true' : undefined}
        onClick={() => onChoose(state.revision)}
        className={classes(
          'grid w-full gap-0.5 rounded-md px-2.5 py-1.5 text-left',
          isChosen ? 'bg-accent-soft' : 'hover:bg-hover',
        )}
      >
        <span className="truncate text-sm">{isNow ? 'Now' : state.label}</span>
        <span className="truncate text-xs text-faint">
          {exactTime(state.atMs)}
          {state.author !== '' && ` · ${state.author}`}
        </span>
      </button>
    </li>
  );
}

function Difference({
  chapter,
  then,
}: {
  chapter: ChapterEntity;
  then: CallOutput<'book.chapterState'>;
}) {
  const language = useProject(
    (project) => project.find('book', chapter.bookId)?.metadata.language ?? 'en',
    [chapter.bookId],
  );
  const parts = useMemo(() => {
    const text = (title: string, blocks: typeof then.blocks) =>
      [title, chapterText({ blocks })].filter((line) => line !== '').join('\n');
    const now = text(chapter.title, blocksOf(chapter) ?? []);
    return wordDiff(text(then.title, then.blocks), now, language);
  }, [chapter, then, language]);
  const isSame = parts.every(({ kind }) => kind === 'same');
  const count = (kind: DiffPart['kind']) =>
    parts
      .filter((part) => part.kind === kind)
      .reduce((sum, part) => sum + part.text.split(/\s+/).filter((word) => word !== '').length, 0);
  return (
    <>
      <p className="mb-4 text-xs text-faint">
        {isSame
          ? 'The words are those of now.'
          : `Since then ${plural(count('added'), 'word')} came and ${plural(count('removed'), 'word')} went.`}
      </p>
      <div
        data-selectable
        className="max-w-[40rem] font-serif text-base whitespace-pre-wrap text-on-page"
      >
        {shortened(parts, 160).map((part, index) => (
          <Part key={index} part={part} />
        ))}
      </div>
    </>
  );
}

function Part({ part: { kind, text } }: { part: DiffPart }) {
  if (kind === 'same') return text;
  if (kind === 'added')
    return (
      <ins className="rounded-sm bg-accent-soft font-medium text-strong no-underline">{text}</ins>
    );
  return <del className="rounded-sm bg-danger-soft text-danger">{text}</del>;
}
