import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { ZERO } from '#core/time/flicks.ts';
import { frameStart, rate } from '#core/time/rate.ts';
import { run } from '#engine/process/run.ts';
import { testFolder } from '../support/folder.ts';
import { FilmBench } from './filmBench.ts';

/*
 * Bars of known colours are coded here, by the formulas of the standards, in every way that files have; a film of them
 * must show those colours, drawn by ffmpeg and composed here alike.
 */

type Color = readonly [red: number, green: number, blue: number];

const each = (color: Color, map: (value: number) => number): Color => [
  map(color[0]),
  map(color[1]),
  map(color[2]),
];

const folder = testFolder('colors');
const bench = new FilmBench(folder);
const fps = rate(25);
const [WIDTH, HEIGHT] = [320, 180];
const FRAMES = 2;

const BARS: readonly Color[] = [
  [235, 235, 235],
  [200, 190, 20],
  [20, 180, 190],
  [30, 170, 40],
  [180, 40, 170],
  [190, 30, 25],
  [35, 40, 180],
  [60, 60, 60],
];
/** In BT.2020 the darkest parts of strong colours are less than a step of ten bits. */
const SOFT_BARS = BARS.map((color) => each(color, (value) => Math.round(45 + 0.75 * value)));
const GREYS: readonly Color[] = [0, 32, 64, 96, 128, 160, 208, 255].map((v) => [v, v, v]);

/** Shares of red and blue in brightness: ITU-R BT.601, BT.709, BT.2020. */
const SHARES = {
  bt601: [0.299, 0.114],
  bt709: [0.2126, 0.0722],
  bt2020: [0.2627, 0.0593],
} as const;
type Matrix = keyof typeof SHARES;

type Coded = { matrix: Matrix; range: 'limited' | 'full'; bits: 8 | 10 };

/** Y, Cb and Cr of a colour of shares, by ITU-R BT.709 and its kin. */
function coded([r, g, b]: Color, { matrix, range, bits }: Coded): number[] {
  const [kr, kb] = SHARES[matrix];
  const y = kr * r + (1 - kr - kb) * g + kb * b;
  const cb = (b - y) / (2 * (1 - kb));
  const cr = (r - y) / (2 * (1 - kr));
  const unit = 2 ** (bits - 8);
  const most = 2 ** bits - 1;
  const [scale, chroma, floor] =
    range === 'full' ? [most, most, 0] : [219 * unit, 224 * unit, 16 * unit];
  return [floor + scale * y, 128 * unit + chroma * cb, 128 * unit + chroma * cr].map((value) =>
    Math.min(most, Math.max(0, Math.round(value))),
  );
}

const shares = (color: Color): Color => [color[0] / 255, color[1] / 255, color[2] / 255];

/** ITU-R BT.2087: linear light of BT.709 in the primaries of BT.2020. */
function inWidePrimaries([r, g, b]: Color): Color {
  return [
    0.6274 * r + 0.3293 * g + 0.0433 * b,
    0.0691 * r + 0.9195 * g + 0.0114 * b,
    0.0164 * r + 0.088 * g + 0.8956 * b,
  ];
}

const wide = (color: Color) =>
  each(inWidePrimaries(each(color, (value) => value ** 2.4)), (value) => value ** (1 / 2.4));

/** SMPTE ST 2084: light of 10,000 cd/m² as it is coded. */
function pq(nits: number): number {
  const power = (nits / 10_000) ** (2610 / 16_384);
  return ((107 / 128 + (2413 / 128) * power) / (1 + (2392 / 128) * power)) ** (2523 / 32);
}

/** ITU-R BT.2100: greys on a screen of 1,000 cd/m² as HLG codes them. */
function hlg(nits: number): number {
  const scene = (nits / 1_000) ** (1 / 1.2);
  return scene <= 1 / 12
    ? Math.sqrt(3 * scene)
    : 0.17883277 * Math.log(12 * scene - 0.28466892) + 0.55991073;
}

/** Light of the greys of pictures of high dynamic range, and what a usual screen shows of it. */
const NITS = [0, 1, 10, 50, 100, 203, 500, 1_000];
function standard(nits: number): number {
  const white = 1_000 / 203;
  const light = nits / 203;
  const shown = (light * (1 + light / white ** 2)) / (1 + light);
  return 255 * (shown <= 0.003_130_8 ? 12.92 * shown : 1.055 * shown ** (1 / 2.4) - 0.055);
}
const LIGHTS: readonly Color[] = NITS.map((nits) =>
  each([1, 1, 1], () => Math.round(standard(nits))),
);

type Source = Coded & {
  name: string;
  size?: readonly [number, number];
  pixels: string;
  /** Options of the output; the tags among them. */
  more: readonly string[];
  bars?: readonly Color[];
  /** Each bar as it is before it is coded, in shares; the colours themselves unless said. */
  before?: readonly Color[];
};

const tags = (matrix: string, primaries: string, transfer: string, range = 'tv') => [
  ...['-colorspace', matrix, '-color_primaries', primaries, '-color_trc', transfer],
  ...['-color_range', range],
];
const FFV1 = ['-c:v', 'ffv1'];
const HD = [1280, 720] as const;
const eight = (matrix: Matrix, range: Coded['range'] = 'limited') =>
  ({ matrix, range, bits: 8 }) as const;
