import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '#core/fault.ts';
import {
  type AudioCodecId,
  CONTAINER_IDS,
  CONTAINERS,
  type ContainerId,
  VIDEO_CODECS,
  type VideoCodecId,
  type VideoProfileId,
} from '#core/render/formats.ts';
import { type ExportOverrides, exportSettingsSchema } from '#core/render/settings.ts';
import { frameStart } from '#core/time/rate.ts';
import type { FilmExport } from '#engine/export/filmExport.ts';
import { run } from '#engine/process/run.ts';
import { findFfmpeg } from '#engine/tools/ffmpeg.ts';
import { testFolder } from '../support/folder.ts';
import { makeNumberedFootage, readNumbers } from '../support/numberedFootage.ts';
import { FilmBench } from './filmBench.ts';

const RATE = { num: 25, den: 1 };
/** Source frames of the two clips, out points exclusive; the second holds the beep at source frame 50. */
const PARTS = [
  [0, 13],
  [45, 58],
] as const;
const FRAMES = PARTS.flatMap(([start, end]) =>
  Array.from({ length: end - start }, (_, index) => start + index),
);
const SECONDS = FRAMES.length / 25;
const BEEP_SECONDS = (50 - 45 + 13) / 25;

const folder = testFolder('outputs');
const bench = new FilmBench(folder);
let smallAsset: string;
let timelines: Record<'small' | 'large', string>;

async function timelineOf(size: { width: number; height: number }, rate = RATE): Promise<string> {
  const path = join(folder, `numbers-${size.width}-${rate.num}.mp4`);
  await makeNumberedFootage({
    path,
    frames: 75,
    rate: `${rate.num}/${rate.den}`,
    size: `${size.width}x${size.height}`,
  });
  const assetId = await bench.asset(path);
  smallAsset ??= assetId;
  const timelineId = bench.timeline({ frameRate: rate, ...size });
  for (const kind of ['video', 'audio'] as const) {
    const trackId = bench.track(timelineId, kind);
    let at = 0;
    for (const [start, end] of PARTS) {
      const sourceRange = { in: frameStart(start, rate), out: frameStart(end, rate) };
      bench.clip(trackId, frameStart(at, rate), { assetId, sourceRange });
      at += end - start;
    }
  }
  return timelineId;
}

beforeAll(async () => {
  timelines = {
    small: await timelineOf({ width: 160, height: 90 }),
    large: await timelineOf({ width: 256, height: 144 }),
  };
});

/** Exports with settings, and gives the path. */
async function exported(
  overrides: ExportOverrides,
  name: string,
  more: Partial<FilmExport> = {},
): Promise<string> {
  const settings = exportSettingsSchema.parse({ encoderPreset: 'superfast', ...overrides });
  const { extension } = CONTAINERS[settings.container];
  const output = join(folder, extension === null ? name : `${name}.${extension}`);
  const timelineId = settings.videoCodec === 'dnxhr' ? timelines.large : timelines.small;
  return bench.export(timelineId, { settings, output, ...more }).catch((error: unknown) => {
    throw error instanceof Refusal ? new Error(`${name} ${JSON.stringify(error.fault)}`) : error;
  });
}

type Stream = {
  codec_type: string;
  codec_name: string;
  profile?: string;
  pix_fmt?: string;
  start_time?: string;
  duration?: string;
  r_frame_rate?: string;
  sample_rate?: string;
  channels?: number;
  nb_read_packets?: string;
  tags?: Record<string, string>;
};
type Facts = {
  streams: Stream[];
  format: { duration: string; tags?: Record<string, string> };
  chapters: { start_time: string; end_time: string; tags: { title: string } }[];
};

async function factsOf(path: string): Promise<Facts> {
  const { stdout, stderr } = await run('ffprobe', [
    ...['-v', 'error', '-count_packets', '-show_streams', '-show_format', '-show_chapters'],
    ...['-print_format', 'json', path],
  ]);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Facts;
}

