import { createHash } from 'node:crypto';
import { readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Result, settleAsync } from '#core/fault.ts';
import type { MediaFacts } from '#core/media/facts.ts';
import { flicks, FLICKS_PER_SECOND } from '#core/time/flicks.ts';
import { makeThumbnails, type StripLayout } from '#engine/media/makeThumbnails.ts';
import { probeMedia } from '#engine/media/probe.ts';
import { withTileMovie } from '#engine/media/thumbnails/syncTiles.ts';
import { Cancelled, run } from '#engine/process/run.ts';
import { type Ffmpeg, findFfmpeg } from '#engine/tools/ffmpeg.ts';
import { testFolder } from '../support/folder.ts';
import { readNumbersOfTiles } from '../support/numberedFootage.ts';
import { NumberedVariants } from '../support/numberedVariants.ts';

const RATE = 10;
const INTERVAL_S = 4;
const TILES = 15;
const folder = testFolder('thumbnails');
let tools: Ffmpeg;
let variants: NumberedVariants;

beforeAll(async () => {
  tools = await findFfmpeg();
  variants = await NumberedVariants.make(folder, {
    frames: RATE * INTERVAL_S * TILES,
    rate: String(RATE),
  });
});

const layoutOf = (): StripLayout => ({
  count: TILES,
  columns: 5,
  tileWidth: 160,
  tileHeight: 90,
  intervalFlicks: flicks(INTERVAL_S * FLICKS_PER_SECOND),
});

/** A strip as it is made, and as it is made where nothing is known of the container: from the whole file. */
async function strips(path: string, known?: MediaFacts) {
  const facts = known ?? (await probeMedia(tools, path));
  const draw = (container: string) =>
    settleAsync(async () => {
      const output = join(folder, 'strip.jpg');
      await rm(output, { force: true });
      const layout = layoutOf();
      await makeThumbnails({ tools, path, output, layout, facts: { ...facts, container } });
      const numbers = await readNumbersOfTiles(output, layout);
      return {
        numbers,
        hash: createHash('sha256')
          .update(await readFile(output))
          .digest('hex'),
      };
    });
  const own = await draw(facts.container);
  return { own, whole: await draw('unknown'), areTaken: await areFramesTaken(path, facts) };
}

/** Whether a strip is drawn from its own frames alone. */
async function areFramesTaken(path: string, facts: MediaFacts): Promise<boolean> {
  const tiles = { count: TILES, intervalSeconds: INTERVAL_S };
  const found = await withTileMovie({ path, facts }, tiles, async (movie) => {
    await movie(new PassThrough().resume());
    return true;
  });
  return found === true;
}

/**
 * The frame that each tile should show: the last sync frame before its middle, or else the first, as ffprobe tells of
 * them. At the beginning of the file stands frame `first`.
 */
async function wantedNumbers(path: string, first = 0): Promise<number[]> {
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-select_streams', 'v:0', '-of', 'csv=p=0'],
    ...['-show_entries', 'packet=pts_time,flags', path],
  ]);
  const times = stdout
    .split('\n')
    .filter((line) => line.includes('K') && !line.includes('D'))
    .map((line) => Number(line.split(',')[0]));
  return Array.from({ length: TILES }, (_, tile) => {
    const time = times.findLast((one) => one < (tile + 0.5) * INTERVAL_S) ?? times[0] ?? 0;
    return Math.round(time * RATE) + first;
  });
}

function numbersOf(strip: Result<{ numbers: number[] }>): number[] {
  if (!strip.ok) throw new Error(strip.error.message);
  return strip.value.numbers;
}

const H264 = ['-c:v', 'libx264', '-g', '25', '-bf', '3'];
const hevc = (more: string) => [
  ...['-c:v', 'libx265', '-preset', 'ultrafast', '-tag:v', 'hvc1'],
  ...['-x265-params', `log-level=error:keyint=30:${more}`],
];