const ten = (matrix: Matrix) => ({ matrix, range: 'limited', bits: 10 }) as const;
const deep = { ...ten('bt2020'), pixels: 'yuv420p10le', bars: LIGHTS };

const SOURCES: readonly Source[] = [
  { name: 'hd-untagged.mkv', size: HD, ...eight('bt709'), pixels: 'yuv420p', more: FFV1 },
  { name: 'sd-untagged.mkv', ...eight('bt601'), pixels: 'yuv420p', more: FFV1 },
  {
    ...{ name: 'hd-tagged-601.mkv', size: HD, ...eight('bt601'), pixels: 'yuv420p' },
    more: [...FFV1, ...tags('smpte170m', 'smpte170m', 'smpte170m')],
  },
  {
    ...{ name: 'sd-tagged-709.mkv', ...eight('bt709'), pixels: 'yuv420p' },
    more: [...FFV1, ...tags('bt709', 'bt709', 'bt709')],
  },
  {
    ...{ name: 'full-709.mp4', ...eight('bt709', 'full'), pixels: 'yuv444p' },
    more: ['-c:v', 'libx264', '-qp', '4', ...tags('bt709', 'bt709', 'bt709', 'pc')],
  },
  {
    ...{ name: 'full-601.mkv', ...eight('bt601', 'full'), pixels: 'yuv422p' },
    more: [...FFV1, ...tags('bt470bg', 'bt470bg', 'bt709', 'pc')],
  },
  {
    ...{ name: 'ten-bits-422.mkv', size: HD, ...ten('bt709'), pixels: 'yuv422p10le' },
    more: [...FFV1, ...tags('bt709', 'bt709', 'bt709')],
  },
  { name: 'quarter-colour.mkv', ...eight('bt601'), pixels: 'yuv411p', more: FFV1 },
  {
    ...{ name: '2020-matrix-alone.mkv', ...ten('bt2020'), pixels: 'yuv444p10le' },
    more: [...FFV1, ...tags('bt2020nc', 'bt709', 'bt709')],
  },
  {
    ...{ name: 'wide-gamut.mkv', size: HD, ...ten('bt2020'), pixels: 'yuv420p10le' },
    more: [...FFV1, ...tags('bt2020nc', 'bt2020', 'bt2020-10')],
    bars: SOFT_BARS,
    before: SOFT_BARS.map((color) => wide(shares(color))),
  },
  {
    ...{ name: 'gray-video.mp4', ...eight('bt709'), pixels: 'gray', bars: GREYS },
    more: ['-c:v', 'libx264', '-qp', '1', '-color_range', 'tv'],
  },
  {
    ...{ name: 'pq.mkv', ...deep, before: NITS.map((nits) => each([1, 1, 1], () => pq(nits))) },
    more: [...FFV1, ...tags('bt2020nc', 'bt2020', 'smpte2084')],
  },
  {
    ...{ name: 'hlg.mkv', ...deep, before: NITS.map((nits) => each([1, 1, 1], () => hlg(nits))) },
    more: [...FFV1, ...tags('bt2020nc', 'bt2020', 'arib-std-b67')],
  },
  {
    ...{ name: 'still.jpg', size: HD, ...eight('bt601', 'full'), pixels: 'yuvj444p' },
    more: ['-c:v', 'mjpeg', '-q:v', '1'],
  },
  {
    ...{ name: 'still-420.jpg', ...eight('bt601', 'full'), pixels: 'yuvj420p' },
    more: ['-c:v', 'mjpeg', '-q:v', '1'],
  },
];

/** Raw red, green and blue for files that keep them. */
const RGB_SOURCES = [
  { name: 'rgb.png', pixels: 'rgb24', more: ['-c:v', 'png'] },
  { name: 'rgb-16-bit.png', pixels: 'rgb48be', more: ['-c:v', 'png'] },
  { name: 'rgb.mkv', pixels: 'gbrp', more: FFV1 },
  {
    name: 'rgb-h264.mp4',
    pixels: 'gbrp',
    more: ['-c:v', 'libx264rgb', '-pix_fmt', 'rgb24', '-qp', '2'],
  },
];

async function makeSource(source: Source): Promise<string> {
  const { name, size = [640, 360], bits, pixels, more, bars = BARS } = source;
  const [width, height] = size;
  const colors = (source.before ?? bars.map(shares)).map((color) => coded(color, source));
  const bytes = bits === 8 ? 1 : 2;
  const raw = Buffer.alloc(width * height * 3 * bytes);
  for (let plane = 0; plane < 3; plane += 1) {
    for (let at = 0; at < width * height; at += 1) {
      const value = colors[Math.floor(((at % width) * bars.length) / width)]?.[plane] ?? 0;
      const place = (plane * width * height + at) * bytes;
      if (bytes === 1) raw[place] = value;
      else raw.writeUInt16LE(value, place);
    }
  }
  const from = bits === 8 ? 'yuv444p' : 'yuv444p10le';
  // What only drops brightness's neighbours, or colour's rows, changes no number in a bar.
  const filter =
    pixels === 'gray' ? 'extractplanes=y' : 'scale=in_range=tv:out_range=tv:flags=area';
  return make(name, raw, {
    from,
    size,
    filter: `${filter},format=${pixels.replace('yuvj', 'yuv')}`,
    more,
  });
}

