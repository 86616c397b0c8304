import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Clip } from '#core/model/entities.ts';
import type { SourceRange } from '#core/model/sourceRange.ts';
import { planExport } from '#core/render/planExport.ts';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { type Flicks, FLICKS_PER_SECOND, flicks, ZERO } from '#core/time/flicks.ts';
import { rate } from '#core/time/rate.ts';
import { mixSound } from '#engine/export/sound/mixSound.ts';
import { run } from '#engine/process/run.ts';
import { findFfmpeg } from '#engine/tools/ffmpeg.ts';
import { testFolder } from '../support/folder.ts';
import { FilmBench } from './filmBench.ts';

const folder = testFolder('sound');
const bench = new FilmBench(folder);
const HZ = 48_000;
const seconds = (value: number): Flicks => flicks(Math.round(value * FLICKS_PER_SECOND));

/** Sources: one where every sample differs, one that is level, one that beeps at 1 kHz for a tenth of each second. */
const SOURCES = {
  ramp: 'n/1000000',
  level: '0.5',
  beeps: 'if(lt(mod(t,1),0.1),0.8*sin(2*PI*1000*t),0)',
  tone: '0.5*sin(2*PI*1000*t)',
};
const assets: Record<string, string> = {};

beforeAll(async () => {
  for (const [name, formula] of Object.entries(SOURCES)) {
    const path = join(folder, `${name}.wav`);
    const input = `aevalsrc='${formula}|${formula}':s=${HZ}:d=8`;
    await run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', input, '-c:a', 'pcm_f32le', path]);
    assets[name] = await bench.asset(path);
  }
});

type Mix = { left: Float32Array; right: Float32Array };

async function mixOf(timelineId: string): Promise<Mix> {
  const output = join(mkdtempSync(join(folder, 'mix-')), 'mix.f32');
  const plan = planExport(bench.project, timelineId, exportSettingsSchema.parse({}));
  const files = new Map(
    Object.entries(assets).map(([name, id]) => [
      id,
      { path: join(folder, `${name}.wav`), streamIndex: 0 },
    ]),
  );
  const tools = await findFfmpeg();
  const { signal } = new AbortController();
  await mixSound({ tools, plan, files, output, signal, onProgress: () => undefined });
  const bytes = readFileSync(output);
  const all = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  expect(all.length).toBe(2 * (plan.endSample - plan.startSample));
  return {
    left: all.filter((_, index) => index % 2 === 0),
    right: all.filter((_, index) => index % 2 === 1),
  };
}

function timelineWith(source: string, sourceRange: SourceRange, clip: Partial<Clip> = {}): string {
  const timelineId = bench.timeline({ frameRate: rate(25) });
  const assetId = assets[source] ?? '';
  bench.clip(bench.track(timelineId, 'audio'), ZERO, { sourceRange, assetId, ...clip });
  return timelineId;
}

function rangeAt(num: number, den: number, duration: number): SourceRange {
  const length = (duration * Math.abs(num)) / den;
  return {
    in: ZERO,
    out: seconds(length),
    retime: { kind: 'constant', duration: seconds(duration), speed: { num, den } },
  };
}

/** Rising zero crossings a second. */
function pitchOf(sound: Float32Array, from: number, to: number): number {
  const part = sound.subarray(from * HZ, to * HZ);
  let rises = 0;
  for (let index = 1; index < part.length; index++) {
    if ((part[index - 1] ?? 0) < 0 && (part[index] ?? 0) >= 0) rises += 1;
  }
  return rises / (to - from);
}

/** The middle of the sound between two times, in seconds. */
function middleOf(sound: Float32Array, from: number, to: number): number {
  const start = Math.round(from * HZ);
  let energy = 0;
  let moment = 0;
  sound.subarray(start, Math.round(to * HZ)).forEach((value, index) => {
    energy += value ** 2;
    moment += (start + index) * value ** 2;
  });
  return moment / energy / HZ;
}

