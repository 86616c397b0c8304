import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settleAsync } from '#core/fault.ts';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { FLICKS_PER_SECOND, flicks, ZERO } from '#core/time/flicks.ts';
import { type Rate, rate } from '#core/time/rate.ts';
import { decodePng } from '#engine/export/compose/png.ts';
import { renderFrame } from '#engine/export/renderFrame.ts';
import { run } from '#engine/process/run.ts';
import { findFfmpeg } from '#engine/tools/ffmpeg.ts';
import { testFolder } from '../support/folder.ts';
import { makeNumberedFootage, readNumbers } from '../support/numberedFootage.ts';
import { at, FilmBench } from './filmBench.ts';

const folder = testFolder('sources');
const bench = new FilmBench(folder);
const fps = rate(25);

async function ffmpeg(...args: string[]): Promise<void> {
  const { exitCode, stderr } = await run('ffmpeg', ['-v', 'error', '-y', ...args]);
  if (exitCode !== 0) throw new Error(stderr);
}

/** Footage of 50 pictures, numbered, of two seconds. */
async function numbered(name: string, options: { rate?: string; gop?: number } = {}) {
  const path = join(folder, name);
  await makeNumberedFootage({ path, frames: 50, rate: '25', ...options });
  return path;
}

/** The numbers that a film of a stretch of a file shows. */
async function shown(
  path: string,
  from: number,
  to: number,
  { frameRate = fps, more = {} }: { frameRate?: Rate; more?: { rotation?: number } } = {},
): Promise<number[]> {
  const timelineId = bench.timeline({ frameRate });
  const range = { in: at(from, frameRate), out: at(to, frameRate) };
  const track = bench.track(timelineId, 'video');
  bench.clip(track, ZERO, { assetId: await bench.asset(path), sourceRange: range, ...more });
  return (await readNumbers(await bench.export(timelineId))).map(({ number }) => number);
}

function frameOf(timelineId: string, frame: number, output: string) {
  return findFfmpeg().then((tools) =>
    renderFrame({
      project: bench.project,
      projectPath: join(folder, 'bench.inkreel'),
      ...{ timelineId, frame, output, force: true, tools },
      cacheDir: join(folder, 'cache'),
      overlays: () => Promise.reject(new Error('This film has no graphics')),
      signal: new AbortController().signal,
    }),
  );
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('where a file has no picture', () => {
  it('the last one stays, in films and in single frames, however far it is past', async () => {
    const short = await numbered('short.mp4');
    const path = join(folder, 'long-sound.mkv');
    await ffmpeg(
      ...['-i', short, '-f', 'lavfi', '-i', 'sine=duration=5', '-map', '0:v', '-map', '1:a'],
      ...['-c:v', 'copy', '-c:a', 'flac', path],
    );
    const past = upTo(110).map((frame) => Math.min(49, frame + 5));
    expect(await shown(path, 5, 115)).toEqual(past);
    // Cut where the last picture is on screen, and where there is none any more.
    expect(await shown(path, 49, 54)).toEqual([49, 49, 49, 49, 49]);
    expect(await shown(path, 100, 103)).toEqual([49, 49, 49]);
    expect(await shown(path, 48, 52, { more: { rotation: 360 } })).toEqual([48, 49, 49, 49]);

    const timelineId = bench.timeline({ frameRate: fps });
    bench.clip(bench.track(timelineId, 'video'), ZERO, {
      assetId: await bench.asset(path),
      sourceRange: { in: ZERO, out: at(120, fps) },
    });
    const output = join(folder, 'frame.png');
    await frameOf(timelineId, 119, output);
    const { data, width, height } = decodePng(readFileSync(output));
    const number = upTo(16).reduce((sum, column) => {
      const place = Math.floor(height * 0.75) * width + Math.floor(((column + 0.5) * width) / 16);
      return (data[place * 4] ?? 0) > 126 ? sum + 2 ** column : sum;
    }, 0);
    expect(number).toBe(49);
  });

  it('the one before stays, however long ago it began', async () => {
    const path = join(folder, 'gap.mkv');
    // One picture every four seconds, all of one group.
    await ffmpeg(
      ...['-i', await numbered('sparse.mp4'), '-vf', 'trim=end_frame=4,setpts=N*4/TB', '-an'],
      ...['-fps_mode', 'passthrough', '-c:v', 'libx264', '-g', '250', path],
    );
    expect(await shown(path, 150, 203)).toEqual(upTo(53).map((index) => (index < 50 ? 1 : 2)));
  });

  it.each(['mp4', 'mkv'])(
    'the one before a pause stays, in %s, though a sync frame ends it',
    async (container) => {
      // As recordings of screens have it: the packet after the pause is to be decoded before it.
      const path = join(folder, `pause.${container}`);
      await ffmpeg(
        ...['-i', await numbered('steady.mp4'), '-vf', 'setpts=(N+100*gte(N\\,10))/25/TB', '-an'],
        ...['-fps_mode', 'passthrough', '-c:v', 'libx264', '-g', '250', '-bf', '3'],
        ...['-force_key_frames', '4.4', path],
      );
      const past = [...upTo(50).map(() => 9), 10, 11, 12];
      expect(await shown(path, 60, 113)).toEqual(past);
      // Cut just before the pause ends too.
      expect(await shown(path, 109, 111)).toEqual([9, 10]);
    },
  );
});

it('a file is opened at exact times, whatever it counts in', async () => {
  const source = await numbered('29.97.mp4', { rate: '30000/1001' });
  const path = join(folder, '29.97.avi');
  await ffmpeg('-i', source, '-an', '-c:v', 'mpeg4', '-q:v', '2', path);
  const frameRate = rate(30_000, 1_001);
  expect(await shown(path, 37, 45, { frameRate })).toEqual(upTo(8).map((index) => index + 37));
  // A little after the middle of the frame, so that a shift of a few milliseconds shows.
  const timelineId = bench.timeline({ frameRate });
  const range = { in: at(36.53, frameRate), out: flicks(at(36.53, frameRate) + at(6, frameRate)) };
  const assetId = await bench.asset(path);
  bench.clip(bench.track(timelineId, 'video'), ZERO, { assetId, sourceRange: range });
  const seen = await readNumbers(await bench.export(timelineId));
  expect(seen.map(({ number }) => number)).toEqual(upTo(6).map((index) => index + 37));
});

describe('a file that is not the imported one any more', () => {
  it('is refused, or a slate stands for it', async () => {
    const path = join(folder, 'take.mp4');
    copyFileSync(await numbered('first-take.mp4'), path);
    const timelineId = bench.timeline({ frameRate: fps });
    const sourceRange = { in: ZERO, out: at(10, fps) };
    const assetId = await bench.asset(path);
    bench.clip(bench.track(timelineId, 'video'), ZERO, { assetId, sourceRange });
    expect(await readNumbers(await bench.export(timelineId))).toHaveLength(10);
    // The same size, other content.
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(1, bytes.length >> 1, (bytes.length >> 1) + 16));

    for (const made of [
      await settleAsync(() => bench.export(timelineId)),
      await settleAsync(() => frameOf(timelineId, 3, join(folder, 'changed.png'))),
    ]) {
      if (made.ok) throw new Error('A changed file was used');
      expect(made.error.code).toBe('export/media-changed');
      expect(made.error.message).toContain('take.mp4');
      expect(made.error.details).toEqual({ changed: ['take.mp4'] });
    }
    const settings = exportSettingsSchema.parse({ offline: 'slate' });
    const film = await bench.export(timelineId, { settings });
    const still = join(folder, 'slate.png');
    await ffmpeg('-i', film, '-frames:v', '1', still);
    const { data } = decodePng(readFileSync(still));
    // The ground of the slate, which no numbered picture has in its corner.
    expect([...data.subarray(0, 3)].map((value) => value < 60)).toEqual([true, true, true]);
    expect(data.some((value, index) => index % 4 === 0 && value > 200)).toBe(true);
  });
});

