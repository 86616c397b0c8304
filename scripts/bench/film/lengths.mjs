/* What a film costs against its length and the number of its pieces, and what checking it costs of that. */
import { join } from 'node:path';
import { projectOf, scatteredParts } from '../lib/cut.mjs';
import { longFootage } from '../lib/footage.mjs';

export const id = 'cost';
export const title = 'Cost against length and number of cuts';

export async function measure({ folder, say, short }) {
  const size = '640x360';
  const minutes = short ? [0.25, 0.5, 1] : [1, 5, 20, 60];
  const source = await longFootage(folder, { seconds: minutes.at(-1) * 60 + 10, size });
  const rows = [];
  for (const length of minutes) {
    for (const count of short ? [1, 10] : [1, 20, 200]) {
      const frames = Math.max(2, Math.floor((length * 60 * 30) / count));
      const parts = scatteredParts({
        ...{ count, frames },
        sourceFrames: Math.max(frames + 20, (minutes.at(-1) * 60 + 10) * 30),
      });
      const cut = await projectOf(folder, {
        name: `cost-${length}-${count}`,
        size,
        sources: [source],
        parts,
      });
      const row = { minutes: length, cuts: count };
      for (const mode of ['encode', 'auto']) {
        const output = join(folder, `cost-${length}-${count}-${mode}.mp4`);
        const { ms, film } = await cut.export(
          output,
          '--mode',
          mode,
          '--encoder-preset',
          'ultrafast',
        );
        row[`${mode}: s`] = (ms / 1000).toFixed(2);
        row[`${mode}: ms a frame`] = (film.elapsedMs / film.frames).toFixed(2);
        row[`${mode}: pieces`] = film.spans.length;
      }
      say(`  ${length} min, ${count} cuts: ${row['encode: s']} s, copied ${row['auto: s']} s`);
      rows.push(row);
    }
  }
  return { note: `${size}, x264 ultrafast; whole processes.`, rows };
}
