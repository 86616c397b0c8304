import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type DynamicRange, exportSettingsSchema } from '#core/render/settings.ts';
import { ZERO } from '#core/time/flicks.ts';
import { frameStart, rate } from '#core/time/rate.ts';
import { run } from '#engine/process/run.ts';
import { testFolder } from '../support/folder.ts';
import { FilmBench } from './filmBench.ts';

/*
 * Bars of grey light, coded here by the formulas of the standards, go into films of high dynamic range and must come out
 * as the same light, whichever way the source and the film code it.
 */

const folder = testFolder('high-range');
const bench = new FilmBench(folder);
const fps = rate(25);
const [WIDTH, HEIGHT] = [320, 180];
const FRAMES = 4;

/** Light in cd/m². Paper is 203 (ITU-R BT.2408). */
const NITS = [0, 2, 10, 50, 100, 203, 500, 1_000];
const PAPER = 203;

/** SMPTE ST 2084. */
function pq(nits: number): number {
  const power = (nits / 10_000) ** (2610 / 16_384);
  return ((107 / 128 + (2413 / 128) * power) / (1 + (2392 / 128) * power)) ** (2523 / 32);
}

/** ITU-R BT.2100, on a screen of 1,000 cd/m². */
function hlg(nits: number): number {
  const scene = (nits / 1_000) ** (1 / 1.2);
  return scene <= 1 / 12
    ? Math.sqrt(3 * scene)
    : 0.17883277 * Math.log(12 * scene - 0.28466892) + 0.55991073;
}

/** ITU-R BT.1886, with the white of paper. */
function sdr(nits: number): number {
  return Math.min(1, (nits / PAPER) ** (1 / 2.4));
}

const CODES = { pq, hlg, sdr };
type Code = keyof typeof CODES;
const TAGS: Record<Code, readonly string[]> = {
  pq: ['bt2020nc', 'bt2020', 'smpte2084'],
  hlg: ['bt2020nc', 'bt2020', 'arib-std-b67'],
  sdr: ['bt709', 'bt709', 'bt709'],
};

const assets = {} as Record<Code, string>;

/** A recording of the bars, of ten bits in limited range. */
async function recording(code: Code): Promise<string> {
  const raw = Buffer.alloc(WIDTH * HEIGHT * 2 * 3, 0);
  for (let at = 0; at < WIDTH * HEIGHT; at += 1) {
    const bar = Math.floor(((at % WIDTH) * NITS.length) / WIDTH);
    raw.writeUInt16LE(Math.round(64 + 876 * CODES[code](NITS[bar] ?? 0)), at * 2);
    for (const plane of [1, 2]) raw.writeUInt16LE(512, (plane * WIDTH * HEIGHT + at) * 2);
  }
  const [input, path] = [join(folder, `${code}.raw`), join(folder, `${code}.mkv`)];
  writeFileSync(input, raw);
  const [matrix = '', primaries = '', transfer = ''] = TAGS[code];
  const { exitCode, stderr } = await run('ffmpeg', [
    ...['-v', 'error', '-y', '-stream_loop', '9', '-f', 'rawvideo', '-pix_fmt', 'yuv444p10le'],
    ...['-video_size', `${WIDTH}x${HEIGHT}`, '-framerate', '25', '-i', input],
    ...['-c:v', 'ffv1', '-pix_fmt', 'yuv420p10le', '-colorspace', matrix],
    ...['-color_primaries', primaries, '-color_trc', transfer, '-color_range', 'tv', path],
  ]);
  if (exitCode !== 0) throw new Error(stderr);
  return bench.asset(path);
}

beforeAll(async () => {
  for (const code of ['pq', 'hlg', 'sdr'] as const) assets[code] = await recording(code);
});

function timelineOf(codes: readonly Code[], opacity?: number): string {
  const timelineId = bench.timeline({ frameRate: fps, width: WIDTH, height: HEIGHT });
  const track = bench.track(timelineId, 'video');
  codes.forEach((code, index) => {
    const sourceRange = { in: ZERO, out: frameStart(FRAMES, fps) };
    const clip = { assetId: assets[code], sourceRange };
    bench.clip(track, frameStart(index * FRAMES, fps), {
      ...clip,
      ...(opacity === undefined ? {} : { opacity }),
    });
  });
  return timelineId;
}

const settingsOf = (dynamicRange: DynamicRange, more: object = {}) =>
  exportSettingsSchema.parse({
    videoCodec: 'hevc',
    crf: 1,
    encoderPreset: 'veryfast',
    dynamicRange,
    ...more,
  });

