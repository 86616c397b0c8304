import type { CallOutput } from '#core/contract/contract.ts';
import {
  type Command,
  type CommandContext,
  numberOption,
  textOption,
  unwrap,
  wrongUsage,
} from '../command.ts';
import { formatMoment, openProject } from './shared.ts';

type History = CallOutput<'project.history'>;

const MOST_STEPS = 10_000_000;
/** Steps that are named one by one; of more than these people want the number. */
const NAMED = 20;
const PAGE = 10_000;

const undo = travel('undo', 'project.undo', 'Takes back the last steps, as one change.');
const redo = travel('redo', 'project.redo', 'Does again what was undone, as one change.');

function travel(
  name: 'undo' | 'redo',
  call: 'project.undo' | 'project.redo',
  summary: string,
): Command {
  return {
    name,
    usage: 'FILE [N | --steps N]',
    summary,
    options: { steps: { type: 'string' } },
    positionals: [1, 2],
    async run(context) {
      const steps = stepsOf(context, name);
      const { projectId } = await openProject(context, context.positionals[0] ?? '');
      const done = unwrap(await context.engine.call(call, { projectId, steps }));
      const labels = 'undone' in done ? done.undone : done.redone;
      const json = { revision: done.revision, [name === 'undo' ? 'undone' : 'redone']: labels };
      const more = labels.length - NAMED;
      return {
        json,
        lines:
          labels.length === 0
            ? [`Nothing to ${name}.`]
            : [
                ...labels.slice(0, NAMED).map((label) => `${name}: ${label}`),
                ...(more > 0 ? [`… and ${more} more`] : []),
              ],
      };
    },
  };
}

function stepsOf(context: CommandContext, name: string): number {
  const [, count] = context.positionals;
  const option = numberOption(context, 'steps', { min: 1, max: MOST_STEPS });
  if (count === undefined) return option ?? 1;
  const steps = Number(count);
  if (option !== undefined || !Number.isInteger(steps) || steps < 1 || steps > MOST_STEPS)
    wrongUsage(`${name} takes one number of steps from 1.`);
  return steps;
}

const history: Command = {
  name: 'history',
  usage: 'FILE [--limit N] [--before REVISION] | --to REVISION',
  summary:
    'Lists the changes of a project, newest first; --to goes to the state after one of them.',
  options: { to: { type: 'string' }, limit: { type: 'string' }, before: { type: 'string' } },
  positionals: [1, 1],
  async run(context) {
    const most = Number.MAX_SAFE_INTEGER;
    const to = numberOption(context, 'to', { min: 0, max: most });
    const limit = numberOption(context, 'limit', { min: 1, max: PAGE }) ?? PAGE;
    const before = numberOption(context, 'before', { min: 1, max: most });
    const isList = textOption(context, 'limit') !== undefined || before !== undefined;
    if (to !== undefined && isList) wrongUsage('--to goes alone.');
    const { projectId } = await openProject(context, context.positionals[0] ?? '');
    if (to !== undefined) {
      const input = { projectId, revision: to };
      const { revision, history: next } = unwrap(await context.engine.call('project.goTo', input));
      const lines = [`Went to ${to === 0 ? 'the beginning' : `revision ${to}`}.`];
      return { json: { revision, to, history: next }, lines };
    }
    const input = { projectId, limit, ...(before !== undefined && { before }) };
    const found = unwrap(await context.engine.call('project.history', input));
    return { json: found, lines: historyLines(found) };
  },
};

/** `>` stands before the edit that the state stands on, `-` before edits that are not part of it. */
function historyLines({ entries, current }: History): string[] {
  return entries.map((entry) => {
    const mark = entry.revision === current ? '>' : entry.applied ? ' ' : '-';
    const author = entry.author === '' ? '' : `  ${entry.author}`;
    const time = formatMoment(entry.atMs);
    return `${String(entry.revision).padStart(6)} ${mark} ${entry.kind.padEnd(4)}  ${time}  ${whatOf(entry)}${author}`;
  });
}

/** The words of a change, with where it leads to, or which edit it branches off from. */
function whatOf({
  kind,
  label,
  parent,
  head,
  revision,
  branch,
}: History['entries'][number]): string {
  const place = (edit: number) => (edit === 0 ? 'the beginning' : String(edit));
  if (kind !== 'edit') return `${label} (to ${place(head)})`;
  return branch === revision && revision > 1 ? `${label} (from ${place(parent)})` : label;
}

export const historyCommands = [undo, redo, history];
