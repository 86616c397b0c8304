/*
 * F1: three clips of a talking head with two one-second dissolves, 22.7 s of 1080p30, everything re-encoded. The same
 * encoder, preset and CRF on all sides, sound included; whole processes are timed.
 */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filmFacts, ssim } from '../lib/film.mjs';
import { inkreelIn } from '../lib/inkreel.mjs';
import { pairedRuns } from '../lib/pairedRuns.mjs';
import { hasProgram, runProgram } from '../lib/program.mjs';
import { remotionCut } from '../lib/remotionCut.mjs';
import { talkingHead } from '../lib/talkingHead.mjs';

/** First frame and frames of each clip; neighbours share `DISSOLVE` frames. 681 frames in all. */
const CLIPS = [
  [30, 240],
  [450, 261],
  [900, 240],
];
const DISSOLVE = 30;
const CRF = '20';
const PRESET = 'veryfast';

export const id = 'F1';
export const title = 'F1: the same cut, everything re-encoded';

export async function measure({ folder, rounds, say, short }) {
  const source = await talkingHead(folder);
  const reference = join(folder, 'reference.mkv');
  await ffmpegCut(source.path, reference, ['-crf', '0', '-preset', 'ultrafast', '-c:a', 'flac']);
  const inkreel = await inkreelCut(folder, source.path);
  const outputs = {};
  const contestant = (name, file, cut, runs) => {
    outputs[name] = join(folder, file);
    return { name, runs, run: async () => (await cut(outputs[name])).ms };
  };
  const quality = ['-preset', PRESET, '-crf', CRF, '-c:a', 'aac', '-b:a', '192k'];
  const contestants = [
    contestant('one ffmpeg filter graph', 'ffmpeg.mp4', (path) =>
      ffmpegCut(source.path, path, quality),
    ),
    contestant('Inkreel', 'inkreel.mp4', inkreel),
    contestant('decode and encode only', 'floor.mp4', (path) =>
      reencode(source.path, path, quality),
    ),
  ];
  if (await hasProgram('melt'))
    contestants.push(contestant('melt', 'melt.mp4', (path) => meltCut(source.path, path)));
  else say('  melt is not there; to have it measured too: apt-get install melt');
  if (short) say('  Remotion is left out of the short form');
  const remotion = await (short ? null : remotionCut)?.({
    folder,
    source: source.path,
    entry: 'index.jsx',
    id: 'cut',
    inputProps: { clips: CLIPS, dissolve: DISSOLVE },
    crf: Number(CRF),
    preset: PRESET,
  });
  if (remotion) contestants.push(contestant('Remotion alone', 'remotion.mp4', remotion, 1));
  else if (!short) say('  Remotion is left out: no browser was found');
  const results = await pairedRuns(contestants, { rounds, say });
  const rows = [];
  for (const { name, medianMs, ratio } of results) {
    const path = outputs[name];
    if (!existsSync(path)) continue;
    const facts = await filmFacts(path);
    rows.push({
      who: name,
      'median s': (medianMs / 1000).toFixed(1),
      'times ffmpeg': ratio.toFixed(2),
      frames: facts.frames,
      SSIM: name === 'decode and encode only' ? '–' : (await ssim(path, reference)).toFixed(4),
      'Mbit/s': facts.megabits.toFixed(2),
      'sound s': facts.soundSeconds?.toFixed(2) ?? 'none',
    });
  }
  return {
    note: `Footage: ${source.kind}. ${PRESET}, CRF ${CRF}. SSIM to the lossless cut.`,
    rows,
  };
}

const seconds = (frames) => (frames / 30).toFixed(6);

function ffmpegCut(source, output, quality) {
  const inputs = CLIPS.flatMap(([start, frames]) => [
    ...['-ss', seconds(start), '-t', seconds(frames), '-i', source],
  ]);
  const [first, second] = CLIPS;
  const offsets = [first[1] - DISSOLVE, first[1] + second[1] - 2 * DISSOLVE].map(seconds);
  const fade = `xfade=transition=fade:duration=${seconds(DISSOLVE)}`;
  const cross = `acrossfade=d=${seconds(DISSOLVE)}:c1=tri:c2=tri`;
  const graph = [
    `[0:v][1:v]${fade}:offset=${offsets[0]}[v1]`,
    `[v1][2:v]${fade}:offset=${offsets[1]},format=yuv420p[v]`,
    `[0:a][1:a]${cross}[a1]`,
    `[a1][2:a]${cross}[a]`,
  ];
  return runProgram('ffmpeg', [
    ...['-v', 'error', '-y', ...inputs, '-filter_complex', graph.join(';')],
    ...['-map', '[v]', '-map', '[a]', '-c:v', 'libx264', '-g', '60', ...quality, output],
  ]);
}

function reencode(source, output, quality) {
  return runProgram('ffmpeg', [
    ...['-v', 'error', '-y', '-ss', '1', '-t', '22.7', '-i', source],
    ...['-c:v', 'libx264', '-g', '60', ...quality, output],
  ]);
}

function meltCut(source, output) {
  const clip = ([start, frames]) => [source, `in=${start}`, `out=${start + frames - 1}`];
  const mix = ['-mix', String(DISSOLVE), '-mixer', 'luma', '-mixer', 'mix:-1'];
  const [first, second, third] = CLIPS;
  return runProgram('melt', [
    ...['-silent', '-profile', 'atsc_1080p_30'],
    ...clip(first),
    ...[...clip(second), ...mix, ...clip(third), ...mix],
    ...['-consumer', `avformat:${output}`, 'vcodec=libx264', `preset=${PRESET}`, `crf=${CRF}`],
    ...['g=60', 'acodec=aac', 'ab=192k', 'ar=48000', 'real_time=-2', 'terminate_on_pause=1'],
  ]);
}

/** Makes the project; answers a function that exports it. */
async function inkreelCut(folder, source) {
  const inkreel = inkreelIn(folder);
  const project = join(folder, 'cut.inkreel');
  const { timelineId } = await inkreel.json(
    'project',
    'new',
    project,
    '--fps',
    '30',
    '--size',
    '1920x1080',
  );
  const { assets } = await inkreel.json('media', 'import', project, source);
  const half = DISSOLVE / 2;
  const last = CLIPS.length - 1;
  // A dissolve lies across an edit point: each clip gives half of it from beyond its end.
  const appends = CLIPS.map(([start, frames], index) => ({
    type: 'clip.append',
    timelineId,
    assetId: assets[0].id,
    in: `${start + (index > 0 ? half : 0)}f`,
    out: `${start + frames - (index < last ? half : 0)}f`,
    clipIds: [`picture-${index}`, `sound-${index}`],
  }));
  const dissolves = CLIPS.slice(1).map((_, index) => ({
    type: 'transition.add',
    clipId: `picture-${index + 1}`,
    duration: `${DISSOLVE}f`,
  }));
  const commands = join(folder, 'cut.json');
  await writeFile(commands, JSON.stringify([...appends, ...dissolves]));
  await inkreel.json('edit', project, '--commands', commands);
  return async (output) => {
    await inkreel.forget();
    return inkreel.run(
      ...['export', project, '--out', output, '--force'],
      ...['--mode', 'encode', '--crf', CRF, '--encoder-preset', PRESET],
    );
  };
}
