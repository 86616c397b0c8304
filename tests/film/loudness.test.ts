import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settleAsync } from '#core/fault.ts';
import { audioStreamOf } from '#core/media/facts.ts';
import { planExport } from '#core/render/planExport.ts';
import { exportSettingsSchema, type LoudnessTarget } from '#core/render/settings.ts';
import { FLICKS_PER_SECOND, flicks, ZERO } from '#core/time/flicks.ts';
import { rate } from '#core/time/rate.ts';
import { encodeAac } from '#engine/export/aac/encodeAac.ts';
import { PieceStore } from '#engine/export/cache/pieceStore.ts';
import type { FilmCheck } from '#engine/export/check/filmCheck.ts';
import { joinFilm } from '#engine/export/join/joinFilm.ts';
import { checkLoudness } from '#engine/export/sound/checkLoudness.ts';
import { type LevelledMix, levelMix } from '#engine/export/sound/levelMix.ts';
import { mixSound } from '#engine/export/sound/mixSound.ts';
import { run } from '#engine/process/run.ts';
import { findFfmpeg } from '#engine/tools/ffmpeg.ts';
import { testFolder } from '../support/folder.ts';
import { FilmBench } from './filmBench.ts';

const folder = testFolder('loudness');
const bench = new FilmBench(folder);

/** A clip: what ffmpeg draws it from, for how long, at what rate, and filters after that. */
type Clip = { name: string; source: string; seconds: number; hz?: number; more?: string };

const pink = (amplitude: number) => `anoisesrc=color=pink:amplitude=${amplitude}:seed=7`;
const white = (amplitude: number) => `anoisesrc=color=white:amplitude=${amplitude}:seed=7`;
const tone = (level: number, hertz: number) => `aevalsrc='${level}*sin(2*PI*${hertz}*t)'`;
/** Noise in syllables and pauses. */
const speech = (level: number) =>
  `aevalsrc='${level}*(random(0)*2-1)*max(0,sin(2*PI*3.3*t))*gt(sin(2*PI*0.4*t),-0.4)'`;
const BROADCAST = { targetLufs: -23, truePeakDb: -1 };
const WEB = { targetLufs: -14, truePeakDb: -1 };
const stereo = 'aformat=channel_layouts=stereo';

const CLIPS: readonly Clip[] = [
  { name: 'tone', source: tone(0.3, 1_000), seconds: 3, more: stereo },
  { name: 'high tone', source: tone(0.9, 11_000), seconds: 3, more: stereo },
  { name: 'low tone', source: tone(0.7, 60), seconds: 3, more: stereo },
  { name: 'pink noise', source: pink(0.4), seconds: 3, more: stereo },
  { name: 'white noise at full level', source: white(1), seconds: 3, more: stereo },
  { name: 'speech', source: speech(0.3), seconds: 6 },
  { name: 'loud speech', source: speech(1), seconds: 6, more: 'lowpass=f=4000,volume=6dB' },
  {
    name: 'clipped tone',
    source: tone(8, 440),
    seconds: 3,
    more: `aformat=sample_fmts=s16,${stereo}`,
  },
  {
    name: 'clipped noise',
    source: pink(1),
    seconds: 3,
    more: `volume=20dB,aformat=sample_fmts=s16,${stereo}`,
  },
  { name: 'square wave', source: `aevalsrc='0.99*sgn(sin(2*PI*997*t))'`, seconds: 3, more: stereo },
  { name: 'very quiet', source: pink(0.004), seconds: 3, more: stereo },
  { name: 'very quiet speech', source: speech(0.004), seconds: 6 },
  {
    name: 'clicks over quiet noise',
    source: `aevalsrc='0.01*(random(0)*2-1)+if(lt(mod(t,0.7),0.002),0.9,0)'`,
    seconds: 5,
    more: stereo,
  },
  {
    name: 'very dynamic',
    source: `aevalsrc='(random(0)*2-1)*if(lt(mod(t,3),2.5),0.01,0.9)'`,
    seconds: 9,
    more: stereo,
  },
  { name: 'swelling', source: `aevalsrc='0.9*(t/8)^3*sin(2*PI*330*t)'`, seconds: 8, more: stereo },
  { name: 'one side only', source: pink(0.5), seconds: 3, more: 'pan=stereo|c0=c0|c1=0*c0' },
  { name: 'mono', source: pink(0.3), seconds: 4 },
  { name: '44.1 kHz', source: pink(0.6), seconds: 3, hz: 44_100, more: stereo },
  { name: 'one second', source: speech(0.5), seconds: 1 },
  {
    name: 'long silence',
    source: `aevalsrc='if(between(t,6,9),0.4*(random(0)*2-1),0)'`,
    seconds: 15,
    more: stereo,
  },
];

