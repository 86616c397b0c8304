import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { settleAsync } from '#core/fault.ts';
import { videoStreamOf } from '#core/media/facts.ts';
import { planExport } from '#core/render/planExport.ts';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { FLICKS_PER_SECOND, flicks, ZERO } from '#core/time/flicks.ts';
import { frameStart, rate } from '#core/time/rate.ts';
import { soundRuns } from '#engine/export/sound/soundRuns.ts';
import { Cancelled, run } from '#engine/process/run.ts';
import { testFolder } from '../support/folder.ts';
import { furthest, HZ, type Mix, seconds, SoundBench, toneLevel } from './soundBench.ts';

const folder = testFolder('sound-sources');
const bench = new SoundBench(folder);
const LENGTH = 12;
const IN = 7.3;

/** How a recording of a noise that never repeats is kept; pictures beside it where there are some. */
const FILES: readonly {
  name: string;
  args: readonly string[];
  picture?: string;
  /** Seconds by which the recording begins later than the film, earlier if below zero. */
  before?: string;
  /** Milliseconds by which the sound is later than the beginning of the file, where its picture does not tell. */
  late?: number;
}[] = [
  { name: 'plain.wav', args: ['-c:a', 'pcm_s16le'] },
  { name: '44100.wav', args: ['-ar', '44100'] },
  { name: '8000.wav', args: ['-ar', '8000'] },
  { name: '192000.wav', args: ['-ar', '192000', '-c:a', 'pcm_f32le'] },
  { name: 'aac.m4a', args: ['-c:a', 'aac', '-b:a', '128k'] },
  { name: 'aac-44100.m4a', args: ['-c:a', 'aac', '-ar', '44100'] },
  { name: 'constant.mp3', args: ['-c:a', 'libmp3lame', '-b:a', '128k'] },
  { name: 'constant-44100.mp3', args: ['-c:a', 'libmp3lame', '-b:a', '128k', '-ar', '44100'] },
  { name: 'variable.mp3', args: ['-c:a', 'libmp3lame', '-q:a', '4'] },
  { name: 'opus.ogg', args: ['-c:a', 'libopus'] },
  { name: 'vorbis.ogg', args: ['-c:a', 'libvorbis'] },
  { name: 'opus.webm', args: ['-c:a', 'libopus'], picture: 'libvpx', late: 7 },
  { name: 'flac.flac', args: ['-c:a', 'flac'] },
  { name: 'aac.mkv', args: ['-c:a', 'aac'], picture: 'libx264' },
  { name: 'film.mp4', args: ['-c:a', 'aac'], picture: 'libx264' },
  { name: 'film-44100.mov', args: ['-c:a', 'aac', '-ar', '44100'], picture: 'libx264' },
  { name: 'stream.ts', args: ['-c:a', 'aac'], picture: 'libx264' },
  { name: 'stream-mp2.ts', args: ['-c:a', 'mp2'], picture: 'mpeg2video' },
  { name: 'late.ts', args: ['-c:a', 'aac'], picture: 'libx264', before: '1.5' },
  { name: 'late.mp4', args: ['-c:a', 'aac'], picture: 'libx264', before: '1.5' },
  { name: 'negative.mp4', args: ['-c:a', 'aac'], picture: 'libx264', before: '-0.5' },
];

const ids = new Map<string, string>();
let recorded: Mix = { left: new Float32Array(), right: new Float32Array() };
const reference = join(folder, 'reference.wav');

beforeAll(async () => {
  const noise =
    'aevalsrc=random(0)-0.5:s=48000:d=12,lowpass=f=2500,lowpass=f=2500,aformat=channel_layouts=stereo';
  await run('ffmpeg', [
    '-v',
    'error',
    '-y',
    '-f',
    'lavfi',
    '-i',
    noise,
    '-c:a',
    'pcm_f32le',
    reference,
  ]);
  recorded = await bench.mixOf(bench.timelineWith(await bench.source(reference), LENGTH));
  for (const { name, args, picture, before } of FILES) {
    const path = join(folder, name);
    const video = picture
      ? [
          '-f',
          'lavfi',
          '-i',
          'testsrc=s=64x36:r=25:d=14',
          '-map',
          '1:v',
          '-map',
          '0:a',
          '-c:v',
          picture,
          '-bf',
          '2',
        ]
      : [];
    await run('ffmpeg', [
      ...['-v', 'error', '-y', ...(before ? ['-itsoffset', before] : []), '-i', reference],
      ...[...video, ...(picture === 'libvpx' ? ['-deadline', 'realtime'] : []), ...args, path],
    ]);
    ids.set(name, await bench.source(path));
  }
});

