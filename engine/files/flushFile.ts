import { open } from 'node:fs/promises';

/** Waits until what was written to a file is on the disk. Throws the system’s errors. */
export async function flushFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
