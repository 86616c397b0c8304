/*
 * F2: parts of a recording with a sync frame every two seconds, cut between them: what is copied, what it costs, and
 * whether every frame is the right one. The bar: 40 times faster than melt, 98 % of the packets as they were.
 */
import { join } from 'node:path';
import { projectOf, scatteredParts } from '../lib/cut.mjs';
import { fileHash, worstFrame } from '../lib/film.mjs';
import { longFootage } from '../lib/footage.mjs';
import { pairedRuns } from '../lib/pairedRuns.mjs';
import { hasProgram, runProgram } from '../lib/program.mjs';

export const id = 'F2';
export const title = 'F2: cutting without encoding anew';

/** The same for all that encode. */
const ENCODER = ['--crf', '18', '--encoder-preset', 'veryfast'];

export async function measure({ folder, rounds, say, short }) {
  const seconds = short ? 60 : 600;
  const source = await longFootage(folder, { seconds });
  const count = short ? 4 : 10;
  const frames = Math.floor((seconds * 30 * 0.8) / count);
  const parts = scatteredParts({ count, frames, sourceFrames: seconds * 30 });
  const cut = await projectOf(folder, { sources: [source], parts });
  const outputs = { copied: join(folder, 'copied.mp4'), encoded: join(folder, 'encoded.mp4') };
  let film;
  const contestants = [
    {
      name: 'Inkreel, --mode auto',
      run: async () => {
        // What an earlier round has kept, edges and lists of packets, would be used again.
        await cut.inkreel.forget();
        const made = await cut.export(outputs.copied, '--mode', 'auto', ...ENCODER);
        film = made.film;
        return made.ms;
      },
    },
    {
      name: 'Inkreel, --mode encode',
      runs: 1,
      run: async () => (await cut.export(outputs.encoded, '--mode', 'encode', ...ENCODER)).ms,
    },
  ];
  if (await hasProgram('melt'))
    contestants.push({
      name: 'melt',
      runs: 1,
      run: async () => (await meltParts(source, parts, join(folder, 'melt.mp4'))).ms,
    });
  else say('  melt is not there');
  const results = await pairedRuns(contestants, { rounds, say });
  const reference = join(folder, 'reference.mkv');
  await losslessParts(source, parts, reference);
  const { worst, wrong } = await worstFrame(outputs.copied, reference, folder);
  const { equal, all } = await equalPackets(source, outputs.copied);
  const { stderr } = await runProgram('ffmpeg', [
    ...['-v', 'warning', '-i', outputs.copied, '-f', 'null', '-'],
  ]);
  const copied = film.spans.filter(({ kind }) => kind === 'copy');
  return {
    note: [
      `${count} parts of ${(frames / 30).toFixed(1)} s; ${copied.length} of ${film.spans.length} pieces copied.`,
      `${equal} of ${all} packets as in the source (${((100 * equal) / all).toFixed(1)} %).`,
      `Worst frame SSIM ${worst.toFixed(4)}, wrong frames ${wrong}; decoder ${stderr.trim() === '' ? 'silent' : stderr.trim().slice(0, 200)}.`,
      `sha256 ${await fileHash(outputs.copied)}.`,
    ].join('\n'),
    rows: results.map(({ name, medianMs, ratio }) => ({
      who: name,
      'median s': (medianMs / 1000).toFixed(2),
      'times Inkreel': ratio.toFixed(2),
    })),
  };
}

async function equalPackets(source, film) {
  const hashes = async (path) => {
    const { stdout } = await runProgram('ffprobe', [
      ...['-v', 'error', '-select_streams', 'v:0', '-show_packets', '-show_data_hash', 'sha256'],
      ...['-show_entries', 'packet=data_hash', '-of', 'csv=p=0', path],
    ]);
    return stdout.split('\n').filter((line) => line !== '');
  };
  const known = new Set(await hashes(source));
  const own = await hashes(film);
  return { equal: own.filter((hash) => known.has(hash)).length, all: own.length };
}

function losslessParts(source, parts, output) {
  // Each part is opened on its own: one input split for all would fill the memory with waiting frames.
  const inputs = parts.flatMap((part) => [
    ...['-ss', ((part.in - 0.5) / 30).toFixed(6), '-t', ((part.out - part.in) / 30).toFixed(6)],
    ...['-i', source],
  ]);
  const graph = `${parts.map((_, index) => `[${index}:v]`).join('')}concat=n=${parts.length}[v]`;
  return runProgram('ffmpeg', [
    ...['-v', 'error', '-y', ...inputs, '-filter_complex', graph, '-map', '[v]'],
    ...['-c:v', 'libx264', '-crf', '0', '-preset', 'ultrafast', output],
  ]);
}

function meltParts(source, parts, output) {
  const clips = parts.flatMap((part) => [source, `in=${part.in}`, `out=${part.out - 1}`]);
  return runProgram('melt', [
    ...['-silent', '-profile', 'atsc_1080p_30', ...clips],
    ...['-consumer', `avformat:${output}`, 'vcodec=libx264', 'preset=veryfast', 'crf=18'],
    ...['g=60', 'acodec=aac', 'ab=192k', 'ar=48000', 'real_time=-2', 'terminate_on_pause=1'],
  ]);
}