describe('thumbnails of a long film', () => {
  it.each<[string, string, readonly string[]]>([
    ['H.264', 'plain.mp4', H264],
    ['sync frames in the middles of tiles', 'middle.mp4', ['-c:v', 'libx264', '-g', '20']],
    ['QuickTime', 'plain.mov', H264],
    ['a table in front', 'front.mp4', [...H264, '-movflags', '+faststart']],
    ['HEVC', 'closed.mp4', hevc('open-gop=0:bframes=2')],
    ['HEVC whose sync frames follow on others', 'open.mp4', hevc('open-gop=1:bframes=3')],
    ['HEVC of 10 bits', 'deep.mp4', [...hevc('open-gop=1'), '-pix_fmt', 'yuv420p10le']],
    ['VP9', 'vp9.mp4', ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-g', '35']],
    ['MPEG-4', 'mpeg4.mp4', ['-c:v', 'mpeg4', '-q:v', '3', '-g', '35', '-bf', '2']],
    ['ProRes', 'prores.mov', ['-c:v', 'prores_ks', '-profile:v', '0']],
    ['Motion JPEG', 'mjpeg.mov', ['-c:v', 'mjpeg', '-q:v', '3', '-pix_fmt', 'yuvj420p']],
  ])('show the right frames, taken alone: %s', async (_, name, options) => {
    const path = await variants.coded(name, options);
    const { own, areTaken } = await strips(path);
    expect(areTaken).toBe(true);
    expect(numbersOf(own)).toEqual(await wantedNumbers(path));
    expect(new Set(numbersOf(own)).size).toBeGreaterThan(TILES / 2);
  });

  it('show the right frames of one that is cut off between sync frames', async () => {
    const plain = await variants.coded('whole.mp4', H264);
    const path = await variants.copied(plain, 'cut.mp4', { before: ['-ss', '7.3'] });
    const { own, areTaken } = await strips(path);
    expect(areTaken).toBe(true);
    expect(numbersOf(own)).toEqual(await wantedNumbers(path, 73));
  });

  it('show the right frames of one that begins after its sound', async () => {
    const plain = await variants.coded('whole.mp4', H264);
    const path = join(folder, 'late.mp4');
    const { exitCode, stderr } = await run('ffmpeg', [
      ...['-v', 'error', '-y', '-itsoffset', '3', '-i', plain, '-i', plain],
      ...['-map', '0:v', '-map', '1:a', '-c', 'copy', path],
    ]);
    expect([exitCode, stderr]).toEqual([0, '']);
    const { own, areTaken } = await strips(path);
    expect(areTaken).toBe(true);
    expect(numbersOf(own)).toEqual(await wantedNumbers(path, -3 * RATE));
  });

  it.each<[string, (from: string) => Promise<string>]>([
    ['as it is', async (from) => from],
    [
      'turned',
      (from) => variants.copied(from, 'turned.mp4', { after: ['-metadata:s:v', 'rotate=90'] }),
    ],
    [
      'with long pixels',
      (from) => variants.copied(from, 'long.mp4', { after: ['-aspect', '4:3'] }),
    ],
    [
      'in full range',
      (from) => variants.copied(from, 'full.mp4', { after: ['-color_range', 'pc'] }),
    ],
    [
      'with a pause',
      () =>
        variants.coded('pause.mp4', ['-c:v', 'libx264', '-g', '13'], {
          filter: "select='not(between(t,9,21))'",
        }),
    ],
  ])('look as those of the whole file, %s', async (_, change) => {
    const found = await strips(await change(await variants.coded('whole.mp4', H264)));
    expect(found.areTaken).toBe(true);
    expect(found.own).toEqual(found.whole);
  });
});

describe('thumbnails of a film whose sync frames cannot be taken out', () => {
  it.each<[string, string, readonly string[]]>([
    ['Matroska', 'plain.mkv', H264],
    ['a movie in fragments', 'parts.mp4', [...H264, '-movflags', '+frag_keyframe+empty_moov']],
    [
      'H.264 whose sync frames follow on others',
      'open.mp4',
      [...H264, '-x264-params', 'open-gop=1'],
    ],
  ])('are those of the whole file: %s', async (_, name, options) => {
    const { own, whole, areTaken } = await strips(await variants.coded(name, options));
    expect(areTaken).toBe(false);
    expect(own).toEqual(whole);
  });

  /** Changes the 32-bit number at a place behind the letters of a box. */
  const patched = async (
    from: string,
    name: string,
    patch: [box: string, at: number, to: number],
  ) => {
    const path = join(folder, name);
    const bytes = await readFile(from);
    const [box, at, to] = patch;
    bytes.writeUInt32BE(to, bytes.indexOf(box, bytes.indexOf('vmhd', 0, 'latin1'), 'latin1') + at);
    await writeFile(path, bytes);
    return path;
  };

  it.each<[string, [box: string, at: number, to: number]]>([
    ['has too many samples', ['stsz', 12, 0xff_ff_ff_ff]],
    ['has samples of one huge size', ['stsz', 8, 0x7f_ff_ff_ff]],
    ['has more sync samples than room for them', ['stss', 8, 0x10_00_00_00]],
    ['calls other samples sync samples', ['stss', 16, 7]],
    ['has samples where there are none', ['stco', 12, 0xff_ff_ff_00]],
    ['has samples where other things lie', ['stco', 12, 4]],
    ['has chunks without end', ['stsc', 16, 0xff_ff_ff_ff]],
    ['has no time', ['stts', 8, 0]],
    ['has another kind of samples', ['stsd', 8, 2]],
  ])(
    'are made wherever those of the whole file are, or refused as they are, where a table %s',
    async (name, patch) => {
      const plain = await variants.coded('whole.mp4', H264);
      const facts = await probeMedia(tools, plain);
      const { own, whole } = await strips(await patched(plain, `${name}.mp4`, patch), facts);
      const said = (strip: Result<unknown>) => (strip.ok ? 'made' : strip.error.code);
      expect(['made', said(whole)]).toContain(said(own));
      expect(own.ok || !whole.ok).toBe(true);
    },
  );

  it('are made of what is there of a file that ends early', async () => {
    const plain = await variants.coded('early.mp4', [...H264, '-movflags', '+faststart']);
    const facts = await probeMedia(tools, plain);
    const numbers = await wantedNumbers(plain);
    await truncate(plain, Math.floor((await stat(plain)).size / 2));
    const { own } = await strips(plain, facts);
    const seen = numbersOf(own);
    const last = seen.at(-1) ?? 0;
    expect(last).toBeGreaterThan(0);
    expect(seen).toEqual(numbers.map((number) => Math.min(number, last)));
  });

  it('are not made on when nobody wants them any more', async () => {
    const path = await variants.coded('stopped.mp4', H264);
    const facts = await probeMedia(tools, path);
    const output = join(folder, 'stopped.jpg');
    const source = { tools, path, facts, output, layout: layoutOf() };
    await expect(makeThumbnails({ ...source, signal: AbortSignal.abort() })).rejects.toThrow(
      Cancelled,
    );
  });
});
