import { type History, type HistoryEntry, historyLine } from './historyLine.ts';

/** How a step lies to the present state. */
export type StepState = 'present' | 'past' | 'undone' | 'elsewhere';

/** A step of undo, at its last edit. */
export type StepRow = {
  kind: 'step';
  revision: number;
  label: string;
  author: string;
  atMs: number;
  state: StepState;
};
/** Steps of other branches that lie here in time, folded into one row or shown below it. */
export type FoldRow = {
  kind: 'fold';
  /** Its newest step. */
  revision: number;
  steps: number;
  branches: number;
  isOpen: boolean;
};
type BeginningRow = { kind: 'beginning'; revision: 0; state: StepState };
export type HistoryRow = StepRow | FoldRow | BeginningRow;

/** The rows of a history, newest first. `opened` names the folds that are open by their newest steps. */
export function historyRows(history: History, opened: ReadonlySet<number>): HistoryRow[] {
  const rows: HistoryRow[] = [];
  let run: (StepRow & { branch: number })[] = [];
  const endRun = () => {
    const [newest] = run;
    if (newest === undefined) return;
    const isOpen = opened.has(newest.revision);
    const branches = new Set(run.map((step) => step.branch)).size;
    rows.push({ kind: 'fold', revision: newest.revision, steps: run.length, branches, isOpen });
    if (isOpen) rows.push(...run.map(({ branch: _branch, ...step }) => step));
    run = [];
  };
  for (const { branch, ...step } of stepsOf(history)) {
    if (step.state === 'elsewhere') run.push({ branch, ...step });
    else {
      endRun();
      rows.push(step);
    }
  }
  endRun();
  if (history.isComplete) {
    const state = history.current === 0 ? 'present' : 'past';
    rows.push({ kind: 'beginning', revision: 0, state });
  }
  return rows;
}

function stepsOf(history: History): (StepRow & { branch: number })[] {
  const { past, undone } = historyLine(history);
  const steps = new Map<string, StepRow & { branch: number }>();
  for (const entry of history.entries) {
    if (entry.kind !== 'edit') continue;
    const { revision, label, author, atMs } = entry;
    const branch = entry.branch ?? revision;
    const key = `${branch} ${entry.step ?? revision}`;
    const known = steps.get(key);
    if (known !== undefined) {
      if (revision === history.current) known.state = 'present';
      continue;
    }
    const state = stateOf(entry, history.current, { past, undone });
    steps.set(key, { kind: 'step', revision, label, author, atMs, state, branch });
  }
  return [...steps.values()];
}

function stateOf(
  { revision }: HistoryEntry,
  current: number,
  { past, undone }: ReturnType<typeof historyLine>,
): StepState {
  if (revision === current) return 'present';
  if (past.has(revision)) return 'past';
  return undone.has(revision) ? 'undone' : 'elsewhere';
}

/** `3 steps on another branch`. */
export function foldWords({ steps, branches }: FoldRow): string {
  const where = branches === 1 ? 'on another branch' : `on ${branches} other branches`;
  return `${steps.toLocaleString('en')} ${steps === 1 ? 'step' : 'steps'} ${where}`;
}