/** The brightness of each bar, of ten bits, in the middle of each clip. */
async function brightness(film: string, clips: number): Promise<number[][]> {
  const chunks: Buffer[] = [];
  await run(
    'ffmpeg',
    ['-v', 'error', '-i', film, '-vf', 'extractplanes=y', '-f', 'rawvideo', 'pipe:1'],
    { onStdoutData: (chunk) => chunks.push(chunk) },
  );
  const all = Buffer.concat(chunks);
  return Array.from({ length: clips }, (_, clip) =>
    NITS.map((_nits, bar) => {
      const x = Math.floor(((bar + 0.5) * WIDTH) / NITS.length);
      const frame = clip * FRAMES + 2;
      return all.readUInt16LE(((frame * HEIGHT + HEIGHT / 2) * WIDTH + x) * 2);
    }),
  );
}

async function tagsOf(film: string): Promise<Record<string, string>> {
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-select_streams', 'v', '-print_format', 'json', '-show_entries'],
    ...['stream=profile,pix_fmt,color_space,color_primaries,color_transfer,color_range', film],
  ]);
  return (JSON.parse(stdout) as { streams: Record<string, string>[] }).streams[0] ?? {};
}

/** Steps of ten bits that bars may be off: what coding and tables cost. */
const NEAR = 4;

describe.each(['pq', 'hlg'] as const)('a film in %s', (range) => {
  it('shows the light of sources as it is, coded as the film is, and says so', async () => {
    const codes = ['pq', 'hlg', 'sdr'] as const;
    const film = await bench.export(timelineOf(codes), { settings: settingsOf(range) });
    expect(await tagsOf(film)).toEqual({
      profile: 'Main 10',
      pix_fmt: 'yuv420p10le',
      color_space: 'bt2020nc',
      color_primaries: 'bt2020',
      color_transfer: range === 'pq' ? 'smpte2084' : 'arib-std-b67',
      color_range: 'tv',
    });
    const found = await brightness(film, codes.length);
    for (const [index, code] of codes.entries()) {
      // Usual pictures have no light beyond the white of paper.
      const light = NITS.map((nits) => (code === 'sdr' ? Math.min(nits, PAPER) : nits));
      const wanted = light.map((nits) => 64 + 876 * CODES[range](nits));
      const off = wanted.map((value, bar) => Math.abs(value - (found[index]?.[bar] ?? 0)));
      expect(Math.max(...off), `${code}: ${found[index]?.join(' ')}`).toBeLessThanOrEqual(NEAR);
    }
  });

  it('draws usual pictures that are composed with the light of paper', async () => {
    const film = await bench.export(timelineOf(['sdr'], 0.999), { settings: settingsOf(range) });
    const [found = []] = await brightness(film, 1);
    const white = 64 + 876 * CODES[range](PAPER);
    expect(Math.abs((found[5] ?? 0) - white)).toBeLessThanOrEqual(6);
  });
});

describe('high dynamic range', () => {
  it('is refused where pictures of it would have to be composed for usual screens', async () => {
    const timelineId = timelineOf(['pq'], 0.5);
    await expect(bench.export(timelineId, { settings: settingsOf('pq') })).rejects.toMatchObject({
      fault: { code: 'export/high-range-lost' },
    });
  });

  it('is refused of codecs that cannot say it', async () => {
    const settings = settingsOf('pq', { videoCodec: 'h264' });
    await expect(bench.export(timelineOf(['pq']), { settings })).rejects.toMatchObject({
      fault: { code: 'export/no-high-range' },
    });
  });
});

it('ten bits are ten bits, not eight with more room', async () => {
  const path = join(folder, 'ramp.mkv');
  await run('ffmpeg', [
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i'],
    'color=black:size=1024x64:rate=25:duration=0.4,format=yuv420p10le,geq=lum=X/1023*876+64:cb=512:cr=512',
    ...['-c:v', 'ffv1', '-pix_fmt', 'yuv420p10le', '-colorspace', 'bt709'],
    ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv', path],
  ]);
  const timelineId = bench.timeline({ frameRate: fps, width: 1024, height: 64 });
  bench.clip(bench.track(timelineId, 'video'), ZERO, {
    assetId: await bench.asset(path),
    sourceRange: { in: ZERO, out: frameStart(4, fps) },
  });
  const settings = exportSettingsSchema.parse({ videoCodec: 'prores', videoProfile: 'hq' });
  const output = join(folder, 'ramp.mov');
  const film = await bench.export(timelineId, { settings, output });
  const chunks: Buffer[] = [];
  await run(
    'ffmpeg',
    [
      '-v',
      'error',
      '-i',
      film,
      '-frames:v',
      '1',
      '-pix_fmt',
      'gray10le',
      '-vf',
      'extractplanes=y',
      '-f',
      'rawvideo',
      'pipe:1',
    ],
    { onStdoutData: (chunk) => chunks.push(chunk) },
  );
  const data = Buffer.concat(chunks);
  const levels = new Set(Array.from({ length: 1024 }, (_, x) => data.readUInt16LE(x * 2)));
  expect(levels.size).toBeGreaterThan(600);
});
