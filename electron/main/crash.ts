import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const MAX_LOG_BYTES = 256 * 1024;
const MAX_ENTRY_CHARS = 8 * 1024;

export type CrashLog = {
  file: string;
  /** Writes an error down; never throws, because it is what is left when something did. */
  report(error: unknown): void;
};

/** A log of errors nobody handled, in a folder: `errors.log`, and the one before it once it has grown. */
export function createCrashLog(folder: string, now: () => Date = () => new Date()): CrashLog {
  const file = join(folder, 'errors.log');
  return {
    file,
    report: (error) => {
      try {
        mkdirSync(folder, { recursive: true });
        if (sizeOf(file) > MAX_LOG_BYTES) renameSync(file, join(folder, 'errors.old.log'));
        appendFileSync(
          file,
          `${now().toISOString()} ${describe(error).slice(0, MAX_ENTRY_CHARS)}\n`,
        );
      } catch {
        console.error(error);
      }
    },
  };
}

/** Writes down what would otherwise be lost: errors that nothing catches. */
export function catchUnhandled(log: CrashLog): void {
  process.on('uncaughtException', log.report);
  process.on('unhandledRejection', log.report);
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\nbecause of ${describe(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
