/* F5: captions over 60 % of a recording, against Remotion alone. The bar: 6 times faster, SSIM 0.99 to its frames. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectOf } from '../lib/cut.mjs';
import { filmFacts, ssim } from '../lib/film.mjs';
import { longFootage, subRip } from '../lib/footage.mjs';
import { pairedRuns } from '../lib/pairedRuns.mjs';
import { remotionCut } from '../lib/remotionCut.mjs';

export const id = 'F5';
export const title = 'F5: captions over most of a film';

const SHARE = 0.6;

export async function measure({ folder, say, short }) {
  const seconds = short ? 10 : 300;
  const [width, height] = short ? [640, 360] : [1920, 1080];
  const size = `${width}x${height}`;
  const count = Math.ceil(seconds / 5);
  const textOf = (index) => `Caption ${index + 1} of a film that talks`;
  const source = await longFootage(folder, { seconds, size });
  const cut = await projectOf(folder, {
    ...{ size, sources: [source], parts: [{ in: 0, out: seconds * 30 }] },
    captions: subRip({ count, seconds, share: SHARE, textOf }),
  });
  const turn = (seconds / count) * 30;
  const cues = Array.from({ length: count }, (_, index) => ({
    text: textOf(index),
    start: Math.round(index * turn),
    end: Math.round(index * turn + turn * SHARE),
  }));
  const remotion = await remotionCut({
    ...{ folder, source, entry: 'captions.jsx', id: 'captions', crf: 20, preset: 'veryfast' },
    inputProps: { cues, width, height, frames: seconds * 30 },
  });
  if (remotion === null) throw new Error('no browser was found, which both sides need');
  const outputs = { inkreel: join(folder, 'inkreel.mp4'), remotion: join(folder, 'remotion.mp4') };
  const quality = ['--mode', 'encode', '--encoder-preset', 'veryfast', '--crf', '20'];
  const contestants = [
    { name: 'Inkreel', run: async () => (await cut.export(outputs.inkreel, ...quality)).ms },
    { name: 'Remotion alone', run: async () => (await remotion(outputs.remotion)).ms },
  ];
  // A second export would come from the cache.
  const results = await pairedRuns(contestants, { rounds: 1, say });
  const frames = async (path) => (existsSync(path) ? (await filmFacts(path)).frames : 'none');
  return {
    note: `${seconds} s of ${size}, ${count} captions over ${100 * SHARE} %. SSIM to each other ${(await ssim(outputs.inkreel, outputs.remotion)).toFixed(4)}.`,
    rows: await Promise.all(
      results.map(async ({ name, medianMs, ratio }, index) => ({
        who: name,
        seconds: (medianMs / 1000).toFixed(2),
        'times Inkreel': ratio.toFixed(2),
        frames: await frames(Object.values(outputs)[index]),
      })),
    ),
  };
}
