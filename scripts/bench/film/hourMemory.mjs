/* F9: memory of the whole process tree while a long film is made. The bar: 900 MB at most, and no growth. */
import { join } from 'node:path';
import { projectOf, scatteredParts } from '../lib/cut.mjs';
import { longFootage } from '../lib/footage.mjs';
import { watchMemory } from '../lib/processTree.mjs';

export const id = 'F9';
export const title = 'F9: memory of a long film';

export async function measure({ folder, short }) {
  const seconds = short ? 40 : 3_600;
  const source = await longFootage(folder, { seconds });
  const count = short ? 4 : 60;
  const frames = Math.floor((seconds * 30 * 0.9) / count);
  const parts = scatteredParts({ count, frames, sourceFrames: seconds * 30 });
  const cut = await projectOf(folder, { sources: [source], parts });
  const rows = [];
  for (const mode of ['encode', 'auto']) {
    let memory = null;
    const started = performance.now();
    const { stdout } = await cut.inkreel.watch(
      (child) => {
        memory = watchMemory(child.pid);
      },
      ...cut.exportArguments(
        join(folder, `${mode}.mp4`),
        ...['--mode', mode, '--encoder-preset', 'ultrafast', '--json'],
      ),
    );
    const seen = memory?.stop();
    const megabytes = (bytes) => (bytes === undefined ? '–' : Math.round(bytes / 1e6));
    rows.push({
      mode,
      'film s': ((count * frames) / 30).toFixed(0),
      'made in s': ((performance.now() - started) / 1000).toFixed(1),
      'peak MB': megabytes(seen?.peak),
      'first half MB': megabytes(seen?.firstHalf),
      'second half MB': megabytes(seen?.secondHalf),
      frames: JSON.parse(stdout).frames,
    });
  }
  return {
    note: '1080p30; shared memory is counted once (PSS), sampled five times a second.',
    rows,
  };
}