async function streamsOf(path: string) {
  const facts = await factsOf(path);
  const ofType = (type: string) => facts.streams.find((stream) => stream.codec_type === type);
  return { facts, video: ofType('video'), audio: ofType('audio') };
}

/** When the sound of a film begins to be loud after a time, in seconds on the film's clock. */
async function beepAfter(path: string, seconds: number): Promise<number> {
  const chunks: Buffer[] = [];
  const { stderr } = await run(
    'ffmpeg',
    [
      ...['-v', 'warning', '-copyts', '-i', path, '-map', '0:a', '-ac', '1'],
      ...['-af', 'aresample=48000:async=1:first_pts=0', '-f', 's16le', 'pipe:1'],
    ],
    { onStdoutData: (chunk) => chunks.push(chunk) },
  );
  // Raw sound in Matroska and WAV has no names for its channels, of which ffmpeg tells.
  expect(stderr.replaceAll(/^Guessed Channel Layout.*$/gm, '').trim()).toBe('');
  const samples = Buffer.concat(chunks);
  for (let index = Math.round(seconds * 48_000); index * 2 + 1 < samples.length; index++)
    if (Math.abs(samples.readInt16LE(index * 2)) > 5_000) return index / 48_000;
  return Number.NaN;
}

/** What ffprobe calls our codecs. */
const CODEC_NAMES: Readonly<Record<string, string>> = {
  dnxhr: 'dnxhd',
  'pcm-s16': 'pcm_s16le',
  'pcm-s24': 'pcm_s24le',
  'pcm-f32': 'pcm_f32le',
};
const codecName = (id: string) => CODEC_NAMES[id] ?? id;

type Output = {
  container: ContainerId;
  videoCodec: VideoCodecId;
  audioCodec: AudioCodecId | 'none';
  videoProfile?: VideoProfileId;
};

/** Every codec and variant in every container, with the container's sound codecs in turn. */
const outputs: Output[] = CONTAINER_IDS.flatMap((container) => {
  const { video, audio } = CONTAINERS[container];
  const pictures = video.flatMap((videoCodec): Omit<Output, 'audioCodec'>[] => {
    const { profiles } = VIDEO_CODECS[videoCodec];
    // Variants are the same in every container: MKV takes one of each.
    const variants = container === 'mkv' ? profiles.slice(-1) : profiles;
    if (variants.length === 0) return [{ container, videoCodec }];
    return variants.map(({ id }) => ({ container, videoCodec, videoProfile: id }));
  });
  return pictures.map((picture, index) => ({
    ...picture,
    audioCodec: audio[index % Math.max(1, audio.length)] ?? 'none',
  }));
});

