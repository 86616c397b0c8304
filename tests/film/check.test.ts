import { copyFile, mkdtemp, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { planExport } from '#core/render/planExport.ts';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { ZERO } from '#core/time/flicks.ts';
import { rate } from '#core/time/rate.ts';
import { failedChecks, type FilmCheck } from '#engine/export/check/filmCheck.ts';
import { checkFilm, type FinishedFilm } from '#engine/export/check/checkFilm.ts';
import type { MixedSound } from '#engine/export/check/checkSound.ts';
import { USUAL_FORMAT } from '#engine/export/sources/workingFormat.ts';
import type { Reference } from '#engine/export/check/referencePictures.ts';
import { mixSound } from '#engine/export/sound/mixSound.ts';
import { mixingAgain, readingMix } from '#engine/export/sound/mixWindow.ts';
import { sourceFiles } from '#engine/export/sources/sourceFiles.ts';
import { run } from '#engine/process/run.ts';
import { findFfmpeg } from '#engine/tools/ffmpeg.ts';
import { testFolder } from '../support/folder.ts';
import { at, FilmBench } from './filmBench.ts';

const folder = testFolder('check');
const bench = new FilmBench(folder);
const RATE = rate(30);
const path = (name: string) => join(folder, name);
const FOLDERS = { projectPath: path('bench.inkreel'), cacheDir: path('cache') };

/** Source and first frame of each clip; all are a second long. */
const CLIPS = [
  ['moving', 10],
  ['other', 0],
  ['moving', 60],
  ['other', 45],
] as const;
const FRAMES = 30 * CLIPS.length;

/** Drawn pictures in motion, with sound that is nowhere like itself; one of them black and still for a while. */
const SOURCES = {
  moving: 'testsrc2=size=160x90:rate=30:duration=4',
  other: 'mandelbrot=size=160x90:rate=30:end_scale=0.01,trim=duration=4',
  dark: "testsrc2=size=160x90:rate=30:duration=4,drawbox=c=black:t=fill:enable='between(n,15,59)'",
  still:
    'testsrc2=size=160x90:rate=30:duration=4,split[a][b];[a][b]freezeframes=first=15:last=89:replace=15',
};
type SourceName = keyof typeof SOURCES;

const BT709 = [
  ...['-colorspace', 'bt709', '-color_primaries', 'bt709'],
  ...['-color_trc', 'bt709', '-color_range', 'tv'],
];
const PICTURE = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '12', '-pix_fmt', 'yuv420p'];
const AS_IS = [...PICTURE, '-g', '60', ...BT709, '-c:a', 'copy'];

async function ffmpeg(...args: string[]): Promise<void> {
  const { exitCode, stderr } = await run('ffmpeg', ['-v', 'error', '-y', ...args]);
  if (exitCode !== 0) throw new Error(stderr);
}

/** A film of a timeline, with everything that it can be compared with. */
type Made = {
  film: string;
  compare: Omit<FinishedFilm, 'path'> & { reference: Reference };
  /** Its mix as it is compared where the sound of the film was kept. */
  mixedAgain: MixedSound;
};