async function makeRgb({ name, pixels, more }: (typeof RGB_SOURCES)[number]): Promise<string> {
  const size = [640, 360] as const;
  const raw = Buffer.alloc(size[0] * size[1] * 3);
  for (let at = 0; at < size[0] * size[1]; at += 1)
    raw.set(BARS[Math.floor(((at % size[0]) * BARS.length) / size[0])] ?? [], at * 3);
  return make(name, raw, { from: 'rgb24', size, filter: `format=${pixels}`, more });
}

async function make(
  name: string,
  raw: Buffer,
  how: { from: string; size: readonly [number, number]; filter: string; more: readonly string[] },
): Promise<string> {
  const [path, input] = [join(folder, name), join(folder, `${name}.raw`)];
  writeFileSync(input, raw);
  const isStill = /\.(jpg|png)$/.test(name);
  const loop = isStill ? [] : ['-stream_loop', '5'];
  const jpeg = name.endsWith('.jpg') ? ['-color_range', 'pc', '-strict', '-1'] : [];
  const { exitCode, stderr } = await run('ffmpeg', [
    ...['-v', 'error', '-y', ...loop, '-f', 'rawvideo', '-pix_fmt', how.from],
    ...['-video_size', how.size.join('x'), '-framerate', '25', '-i', input],
    ...['-vf', how.filter, ...how.more, ...jpeg, ...(isStill ? ['-update', '1'] : []), path],
  ]);
  if (exitCode !== 0) throw new Error(`${name}: ${stderr}`);
  return path;
}

const names = [...SOURCES.map(({ name }) => name), ...RGB_SOURCES.map(({ name }) => name)];
const films: { plain: Color[][]; composed: Color[][] } = { plain: [], composed: [] };

/** The colour in the middle of each bar, on the second frame of each source. */
async function readBars(film: string): Promise<Color[][]> {
  const chunks: Buffer[] = [];
  const filter =
    'scale=in_color_matrix=bt709:in_range=tv:flags=accurate_rnd+full_chroma_int+full_chroma_inp';
  await run(
    'ffmpeg',
    [
      ...['-v', 'error', '-i', film, '-vf', filter],
      ...['-pix_fmt', 'rgb24', '-f', 'rawvideo', 'pipe:1'],
    ],
    { onStdoutData: (chunk) => chunks.push(chunk) },
  );
  const all = Buffer.concat(chunks);
  return names.map((_, index) =>
    BARS.map((_bar, bar) => {
      const frame = index * FRAMES + 1;
      const x = Math.floor(((bar + 0.5) * WIDTH) / BARS.length);
      const at = ((frame * HEIGHT + HEIGHT / 2) * WIDTH + x) * 3;
      return [all[at] ?? -1, all[at + 1] ?? -1, all[at + 2] ?? -1];
    }),
  );
}

beforeAll(async () => {
  const paths: string[] = [];
  for (const source of SOURCES) paths.push(await makeSource(source));
  for (const source of RGB_SOURCES) paths.push(await makeRgb(source));
  const assets: string[] = [];
  for (const path of paths) assets.push(await bench.asset(path));
  for (const way of ['plain', 'composed'] as const) {
    const timelineId = bench.timeline({ frameRate: fps, width: WIDTH, height: HEIGHT });
    const track = bench.track(timelineId, 'video');
    assets.forEach((assetId, index) => {
      bench.clip(track, frameStart(index * FRAMES, fps), {
        assetId,
        sourceRange: { in: ZERO, out: frameStart(FRAMES, fps) },
        // A whole turn changes nothing, but ffmpeg is not asked to draw it.
        ...(way === 'composed' ? { rotation: 360 } : {}),
      });
    });
    const settings = exportSettingsSchema.parse({ encoderPreset: 'veryfast', crf: 1 });
    films[way] = await readBars(await bench.export(timelineId, { settings }));
  }
});

function worst(found: readonly Color[], wanted: readonly Color[]): number {
  return Math.max(
    ...wanted.flatMap((color, bar) =>
      color.map((value, channel) => Math.abs(value - (found[bar]?.[channel] ?? -999))),
    ),
  );
}

describe('colours come out as they were meant', () => {
  it.each(names)('%s', (name) => {
    const index = names.indexOf(name);
    const wanted = SOURCES[index]?.bars ?? BARS;
    const plain = films.plain[index] ?? [];
    const composed = films.composed[index] ?? [];
    console.log(
      name,
      'off by',
      worst(plain, wanted),
      worst(composed, wanted),
      worst(plain, composed),
    );
    if (worst(plain, wanted) > 3) expect(plain).toEqual(wanted);
    if (worst(composed, wanted) > 3) expect(composed).toEqual(wanted);
    expect(worst(plain, composed)).toBeLessThanOrEqual(2);
  });
});