describe('every codec in every container that takes it', () => {
  it.each(outputs)('$container: $videoCodec $videoProfile, $audioCodec', async (output) => {
    const { container, videoCodec, audioCodec } = output;
    const path = await exported(output, Object.values(output).join('-'));
    const isPictures = container === 'pictures';
    const input = isPictures
      ? join(path, `frame-%06d.${videoCodec === 'png' ? 'png' : 'jpg'}`)
      : path;
    // ffmpeg says of flat JPEG pictures that their last two bytes are missing, which are there.
    const seen = await readNumbers(input, videoCodec === 'jpeg' ? 'error' : 'warning');
    expect(seen.map(({ number }) => number)).toEqual(FRAMES);
    if (isPictures) return;
    const { video, audio, facts } = await streamsOf(path);
    expect(video?.codec_name).toBe(codecName(videoCodec));
    expect(Number(video?.start_time)).toBe(0);
    expect(video?.r_frame_rate).toBe('25/1');
    const profile = VIDEO_CODECS[videoCodec].profiles.find(({ id }) => id === output.videoProfile);
    if (profile) {
      expect(video?.profile?.toLowerCase()).toContain(profile.id);
      expect(video?.pix_fmt).toMatch(
        videoCodec === 'prores' ? /^yuv4(22|44)p1[02]le$/ : profile.pixelFormat,
      );
    }
    expect(audio?.codec_name).toBe(audioCodec === 'none' ? undefined : codecName(audioCodec));
    // Sound comes in blocks, of which the last may reach past the picture.
    expect(Number(facts.format.duration) - SECONDS).toBeLessThan(0.03);
    expect(Number(facts.format.duration)).toBeGreaterThanOrEqual(SECONDS);
    if (audioCodec === 'none') return;
    const offset = (await beepAfter(path, 0.3)) - BEEP_SECONDS;
    expect(Math.abs(offset)).toBeLessThan(0.005);
  });

  it('are told as ten bits where that is asked for', async () => {
    const path = await exported({ videoCodec: 'hevc', bitDepth: 10 }, 'ten-bits');
    const { video } = await streamsOf(path);
    expect([video?.profile, video?.pix_fmt]).toEqual(['Main 10', 'yuv420p10le']);
    expect((await readNumbers(path)).map(({ number }) => number)).toEqual(FRAMES);
  });

  it.each(['hevc', 'vp9', 'av1'] as const)(
    '%s is the same bytes for 1 and 3 workers',
    async (videoCodec) => {
      const films = [];
      for (const workers of [1, 3]) {
        const path = await exported(
          { videoCodec, audioCodec: 'none', container: 'mp4' },
          `${videoCodec}-${workers}`,
          {
            workers,
            cacheDir: join(folder, `cache-${workers}`),
          },
        );
        films.push(readFileSync(path));
      }
      expect(films[0]?.equals(films[1] as Buffer)).toBe(true);
    },
  );

  it('has times as exact as milliseconds can be in MKV', async () => {
    const rate = { num: 24_000, den: 1001 };
    const timelineId = await timelineOf({ width: 160, height: 90 }, rate);
    const output = join(folder, 'ntsc.mkv');
    const settings = exportSettingsSchema.parse({
      container: 'mkv',
      videoCodec: 'vp9',
      encoderPreset: 'ultrafast',
    });
    await bench.export(timelineId, { settings, output });
    const { stdout } = await run('ffprobe', [
      ...[
        '-v',
        'error',
        '-select_streams',
        'v',
        '-show_entries',
        'packet=pts',
        '-of',
        'csv=p=0',
        output,
      ],
    ]);
    const times = stdout
      .trim()
      .split('\n')
      .map((line) => Number.parseInt(line, 10));
    expect(times).toEqual(FRAMES.map((_, index) => Math.round((index * 1_001_000) / 24_000)));
  });
});

describe('sound alone', () => {
  const sounds = CONTAINER_IDS.filter((id) => CONTAINERS[id].video.length === 0).flatMap(
    (container) =>
      CONTAINERS[container].audio.map((audioCodec) => [container, audioCodec] as const),
  );

  it.each(sounds)('%s with %s', async (container, audioCodec) => {
    const path = await exported(
      { container, audioCodec, metadata: { title: 'Ä = ö; #1' } },
      `sound-${audioCodec}`,
    );
    const { video, audio, facts } = await streamsOf(path);
    expect(video).toBeUndefined();
    expect(audio?.codec_name).toBe(codecName(audioCodec));
    // The clock of an MP3 file begins before its sound.
    const begins = Number(audio?.start_time ?? 0);
    expect(Math.abs((await beepAfter(path, 0.3)) - begins - BEEP_SECONDS)).toBeLessThan(0.005);
    const tags = { ...facts.format.tags, ...audio?.tags };
    expect(tags['title'] ?? tags['TITLE']).toBe('Ä = ö; #1');
  });

  it('is written in mono, at a rate that its codec takes, though the picture is missing', async () => {
    const track = bench.track(timelines.small, 'video');
    const { facts } = bench.project.find('asset', smallAsset) ?? {};
    const gone = bench.put('asset-gone', {
      kind: 'asset',
      name: 'gone',
      location: { absolute: join(folder, 'gone.mp4') },
      identity: { sizeBytes: 1, hash: 'partial-sha256:0' },
      facts,
    });
    const clip = bench.clip(track, frameStart(0, RATE), {
      assetId: gone,
      sourceRange: { in: frameStart(0, RATE), out: frameStart(5, RATE) },
    });
    const path = await exported({ container: 'ogg', audioChannels: 1 }, 'mono');
    bench.put(clip, { deleted: true });
    const { audio } = await streamsOf(path);
    expect([audio?.sample_rate, audio?.channels]).toEqual(['48000', 1]);
  });
});