/** By how many milliseconds a stretch of sound is later than where it is looked for in the recording. */
function lateness(sound: Float32Array, from: number, inRecording: number): number {
  const [start, there, length] = [from, inRecording, 0.3].map((time) => Math.round(time * HZ)) as [
    number,
    number,
    number,
  ];
  let best = { shift: 0, product: Number.NEGATIVE_INFINITY };
  for (let shift = -2_400; shift <= 2_400; shift++) {
    let product = 0;
    for (let index = 0; index < length; index += 3)
      product += (sound[start + index + shift] ?? 0) * (recorded.left[there + index] ?? 0);
    if (product > best.product) best = { shift, product };
  }
  return (best.shift * 1_000) / HZ;
}

/** When the picture of a file begins, in milliseconds: what encoders put before sound makes the file begin earlier. */
function pictureStart(assetId: string): number {
  const facts = bench.project.find('asset', assetId)?.facts;
  const start = (facts && videoStreamOf(facts)?.start) ?? ZERO;
  return (start * 1_000) / FLICKS_PER_SECOND;
}

describe('sound from a file', () => {
  it.each(FILES.map(({ name, before, late }) => [name, Number(before ?? 0), late] as const))(
    'stands where it was recorded, from the beginning and from within: %s',
    async (name, before, known) => {
      const assetId = ids.get(name) ?? '';
      const begun = known ?? pictureStart(assetId);
      const timelineId = bench.soundTimeline();
      const track = bench.track(timelineId, 'audio');
      // One clip from the beginning, one from the middle of the file.
      const head = { in: ZERO, out: seconds(3) };
      bench.clip(track, ZERO, { sourceRange: head, assetId });
      bench.clip(track, seconds(3), {
        sourceRange: { in: seconds(IN), out: seconds(IN + 1) },
        assetId,
      });
      const { left } = await bench.mixOf(timelineId);
      expect(left.length).toBe(4 * HZ);
      const late = [
        lateness(left, 2, 2 - before),
        lateness(left, 2.5, 2.5 - before),
        lateness(left, 3.2, IN + 0.2 - before),
      ];
      expect(late.map((ms) => Math.abs(ms - begun) <= 1 || ms)).toEqual([true, true, true]);
    },
  );

  it('is as loud from both sides when it has one channel, and mixed down when it has six', async () => {
    const draw = async (name: string, source: string) => {
      const path = join(folder, `${name}.wav`);
      await run('ffmpeg', [
        '-v',
        'error',
        '-y',
        '-f',
        'lavfi',
        '-i',
        `${source}:s=48000:d=1`,
        '-c:a',
        'pcm_f32le',
        path,
      ]);
      return bench.mixOf(bench.timelineWith(await bench.source(path), 1));
    };
    const mono = await draw('mono', 'aevalsrc=0.5');
    expect([mono.left[24_000], mono.right[24_000]]).toEqual([0.5, 0.5]);
    // Left, right, centre, low, back left, back right.
    const six = await draw('six', 'aevalsrc=0.1|0.01|0.2|0.4|0.03|0.002:c=5.1');
    expect(six.left[24_000]).toBeCloseTo(0.1 + Math.SQRT1_2 * (0.2 + 0.03), 4);
    expect(six.right[24_000]).toBeCloseTo(0.01 + Math.SQRT1_2 * (0.2 + 0.002), 4);
  });

  it('is silence where its file is missing, or has ended', async () => {
    const timelineId = bench.timelineWith('no-such-asset', 1);
    const ended = { in: seconds(LENGTH - 0.5), out: seconds(LENGTH + 0.5) };
    bench.clip(bench.track(timelineId, 'audio'), seconds(1), {
      sourceRange: ended,
      assetId: ids.get('plain.wav') ?? '',
    });
    const { left } = await bench.mixOf(timelineId, { offline: 'slate' });
    expect(left.length).toBe(2 * HZ);
    expect(left.subarray(0, HZ).every((value) => value === 0)).toBe(true);
    expect(left.subarray(1.5 * HZ + 10).every((value) => value === 0)).toBe(true);
    expect(left.subarray(HZ, 1.4 * HZ).some((value) => value !== 0)).toBe(true);
  });
});