async function filmOf(clips: readonly (readonly [SourceName, number])[]): Promise<Made> {
  const timelineId = bench.timeline({ frameRate: RATE, width: 160, height: 90 });
  const video = bench.track(timelineId, 'video');
  const audio = bench.track(timelineId, 'audio');
  for (const [index, [source, first]] of clips.entries()) {
    const assetId = await bench.asset(path(`${source}.mp4`));
    const clip = { assetId, sourceRange: { in: at(first, RATE), out: at(first + 30, RATE) } };
    bench.clip(video, at(index * 30, RATE), clip);
    bench.clip(audio, at(index * 30, RATE), clip);
  }
  const film = await bench.export(timelineId);
  const tools = await findFfmpeg();
  const { signal } = new AbortController();
  const plan = planExport(bench.project, timelineId, exportSettingsSchema.parse({}));
  const files = await sourceFiles(bench.project, plan, FOLDERS);
  const own = await mkdtemp(path('compare-'));
  const output = join(own, 'mix.f32');
  const { sounds } = files;
  await mixSound({ tools, plan, files: sounds, output, signal, onProgress: () => undefined });
  const overlays = () => Promise.reject(new Error('This film has no graphics'));
  const compare = {
    ...{ tools, plan, signal, hasSound: true },
    reference: { files: files.pictures, overlays, format: USUAL_FORMAT, folder: own },
    mix: { read: readingMix(output), sampleRateHz: plan.sampleRateHz },
  };
  const scratch = join(own, 'again.f32');
  const read = mixingAgain(plan, { tools, files: sounds, scratch });
  return { film, compare, mixedAgain: { read, sampleRateHz: plan.sampleRateHz } };
}

let good: Made;

beforeAll(async () => {
  await Promise.all(
    Object.entries(SOURCES).map(([name, picture], seed) =>
      ffmpeg(
        ...['-f', 'lavfi', '-i', picture, '-f', 'lavfi'],
        ...['-i', `anoisesrc=color=pink:amplitude=0.4:seed=${seed}:duration=4:sample_rate=48000`],
        ...[
          ...PICTURE,
          '-g',
          '30',
          '-c:a',
          'aac',
          '-b:a',
          '192k',
          '-shortest',
          path(`${name}.mp4`),
        ],
      ),
    ),
  );
  good = await filmOf(CLIPS);
});

/** Makes a film from the good one. */
async function made(name: string, args: readonly string[]): Promise<string> {
  const output = path(`${name}.mp4`);
  await ffmpeg('-i', good.film, ...args, '-movflags', '+faststart', output);
  return output;
}

/** What a check finds wrong with a film made from the good one. */
async function broken(name: string, ...args: string[]): Promise<string[]> {
  const { mix: _, ...compare } = good.compare;
  const checks = await checkFilm({ ...compare, path: await made(name, args) });
  return failedChecks(checks).map((check) => check.name);
}

/** The same with nothing to compare pictures with, for what is found without. */
async function brokenInItself(name: string, ...args: string[]): Promise<string[]> {
  return wrongInItself(await made(name, args));
}

async function wrongInItself(film: string): Promise<string[]> {
  const { reference: _, ...compare } = good.compare;
  const found = [compare.mix, good.mixedAgain].map(async (mix) => {
    const checks = await checkFilm({ ...compare, ...(mix && { mix }), path: film });
    return failedChecks(checks).map((check) => check.name);
  });
  const [first, again] = await Promise.all(found);
  expect(again).toEqual(first);
  return first ?? [];
}

const pictures = (filter: string) => ['-vf', filter, ...AS_IS];
const found = (checks: readonly FilmCheck[], name: string) =>
  checks.find((check) => check.name === name);

describe('a film that is as its timeline says', () => {
  it('passes every check, compared at each cut', async () => {
    const checks = await checkFilm({ ...good.compare, path: good.film });
    expect(checks.filter((check) => !check.ok)).toEqual([]);
    expect(found(checks, 'Cuts')?.value).toBe('both ends and 3 of 3 compared');
    expect(checks.map((check) => check.name)).toEqual([
      ...['Frames', 'Frame times', 'Size', 'Picture length', 'Colours'],
      ...['Sound begins with picture', 'Sound length', 'File structure', 'Reads through'],
      ...['Cuts', 'Black pictures', 'Frozen pictures', 'Picture decodes'],
      ...['Sound in step', 'Sound decodes', 'Loudness'],
    ]);
  });

  it('passes in Matroska, whose packets of sound begin between the places that it is heard at', async () => {
    const { plan } = good.compare;
    const settings = exportSettingsSchema.parse({ container: 'mkv', encoderPreset: 'ultrafast' });
    const film = await bench.export(plan.timelineId, { settings, output: path('good.mkv') });
    const checks = await checkFilm({ ...good.compare, path: film });
    expect(found(checks, 'Sound in step')?.value).toMatch(/^at most 0\.\d ms apart at 4 places$/);
  });

  it('passes when only sync frames are looked at, because making it took no time', async () => {
    const checks = await checkFilm({ ...good.compare, path: good.film, exportMs: 0 });
    expect(checks.filter((check) => !check.ok)).toEqual([]);
  });
});