describe('what a film says about itself', () => {
  let timelineId: string;
  const cover = () => join(folder, 'cover.png');

  beforeAll(async () => {
    await run('ffmpeg', [
      ...[
        '-v',
        'error',
        '-y',
        '-f',
        'lavfi',
        '-i',
        'color=red:size=64x64',
        '-frames:v',
        '1',
        cover(),
      ],
    ]);
    timelineId = await timelineOf({ width: 160, height: 90 });
    const languages = [
      ['English', 'en', 'Hello'],
      ['Deutsch', 'de-AT', 'Grüß Gott'],
    ] as const;
    for (const [name, language, text] of languages) {
      const trackId = bench.track(timelineId, 'caption', { name, language });
      bench.put(`cue-${language}`, {
        kind: 'cue',
        placement: { trackId, start: frameStart(5, RATE) },
        duration: frameStart(10, RATE),
        text,
      });
    }
    for (const [frame, name] of [
      [0, 'Beginning'],
      [13, 'Second; part = 2'],
    ] as const) {
      bench.put(`chapter-${frame}`, {
        kind: 'marker',
        ownerId: timelineId,
        span: { time: frameStart(frame, RATE), duration: 0 },
        markerKind: 'chapter',
        name,
      });
    }
  });

  async function told(container: ContainerId) {
    const settings = exportSettingsSchema.parse({
      container,
      encoderPreset: 'ultrafast',
      captions: CONTAINERS[container].subtitles === null ? 'none' : 'soft',
      metadata: {
        title: 'A title',
        author: 'An author',
        description: 'Two lines\nof it',
        language: 'fr',
        cover: cover(),
      },
    });
    const output = join(folder, `told.${CONTAINERS[container].extension ?? ''}`);
    await bench.export(timelineId, { settings, output, force: true }).catch((error: unknown) => {
      throw error instanceof Refusal ? new Error(JSON.stringify(error.fault)) : error;
    });
    return { output, ...(await streamsOf(output)) };
  }

  const tag = (tags: Record<string, string> | undefined, name: string) =>
    Object.entries(tags ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];

  it.each(['mp4', 'mov', 'mkv', 'webm', 'm4a', 'mp3', 'flac', 'ogg', 'wav'] as const)(
    'in %s',
    async (container) => {
      const { facts, audio, output } = await told(container);
      const { hasChapters, hasCover, subtitles } = CONTAINERS[container];
      const tags = { ...facts.format.tags, ...(container === 'ogg' ? audio?.tags : {}) };
      expect(tag(tags, 'title')).toBe('A title');
      expect(tag(tags, 'artist')).toBe('An author');
      expect(tag(tags, 'description') ?? tag(tags, 'comment')).toBe('Two lines\nof it');
      expect(
        facts.chapters.map((chapter) => [Number(chapter.start_time), chapter.tags.title]),
      ).toEqual(
        hasChapters
          ? [
              [0, 'Beginning'],
              [0.52, 'Second; part = 2'],
            ]
          : [],
      );
      const captions = facts.streams.filter((stream) => stream.codec_type === 'subtitle');
      expect(captions.map((stream) => tag(stream.tags, 'language'))).toEqual(
        subtitles === null ? [] : ['eng', container === 'mov' ? 'ger' : 'deu'],
      );
      if (subtitles !== null) {
        expect(tag(audio?.tags, 'language')).toMatch(/^fr[ae]$/);
        const { stdout } = await run('ffmpeg', [
          '-v',
          'error',
          '-copyts',
          '-i',
          output,
          '-map',
          '0:s:1',
          '-f',
          'srt',
          '-',
        ]);
        expect(stdout).toContain('00:00:00,200 --> 00:00:00,600\nGrüß Gott');
      }
      const pictures = facts.streams.filter((stream) => stream.codec_name === 'png');
      expect(pictures).toHaveLength(hasCover ? 1 : 0);
    },
  );
});

