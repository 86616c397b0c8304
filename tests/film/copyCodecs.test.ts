import { beforeAll, describe, expect, it } from 'vitest';
import type { FilmResult } from '#core/contract/films.ts';
import type { ContainerId, VideoCodecId } from '#core/render/formats.ts';
import { type DynamicRange, exportSettingsSchema } from '#core/render/settings.ts';
import { rate } from '#core/time/rate.ts';
import { run } from '#engine/process/run.ts';
import { testFolder } from '../support/folder.ts';
import { readNumbers } from '../support/numberedFootage.ts';
import { NumberedVariants, packetHashes } from '../support/numberedVariants.ts';
import { FilmBench } from './filmBench.ts';
import {
  chance,
  copiedFrames,
  type Cut,
  editOf,
  hashesOf,
  randomCuts,
  type Source,
  sourceOf,
} from './randomEdits.ts';

const SEED = Number(process.env['INKREEL_SEED'] ?? '20261129');
const FILMS = Number(process.env['INKREEL_FILMS'] ?? '1');
const RATE = rate(30);
const FRAMES = 150;
const GOP = 30;

const X265 = `log-level=error:scenecut=0:min-keyint=${GOP}:keyint=${GOP}`;
const hevc = (params: string, ...more: readonly string[]) => [
  ...['-c:v', 'libx265', '-preset', 'superfast', '-crf', '16', ...more],
  ...['-x265-params', `${X265}:${params}`],
];
const VP9 = [
  ...['-c:v', 'libvpx-vp9', '-deadline', 'good', '-cpu-used', '5', '-crf', '20', '-b:v', '0'],
  ...['-g', String(GOP), '-keyint_min', String(GOP), '-lag-in-frames', '12'],
];
const AOM = [
  ...['-c:v', 'libaom-av1', '-cpu-used', '8', '-crf', '8', '-g', String(GOP)],
  ...['-keyint_min', String(GOP), '-lag-in-frames', '12', '-row-mt', '1'],
];
const SVT = [
  ...['-c:v', 'libsvtav1', '-preset', '12', '-crf', '24', '-g', String(GOP)],
  ...['-svtav1-params', 'irefresh-type=2'],
];

/** Tags of high dynamic range; numbers of frames are told by what is dark and what is bright, whatever is meant. */
const lightOf = (transfer: string) => [
  ...['-color_primaries', 'bt2020', '-color_trc', transfer, '-colorspace', 'bt2020nc'],
  ...['-color_range', 'tv'],
];

const folder = testFolder('copy-codecs');
let variants: NumberedVariants;

beforeAll(async () => {
  variants = await NumberedVariants.make(folder, { frames: FRAMES, rate: '30' });
});

type Film = {
  videoCodec: VideoCodecId;
  container: ContainerId;
  bitDepth?: 8 | 10;
  dynamicRange?: DynamicRange;
};

/**
 * Makes films of random parts of a source, each with a part that is long enough to be copied. Every frame has to be the
 * right one, and what is told to be copied the packets of the source.
 */
async function tryFilms(
  source: Source,
  film: Film,
  { gop = GOP, packetsOf = source.path, changed = 0 } = {},
): Promise<void> {
  for (let count = 0; count < FILMS; count++) {
    const next = chance(SEED + count + FRAMES * source.path.length);
    const long: Cut = {
      source,
      first: 1 + Math.floor(next() * 55),
      length: 85,
      shift: 0,
      dim: false,
    };
    const few = randomCuts([source], next).slice(0, 3);
    // Pictures of high dynamic range are not composed.
    const plain = film.dynamicRange !== undefined;
    const cuts = [...few.map((cut) => ({ ...cut, dim: cut.dim && !plain })), long];
    const bench = new FilmBench(folder);
    const { timeline, expected } = await editOf(bench, cuts, RATE);
    const output = `${source.path}-${count}.${film.container}`;
    const settings = exportSettingsSchema.parse({ encoderPreset: 'superfast', ...film });
    const made = await bench.make(timeline, { output, settings });
    const told = `seed ${SEED}, film ${count}: ${JSON.stringify(cuts.map(({ source: _, ...cut }) => cut))} ${JSON.stringify(made.spans)}`;
    const seen = (await readNumbers(output)).map(({ number }) => number);
    expect(seen.join(' '), told).toBe(expected.join(' '));
    expect(await foreignPackets(output, made, packetsOf), told).toBe(
      changed * made.spans.filter(({ kind }) => kind === 'copy').length,
    );
    const least = cuts.reduce((sum, cut) => sum + leastCopied(cut, gop), 0);
    expect(copiedFrames(made), told).toBeGreaterThanOrEqual(least);
    expect(least).toBeGreaterThan(0);
    expect(made.checks.filter(({ ok }) => !ok)).toEqual([]);
  }
}

