/* F4: an export is killed half-way and goes on. The bar: at most one piece for each worker is lost; the bytes are equal. */
import { once } from 'node:events';
import { join } from 'node:path';
import { projectOf, scatteredParts } from '../lib/cut.mjs';
import { fileHash } from '../lib/film.mjs';
import { longFootage } from '../lib/footage.mjs';

export const id = 'F4';
export const title = 'F4: killed and resumed';

const WORKERS = 2;

export async function measure({ folder, say, short }) {
  const size = short ? '640x360' : '1920x1080';
  const seconds = short ? 60 : 300;
  const source = await longFootage(folder, { seconds, size });
  const parts = scatteredParts({
    count: 12,
    frames: (seconds / 15) * 30,
    sourceFrames: seconds * 30,
  });
  const cut = await projectOf(folder, { size, sources: [source], parts });
  const quality = ['--mode', 'encode', '--encoder-preset', 'medium', '--jobs', String(WORKERS)];
  const whole = join(folder, 'whole.mp4');
  const { ms, film } = await cut.export(whole, ...quality);
  const bytes = await fileHash(whole);
  const rows = [];
  for (const share of [0.25, 0.5, 0.75]) {
    await cut.inkreel.forget();
    const output = join(folder, `killed-${share}.mp4`);
    const ended = cut.inkreel
      .watch((child) => killAt(child, ms * share), ...cut.exportArguments(output, ...quality))
      .then(
        () => false,
        () => true,
      );
    const wasKilled = await ended;
    const again = await cut.export(output, ...quality, '--resume');
    const kept = again.film.spans.filter(({ cached }) => cached).length;
    rows.push({
      'killed at': `${100 * share} %${wasKilled ? '' : ' (it had ended)'}`,
      'resumed in s': (again.ms / 1000).toFixed(2),
      'share of the whole': `${((100 * again.ms) / ms).toFixed(0)} %`,
      'pieces kept': `${kept} of ${film.spans.length}`,
      'same bytes': (await fileHash(output)) === bytes,
    });
    say(`  killed at ${100 * share} %: ${kept} pieces kept`);
  }
  return {
    note: `${film.spans.length} pieces, ${WORKERS} workers; the whole takes ${(ms / 1000).toFixed(1)} s.`,
    rows,
  };
}

function killAt(child, ms) {
  const timer = setTimeout(() => child.kill('SIGKILL'), ms);
  void once(child, 'close').then(() => clearTimeout(timer));
}
