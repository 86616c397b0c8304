/*
 * F3: one caption of many is changed and the film exported again. The bar: 5 % of the first export, and frames like
 * those of an export that knows nothing of the first.
 */
import { join } from 'node:path';
import { projectOf } from '../lib/cut.mjs';
import { contentHash } from '../lib/film.mjs';
import { longFootage, subRip } from '../lib/footage.mjs';

export const id = 'F3';
export const title = 'F3: one caption changed';

export async function measure({ folder, say, short }) {
  const seconds = short ? 60 : 600;
  const count = short ? 12 : 60;
  const size = short ? '640x360' : '1920x1080';
  const source = await longFootage(folder, { seconds, size });
  const cut = await projectOf(folder, {
    ...{ size, sources: [source], parts: [{ in: 0, out: seconds * 30 }] },
    captions: subRip({ count, seconds, share: 0.6, textOf: (index) => `Caption ${index + 1}` }),
  });
  const quality = ['--mode', 'encode', '--encoder-preset', 'veryfast', '--crf', '20'];
  const first = await cut.export(join(folder, 'first.mp4'), ...quality);
  say(`  first: ${(first.ms / 1000).toFixed(1)} s`);
  await cut.edit([
    {
      type: 'caption.setText',
      captionId: await captionId(cut, Math.floor(count / 2)),
      text: 'This one is another now',
    },
  ]);
  const again = await cut.export(join(folder, 'again.mp4'), ...quality);
  say(`  again: ${(again.ms / 1000).toFixed(1)} s`);
  await cut.inkreel.forget();
  const clean = await cut.export(join(folder, 'clean.mp4'), ...quality);
  const same =
    (await contentHash(join(folder, 'again.mp4'))) ===
    (await contentHash(join(folder, 'clean.mp4')));
  const kept = ({ film }) =>
    `${film.spans.filter(({ cached }) => cached).length} of ${film.spans.length}`;
  return {
    note: `${seconds} s, ${count} captions, ${size}. Frames and samples ${same ? 'equal those' : 'DIFFER from those'} of a clean export.`,
    rows: [
      ['first export', first],
      ['one caption changed', again],
      ['clean export of the same', clean],
    ].map(([who, made]) => ({
      who,
      seconds: (made.ms / 1000).toFixed(2),
      'share of the first': `${((100 * made.ms) / first.ms).toFixed(1)} %`,
      'of that the film alone': (made.film.elapsedMs / 1000).toFixed(2),
      'pieces kept': kept(made),
    })),
  };
}

async function captionId(cut, index) {
  const { timelines } = await cut.inkreel.json('project', 'info', cut.project);
  const cues = timelines
    .flatMap(({ tracks }) => tracks)
    .filter(({ kind }) => kind === 'caption')
    .flatMap(({ items }) => items);
  return cues[index].id;
}
