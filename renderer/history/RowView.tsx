import { Bookmark } from 'lucide-react';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/Icon.tsx';
import { whenText } from '../ui/words.ts';
import { exactTime } from './exactTime.ts';
import type { HistoryRow, StepState } from './historyRows.ts';

const DOTS: Record<StepState, string> = {
  present: 'bg-accent',
  past: 'bg-edge',
  undone: 'ring-1 ring-edge ring-inset',
  elsewhere: 'ring-1 ring-edge ring-inset',
};
const STATE_WORDS: Record<StepState, string> = {
  present: 'you are here',
  past: '',
  undone: 'undone',
  elsewhere: 'on another branch',
};

type RowViewProps = {
  row: Exclude<HistoryRow, { kind: 'fold' }>;
  /** Names of the versions that are this state. */
  versions: readonly string[];
};

/** The inside of a step's row: where it lies, its words, who made it and when. */
export function RowView({ row, versions }: RowViewProps) {
  const { state } = row;
  const isFaint = state === 'undone' || state === 'elsewhere';
  return (
    <>
      {state === 'elsewhere' && <span aria-hidden="true" className="w-4 flex-none" />}
      <span
        aria-hidden="true"
        className={classes('mx-[3px] size-2 flex-none rounded-full', DOTS[state])}
      />
      <span
        className={classes(
          'min-w-0 shrink truncate',
          isFaint ? 'text-faint' : 'text-strong',
          state === 'undone' && 'italic',
          state === 'present' && 'font-medium',
        )}
      >
        {row.kind === 'beginning' ? 'Beginning' : row.label}
        <span className="sr-only">{STATE_WORDS[state] !== '' && `, ${STATE_WORDS[state]}`}</span>
      </span>
      {state === 'present' && (
        <span aria-hidden="true" className="flex-none text-xs text-muted">
          You are here
        </span>
      )}
      {versions.length > 0 && (
        <span className="flex min-w-0 shrink-2 items-center gap-1 text-xs text-muted">
          <Icon icon={Bookmark} size={14} className="flex-none" />
          <span className="truncate">
            <span className="sr-only">Version </span>
            {versions.join(', ')}
          </span>
        </span>
      )}
      <span className="grow" />
      {row.kind === 'step' && (
        <span
          title={row.author === '' ? exactTime(row.atMs) : `${exactTime(row.atMs)}, ${row.author}`}
          className={classes(
            'flex max-w-[55%] flex-none items-center gap-2 text-xs',
            state === 'present' ? 'text-muted' : 'text-faint',
          )}
        >
          <span className="max-w-20 truncate">{row.author}</span>
          <time
            dateTime={new Date(row.atMs).toISOString()}
            className="w-18 flex-none text-right tabular-nums"
          >
            {whenText(row.atMs)}
          </time>
        </span>
      )}
    </>
  );
}
