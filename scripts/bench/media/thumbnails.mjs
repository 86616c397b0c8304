/* F12: thumbnails of an hour of film, against one ffmpeg for each; the latter is measured on some and taken for all. */
import { join } from 'node:path';
import { factsOf, findTools } from '../lib/engine.mjs';
import { pairedRuns } from '../lib/pairedRuns.mjs';
import { runProgram } from '../lib/program.mjs';

const SECONDS = 3_600;
const WANTED = 360;
const MEASURED = 12;

export const id = 'F12';
export const title = `F12: ${WANTED} thumbnails of an hour`;

export async function measure({ folder, rounds, say }) {
  const path = await hourOfFilm(folder);
  const { makeThumbnails, stripLayout } = await import('../../../engine/media/makeThumbnails.ts');
  const tools = await findTools();
  const facts = await factsOf(path);
  const layout = {
    ...stripLayout(facts),
    count: WANTED,
    intervalFlicks: (SECONDS / WANTED) * 705_600_000,
  };
  const one = async (index) => {
    // Not at equal distances: the film repeats itself, and so would the frames.
    const tile = Math.round((index * (WANTED - 1)) / (MEASURED - 1));
    const at = tile * (SECONDS / WANTED);
    const { ms } = await runProgram('ffmpeg', [
      ...['-v', 'error', '-y', '-ss', String(at), '-i', path],
      ...['-frames:v', '1', '-vf', `scale=${layout.tileWidth}:${layout.tileHeight}`],
      join(folder, `one-${index}.jpg`),
    ]);
    return ms;
  };
  const results = await pairedRuns(
    [
      {
        name: `Inkreel, a strip of ${WANTED}`,
        run: async () => {
          const started = performance.now();
          await makeThumbnails({ tools, path, facts, layout, output: join(folder, 'strip.jpg') });
          return performance.now() - started;
        },
      },
      {
        name: `one ffmpeg each (${MEASURED} measured)`,
        run: async () => {
          let ms = 0;
          for (let index = 0; index < MEASURED; index += 1) ms += await one(index);
          return (ms * WANTED) / MEASURED;
        },
      },
    ],
    { rounds, say },
  );
  return {
    note: `A file of one hour, a sync frame every two seconds. The studio itself shows ${stripLayout(facts).count} of them.`,
    rows: results.map(({ name, medianMs, ratio }) => ({
      who: name,
      'median s': (medianMs / 1000).toFixed(2),
      'times Inkreel': ratio.toFixed(2),
    })),
  };
}

/** An hour of 1080p30 from twenty seconds, which are encoded once and written down again and again. */
async function hourOfFilm(folder) {
  const part = join(folder, 'part.mp4');
  const path = join(folder, 'hour.mp4');
  await runProgram('ffmpeg', [
    ...[
      '-v',
      'error',
      '-y',
      '-f',
      'lavfi',
      '-i',
      'mandelbrot=size=1920x1080:rate=30:end_scale=0.02',
    ],
    ...['-t', '20', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '26', '-g', '60'],
    ...['-pix_fmt', 'yuv420p', part],
  ]);
  await runProgram('ffmpeg', [
    ...[
      '-v',
      'error',
      '-y',
      '-stream_loop',
      String(SECONDS / 20 - 1),
      '-i',
      part,
      '-c',
      'copy',
      path,
    ],
  ]);
  return path;
}