describe('pictures of two fields', () => {
  it.each(['top', 'bottom'] as const)('become whole ones, %s field first', async (first) => {
    const path = join(folder, `${first}.mkv`);
    // A bar that moves by four pixels from field to field.
    await ffmpeg(
      ...['-f', 'lavfi', '-i', 'color=black:size=320x180:rate=50:duration=1'],
      '-vf',
      `geq=lum='if(between(X\\,40+4*N\\,79+4*N)\\,235\\,16)':cb=128:cr=128,tinterlace=interleave_${first}`,
      ...['-c:v', 'mpeg2video', '-q:v', '1', '-flags', '+ildct+ilme'],
      ...['-top', first === 'top' ? '1' : '0', path],
    );
    for (const more of [{}, { rotation: 360 }]) {
      const timelineId = bench.timeline({ frameRate: fps });
      const sourceRange = { in: ZERO, out: flicks(FLICKS_PER_SECOND) };
      const assetId = await bench.asset(path);
      bench.clip(bench.track(timelineId, 'video'), ZERO, { assetId, sourceRange, ...more });
      const rows = await barsOf(await bench.export(timelineId));
      expect(rows).toHaveLength(25);
      // The picture is that of the earlier field, and neighbouring rows agree.
      rows.forEach(({ even, odd }, frame) => {
        expect(Math.abs(even - odd), `combing of frame ${frame}`).toBeLessThan(0.6);
        expect(Math.abs((even + odd) / 2 - (60 + 8 * frame)), `place in ${frame}`).toBeLessThan(
          0.8,
        );
      });
    }
  });
});

/** Where the middle of the bar is in the even and in the odd rows of each picture. */
async function barsOf(film: string): Promise<{ even: number; odd: number }[]> {
  const chunks: Buffer[] = [];
  const out = ['-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1'];
  await run('ffmpeg', ['-v', 'error', '-i', film, '-map', '0:v', ...out], {
    onStdoutData: (chunk) => chunks.push(chunk),
  });
  const all = Buffer.concat(chunks);
  const size = 320 * 180;
  return upTo(all.length / size).map((frame) => {
    const middle = (parity: number) => {
      let [sum, places] = [0, 0];
      for (let y = 60 + parity; y < 120; y += 2) {
        for (let x = 0; x < 320; x += 1) {
          const value = Math.max(0, (all[frame * size + y * 320 + x] ?? 0) - 20);
          sum += value;
          places += value * (x + 0.5);
        }
      }
      return places / sum;
    };
    return { even: middle(0), odd: middle(1) };
  });
}