function fileOf({ name }: Clip): string {
  return join(folder, `${name.replaceAll(' ', '-')}.wav`);
}

async function draw(clip: Clip): Promise<string> {
  const { source, seconds, hz = 48_000, more } = clip;
  const path = fileOf(clip);
  const drawn = source.startsWith('aevalsrc')
    ? `${source}:s=${hz}:d=${seconds}`
    : `${source}:r=${hz}:d=${seconds}`;
  const input = more === undefined ? drawn : `${drawn},${more}`;
  await run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', input, path]);
  return path;
}

async function timelineOf(clip: Clip): Promise<string> {
  const timelineId = bench.timeline({ frameRate: rate(25), sampleRateHz: clip.hz ?? 48_000 });
  const sourceRange = { in: ZERO, out: flicks(clip.seconds * FLICKS_PER_SECOND) };
  const assetId = await bench.asset(await draw(clip));
  bench.clip(bench.track(timelineId, 'audio'), ZERO, { sourceRange, assetId });
  return timelineId;
}

/** The sound of a film by the steps of an export: mixed, brought to its loudness, encoded, measured. */
async function soundOf(
  clip: Clip,
  loudness: LoudnessTarget = WEB,
): Promise<{ path: string; checks: FilmCheck[]; levelled: LevelledMix | null }> {
  const timelineId = await timelineOf(clip);
  const settings = exportSettingsSchema.parse({ container: 'm4a', videoCodec: 'none', loudness });
  const plan = planExport(bench.project, timelineId, settings);
  const files = new Map(
    plan.assetIds.map((id) => [
      id,
      { path: fileOf(clip), streamIndex: 0, channels: channelsOf(id) },
    ]),
  );
  const work = mkdtempSync(join(folder, 'work-'));
  const [mix, path] = [join(work, 'mix.f32'), join(work, 'film.m4a')];
  const { signal } = new AbortController();
  const tools = await findFfmpeg();
  const all = { tools, plan, settings, signal };
  await mixSound({ ...all, files, output: mix, onProgress: () => undefined });
  const store = await PieceStore.open(work);
  const encoding = { ...all, mix, folder: work, store, workers: 2 };
  const levelled = await levelMix(encoding);
  const samples = plan.endSample - plan.startSample;
  const sound = { kind: 'encoded' as const, path: await encodeAac({ ...encoding, samples }) };
  const parts = { pieces: [], sound, captions: [], chapters: [], title: '', folder: work };
  await joinFilm({ ...all, ...parts, output: path });
  const isTooQuiet = levelled?.after === null;
  return { path, levelled, checks: await checkLoudness({ ...all, path, isTooQuiet }) };
}

function channelsOf(assetId: string): number {
  const asset = bench.project.find('asset', assetId);
  return (asset && audioStreamOf(asset.facts)?.channels) ?? 0;
}

