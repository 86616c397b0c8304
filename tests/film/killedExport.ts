import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Write } from '#core/model/write.ts';

export const exportAloneSchema = z.object({
  folder: z.string(),
  writes: z.array(z.custom<Write>()),
  timelineId: z.string(),
  output: z.string(),
  cacheDir: z.string(),
  workers: z.number(),
});
type ExportAlone = z.infer<typeof exportAloneSchema>;

const SCRIPT = fileURLToPath(new URL('exportAlone.ts', import.meta.url));

/**
 * Starts an export in a process of its own and kills that when it has told its progress `reports` times. False when the
 * export was done before.
 */
export async function killExport(film: ExportAlone, reports: number): Promise<boolean> {
  const order = `${film.output}.json`;
  await writeFile(order, JSON.stringify(film));
  const child = spawn(process.execPath, [SCRIPT, order], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let told = 0;
  createInterface({ input: child.stdout }).on('line', () => {
    told += 1;
    if (told >= reports) child.kill('SIGKILL');
  });
  await closed;
  return child.signalCode === 'SIGKILL';
}