/** How many packets of what is told to be copied are none of the source’s. */
async function foreignPackets(output: string, { spans }: FilmResult, source: string) {
  const [packets, known] = [await packetHashes(output), await hashesOf(source)];
  return spans
    .filter(({ kind }) => kind === 'copy')
    .flatMap(({ startFrame, endFrame }) => packets.slice(startFrame, endFrame))
    .filter((hash) => !known.has(hash)).length;
}

/** How much of a part has to be copied: from its first sync frame on, less what leans on pictures behind its end. */
function leastCopied({ first, length, shift, dim }: Cut, gop: number): number {
  const from = shift > 0.5 ? first + 1 : first;
  const rest = length - ((gop - (from % gop)) % gop) - 5;
  return dim || rest < 16 ? 0 : rest;
}

describe('HEVC', () => {
  it('with B-frames, into MP4', async () => {
    const path = await variants.coded('closed.mp4', hevc('bframes=4:open-gop=0'));
    await tryFilms(await sourceOf(path, FRAMES), { videoCodec: 'hevc', container: 'mp4' });
  });

  it('with open groups, as x265 writes them, from Matroska into MKV', async () => {
    const path = await variants.coded('open.mkv', hevc('bframes=4'));
    const film: Film = { videoCodec: 'hevc', container: 'mkv' };
    await tryFilms(await sourceOf(path, FRAMES), film, { changed: 1 });
  });

  it('from a transport stream into MOV', async () => {
    const path = await variants.coded('stream.ts', hevc('bframes=2:open-gop=0:repeat-headers=1'));
    const packetsOf = await variants.copied(path, 'stream.mp4');
    const film: Film = { videoCodec: 'hevc', container: 'mov' };
    await tryFilms(await sourceOf(path, FRAMES), film, { packetsOf });
  });

  it('of 10 bits, with an edit list', async () => {
    const whole = await variants.coded(
      'whole.mp4',
      hevc('bframes=3:open-gop=0', '-pix_fmt', 'yuv420p10le', '-tag:v', 'hvc1'),
    );
    const path = await variants.copied(whole, 'ten.mp4', { before: ['-ss', '0.3'] });
    const source = await sourceOf(path, 'seen');
    const film: Film = { videoCodec: 'hevc', container: 'mp4', bitDepth: 10 };
    const gop = 2 * GOP;
    await tryFilms(source, film, { gop });
  });

  it('of high dynamic range, as telephones record it', async () => {
    const path = await variants.coded(
      'hlg.mov',
      hevc('bframes=3:open-gop=0', '-pix_fmt', 'yuv420p10le', '-tag:v', 'hvc1'),
      { tags: lightOf('arib-std-b67') },
    );
    const film: Film = { videoCodec: 'hevc', container: 'mp4', dynamicRange: 'hlg' };
    await tryFilms(await sourceOf(path, FRAMES), film);
  });

  it('of two recordings with the same numbers of parameter sets, of the one that is used more', async () => {
    const one = await sourceOf(
      await variants.coded('one.mp4', hevc('bframes=0:open-gop=0')),
      FRAMES,
    );
    const other = await sourceOf(
      await variants.coded('other.mp4', hevc('bframes=0:open-gop=0:ctu=16')),
      FRAMES,
    );
    const bench = new FilmBench(folder);
    const cut = { shift: 0, dim: false };
    const cuts = [
      { ...cut, source: one, first: 0, length: 60 },
      { ...cut, source: other, first: 30, length: 40 },
    ];
    const { timeline, expected } = await editOf(bench, cuts, RATE);
    const settings = exportSettingsSchema.parse({ encoderPreset: 'superfast', videoCodec: 'hevc' });
    const made = await bench.make(timeline, { settings });
    expect(made.spans).toMatchObject([
      { kind: 'copy', endFrame: 60 },
      { kind: 'footage', endFrame: 100, why: expect.stringMatching(/same numbers/) as string },
    ]);
    expect((await readNumbers(made.output)).map(({ number }) => number)).toEqual(expected);
    expect(await tagOf(made.output)).toBe('hvc1');
  });
});

