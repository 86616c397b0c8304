/* F12: the waveform of an 80-minute WAV, against ffmpeg only decoding it. */
import { join } from 'node:path';
import { factsOf, findTools } from '../lib/engine.mjs';
import { pairedRuns } from '../lib/pairedRuns.mjs';
import { runProgram } from '../lib/program.mjs';

const MINUTES = 80;

export const id = 'F12';
export const title = 'F12: peaks of a long WAV';

export async function measure({ folder, rounds, say, short }) {
  const minutes = short ? 8 : MINUTES;
  const path = join(folder, 'long.wav');
  await runProgram('ffmpeg', [
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i', 'anoisesrc=color=pink:seed=1:sample_rate=44100'],
    ...['-t', String(minutes * 60), '-ac', '2', '-c:a', 'pcm_s16le', path],
  ]);
  const { makePeaks } = await import('../../../engine/media/makePeaks.ts');
  const tools = await findTools();
  const facts = await factsOf(path);
  let count = 0;
  const results = await pairedRuns(
    [
      {
        name: 'ffmpeg decodes it',
        run: async () =>
          (await runProgram('ffmpeg', ['-v', 'error', '-i', path, '-f', 'null', '-'])).ms,
      },
      {
        name: 'Inkreel makes peaks',
        run: async () => {
          const started = performance.now();
          ({ count } = await makePeaks({ tools, path, facts, output: join(folder, 'peaks.bin') }));
          return performance.now() - started;
        },
      },
    ],
    { rounds, say },
  );
  return {
    note: `${minutes} minutes, ${count} peaks.`,
    rows: results.map(({ name, medianMs, ratio }) => ({
      who: name,
      'median s': (medianMs / 1000).toFixed(2),
      'times ffmpeg': ratio.toFixed(2),
    })),
  };
}
