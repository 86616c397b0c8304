import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from './program.mjs';

/** Likeness of a film to another, frame by frame, 0 to 1. */
export async function ssim(film, reference) {
  const { stderr } = await runProgram('ffmpeg', [
    ...['-hide_banner', '-nostats', '-i', film, '-i', reference],
    ...['-lavfi', '[0:v]settb=AVTB,setpts=N[a];[1:v]settb=AVTB,setpts=N[b];[a][b]ssim'],
    ...['-f', 'null', '-'],
  ]);
  return Number(/SSIM.*All:([\d.]+)/.exec(stderr)?.[1]);
}

/** The lowest likeness of any one frame to its partner, and how many frames are below 0.9. */
export async function worstFrame(film, reference, folder) {
  const stats = join(folder, `ssim-${process.pid}.txt`);
  await runProgram('ffmpeg', [
    ...['-v', 'error', '-i', film, '-i', reference, '-lavfi'],
    `[0:v]settb=AVTB,setpts=N[a];[1:v]settb=AVTB,setpts=N[b];[a][b]ssim=stats_file=${stats}`,
    ...['-f', 'null', '-'],
  ]);
  const all = (await readFile(stats, 'utf8')).matchAll(/All:([\d.]+)/g);
  const values = [...all].map(([, value]) => Number(value));
  return { worst: Math.min(...values), wrong: values.filter((value) => value < 0.9).length };
}

/** A digest of what every frame looks like and every sample sounds like, whatever the file around them. */
export async function contentHash(path) {
  const { stdout } = await runProgram('ffmpeg', [
    '-v',
    'error',
    '-i',
    path,
    '-f',
    'streamhash',
    '-',
  ]);
  return stdout.trim();
}

/** A digest of the file’s bytes. */
export async function fileHash(path) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex').slice(0, 16);
}

/** What a film came to: frames, seconds of sound, megabits a second of picture, bytes. */
export async function filmFacts(path) {
  const { stdout } = await runProgram('ffprobe', [
    ...['-v', 'error', '-count_packets', '-of', 'json', path],
    ...['-show_entries', 'stream=codec_type,nb_read_packets,duration,bit_rate'],
  ]);
  const { streams } = JSON.parse(stdout);
  const video = streams.find(({ codec_type: type }) => type === 'video');
  const audio = streams.find(({ codec_type: type }) => type === 'audio');
  return {
    frames: Number(video?.nb_read_packets),
    megabits: Number(video?.bit_rate) / 1e6,
    soundSeconds: audio ? Number(audio.duration) : null,
    bytes: (await stat(path)).size,
  };
}