describe('VP9', () => {
  it('with hidden frames, into WebM', async () => {
    const path = await variants.coded('hidden.webm', VP9);
    await tryFilms(await sourceOf(path, FRAMES), { videoCodec: 'vp9', container: 'webm' });
  });

  it('of 10 bits from Matroska into MP4', async () => {
    const path = await variants.coded('ten.mkv', [...VP9, '-pix_fmt', 'yuv420p10le']);
    const film: Film = { videoCodec: 'vp9', container: 'mp4', bitDepth: 10 };
    await tryFilms(await sourceOf(path, FRAMES), film);
  });

  it('of high dynamic range from WebM into MP4', async () => {
    const path = await variants.coded('pq.webm', [...VP9, '-pix_fmt', 'yuv420p10le'], {
      tags: lightOf('smpte2084'),
    });
    const film: Film = { videoCodec: 'vp9', container: 'mp4', dynamicRange: 'pq' };
    await tryFilms(await sourceOf(path, FRAMES), film);
  });

  it('from MP4 of a rate that varies, where it is that of the film', async () => {
    const path = await variants.coded('varying.mp4', VP9, {
      filter: "setpts='if(lt(N,75),N,75+(N-75)*2)/30/TB'",
    });
    const numbers = Array.from({ length: 225 }, (_, frame) =>
      frame < 75 ? frame : 75 + Math.floor((frame - 75) / 2),
    );
    const source = { ...(await sourceOf(path, 0)), numbers };
    const bench = new FilmBench(folder);
    const cuts = [{ source, first: 20, length: 150, shift: 0, dim: false }];
    const { timeline, expected } = await editOf(bench, cuts, RATE);
    const settings = exportSettingsSchema.parse({
      encoderPreset: 'superfast',
      videoCodec: 'vp9',
      container: 'mkv',
    });
    const made = await bench.make(timeline, { settings, output: `${path}-film.mkv` });
    expect((await readNumbers(made.output)).map(({ number }) => number)).toEqual(expected);
    expect(made.spans.map(({ kind, endFrame }) => [kind, endFrame])).toEqual([
      ['footage', 10],
      ['copy', 56],
      ['footage', 150],
    ]);
  });
});

describe('AV1', () => {
  it('of libaom from Matroska into MP4', async () => {
    const path = await variants.coded('aom.mkv', AOM);
    await tryFilms(await sourceOf(path, FRAMES), { videoCodec: 'av1', container: 'mp4' });
  });

  it('of SVT-AV1 from MP4 into WebM', async () => {
    const path = await variants.coded('svt.mp4', SVT);
    await tryFilms(await sourceOf(path, FRAMES), { videoCodec: 'av1', container: 'webm' });
  });

  it('of high dynamic range from WebM into MP4', async () => {
    const path = await variants.coded('hlg.webm', [...SVT, '-pix_fmt', 'yuv420p10le'], {
      tags: lightOf('arib-std-b67'),
    });
    const film: Film = { videoCodec: 'av1', container: 'mp4', dynamicRange: 'hlg' };
    await tryFilms(await sourceOf(path, FRAMES), film);
  });

  it('of SVT-AV1, 10 bits, from WebM into MKV', async () => {
    const path = await variants.coded('svt.webm', [...SVT, '-pix_fmt', 'yuv420p10le']);
    const film: Film = { videoCodec: 'av1', container: 'mkv', bitDepth: 10 };
    await tryFilms(await sourceOf(path, FRAMES), film);
  });
});

describe('H.264', () => {
  it.each<ContainerId>(['mkv', 'mov'])('into %s', async (container) => {
    const path = await variants.encoded(
      `pyramid-${container}.mp4`,
      `bframes=3:b-pyramid=normal:keyint=${GOP}:scenecut=0`,
    );
    await tryFilms(await sourceOf(path, FRAMES), { videoCodec: 'h264', container });
  });
});

/** The four letters of the picture’s sample entry. */
async function tagOf(path: string): Promise<string> {
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'stream=codec_tag_string'],
    ...['-of', 'csv=p=0', path],
  ]);
  return stdout.trim();
}
