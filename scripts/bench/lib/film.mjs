import { stat } from 'node:fs/promises';
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
