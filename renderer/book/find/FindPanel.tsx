import { useVirtualizer } from '@tanstack/react-virtual';
import { CaseSensitive, Regex, WholeWord, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { SearchQuery } from '#core/book/searchPattern.ts';
import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import type { Fault } from '#core/fault.ts';
import { notify } from '../../client/notices.ts';
import { projectStore, useOpenProject, useProject } from '../../client/project.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { countText, plural } from '../../ui/words.ts';
import { chapterName } from '../chapters/chapterName.ts';
import { chapterTree } from '../chapters/chapterTree.ts';
import { goToPlace } from '../writing/goToPlace.ts';
import { type BookHit, type BookHits, findInBook, replaceHits } from './findInBook.ts';
import { useFind } from './findState.ts';

const PAUSE_MS = 150;
const NO_HITS: BookHits = { hits: [], isComplete: true };

type Row = { kind: 'chapter'; name: string; count: number } | { kind: 'hit'; hit: BookHit };

/** Looks for words or a pattern in all chapters, shows every place, and replaces one or all. */
export function FindPanel({ bookId }: { bookId: string }) {
  const { readOnly } = useOpenProject();
  const { query, replacement } = useFind();
  const { found, fault, isBusy } = useHits(bookId, query, replacement);
  const rows = useRows(bookId, found.hits);
  const close = () => useFind.setState({ isOpen: false });
  const set = (change: Partial<SearchQuery>) =>
    useFind.setState({ query: { ...query, ...change } });
  const chapters = rows.filter(({ kind }) => kind === 'chapter').length;
  return (
    <section
      aria-label="Find and replace"
      className="flex h-full flex-col bg-panel"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <header className="flex h-10 flex-none items-center pr-2 pl-4">
        <h2 className="grow text-xs font-semibold text-muted">Find and replace</h2>
        <IconButton icon={X} label="Close" keys="Escape" size="small" onClick={close} />
      </header>
      <div className="grid flex-none gap-3 px-3 pb-3">
        <TextField
          label="Find"
          value={query.text}
          maxLength={1_000}
          error={fault?.message}
          ref={focusOnce}
          onChange={(text) => set({ text })}
        />
        <div className="flex gap-1" role="group" aria-label="How to look">
          <IconButton
            icon={CaseSensitive}
            label="Match case"
            size="small"
            pressed={query.matchCase}
            onClick={() => set({ matchCase: !query.matchCase })}
          />
          <IconButton
            icon={WholeWord}
            label="Whole words"
            size="small"
            pressed={query.wholeWords}
            onClick={() => set({ wholeWords: !query.wholeWords })}
          />
          <IconButton
            icon={Regex}
            label="Regular expression"
            size="small"
            pressed={query.isPattern}
            onClick={() => set({ isPattern: !query.isPattern })}
          />
        </div>
        <TextField
          label="Replace with"
          value={replacement}
          maxLength={1_000}
          hint={
            query.isPattern
              ? '$1 stands for the first group, $& for all that was found.'
              : undefined
          }
          onChange={(text) => useFind.setState({ replacement: text })}
        />
        <Button
          disabled={readOnly || isBusy || found.hits.length === 0 || !found.isComplete}
          onClick={() => tellReplaced(replaceHits(found.hits))}
        >
          {found.hits.length === 0 ? 'Replace all' : `Replace all ${countText(found.hits.length)}`}
        </Button>
        <p role="status" className="text-xs text-faint">
          {query.text !== '' && fault === null && (isBusy ? 'Looking…' : summary(found, chapters))}
        </p>
      </div>
      {query.text === '' ? (
        <EmptyState
          title="Look through the whole book"
          text="Write a word or a pattern above. Every place is listed here before anything is replaced."
        />
      ) : (
        <HitList rows={rows} canReplace={!readOnly && !isBusy} />
      )}
    </section>
  );
}

function summary({ hits, isComplete }: BookHits, chapters: number): string {
  if (hits.length === 0) return 'Nothing found.';
  if (!isComplete)
    return `More than ${countText(hits.length)} places. Narrow the search to replace them all.`;
  return `${plural(hits.length, 'place')} in ${plural(chapters, 'chapter')}.`;
}

function HitList({ rows, canReplace }: { rows: readonly Row[]; canReplace: boolean }) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'chapter' ? 28 : 52),
    overscan: 10,
  });
  return (
    <div ref={scroller} className="min-h-0 grow overflow-y-auto px-2 pb-4">
      <ul aria-label="Places found" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            <li
              key={item.key}
              className="absolute inset-x-0"
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
            >
              {row?.kind === 'chapter' && (
                <p className="flex h-7 items-end gap-2 px-2 text-xs font-semibold text-muted">
                  <span className="grow truncate">{row.name}</span>
                  <span className="font-normal tabular-nums text-faint">
                    {countText(row.count)}
                  </span>
                </p>
              )}
              {row?.kind === 'hit' && <HitRow hit={row.hit} canReplace={canReplace} />}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function HitRow({ hit, canReplace }: { hit: BookHit; canReplace: boolean }) {
  const { before, found, after, replacement } = hit;
  return (
    <div className="group relative flex h-full items-center rounded-md px-2 hover:bg-hover">
      <button
        type="button"
        className="min-w-0 grow rounded-sm text-left text-xs leading-4"
        onClick={() => goToPlace(hit.chapterId, hit.blockId, hit.offset, found.length)}
      >
        <span className="line-clamp-2 text-muted">
          {before.length > 24 ? `…${before.slice(-24)}` : before}
          <mark className="bg-accent-soft font-semibold text-strong">{found}</mark>
          {after}
        </span>
      </button>
      <Button
        look="quiet"
        size="small"
        className="absolute right-1 bottom-1 bg-raised opacity-0 group-hover:opacity-100 focus:opacity-100"
        disabled={!canReplace}
        aria-label={`Replace “${found}” with “${replacement}”`}
        onClick={() => void replaceHits([hit])}
      >
        Replace
      </Button>
    </div>
  );
}

type Asked = { bookId: string; query: SearchQuery; replacement: string; version: unknown };
type Answered = { asked: Asked | null; found: BookHits; fault: Fault | null };

/**
 * What is found, and whether that is still the answer to something else: places say what they are replaced with, so
 * until the search has caught up with what is typed, none may be replaced.
 */
function useHits(bookId: string, query: SearchQuery, replacement: string) {
  const { version } = useOpenProject();
  const asked = useMemo<Asked>(
    () => ({ bookId, query, replacement, version }),
    [bookId, query, replacement, version],
  );
  const [answered, setAnswered] = useState<Answered>({ asked: null, found: NO_HITS, fault: null });
  useEffect(() => {
    const asking = new AbortController();
    const timer = setTimeout(() => {
      const project = projectStore.store.getState().open?.project;
      if (project === undefined) return;
      void findInBook(project, asked.bookId, asked.query, asked.replacement, asking.signal).then(
        (answer) => {
          if (asking.signal.aborted) return;
          setAnswered({
            asked,
            found: answer.ok ? answer.value : NO_HITS,
            fault: answer.ok ? null : answer.error,
          });
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [asked]);
  return { found: answered.found, fault: answered.fault, isBusy: answered.asked !== asked };
}

function useRows(bookId: string, hits: readonly BookHit[]): Row[] {
  const chapters = useProject((project) => chaptersOf(project, bookId), [bookId]);
  return useMemo(() => {
    const names = new Map(chapterTree(chapters).map((row) => [row.chapter.id, chapterName(row)]));
    return [...Map.groupBy(hits, ({ chapterId }) => chapterId)].flatMap(
      ([chapterId, list]): Row[] => [
        { kind: 'chapter', name: names.get(chapterId) ?? '', count: list.length },
        ...list.map((hit): Row => ({ kind: 'hit', hit })),
      ],
    );
  }, [chapters, hits]);
}

function tellReplaced(count: number): void {
  notify({
    topic: 'replace',
    text: `${plural(count, 'place')} replaced.`,
    action: { label: 'Undo', run: () => void projectStore.undo() },
  });
}

function focusOnce(field: HTMLInputElement | null): void {
  if (field === null || field.dataset['wasFocused'] !== undefined) return;
  field.dataset['wasFocused'] = '';
  field.focus();
  field.select();
}
