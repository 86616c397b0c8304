/* F6: the bytes of a film for one, two and four workers, each with an empty cache. */
import { join } from 'node:path';
import { projectOf, scatteredParts } from '../lib/cut.mjs';
import { fileHash } from '../lib/film.mjs';
import { longFootage } from '../lib/footage.mjs';

export const id = 'F6';
export const title = 'F6: the same bytes for any number of workers';

export async function measure({ folder, short }) {
  const size = short ? '640x360' : '1920x1080';
  const seconds = short ? 20 : 120;
  const source = await longFootage(folder, { seconds, size });
  const parts = scatteredParts({
    count: 8,
    frames: (seconds / 10) * 30,
    sourceFrames: seconds * 30,
  });
  const dissolve = [{ type: 'transition.addAll', duration: '10f' }];
  const cut = await projectOf(folder, { size, sources: [source], parts });
  await cut.edit([{ ...dissolve[0], timelineId: cut.timelineId }]).catch(() => undefined);
  const rows = [];
  for (const jobs of ['1', '2', '4']) {
    await cut.inkreel.forget();
    const output = join(folder, `jobs-${jobs}.mp4`);
    const { ms, film } = await cut.export(output, '--mode', 'encode', '--jobs', jobs);
    rows.push({
      workers: jobs,
      seconds: (ms / 1000).toFixed(2),
      pieces: film.spans.length,
      sha256: await fileHash(output),
    });
  }
  const same = new Set(rows.map(({ sha256 }) => sha256)).size === 1;
  return { note: same ? 'All the same.' : 'THEY DIFFER.', rows };
}
