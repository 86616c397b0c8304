import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FilmResult } from '#core/contract/films.ts';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { rate } from '#core/time/rate.ts';
import { readMovie } from '#engine/mp4/readMovie.ts';
import { run } from '#engine/process/run.ts';
import { testFolder } from '../support/folder.ts';
import { readNumbers } from '../support/numberedFootage.ts';
import { NumberedVariants, packetHashes } from '../support/numberedVariants.ts';
import { at, FilmBench } from './filmBench.ts';

const RATE = rate(30);
const ENCODE = exportSettingsSchema.parse({ encoderPreset: 'veryfast', crf: 10, mode: 'encode' });
const STREAM_FACTS =
  'codec_name,profile,width,height,pix_fmt,color_range,color_space,color_transfer,color_primaries,field_order,sample_aspect_ratio,r_frame_rate,avg_frame_rate,time_base,start_pts,nb_frames,has_b_frames,sample_rate,channels';
const folder = testFolder('smart-render');

/** Two groups of 60 pictures whose B-frames lean on B-frames, and half a third one. */
let pyramid: string;
/** The same, with an untouched sync frame after one that does not decode. */
let broken: string;

beforeAll(async () => {
  const variants = await NumberedVariants.make(folder, { frames: 150, rate: '30' });
  pyramid = await variants.encoded(
    'pyramid.mp4',
    'bframes=3:b-pyramid=normal:b-adapt=0:keyint=60:scenecut=0',
  );
  broken = await variants.encoded('broken.mp4', 'bframes=0:keyint=30:scenecut=0:sps-id=6');
  const [picture] = (await readMovie(broken)).tracks;
  const { offset = 0, size = 0 } = picture?.samples[60] ?? {};
  const bytes = readFileSync(broken);
  bytes.fill(0x55, offset + Math.floor(size / 2), offset + size - 8);
  writeFileSync(broken, bytes);
});

type Cut = { path: string; first: number; length: number; more?: Record<string, unknown> };

async function edit(
  bench: FilmBench,
  cuts: readonly Cut[],
  format: { width?: number; height?: number; hasSound?: boolean } = {},
): Promise<string> {
  const { hasSound = true, ...size } = format;
  const timeline = bench.timeline({ frameRate: RATE, ...size });
  const video = bench.track(timeline, 'video');
  const audio = bench.track(timeline, 'audio');
  let start = 0;
  for (const { path, first, length, more } of cuts) {
    const clip = {
      assetId: await bench.asset(path),
      sourceRange: { in: at(first, RATE), out: at(first + length, RATE) },
    };
    bench.clip(video, at(start, RATE), { ...clip, ...more });
    if (hasSound) bench.clip(audio, at(start, RATE), clip);
    start += length;
  }
  return timeline;
}

const numbersOf = async (path: string) => (await readNumbers(path)).map(({ number }) => number);
const expectedOf = (cuts: readonly Cut[]) =>
  cuts.flatMap(({ first, length }) => Array.from({ length }, (_, index) => first + index));
const kindsOf = ({ spans }: FilmResult) =>
  spans.map(({ kind, startFrame, endFrame }) => `${kind} ${startFrame}–${endFrame}`);

