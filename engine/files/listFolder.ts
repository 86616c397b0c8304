import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { CallOutput } from '#core/contract/contract.ts';
import { Refusal } from '#core/fault.ts';
import { systemFault } from './systemFault.ts';

/** One folder with its files and folders, hidden ones left out, folders first. Refuses what the system refuses. */
export async function listFolder(
  path: string | undefined,
  usual: { projectsDir: string; exportsDir: string },
): Promise<CallOutput<'files.list'>> {
  const folder = resolve(path ?? homedir());
  try {
    const names = (await readdir(folder)).filter((name) => !name.startsWith('.'));
    const entries = await Promise.all(
      names.map(async (name) => {
        const full = join(folder, name);
        // Something that vanished or cannot be looked at since is simply not listed.
        const stats = await stat(full).catch(() => null);
        if (stats === null) return [];
        const kind: 'folder' | 'file' = stats.isDirectory() ? 'folder' : 'file';
        return [{ name, path: full, kind, sizeBytes: stats.size, modifiedAtMs: stats.mtimeMs }];
      }),
    );
    const parent = dirname(folder);
    return {
      path: folder,
      parent: parent === folder ? null : parent,
      places: [
        { name: 'Home', path: homedir() },
        { name: 'Projects', path: usual.projectsDir },
        { name: 'Exports', path: usual.exportsDir },
      ],
      entries: entries
        .flat()
        .sort((a, b) =>
          a.kind === b.kind
            ? a.name.localeCompare(b.name, 'en', { numeric: true })
            : a.kind === 'folder'
              ? -1
              : 1,
        ),
    };
  } catch (error) {
    const fault = systemFault(error, folder);
    throw fault ? new Refusal(fault, error) : error;
  }
}
