import { ChevronDown, ChevronRight, GitBranch, Lock } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushEdits } from '../client/flush.ts';
import { projectStore, useOpenProject } from '../client/project.ts';
import { useEngineQuery } from '../client/query.ts';
import { classes } from '../ui/classes.ts';
import { FaultMessage } from '../ui/FaultMessage.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { foldWords, type HistoryRow, historyRows } from './historyRows.ts';
import { RowView } from './RowView.tsx';
import { rowWindow, scrollToRow } from './rowWindow.ts';
import { useHistory } from './useHistory.ts';

const ROW_PX = 28;
/** This close to the oldest known step older ones are asked for. */
const MORE_WITHIN_ROWS = 40;

/** Every step of the project; choosing one goes there. */
export function StepList() {
  const { readOnlyReason } = useOpenProject();
  const { history, fault, loadMore } = useHistory();
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const rows = useMemo(
    () => (history === null ? null : historyRows(history, opened)),
    [history, opened],
  );
  const toggle = (revision: number) =>
    setOpened((before) => {
      const next = new Set(before);
      if (!next.delete(revision)) next.add(revision);
      return next;
    });
  if (fault !== null && rows === null)
    return (
      <div className="p-3">
        <FaultMessage fault={fault} />
      </div>
    );
  return (
    <>
      {rows === null ? (
        <Loading />
      ) : (
        <Rows
          rows={rows}
          isReadOnly={readOnlyReason !== null}
          onToggle={toggle}
          onNearEnd={loadMore}
        />
      )}
      <p className="flex flex-none gap-2 px-3 pt-2 pb-3 text-xs text-muted">
        {readOnlyReason === null ? (
          'Going back loses nothing. Later steps stay in this list, and what you do next becomes a branch of its own.'
        ) : (
          <>
            <Icon icon={Lock} size={14} className="mt-px flex-none" />
            <span>You can look at the steps, but not go there. {readOnlyReason.message}</span>
          </>
        )}
      </p>
    </>
  );
}

type RowsProps = {
  rows: readonly HistoryRow[];
  isReadOnly: boolean;
  onToggle: (revision: number) => void;
  onNearEnd: () => void;
};

function Rows({ rows, isReadOnly, onToggle, onNearEnd }: RowsProps) {
  const names = useVersionNames();
  const list = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ scrollTop: 0, heightPx: 400 });
  const [chosen, setChosen] = useState<string | null>(null);
  const present = rows.findIndex((row) => row.kind !== 'fold' && row.state === 'present');
  const known = rows.findIndex((row) => keyOf(row) === chosen);
  const active = known >= 0 ? known : Math.max(0, present);
  const { first, end } = rowWindow({ count: rows.length, rowPx: ROW_PX, ...view });

  const reveal = (row: number) => {
    const element = list.current;
    if (element === null) return;
    const { scrollTop, clientHeight: heightPx } = element;
    element.scrollTop = scrollToRow({ row, rowPx: ROW_PX, scrollTop, heightPx });
  };
  const measure = () => {
    const element = list.current;
    if (element === null) return;
    setView({ scrollTop: element.scrollTop, heightPx: element.clientHeight });
    const bottom = (element.scrollTop + element.clientHeight) / ROW_PX;
    if (bottom > rows.length - MORE_WITHIN_ROWS) onNearEnd();
  };
  useEffect(() => list.current?.focus({ preventScroll: true }), []);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null || present < 0) return;
    const { scrollTop, clientHeight } = element;
    const isSeen =
      present * ROW_PX >= scrollTop && (present + 1) * ROW_PX <= scrollTop + clientHeight;
    if (!isSeen) element.scrollTop = Math.max(0, present * ROW_PX - clientHeight / 3);
    setView({ scrollTop: element.scrollTop, heightPx: clientHeight });
  }, [present]);

  const choose = (row: HistoryRow | undefined) => {
    if (row === undefined) return;
    setChosen(keyOf(row));
    if (row.kind === 'fold') onToggle(row.revision);
    else if (!isReadOnly && row.state !== 'present') {
      flushEdits();
      void projectStore.goTo(row.revision);
    }
  };
  const move = (to: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (row === undefined) return;
    setChosen(keyOf(row));
    reveal(rows.indexOf(row));
  };
  const page = Math.max(1, Math.floor(view.heightPx / ROW_PX) - 1);
  const activeRow = rows[active];

  return (
    <div
      ref={list}
      role="listbox"
      aria-label="Steps, newest first. Enter goes to a step."
      aria-activedescendant={activeRow && `history-${keyOf(activeRow)}`}
      aria-disabled={isReadOnly || undefined}
      tabIndex={0}
      className="group/steps relative min-h-0 grow overflow-y-auto overscroll-contain bg-panel outline-none"
      onScroll={measure}
      onKeyDown={(event) => {
        const moves: Record<string, number> = {
          ArrowDown: active + 1,
          ArrowUp: active - 1,
          PageDown: active + page,
          PageUp: active - page,
          Home: 0,
          End: rows.length - 1,
        };
        const to = moves[event.key];
        if (to !== undefined) move(to);
        else if (event.key === 'Enter' || event.key === ' ') choose(activeRow);
        else return;
        event.preventDefault();
      }}
    >
      <div role="presentation" style={{ height: rows.length * ROW_PX }}>
        {rows.slice(first, end).map((row, index) => (
          <div
            key={keyOf(row)}
            id={`history-${keyOf(row)}`}
            role="option"
            aria-selected={row.kind !== 'fold' && row.state === 'present'}
            aria-setsize={rows.length}
            aria-posinset={first + index + 1}
            aria-disabled={(isReadOnly && row.kind !== 'fold') || undefined}
            data-state={row.kind === 'fold' ? 'fold' : row.state}
            onClick={() => choose(row)}
            style={{ top: (first + index) * ROW_PX, height: ROW_PX }}
            className={classes(
              'absolute inset-x-0 flex items-center gap-2 px-3 text-sm',
              !(isReadOnly && row.kind !== 'fold') && 'hover:bg-hover',
              row.kind !== 'fold' && row.state === 'present' && 'bg-accent-soft',
              first + index === active &&
                'group-focus-visible/steps:shadow-[inset_0_0_0_2px_var(--focus)]',
            )}
          >
            {row.kind === 'fold' ? (
              <>
                <Icon
                  icon={row.isOpen ? ChevronDown : ChevronRight}
                  size={14}
                  className="flex-none text-faint"
                />
                <Icon icon={GitBranch} size={14} className="flex-none text-faint" />
                <span className="truncate text-xs text-muted">{foldWords(row)}</span>
              </>
            ) : (
              <RowView row={row} versions={names.get(row.revision) ?? []} />
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

/** The versions of each step, by its revision. */
function useVersionNames(): ReadonlyMap<number, string[]> {
  const { projectId, revision } = useOpenProject();
  const { data } = useEngineQuery(
    'project.versions',
    { projectId },
    { of: revision, keepPrevious: true },
  );
  const names = new Map<number, string[]>();
  for (const version of data?.versions ?? [])
    names.set(version.revision, [...(names.get(version.revision) ?? []), version.name]);
  return names;
}

function keyOf(row: HistoryRow): string {
  return `${row.kind}-${row.revision}`;
}

function Loading() {
  return (
    <div role="status" aria-label="Reading the history" className="grow bg-panel p-3">
      {Array.from({ length: 9 }, (_, index) => (
        <Skeleton key={index} className="mb-2 h-5" />
      ))}
    </div>
  );
}