describe('a cut', () => {
  it.each(['aac-44100.m4a', 'constant.mp3', 'aac.mkv', 'opus.webm', 'stream.ts'])(
    'that was left in place is not heard: %s',
    async (name) => {
      const assetId = ids.get(name) ?? '';
      const film = rate(30_000, 1_001);
      const whole = bench.soundTimeline(film);
      const end = frameStart(180, film);
      bench.clip(bench.track(whole, 'audio'), ZERO, {
        sourceRange: { in: seconds(1), out: flicks(seconds(1) + end) },
        assetId,
      });
      const cut = bench.soundTimeline(film);
      const tracks = [bench.track(cut, 'audio'), bench.track(cut, 'audio')];
      for (let frame = 0; frame < 180; frame += 13) {
        const [start, stop] = [
          frameStart(frame, film),
          frameStart(Math.min(180, frame + 13), film),
        ];
        const sourceRange = { in: flicks(seconds(1) + start), out: flicks(seconds(1) + stop) };
        bench.clip(tracks[frame % 2] ?? '', start, { sourceRange, assetId });
      }
      const [one, many] = [await bench.mixOf(whole), await bench.mixOf(cut)];
      expect(many.left.length).toBe(one.left.length);
      expect(furthest(many.left, one.left)).toBe(0);
    },
  );

  it('to elsewhere leaves no gap, and every sample stands in its place', async () => {
    const ramp = await bench.formula('ramp', '(n+1)/1000000', LENGTH);
    const film = rate(30_000, 1_001);
    const timelineId = bench.soundTimeline(film);
    const track = bench.track(timelineId, 'audio');
    const cuts = Array.from({ length: 9 }, (_, index) => ({
      frame: index * 17,
      from: ((index * 5) % 9) + 0.1,
    }));
    for (const { frame, from } of cuts) {
      const sourceRange = { in: seconds(from), out: flicks(seconds(from) + frameStart(17, film)) };
      bench.clip(track, frameStart(frame, film), { sourceRange, assetId: ramp });
    }
    const { left } = await bench.mixOf(timelineId);
    const off = left.map((value, sample) => {
      const time = (sample * FLICKS_PER_SECOND) / HZ;
      const cut = cuts.findLast(
        ({ frame }) => frameStart(frame, film) <= time + FLICKS_PER_SECOND / HZ / 2,
      );
      const expected =
        sample -
        (frameStart(cut?.frame ?? 0, film) * HZ) / FLICKS_PER_SECOND +
        (cut?.from ?? 0) * HZ;
      return Math.abs(value * 1e6 - 1 - expected);
    });
    // In samples: a clip begins on a frame, which may lie between two of them.
    expect(off.reduce((most, value) => Math.max(most, value), 0)).toBeLessThan(1);
  });
});

describe('many clips', () => {
  it('that were cut and left in place are read once', () => {
    const timelineId = bench.soundTimeline();
    const track = bench.track(timelineId, 'audio');
    const assetId = ids.get('plain.wav') ?? '';
    for (let frame = 0; frame < 300; frame++) {
      const sourceRange = { in: frameStart(frame, rate(25)), out: frameStart(frame + 1, rate(25)) };
      bench.clip(track, frameStart(frame, rate(25)), { sourceRange, assetId });
    }
    const { sound } = planExport(bench.project, timelineId, exportSettingsSchema.parse({}));
    expect(sound).toHaveLength(300);
    expect(soundRuns(sound, HZ)).toHaveLength(1);
  });

  it('stop at once when the export is cancelled, and leave nothing behind', async () => {
    const stop = new AbortController();
    const timelineId = bench.timelineWith(ids.get('film.mp4') ?? '', 10, {
      sourceRange: {
        in: ZERO,
        out: seconds(10),
        retime: { kind: 'constant', duration: seconds(20), speed: { num: 1, den: 2 } },
      },
    });
    setImmediate(() => stop.abort());
    const ended = settleAsync(() => bench.mixOf(timelineId, {}, stop.signal));
    await expect(ended).rejects.toBeInstanceOf(Cancelled);
  });
});

