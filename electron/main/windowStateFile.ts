import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type WindowState, windowStateSchema } from './windowState.ts';

/** The remembered state, or null when there is none or the file cannot be understood. */
export function readWindowState(file: string): WindowState | null {
  try {
    const parsed = windowStateSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Remembers the state. Synchronous, because a window that closes may be the last thing this program does. */
export function writeWindowState(file: string, state: WindowState): void {
  const temporary = `${file}.new`;
  writeFileSync(temporary, `${JSON.stringify(state)}\n`);
  renameSync(temporary, file);
}