describe.concurrent('pictures that are not those of the timeline are found:', () => {
  it('a frame that is lacking', async () => {
    const filter = "select='not(eq(n,47))',setpts=N/30/TB";
    expect(await broken('dropped', ...pictures(filter))).toContain('Frames');
  });

  it('a frame that is lacking, with the last one twice', async () => {
    const filter = "select='not(eq(n,47))',setpts=N/30/TB,tpad=stop_mode=clone:stop=1";
    expect(await broken('dropped-and-filled', ...pictures(filter))).toEqual(['Cuts']);
  });

  it('a frame that is there twice', async () => {
    const filter = 'loop=loop=1:size=1:start=47,setpts=N/30/TB';
    expect(await broken('doubled', ...pictures(filter))).toContain('Frames');
  });

  it('a frame that is there twice, in place of its neighbour at a cut', async () => {
    const filter = 'split[a][b];[a][b]freezeframes=first=59:last=59:replace=58';
    expect(await broken('doubled-in-place', ...pictures(filter))).toEqual(['Cuts']);
  });

  it('two pieces in each other’s place', async () => {
    const part = (from: number, to: number) =>
      `trim=start_frame=${from}:end_frame=${to},setpts=PTS-STARTPTS`;
    const graph = [
      '[0:v]split=4[a][b][c][d]',
      `[a]${part(0, 30)}[1]`,
      `[b]${part(60, 90)}[2]`,
      `[c]${part(30, 60)}[3]`,
      `[d]${part(90, 120)}[4]`,
      '[1][2][3][4]concat=n=4[v]',
    ].join(';');
    const args = ['-filter_complex', graph, '-map', '[v]', '-map', '0:a', ...AS_IS];
    expect(await broken('swapped', ...args)).toEqual(['Cuts']);
  });

  it('black in place of footage', async () => {
    const filter = "drawbox=c=black:t=fill:enable='between(n,30,59)'";
    expect(await broken('black', ...pictures(filter))).toEqual(['Cuts', 'Black pictures']);
  });

  it('black for a moment within a clip', async () => {
    const filter = "drawbox=c=black:t=fill:enable='between(n,40,44)'";
    expect(await broken('moment', ...pictures(filter))).toEqual(['Black pictures']);
  });

  it('a frozen clip', async () => {
    const filter = 'split[a][b];[a][b]freezeframes=first=61:last=89:replace=60';
    expect(await broken('frozen', ...pictures(filter))).toEqual(['Cuts', 'Frozen pictures']);
  });

  it('colours that say something else', async () => {
    const tags = 'colour_primaries=6:transfer_characteristics=6:matrix_coefficients=6';
    const args = ['-c', 'copy', '-bsf:v', `h264_metadata=${tags}`];
    expect(await broken('colours', ...args)).toEqual(['Colours']);
  });
});