describe('a folder of pictures', () => {
  const settings = exportSettingsSchema.parse({
    videoCodec: 'png',
    range: { startFrame: 12, endFrame: 15 },
  });
  const written = (output: string, force = false) =>
    bench.export(timelines.small, { settings, output, force });

  it('has a file for each frame, numbered as on the timeline, and is replaced only where that is allowed', async () => {
    const output = join(folder, 'some 50% frames');
    await written(output);
    const names = ['frame-000012.png', 'frame-000013.png', 'frame-000014.png'];
    expect(readdirSync(output).sort()).toEqual(names);
    await expect(written(output)).rejects.toMatchObject({ fault: { code: 'folder/exists' } });
    writeFileSync(join(output, 'frame-000099.png'), '');
    await written(output, true);
    expect(readdirSync(output).sort()).toEqual(names);
    writeFileSync(join(output, 'mine.txt'), 'mine');
    await expect(written(output, true)).rejects.toMatchObject({
      fault: { code: 'folder/not-empty' },
    });
    expect(readdirSync(output)).toContain('mine.txt');
    expect(readdirSync(folder).filter((name) => name.startsWith('.inkreel'))).toEqual([]);
  });
});

describe('hardware encoders', () => {
  /** An ffmpeg whose `h264_nvenc` is x264, with something done to its pictures. */
  async function withNvenc(name: string, filter: string) {
    const tools = await findFfmpeg();
    const path = join(folder, name);
    const dropped = JSON.stringify(['-rc', '-preset', '-b:v']);
    writeFileSync(
      path,
      `#!${process.execPath}
const { spawnSync } = require('node:child_process');
let args = process.argv.slice(2);
if (args.includes('h264_nvenc')) {
  args = args.filter((one, index) => !${dropped}.includes(one) && !${dropped}.includes(args[index - 1]));
  args = args.map((one) => ({ h264_nvenc: 'libx264', '-cq': '-crf' })[one] ?? one);
  const filters = args.indexOf('-vf') + 1;
  if (filters > 0) args[filters] += '${filter}';
}
process.exitCode = spawnSync(${JSON.stringify(tools.ffmpeg)}, args, { stdio: 'inherit' }).status ?? 1;
`,
    );
    chmodSync(path, 0o755);
    return { ...tools, ffmpeg: path };
  }

  const settings = exportSettingsSchema.parse({ encoder: 'auto' });

  it('are used when the pictures of a trial are right', async () => {
    const output = join(folder, 'nvenc.mp4');
    const tools = await withNvenc('nvenc.cjs', '');
    const film = await bench.make(timelines.small, { settings, output, tools });
    expect(film.encoder).toEqual({ name: 'h264_nvenc', isHardware: true });
    expect((await readNumbers(output)).map(({ number }) => number)).toEqual(FRAMES);
  });

  it('make way for software when their pictures are wrong, and it is said why', async () => {
    const output = join(folder, 'negative.mp4');
    const tools = await withNvenc('negative.cjs', ',negate');
    const film = await bench.make(timelines.small, { settings, output, tools });
    expect(film.encoder).toMatchObject({ name: 'libx264', isHardware: false });
    expect(film.encoder?.fallback).toMatch(/h264_nvenc: its pictures are wrong \(SSIM/);
    expect((await readNumbers(output)).map(({ number }) => number)).toEqual(FRAMES);
  });

  it('are asked for in vain where there are none of a codec', async () => {
    const output = join(folder, 'prores.mov');
    const wanted = exportSettingsSchema.parse({ videoCodec: 'dnxhr', encoder: 'hardware' });
    const film = await bench.make(timelines.large, { settings: wanted, output });
    expect(film.encoder).toMatchObject({ name: 'dnxhd', isHardware: false });
    expect(film.encoder?.fallback).toContain('No hardware encodes DNxHR');
  });
});