describe('speed', () => {
  it('backwards is the same samples in the other order, to the sample', async () => {
    const { left } = await mixOf(timelineWith('ramp', rangeAt(-1, 1, 4)));
    const wrong = left.filter((value, index) => value !== Math.fround((4 * HZ - 1 - index) / 1e6));
    expect(wrong.length).toBe(0);
  });

  it.each([
    [2, 1],
    [1, 2],
    [4, 1],
    [1, 4],
    [3, 2],
    [-2, 1],
  ])('%i/%i keeps the pitch, and what happens happens in time', async (num, den) => {
    const speed = Math.abs(num) / den;
    const tone = await mixOf(timelineWith('tone', rangeAt(num, den, 2)));
    expect(Math.abs(pitchOf(tone.left, 0.2, 1.8) - 1000)).toBeLessThan(15);
    const loudness = Math.sqrt(tone.left.reduce((sum, value) => sum + value ** 2, 0) / 2 / HZ);
    expect(loudness).toBeGreaterThan(0.3);
    if (num < 0) return;
    const beeps = await mixOf(timelineWith('beeps', rangeAt(num, den, 1.6 / speed)));
    // The beep of the second second, whose middle is at 1.05 s of the source.
    const found = middleOf(beeps.left, 0.6 / speed, 1.5 / speed) * speed;
    expect(Math.abs(found - 1.05)).toBeLessThan(0.02);
  });

  it('beyond four times sounds like tape', async () => {
    const { left } = await mixOf(timelineWith('tone', rangeAt(5, 1, 1)));
    expect(Math.abs(pitchOf(left, 0.2, 0.8) - 5000)).toBeLessThan(20);
  });

  it('frozen sound is silent, and a curve rises in pitch as it goes faster', async () => {
    const frozen = timelineWith('tone', rangeAt(0, 1, 1));
    expect(planExport(bench.project, frozen, exportSettingsSchema.parse({})).sound).toEqual([]);
    const keys = [
      { time: ZERO, source: ZERO, easing: 'linear' as const },
      { time: seconds(1), source: seconds(1), easing: 'linear' as const },
      { time: seconds(2), source: seconds(3), easing: 'linear' as const },
      { time: seconds(3), source: seconds(2), easing: 'linear' as const },
    ];
    const { left } = await mixOf(
      timelineWith('tone', {
        in: ZERO,
        out: seconds(3),
        retime: { kind: 'curve', duration: seconds(3), keys },
      }),
    );
    expect(Math.abs(pitchOf(left, 0.1, 0.9) - 1000)).toBeLessThan(5);
    expect(Math.abs(pitchOf(left, 1.1, 1.9) - 2000)).toBeLessThan(5);
    expect(Math.abs(pitchOf(left, 2.1, 2.9) - 1000)).toBeLessThan(5);
  });
});

describe('levels', () => {
  const whole: SourceRange = { in: ZERO, out: seconds(4) };

  it('follow fades, balance and keyframes of gain at every sample', async () => {
    const gainDb = {
      keyframes: [
        { time: seconds(1), value: 0, easing: 'linear' as const },
        { time: seconds(3), value: -20, easing: 'linear' as const },
      ],
    };
    const fades = { in: seconds(1), out: seconds(0.5) };
    const { left, right } = await mixOf(timelineWith('level', whole, { gainDb, fades, pan: 0.5 }));
    const expectedAt = (index: number) => {
      const time = (index + 0.5) / HZ;
      const gain = 10 ** ((-20 * Math.min(1, Math.max(0, (time - 1) / 2))) / 20);
      return 0.5 * gain * Math.min(1, time) * Math.min(1, (4 - time) / 0.5);
    };
    const worst = left.reduce(
      (most, value, index) =>
        Math.max(
          most,
          Math.abs(value - expectedAt(index) / 2),
          Math.abs((right[index] ?? 0) - expectedAt(index)),
        ),
      0,
    );
    expect(worst).toBeLessThan(1e-6);
  });

  it('of a nested timeline are those of its clips times those of the clip that shows it', async () => {
    const inner = timelineWith('level', whole, {
      gainDb: -6,
      fades: { in: seconds(1), out: ZERO },
    });
    const outer = bench.timeline({ frameRate: rate(30) });
    bench.clip(bench.track(outer, 'audio'), seconds(1), {
      sourceRange: { in: seconds(0.5), out: seconds(3) },
      nestedTimelineId: inner,
      pan: -1,
      gainDb: 6,
    });
    const { left, right } = await mixOf(outer);
    const factor = 10 ** (-6 / 20) * 10 ** (6 / 20);
    expect(left[HZ - 1]).toBe(0);
    expect(left[HZ]).toBeCloseTo(0.5 * factor * 0.5, 4);
    expect(left[1.25 * HZ]).toBeCloseTo(0.5 * factor * 0.75, 4);
    expect(left[2 * HZ]).toBeCloseTo(0.5 * factor, 5);
    expect(left.length).toBe(3.5 * HZ);
    expect(right.every((value) => value === 0)).toBe(true);
  });

  it('of a solo track leave the others of its kind silent', async () => {
    const timelineId = timelineWith('level', whole);
    bench.clip(bench.track(timelineId, 'audio', { solo: true }), seconds(1), {
      sourceRange: { in: ZERO, out: seconds(1) },
      assetId: assets['level'] ?? '',
    });
    const { left } = await mixOf(timelineId);
    expect(left[HZ - 1]).toBe(0);
    expect(left[HZ]).toBe(0.5);
    expect(left[2 * HZ]).toBe(0);
  });
});
