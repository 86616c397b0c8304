import { statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { openDamaged } from './salvage.ts';

/** The identity of the project in a database, whatever else is wrong with it; undefined when it cannot be read. */
export function projectIdOf(db: Database.Database): string | undefined {
  try {
    return db
      .prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'project_id'")
      .get()?.value;
  } catch {
    return undefined;
  }
}

/** `projectIdOf` for a file that need not be sound. */
export function projectIdOfFile(path: string): string | undefined {
  try {
    // SQLite would throw away the log of an empty file.
    if (statSync(path).size === 0) return undefined;
    const db = openDamaged(path);
    try {
      return projectIdOf(db);
    } finally {
      db.close();
    }
  } catch {
    return undefined;
  }
}
