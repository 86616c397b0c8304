import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ExportOverrides, exportSettingsSchema } from '#core/render/settings.ts';
import { ZERO } from '#core/time/flicks.ts';
import { frameStart, rate } from '#core/time/rate.ts';
import { run } from '#engine/process/run.ts';
import { testFolder } from '../support/folder.ts';
import { FilmBench } from './filmBench.ts';

/*
 * A square of one colour in the middle of a wide frame, first as it is, then at half its opacity: of a film with a clear
 * background the square is there, and beside it nothing.
 */

const folder = testFolder('backgrounds');
const bench = new FilmBench(folder);
const fps = rate(25);
const [WIDTH, HEIGHT] = [320, 180];
const COLOR = [200, 80, 40] as const;
let timelineId: string;

beforeAll(async () => {
  const path = join(folder, 'square.png');
  const raw = join(folder, 'square.rgb');
  writeFileSync(raw, Buffer.concat(Array.from({ length: 180 * 180 }, () => Buffer.from(COLOR))));
  await run('ffmpeg', [
    ...['-v', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-video_size', '180x180'],
    ...['-i', raw, path],
  ]);
  const assetId = await bench.asset(path);
  timelineId = bench.timeline({ frameRate: fps, width: WIDTH, height: HEIGHT });
  const track = bench.track(timelineId, 'video');
  const sourceRange = { in: ZERO, out: frameStart(2, fps) };
  bench.clip(track, ZERO, { assetId, sourceRange });
  bench.clip(track, frameStart(2, fps), { assetId, sourceRange, opacity: 0.5 });
});

type Pixel = { red: number; green: number; blue: number; alpha: number };

/** Two pixels of a frame: in the middle of the square, and left of it. */
async function pixelsOf(
  film: readonly string[],
  frame: number,
): Promise<{ square: Pixel; beside: Pixel }> {
  const chunks: Buffer[] = [];
  const { stderr } = await run(
    'ffmpeg',
    [
      ...['-v', 'error', ...film, '-vf'],
      `select=eq(n\\,${frame}),scale=in_color_matrix=bt709:flags=accurate_rnd+full_chroma_int`,
      ...['-frames:v', '1', '-pix_fmt', 'rgba', '-f', 'rawvideo', 'pipe:1'],
    ],
    { onStdoutData: (chunk) => chunks.push(chunk) },
  );
  expect(stderr).toBe('');
  const data = Buffer.concat(chunks);
  const at = (x: number): Pixel => {
    const [red = -1, green = -1, blue = -1, alpha = -1] = data.subarray(
      ((HEIGHT / 2) * WIDTH + x) * 4,
    );
    return { red, green, blue, alpha };
  };
  return { square: at(WIDTH / 2), beside: at(20) };
}

const FILMS: readonly [name: string, settings: ExportOverrides, decoder: readonly string[]][] = [
  ['prores.mov', { videoCodec: 'prores' }, []],
  ['vp9.webm', { videoCodec: 'vp9' }, ['-c:v', 'libvpx-vp9']],
  ['vp9.mkv', { videoCodec: 'vp9', container: 'mkv' }, ['-c:v', 'libvpx-vp9']],
  ['pictures', { videoCodec: 'png' }, ['-f', 'image2']],
];

describe('a film with a clear background', () => {
  it.each(FILMS)('%s is clear where nothing is', async (name, overrides, decoder) => {
    const settings = exportSettingsSchema.parse({ ...overrides, background: 'clear' });
    const output = join(folder, name);
    await bench.export(timelineId, { settings, output });
    const input = ['-i', name === 'pictures' ? join(output, 'frame-%06d.png') : output];
    const whole = await pixelsOf([...decoder, ...input], 1);
    const half = await pixelsOf([...decoder, ...input], 3);
    expect(whole.beside.alpha).toBeLessThanOrEqual(1);
    expect(half.beside.alpha).toBeLessThanOrEqual(1);
    expect(whole.square.alpha).toBeGreaterThanOrEqual(254);
    expect(Math.abs(half.square.alpha - 128)).toBeLessThanOrEqual(3);
    for (const { square } of [whole, half]) {
      expect(Math.abs(square.red - COLOR[0])).toBeLessThanOrEqual(4);
      expect(Math.abs(square.green - COLOR[1])).toBeLessThanOrEqual(4);
      expect(Math.abs(square.blue - COLOR[2])).toBeLessThanOrEqual(4);
    }
  });

  it('is a GIF whose pixels are there or not', async () => {
    const settings = exportSettingsSchema.parse({ videoCodec: 'gif', background: 'clear' });
    const output = join(folder, 'clear.gif');
    await bench.export(timelineId, { settings, output });
    const { square, beside } = await pixelsOf(['-i', output], 1);
    expect([square.alpha, beside.alpha]).toEqual([255, 0]);
  });

  it('shows black to players that know of no alpha', async () => {
    const film = join(folder, 'vp9.webm');
    expect(readdirSync(folder)).toContain('vp9.webm');
    const { beside } = await pixelsOf(['-c:v', 'vp9', '-i', film], 1);
    expect(Math.max(beside.red, beside.green, beside.blue)).toBeLessThanOrEqual(2);
  });

  it.each<ExportOverrides>([
    { videoCodec: 'h264' },
    { videoCodec: 'prores', videoProfile: 'hq' },
    { videoCodec: 'vp9', container: 'mp4' },
  ])('is refused where the format has none: %o', async (overrides) => {
    const settings = exportSettingsSchema.parse({ ...overrides, background: 'clear' });
    const output = join(folder, `refused.${settings.container}`);
    await expect(bench.export(timelineId, { settings, output })).rejects.toMatchObject({
      fault: { code: 'export/no-clear-background' },
    });
  });
});
