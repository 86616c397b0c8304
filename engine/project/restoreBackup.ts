import { randomUUID } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { refuse } from '#core/fault.ts';
import { writeOutput } from '../files/outputFile.ts';
import type { Backups } from './backups.ts';
import { withFaults } from './database.ts';

/**
 * Copies a backup to the path that `targetFor` gives for its label, "(restored 2026-11-20 12.05)": the time of the
 * backup, on the clock of this computer. The copy gets an identity of its own, so that it can be open beside the
 * original. Gives its path. Refuses `project/no-such-backup`.
 */
export async function restoreBackup(
  backups: Backups,
  name: string,
  targetFor: (label: string) => string,
): Promise<string> {
  const backup =
    backups.list().find((candidate) => candidate.name === name) ??
    refuse('project/no-such-backup', 'That backup is no longer there. Choose another one.', {
      name,
    });
  const target = targetFor(`(restored ${localMinute(backup.atMs)})`);
  await writeOutput(target, {}, async (temporary) => {
    await copyFile(backup.path, temporary);
    withFaults(target, () => {
      const db = new Database(temporary);
      try {
        db.prepare("UPDATE meta SET value = ? WHERE key = 'project_id'").run(randomUUID());
      } finally {
        db.close();
      }
    });
  });
  return target;
}

function localMinute(timeMs: number): string {
  const time = new Date(timeMs);
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date} ${two(time.getHours())}.${two(time.getMinutes())}`;
}