describe('a film of cuts off the sync frames', () => {
  const cuts: Cut[] = [];
  const bench = new FilmBench(folder);
  let timeline: string;
  let film: FilmResult;

  beforeAll(async () => {
    cuts.push({ path: pyramid, first: 31, length: 104 });
    cuts.push({ path: pyramid, first: 58, length: 90, more: { opacity: 0.9 } });
    cuts.push({ path: pyramid, first: 0, length: 20 });
    timeline = await edit(bench, cuts);
    film = await bench.make(timeline);
  });

  it('copies what it may and says why not the rest', () => {
    expect(kindsOf(film)).toEqual([
      'footage 0–29',
      'copy 29–102',
      'footage 102–104',
      'footage 104–194',
      'copy 194–211',
      'footage 211–214',
    ]);
    expect(film.spans.map(({ why }) => why ?? '')).toEqual([
      expect.stringMatching(/between a cut and the next frame/),
      '',
      expect.stringMatching(/between a cut and the next frame/),
      expect.stringMatching(/picture is changed/),
      '',
      expect.stringMatching(/between a cut and the next frame/),
    ]);
  });

  it('shows every frame, decodes without a word, and holds the packets of the source', async () => {
    expect(await numbersOf(film.output)).toEqual(expectedOf(cuts));
    const source = new Set(await packetHashes(pyramid));
    const hashes = await packetHashes(film.output);
    expect(hashes.filter((hash) => source.has(hash))).toHaveLength(73 + 17);
    expect(film.checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('is the same bytes for one worker and two, and with its pieces kept', async () => {
    const one = await bench.make(timeline, { workers: 1, cacheDir: join(folder, 'other-cache') });
    const again = await bench.make(timeline);
    expect(again.spans.map(({ cached }) => cached)).toEqual([true, false, true, true, false, true]);
    expect(readFileSync(one.output).equals(readFileSync(film.output))).toBe(true);
    expect(readFileSync(again.output).equals(readFileSync(film.output))).toBe(true);
  });

  it('says of itself what an encoded film says', async () => {
    const captions = bench.track(timeline, 'caption', { name: 'Deutsch' });
    const cue = { kind: 'cue', placement: { trackId: captions, start: at(20, RATE) } };
    bench.put('cue', { ...cue, duration: at(40, RATE), text: 'Grüße' });
    for (const [id, frame] of [
      ['one', 0],
      ['two', 100],
    ] as const) {
      const span = { time: at(frame, RATE), duration: 0 };
      const marker = { kind: 'marker', ownerId: timeline, markerKind: 'chapter', name: id, span };
      bench.put(`marker-${id}`, marker);
    }
    const cover = join(folder, 'cover.png');
    await run('ffmpeg', [
      ...['-v', 'error', '-f', 'lavfi', '-i', 'color=red:size=64x64', '-frames:v', '1', cover],
    ]);
    const said = {
      captions: 'soft',
      metadata: { author: 'Ä. Nonym', cover, language: 'de' },
    } as const;
    const settings = { ...ENCODE, ...said };
    const encoded = await bench.make(timeline, { settings });
    const copied = await bench.make(timeline, { settings: { ...settings, mode: 'auto' } });
    expect(copied.spans.filter(({ kind }) => kind === 'copy')).toHaveLength(2);
    expect(kindsOf(encoded)).toEqual(['footage 0–104', 'footage 104–194', 'footage 194–214']);
    const told = await streamsOf(copied.output);
    expect(told).toEqual(await streamsOf(encoded.output));
    expect(told).toMatchObject({ chapters: [{}, {}], streams: { length: 5 } });
  });
});

it('a copy that does not decode is encoded, and only that one', async () => {
  const bench = new FilmBench(folder);
  const film = await bench.make(
    await edit(bench, [
      { path: broken, first: 60, length: 30 },
      { path: broken, first: 90, length: 60 },
    ]),
  );
  expect(kindsOf(film)).toEqual(['footage 0–30', 'copy 30–90']);
  expect(film.spans[0]?.why).toMatch(/did not decode/);
});

it('high definition without colour tags looks the same copied and encoded, and a silent film keeps its name', async () => {
  const path = join(folder, 'red.mp4');
  await run('ffmpeg', [
    ...[
      '-v',
      'error',
      '-f',
      'lavfi',
      '-i',
      'color=0xd02040:size=1280x720:rate=30',
      '-frames:v',
      '90',
    ],
    ...[
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-crf',
      '4',
      '-g',
      '30',
      '-pix_fmt',
      'yuv420p',
      path,
    ],
  ]);
  const bench = new FilmBench(folder);
  const cuts = [{ path, first: 20, length: 60 }];
  const size = { width: 1280, height: 720, hasSound: false };
  const film = await bench.make(await edit(bench, cuts, size), { title: 'Röte & Ruhe' });
  expect(kindsOf(film)).toEqual(['footage 0–10', 'copy 10–60']);
  const colors = await averageColors(film.output);
  expect(colors).toHaveLength(60);
  for (const color of colors)
    color.forEach((part, index) =>
      expect(Math.abs(part - (colors[30]?.[index] ?? 0))).toBeLessThan(3),
    );
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-show_entries', 'format_tags=title:stream=codec_type', '-of', 'csv=p=0'],
    film.output,
  ]);
  expect(stdout.trim().split('\n')).toEqual(['video', 'Röte & Ruhe']);
});

/** What players are told of the streams of a film. */
async function streamsOf(path: string): Promise<unknown> {
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-print_format', 'json', '-show_entries'],
    `stream=${STREAM_FACTS}:stream_tags=language,handler_name:stream_disposition=attached_pic,default:format_tags:chapter=start_time,end_time:chapter_tags`,
    path,
  ]);
  return JSON.parse(stdout);
}

/** Red, green and blue of each frame. */
async function averageColors(path: string): Promise<number[][]> {
  const chunks: Buffer[] = [];
  await run(
    'ffmpeg',
    [
      '-v',
      'error',
      '-i',
      path,
      '-vf',
      'scale=1:1:flags=area',
      '-pix_fmt',
      'rgb24',
      '-f',
      'rawvideo',
      'pipe:1',
    ],
    { onStdoutData: (chunk) => chunks.push(chunk) },
  );
  const bytes = Buffer.concat(chunks);
  return Array.from({ length: bytes.length / 3 }, (_, index) => [
    ...bytes.subarray(index * 3, index * 3 + 3),
  ]);
}
