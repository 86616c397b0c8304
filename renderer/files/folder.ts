import type { CallOutput } from '#core/contract/contract.ts';
import type { FileFilter } from '#core/contract/shell.ts';

export type FolderEntry = CallOutput<'files.list'>['entries'][number];

/** What the dialog shows of a folder: folders first, then files that fit the filter, by name; hidden ones never. */
export function shownEntries(
  entries: readonly FolderEntry[],
  filter: FileFilter | undefined,
  only: 'all' | 'folders',
): FolderEntry[] {
  return entries
    .filter((entry) => !entry.name.startsWith('.'))
    .filter((entry) => entry.kind === 'folder' || (only === 'all' && fits(entry.name, filter)))
    .sort(
      (a, b) =>
        Number(b.kind === 'folder') - Number(a.kind === 'folder') ||
        a.name.localeCompare(b.name, 'en', { numeric: true, sensitivity: 'base' }),
    );
}

function fits(name: string, filter: FileFilter | undefined): boolean {
  if (filter === undefined || filter.extensions.length === 0 || filter.extensions.includes('*'))
    return true;
  const lower = name.toLowerCase();
  return filter.extensions.some((extension) => lower.endsWith(`.${extension.toLowerCase()}`));
}

/** A file name with the first extension of the filter, unless it carries one of them. */
export function withExtension(name: string, filter: FileFilter | undefined): string {
  const [first] = filter?.extensions ?? [];
  return first === undefined || fits(name, filter) ? name : `${name}.${first}`;
}
