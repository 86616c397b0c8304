/* F8: clips of all kinds of loudness brought to a target. The bar: ± 0.1 LU, true peak at most −1 dBTP. */
import { join } from 'node:path';
import { projectOf } from '../lib/cut.mjs';
import { runProgram } from '../lib/program.mjs';

export const id = 'F8';
export const title = 'F8: loudness';

const TARGETS = [-14, -16, -23];
/** Sounds by ffmpeg, from steady to all peaks. */
const KINDS = [
  (seed) => `anoisesrc=color=pink:amplitude=${(0.05 + 0.03 * seed).toFixed(2)}:seed=${seed}`,
  (seed) => `sine=frequency=${220 + 60 * seed}`,
  (seed) => `aevalsrc='0.9*sin(2*PI*440*t)*lt(mod(t\\,${1 + (seed % 3)})\\,0.2)'`,
  (seed) => `aevalsrc='if(lt(mod(t\\,${2 + (seed % 4)})\\,0.01)\\,0.98\\,0.02*sin(2*PI*300*t))'`,
  (seed) => `anoisesrc=color=white:amplitude=0.2:seed=${seed},tremolo=f=0.5:d=0.9`,
];

export async function measure({ folder, say, short }) {
  const count = short ? 4 : 20;
  const rows = [];
  for (let index = 0; index < count; index += 1) {
    const source = join(folder, `loudness-${index}.mp4`);
    await runProgram('ffmpeg', [
      ...['-v', 'error', '-y', '-f', 'lavfi', '-i', 'color=gray:size=160x90:rate=30'],
      ...['-f', 'lavfi', '-i', KINDS[index % KINDS.length](index + 1), '-t', '12'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
      ...['-c:a', 'aac', '-b:a', '192k', '-ac', '2', '-ar', '48000', source],
    ]);
    const target = TARGETS[index % TARGETS.length];
    const cut = await projectOf(folder, {
      ...{ name: `loudness-${index}`, size: '160x90', sources: [source] },
      parts: [{ in: 0, out: 360 }],
    });
    const output = join(folder, `loudness-${index}-out.mp4`);
    await cut.export(output, '--loudness', String(target), '--encoder-preset', 'ultrafast');
    const { lufs, peak } = await loudnessOf(output);
    rows.push({
      clip: index + 1,
      'target LUFS': target,
      'is LUFS': lufs,
      'true peak dBTP': peak,
      'in the bar': Math.abs(lufs - target) <= 0.1 && peak <= -1,
    });
  }
  const met = rows.filter((row) => row['in the bar']).length;
  say(`  ${met} of ${count} clips`);
  return {
    note: `${met} of ${count} clips within ± 0.1 LU and −1 dBTP, measured on the film.`,
    rows,
  };
}

async function loudnessOf(path) {
  const { stderr } = await runProgram('ffmpeg', [
    ...['-hide_banner', '-nostats', '-i', path, '-map', '0:a', '-af', 'ebur128=peak=true'],
    ...['-f', 'null', '-'],
  ]);
  const summary = stderr.split('Summary:').at(-1);
  return {
    lufs: Number(/I:\s+(-?[\d.]+) LUFS/.exec(summary)?.[1]),
    peak: Number(/Peak:\s+(-?[\d.]+) dBFS/.exec(summary)?.[1]),
  };
}
