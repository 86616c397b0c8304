import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './program.mjs';

/** The recording that films are made of, if one is named. */
export function recording() {
  const path = process.env.INKREEL_FOOTAGE;
  return path !== undefined && existsSync(path) ? path : null;
}

/**
 * A talking head of 1080p30 with sound, 42 s: from the recording that `INKREEL_FOOTAGE` names, otherwise drawn and as
 * hard to encode. Answers its path and which it is.
 */
export async function talkingHead(folder) {
  const path = join(folder, 'talking-head.mp4');
  const recorded = recording();
  const isRecorded = recorded !== null;
  const source = isRecorded
    ? ['-i', recorded]
    : [
        ...['-f', 'lavfi', '-i', 'mandelbrot=size=1280x720:rate=30:end_scale=0.02'],
        ...['-f', 'lavfi', '-i', 'anoisesrc=color=pink:amplitude=0.1:seed=1:sample_rate=48000'],
      ];
  await runProgram('ffmpeg', [
    ...['-v', 'error', '-y', ...source, '-t', '42'],
    ...['-vf', 'scale=1920:1080:flags=bicubic,fps=30,format=yuv420p'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '16', '-g', '60'],
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
    ...['-c:a', 'aac', '-b:a', '192k', '-ar', '48000', '-ac', '2', path],
  ]);
  return { path, kind: isRecorded ? 'a recording' : 'drawn footage' };
}