/** What ffmpeg’s own meter says of a file: exact to a tenth at the end, so its lines to the thousandth are read. */
async function meter(path: string): Promise<{ lufs: number; peak: number; samples: number }> {
  let samples = 0;
  const { stdout, stderr } = await run('ffmpeg', [
    ...['-hide_banner', '-nostats', '-i', path, '-map', '0:a:0'],
    ...['-af', 'ebur128=peak=true:framelog=verbose:metadata=1,ametadata=print:file=-'],
    ...['-f', 'null', '/dev/null'],
  ]);
  const integrated = [...stdout.matchAll(/lavfi\.r128\.I=(-?[\d.]+)/g)].at(-1)?.[1];
  const peak = /Peak:\s+(-?[\d.]+) dBFS/.exec(stderr.split('Summary:')[1] ?? '')?.[1];
  await run('ffmpeg', ['-v', 'error', '-i', path, '-map', '0:a:0', '-f', 's16le', 'pipe:1'], {
    onStdoutData: (chunk) => {
      samples += chunk.length;
    },
  });
  return { lufs: Number(integrated), peak: Number(peak), samples };
}

describe('sound that is to be −14 LUFS', () => {
  it.each(CLIPS.map((clip) => [clip.name, clip] as const))('is, made of: %s', async (_, clip) => {
    const { path, checks } = await soundOf(clip);
    const found = await meter(path);
    expect(Math.abs(found.lufs + 14)).toBeLessThanOrEqual(0.1);
    expect(found.peak).toBeLessThanOrEqual(-1);
    // AAC is as long as the film, to its block.
    expect(Math.abs(found.samples / 4 - clip.seconds * (clip.hz ?? 48_000))).toBeLessThan(1_024);
    expect(checks.map(({ name, ok }) => [name, ok])).toEqual(
      ['Loudness target', 'True peak', 'Loudness range'].map((name) => [name, true]),
    );
  });
});

const SILENCE: Clip = { name: 'silence', source: tone(0, 1_000), seconds: 2 };
const MURMUR: Clip = { name: 'murmur', source: pink(0.0003), seconds: 2 };
const BLIP: Clip = { name: 'blip', source: tone(0.5, 1_000), seconds: 0.32 };

describe('sound with nothing to be measured', () => {
  it.each([SILENCE, MURMUR, BLIP].map((clip) => [clip.name, clip] as const))(
    'is left as it is, and the film says so: %s',
    async (_, clip) => {
      const { levelled, checks } = await soundOf(clip);
      expect(levelled?.after).toBe(null);
      expect(checks).toEqual([
        {
          name: 'Loudness target',
          ok: false,
          value:
            'the sound is too quiet or too short to be brought to −14.0 LUFS; it was left as it is',
          level: 'notice',
        },
      ]);
    },
  );
});

describe('a whole film', () => {
  it.each([
    ['mp4', { container: 'mp4' as const }, WEB],
    ['one channel', { container: 'mp4' as const, audioChannels: 1 as const }, WEB],
    ['Opus', { container: 'ogg' as const, videoCodec: 'none' as const }, BROADCAST],
  ])('has its loudness: %s', async (name, more, loudness) => {
    const clip = { name, source: speech(1), seconds: 2 };
    const settings = exportSettingsSchema.parse({ encoderPreset: 'ultrafast', ...more, loudness });
    const output = join(folder, `${name.replaceAll(' ', '-')}.${settings.container}`);
    const film = await bench.make(await timelineOf(clip), { settings, output });
    const found = await meter(film.output);
    expect(Math.abs(found.lufs - loudness.targetLufs)).toBeLessThanOrEqual(0.1);
    expect(found.peak).toBeLessThanOrEqual(loudness.truePeakDb);
    expect(film.checks.find((check) => check.name === 'Loudness target')?.ok).toBe(true);
  });

  it('is refused where nothing can be that loud', async () => {
    const clip = { name: 'click', source: `aevalsrc='if(eq(n,9600),0.9,0)'`, seconds: 1 };
    const refused = settleAsync(() => soundOf(clip, { targetLufs: -5, truePeakDb: -9 }));
    expect(await refused).toMatchObject({ error: { code: 'export/loudness-unreachable' } });
  });
});
