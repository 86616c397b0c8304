/*
 * F7: a long film of many parts of sources with a constant rate, a variable one and 29.97: whether every frame is the
 * right one, and how far sound is from where it should be. Sources carry the number of each frame and beep each second.
 */
import { join } from 'node:path';
import { projectOf } from '../lib/cut.mjs';
import { runProgram } from '../lib/program.mjs';

export const id = 'F7';
export const title = 'F7: picture and sound of a long film';

const SOURCE_SECONDS = 60;
/** Frames of the variable source that are left out. */
const isLeftOut = (frame) => (frame * 7 + Math.floor(frame / 5)) % 3 === 1;

export async function measure({ folder, short }) {
  const { makeNumberedFootage, readNumbers, beepStarts } = await import(
    '../../../tests/support/numberedFootage.ts'
  );
  const sources = [
    { path: join(folder, 'constant.mp4'), num: 30, den: 1 },
    { path: join(folder, 'ntsc.mp4'), num: 30_000, den: 1001 },
    { path: join(folder, 'variable.mp4'), num: 30, den: 1, isVariable: true },
  ];
  for (const { path, num, den } of sources.slice(0, 2))
    await makeNumberedFootage({ path, frames: SOURCE_SECONDS * 30, rate: `${num}/${den}` });
  await runProgram('ffmpeg', [
    ...['-v', 'error', '-y', '-i', sources[0].path],
    ...['-vf', "select='not(eq(mod(n*7+floor(n/5)\\,3)\\,1))'", '-vsync', 'vfr'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '16', '-c:a', 'copy', sources[2].path],
  ]);
  const seconds = short ? 60 : 3_600;
  const count = short ? 20 : 200;
  const frames = Math.floor((seconds * 30) / count);
  const room = SOURCE_SECONDS * 30 - frames - 60;
  const parts = Array.from({ length: count }, (_, index) => {
    const start = (index * 397 + 11) % room;
    return { source: index % sources.length, in: start, out: start + frames };
  });
  const cut = await projectOf(folder, {
    ...{ size: '320x180', sources: sources.map(({ path }) => path), parts },
  });
  const rows = [];
  for (const mode of ['encode', 'auto']) {
    const output = join(folder, `${mode}.mp4`);
    const { ms, film } = await cut.export(output, '--mode', mode, '--encoder-preset', 'veryfast');
    const seen = await readNumbers(output);
    const expected = parts.flatMap((part) =>
      Array.from({ length: frames }, (_, index) => numberAt(sources[part.source], part.in + index)),
    );
    const wrong = expected.filter((number, index) => seen[index]?.number !== number).length;
    const offsets = soundOffsets(parts, frames, await beepStarts(output));
    rows.push({
      mode,
      seconds: (ms / 1000).toFixed(1),
      frames: `${seen.length} of ${film.frames}`,
      'wrong frames': wrong,
      beeps: offsets.length,
      'sound off by at most, ms': Math.max(...offsets.map((ms) => Math.abs(ms))).toFixed(2),
    });
  }
  return { note: `${count} parts over ${seconds} s; the bar is 5 ms.`, rows };
}

/** The frame of a source that shows on a frame of the film: the last that starts before its middle. */
function numberAt({ num, den, isVariable }, frame) {
  let number = Math.max(0, Math.ceil(((frame + 0.5) * num) / (30 * den)) - 1);
  while (isVariable && number > 0 && isLeftOut(number)) number -= 1;
  return number;
}

/** For each beep that begins well within a part, how much later it is heard than it should be, in milliseconds. */
function soundOffsets(parts, frames, heard) {
  return parts.flatMap((part, index) => {
    const from = part.in / 30;
    const to = part.out / 30;
    const offsets = [];
    for (let second = Math.ceil(from + 0.2); second < to - 0.2; second += 1) {
      const expected = (index * frames) / 30 + second - from;
      const nearest = heard.reduce((best, at) =>
        Math.abs(at - expected) < Math.abs(best - expected) ? at : best,
      );
      offsets.push((nearest - expected) * 1000);
    }
    return offsets;
  });
}
