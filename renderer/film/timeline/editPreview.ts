import { applyEdit } from '#core/edits/applyEdit.ts';
import { idsFrom } from '#core/edits/ids.ts';
import type { EditCommand } from '#core/edits/registry.ts';
import type { Fault } from '#core/fault.ts';
import type { Item } from '#core/model/entities.ts';
import type { Project } from '#core/model/project.ts';

/** What commands would make of the timeline: the items that would be other than they are, or why it cannot be. */
export type EditPreview = { ok: true; changed: readonly Item[] } | { ok: false; error: Fault };

/**
 * Tries commands: applies them and takes them back at once, so that the project is as it was for everybody. Costs as
 * much as the edit, whatever the size of the project.
 */
export function previewEdit(project: Project, commands: readonly EditCommand[]): EditPreview {
  const result = applyEdit(project, commands, idsFrom('preview'));
  if (!result.ok) return result;
  const { writes, inverse } = result.value;
  const ids = new Set(writes.map(({ object }) => object));
  const changed = [...ids].flatMap((id) => project.item(id) ?? []);
  project.apply(inverse);
  return { ok: true, changed };
}