describe('a level of −∞', () => {
  it('is silence, and the way there has no step', async () => {
    const tone = await bench.formula('level-tone', '0.5*sin(2*PI*1000*t)', 4);
    const gainDb = {
      keyframes: [
        { time: ZERO, value: 0, easing: 'linear' as const },
        { time: seconds(2), value: -96, easing: 'linear' as const },
      ],
    };
    const { left } = await bench.mixOf(bench.timelineWith(tone, 4, { gainDb }));
    expect(left.subarray(2 * HZ).every((value) => value === 0)).toBe(true);
    expect(toneLevel(left, 1_000, 0.99, 1.01)).toBeCloseTo(0.5 * 10 ** (-48 / 20), 4);
  });
});

const isLong = process.env['INKREEL_LONG_SOUND'] === '1';
if (!isLong) console.log('Ten minutes of sound in 60 splices: only with INKREEL_LONG_SOUND=1');

describe.runIf(isLong)('ten minutes in 60 splices', () => {
  it('stand in their places from all kinds of files', async () => {
    const film = rate(30_000, 1_001);
    const timelineId = bench.soundTimeline(film);
    const track = bench.track(timelineId, 'audio');
    const long = join(folder, 'long.wav');
    const noise = 'aevalsrc=random(0)-0.5:s=48000:d=900,lowpass=f=2500,lowpass=f=2500';
    await run('ffmpeg', [
      '-v',
      'error',
      '-y',
      '-f',
      'lavfi',
      '-i',
      `${noise},aformat=channel_layouts=stereo`,
      long,
    ]);
    const kinds = ['long.m4a', 'long.mp3', 'long.ogg', 'long.ts', 'long.mkv'];
    const sources: string[] = [];
    for (const name of kinds) {
      const more = name === 'long.m4a' ? ['-ar', '44100', '-c:a', 'aac'] : [];
      await run('ffmpeg', ['-v', 'error', '-y', '-i', long, ...more, join(folder, name)]);
      sources.push(await bench.source(join(folder, name)));
    }
    recorded = await bench.mixOf(bench.timelineWith(await bench.source(long), 900));
    const frames = 299;
    const places = Array.from({ length: 60 }, (_, index) => ({
      frame: index * frames,
      from: ((index * 397) % 880) + 0.123,
      assetId: sources[index % sources.length] ?? '',
    }));
    for (const { frame, from, assetId } of places) {
      const sourceRange = {
        in: seconds(from),
        out: flicks(seconds(from) + frameStart(frames, film)),
      };
      bench.clip(track, frameStart(frame, film), { sourceRange, assetId });
    }
    const { left } = await bench.mixOf(timelineId);
    // What an encoder puts before the sound of a transport stream, nothing in it tells: 481 samples of MP2.
    const own = (assetId: string) => (assetId === sources[3] ? (481 * 1_000) / HZ : 0);
    const late = places.map(({ frame, from, assetId }) => {
      const start = frameStart(frame, film) / FLICKS_PER_SECOND;
      return Math.max(
        ...[0.01, 5, 9.6].map((time) =>
          Math.abs(lateness(left, start + time, from + time) - own(assetId)),
        ),
      );
    });
    const gaps = places.slice(1).map(({ frame }) => {
      const cut = Math.round((frameStart(frame, film) * HZ) / FLICKS_PER_SECOND);
      return left.subarray(cut - 10, cut + 10).filter((value) => value === 0).length;
    });
    console.log(
      `At most ${Math.max(...late).toFixed(2)} ms off, gaps of ${Math.max(...gaps)} samples`,
    );
    expect(Math.max(...late)).toBeLessThanOrEqual(5);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(9);
  }, 1_800_000);
});
