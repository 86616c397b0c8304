import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const SMALLEST_PAGE = 512;

/** A copy of a database and its log in the system's folder for temporary files; `remove` when it was closed. */
export function copyAside(path: string): { path: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'inkreel-copy-'));
  const copy = join(folder, basename(path));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    copyFileSync(path, copy);
    if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`);
    // SQLite throws the log away when the database is empty, though it may hold everything.
    if (statSync(copy).size === 0) writeFileSync(copy, Buffer.alloc(SMALLEST_PAGE));
    return { path: copy, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