describe.concurrent('sound that is not that of the timeline is found:', () => {
  const sound = (...args: string[]) => ['-c:v', 'copy', ...args, '-c:a', 'aac', '-b:a', '192k'];

  it('40 ms late by the file’s own account', async () => {
    const output = path('late.mp4');
    const late = ['-itsoffset', '0.04', '-i', good.film];
    const args = ['-map', '0:v', '-map', '1:a', '-c', 'copy', '-movflags', '+faststart'];
    await ffmpeg('-i', good.film, ...late, ...args, output);
    expect(await wrongInItself(output)).toContain('Sound begins with picture');
  });

  it('40 ms late in itself', async () => {
    const filter = 'adelay=40:all=1,atrim=duration=4';
    expect(await brokenInItself('delayed', ...sound('-af', filter))).toEqual(['Sound in step']);
  });

  it('drifting away by 40 ms towards the end', async () => {
    const filter = 'atempo=0.99,atrim=duration=4';
    expect(await brokenInItself('drifting', ...sound('-af', filter))).toEqual(['Sound in step']);
  });

  it('missing', async () => {
    expect(await brokenInItself('mute', '-c', 'copy', '-an')).toEqual(['Sound length']);
  });

  it('silent', async () => {
    expect(await brokenInItself('silent', ...sound('-af', 'volume=0'))).toEqual(['Sound in step']);
  });
});

describe.concurrent('files that are not whole are found:', () => {
  it('one that ends too early', async () => {
    const output = path('truncated.mp4');
    await copyFile(good.film, output);
    await truncate(output, Math.floor((await stat(output)).size * 0.6));
    expect(await wrongInItself(output)).toEqual(
      expect.arrayContaining(['Frames', 'File structure']),
    );
  });

  it('one without a table of contents', async () => {
    const output = path('beheaded.mp4');
    await ffmpeg('-i', good.film, '-c', 'copy', output);
    await truncate(output, Math.floor((await stat(output)).size * 0.6));
    expect(await wrongInItself(output)).toEqual(
      expect.arrayContaining(['Frames', 'File structure']),
    );
  });

  it('one that is a second short', async () => {
    const wrong = await brokenInItself('short', '-t', '3', '-c', 'copy');
    expect(wrong).toEqual(expect.arrayContaining(['Frames', 'Picture length', 'Sound length']));
  });

  it('one that must be loaded to its end before it plays', async () => {
    const output = path('behind.mp4');
    await ffmpeg('-i', good.film, '-c', 'copy', output);
    expect(await wrongInItself(output)).toEqual(['File structure']);
  });
});

describe('media that is black or still itself', () => {
  it('is no fault of the film, but worth a notice', async () => {
    const { film, compare } = await filmOf([
      ['dark', 0],
      ['still', 0],
      ['still', 30],
    ]);
    const checks = await checkFilm({ ...compare, path: film });
    expect(failedChecks(checks)).toEqual([]);
    expect(found(checks, 'Black pictures')).toMatchObject({
      ok: false,
      level: 'notice',
      value: 'the media is black at 0.5–1.0 s',
    });
    expect(found(checks, 'Frozen pictures')).toMatchObject({ ok: false, level: 'notice' });
  });

  it('passes without a word where the timeline has nothing', async () => {
    const timelineId = bench.timeline({ frameRate: RATE, width: 160, height: 90 });
    const assetId = await bench.asset(path('moving.mp4'));
    const sourceRange = { in: ZERO, out: at(30, RATE) };
    bench.clip(bench.track(timelineId, 'video'), at(60, RATE), { assetId, sourceRange });
    const film = await bench.export(timelineId);
    const plan = planExport(bench.project, timelineId, exportSettingsSchema.parse({}));
    const { compare } = good;
    const { pictures: files } = await sourceFiles(bench.project, plan, FOLDERS);
    const reference = { ...compare.reference, files };
    const checks = await checkFilm({ ...compare, reference, plan, path: film, hasSound: false });
    expect(checks.filter((check) => !check.ok)).toEqual([]);
  });
});

it('counts what is left of numbered pictures', async () => {
  const own = await mkdtemp(path('pictures-'));
  await ffmpeg('-i', good.film, join(own, 'frame-%04d.png'));
  const check = () => checkFilm({ ...good.compare, path: own, isPictures: true, hasSound: false });
  expect(failedChecks(await check())).toEqual([]);
  await truncate(join(own, `frame-0${FRAMES}.png`), 0);
  expect(failedChecks(await check()).map(({ name }) => name)).toEqual(['Size']);
});
