import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './program.mjs';
import { recording } from './talkingHead.mjs';

const QUIET = ['-v', 'error', '-y'];
const PART_SECONDS = 20;
const SOUND = ['-c:a', 'aac', '-b:a', '128k', '-ac', '2'];

/**
 * A film of any length: twenty seconds, drawn or of the recording that `INKREEL_FOOTAGE` names, encoded and written down
 * again and again; with sound that is nowhere like itself. Answers its path.
 */
export async function longFootage(
  folder,
  { seconds, size = '1920x1080', rate = '30', gop = 60, seed = 1, crf = 23 },
) {
  const name = `${size}-${rate.replace('/', '_')}-${gop}-${seed}`;
  const part = join(folder, `part-${name}.mp4`);
  const whole = join(folder, `long-${name}-${seconds}.mp4`);
  if (!existsSync(part)) {
    await runProgram('ffmpeg', [
      ...[...QUIET, ...picture(size, rate, seed), '-f', 'lavfi', '-i', noise(seed)],
      ...['-map', '0:v', '-map', '1:a', '-vf', `scale=${size.replace('x', ':')},fps=${rate}`],
      ...['-t', String(Math.min(PART_SECONDS, seconds)), '-c:v', 'libx264', '-preset', 'veryfast'],
      ...['-crf', String(crf), '-g', String(gop), '-keyint_min', String(gop), '-sc_threshold', '0'],
      ...['-pix_fmt', 'yuv420p', '-colorspace', 'bt709', '-color_primaries', 'bt709'],
      ...['-color_trc', 'bt709', '-color_range', 'tv', ...SOUND, part],
    ]);
  }
  if (seconds <= PART_SECONDS) return part;
  // Sound is coded in one go: blocks of it do not fill a part exactly, and its times would jump from part to part.
  await runProgram('ffmpeg', [
    ...[...QUIET, '-stream_loop', String(Math.ceil(seconds / PART_SECONDS) - 1), '-i', part],
    ...['-f', 'lavfi', '-i', noise(seed), '-map', '0:v', '-map', '1:a', '-t', String(seconds)],
    ...['-c:v', 'copy', ...SOUND, whole],
  ]);
  return whole;
}

function noise(seed) {
  return `anoisesrc=color=pink:amplitude=0.3:seed=${seed}:sample_rate=48000`;
}

function picture(size, rate, seed) {
  const recorded = recording();
  if (recorded !== null) return ['-i', recorded];
  const drawn =
    seed % 2 === 1
      ? `mandelbrot=size=${size}:rate=${rate}:end_scale=0.02`
      : `testsrc2=size=${size}:rate=${rate}`;
  return ['-f', 'lavfi', '-i', drawn];
}

/** Words of a caption as SubRip, `count` of them over `seconds`, each seen for `share` of its turn. */
export function subRip({ count, seconds, share, textOf }) {
  const time = (at) => {
    const ms = Math.round(at * 1000);
    const two = (value) => String(Math.floor(value)).padStart(2, '0');
    const clock = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60].map(two).join(':');
    return `${clock},${String(ms % 1000).padStart(3, '0')}`;
  };
  const turn = seconds / count;
  return Array.from({ length: count }, (_, index) => {
    const start = index * turn;
    return `${index + 1}\n${time(start)} --> ${time(start + turn * share)}\n${textOf(index)}\n`;
  }).join('\n');
}
