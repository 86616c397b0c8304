import { z } from 'zod';
import { type Fault, Refusal, refuse } from '../fault.ts';
import type { Item } from '../model/entities.ts';
import { itemEnd, itemStart } from '../model/items.ts';
import type { Project } from '../model/project.ts';
import type { Write } from '../model/write.ts';
import { itemsBeside } from './arrange.ts';
import type { EditOutcome } from './definition.ts';
import { Draft, type EditContext } from './draft.ts';
import { editDefinition } from './registry.ts';
import { settleTransitions } from './transitions/transitions.ts';

/** What an edit did: the writes, those that undo it, and words for the history. */
export type AppliedEdit = {
  label: string;
  writes: Write[];
  inverse: Write[];
  outcomes: EditOutcome[];
};

export type EditResult = { ok: true; value: AppliedEdit } | { ok: false; error: Fault };

/** The least that is known of a command before its type is looked up. */
export const anyCommandSchema = z.looseObject({ type: z.string().max(100) });
export type AnyCommand = z.infer<typeof anyCommandSchema>;

/**
 * Applies commands to a project as one edit, all or nothing: after a refusal the project is as it was.
 * The same project, commands and identifiers give the same writes everywhere. Faults: those of the commands,
 * `edit/unknown-command`, `edit/bad-command` (parameters do not fit), `edit/overlap`.
 */
export function applyEdit(
  project: Project,
  commands: readonly AnyCommand[],
  context: EditContext,
): EditResult {
  const draft = new Draft(project, context);
  try {
    const applied = commands.map((command, index) => applyOne(draft, command, index));
    const outcomes = applied.map(({ outcome }) => outcome);
    const first = applied[0]?.label;
    const label =
      commands.length === 1 ? first : `${first ?? 'Edit'} and ${commands.length - 1} more`;
    return { ok: true, value: { label: label ?? 'Edit', outcomes, ...draft.finish() } };
  } catch (error) {
    draft.rollBack();
    if (error instanceof Refusal) return { ok: false, error: error.fault };
    throw error;
  }
}

function applyOne(
  draft: Draft,
  command: AnyCommand,
  index: number,
): { outcome: EditOutcome; label: string } {
  const definition = editDefinition(command.type);
  if (definition === undefined) {
    refuse('edit/unknown-command', `There is no edit command “${command.type}”.`, {
      index,
      type: command.type,
    });
  }
  const { type: _, ...parameters } = command;
  const parsed = definition.parameters.safeParse(parameters);
  if (!parsed.success) {
    refuse(
      'edit/bad-command',
      `The command “${command.type}” does not fit: ${firstIssue(parsed.error)}.`,
      {
        index,
        type: command.type,
        issues: parsed.error.issues.map((issue) => ({
          path: issue.path.join('.'),
          message: issue.message,
        })),
      },
    );
  }
  const outcome = definition.apply(draft, parsed.data);
  const touched = draft.takeTouched();
  settleTransitions(draft, touched);
  refuseOverlaps(draft, touched);
  return { outcome, label: definition.labelOf?.(parsed.data) ?? definition.label };
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue
    ? `${issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''}${issue.message}`
    : 'unknown';
}

/**
 * Items of one track never overlap. An edit that would make them is refused as a whole. Nothing overlapped before, so
 * where something does now, an item that was touched overlaps the one beside it.
 */
function refuseOverlaps(draft: Draft, touched: ReadonlySet<string>): void {
  for (const id of touched) {
    const item = draft.project.item(id);
    if (item === undefined) continue;
    const { before, after } = itemsBeside(draft.project, item);
    if (before !== undefined && itemEnd(before) > itemStart(item)) refuseOverlap(before, item);
    if (after !== undefined && itemEnd(item) > itemStart(after)) refuseOverlap(item, after);
  }
}

function refuseOverlap(item: Item, next: Item): never {
  refuse('edit/overlap', 'Something stands there already. Choose another place or another track.', {
    itemId: item.id,
    nextId: next.id,
  });
}
