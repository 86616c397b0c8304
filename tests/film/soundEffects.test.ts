import { beforeAll, describe, expect, it } from 'vitest';
import { settle } from '#core/fault.ts';
import { planExport } from '#core/render/planExport.ts';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { ZERO } from '#core/time/flicks.ts';
import { rate } from '#core/time/rate.ts';
import { refuseUnavailableEffects } from '#engine/export/effectFilters.ts';
import { testFolder } from '../support/folder.ts';
import {
  decibels,
  effect,
  furthest,
  HZ,
  loudestAt,
  ramp,
  rms,
  seconds,
  SoundBench,
  toneLevel,
} from './soundBench.ts';

const bench = new SoundBench(testFolder('sound-effects'));
const assets = { tall: '', tone: '', quiet: '', hum: '', click: '', noise: '', music: '' };

beforeAll(async () => {
  assets.tall = await bench.formula('tall', '0.5*sin(2*PI*7000*t)', 4);
  assets.tone = await bench.formula('tone', '0.5*sin(2*PI*1000*t)', 6);
  assets.quiet = await bench.formula('quiet', '0.001*sin(2*PI*1000*t)', 4);
  const hum = [50, 100, 150, 200].map((hertz) => `0.1*sin(2*PI*${hertz}*t)`).join('+');
  assets.hum = await bench.formula('hum', `${hum}+0.2*sin(2*PI*1000*t)`, 8);
  assets.click = await bench.formula('click', 'if(eq(n,60000),0.9,0.02*sin(2*PI*300*t))', 3);
  assets.noise = await bench.formula('noise', '0.003*(random(0)*2-1)+0.2*sin(2*PI*500*t)', 6);
  assets.music = await bench.formula(
    'music',
    '0.4*sin(2*PI*220*t)*sin(2*PI*1.7*t)+0.1*sin(2*PI*3300*t)',
    6,
  );
});

describe('the equaliser', () => {
  it('lifts a band, and takes away what lies outside its passes', async () => {
    const lifted = [effect('equalizer', { band2Gain: 6 })];
    const { left, right } = await bench.mixOf(
      bench.timelineWith(assets.tone, 2, { effects: lifted }),
    );
    expect(decibels(toneLevel(left, 1_000, 0.5, 1.5) / 0.5)).toBeCloseTo(6, 2);
    expect(furthest(left, right)).toBe(0);
    const passes = [effect('equalizer', { highPass: 'on', highPassHz: 2_000 })];
    const passed = await bench.mixOf(bench.timelineWith(assets.tone, 2, { effects: passes }));
    // A Butterworth of second order, an octave below its corner: 10·log10(1 + 2⁴).
    const level = decibels(toneLevel(passed.left, 1_000, 0.5, 1.5) / 0.5);
    expect(Math.abs(level + 12.3)).toBeLessThan(0.15);
  });

  it('leaves sound alone where nothing is set', async () => {
    const flat = bench.timelineWith(assets.music, 2, { effects: [effect('equalizer')] });
    const plain = await bench.mixOf(bench.timelineWith(assets.music, 2));
    expect(furthest((await bench.mixOf(flat)).left, plain.left)).toBeLessThan(1e-6);
  });

  it('follows keyframes at every moment, without a click', async () => {
    const effects = [effect('equalizer', { band2Gain: ramp(0, 12, 1, 3) })];
    const { left } = await bench.mixOf(bench.timelineWith(assets.tone, 4, { effects }));
    for (const time of [0.5, 1.2, 1.5, 2, 2.5, 2.9, 3.5]) {
      const gain = 12 * Math.min(1, Math.max(0, (time - 1) / 2));
      const found = decibels(toneLevel(left, 1_000, time - 0.02, time + 0.02) / 0.5);
      expect(Math.abs(found - gain)).toBeLessThan(0.05);
    }
    // What is left of a tone when it is taken out by its own second difference is the change alone.
    const angle = 2 * Math.cos((2 * Math.PI * 1_000) / HZ);
    const rest = left.map((value, index) =>
      index < 2 ? 0 : value - angle * (left[index - 1] ?? 0) + (left[index - 2] ?? 0),
    );
    expect(rest.reduce((most, value) => Math.max(most, Math.abs(value)), 0)).toBeLessThan(1e-4);
  });
});

describe('dynamics', () => {
  it('compress by threshold and ratio, keyframes included', async () => {
    const effects = [
      effect('compressor', {
        threshold: ramp(-20, -40, 2, 2.5),
        ratio: 4,
        knee: 0,
        makeup: 3,
        attack: 5,
      }),
    ];
    const { left } = await bench.mixOf(bench.timelineWith(assets.tone, 4, { effects }));
    // From −6 dBFS: a quarter of what lies over the threshold stays. Smoothing rides a little below the peaks.
    const expected = (threshold: number) => threshold + (-6.02 - threshold) / 4 + 3;
    expect(Math.abs(decibels(toneLevel(left, 1_000, 1, 2)) - expected(-20))).toBeLessThan(1);
    expect(Math.abs(decibels(toneLevel(left, 1_000, 3, 4)) - expected(-40))).toBeLessThan(2);
  });

  it('limit to the ceiling and keep every sample in its place', async () => {
    const effects = [effect('limiter', { input: 12, ceiling: -6 })];
    const { left } = await bench.mixOf(bench.timelineWith(assets.tone, 2, { effects }));
    const peak = left.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(decibels(peak)).toBeLessThanOrEqual(-5.999);
    expect(decibels(peak)).toBeGreaterThan(-6.1);
    const click = await bench.mixOf(bench.timelineWith(assets.click, 2, { effects }));
    expect(loudestAt(click.left)).toBe(60_000);
  });

  it('gate what is quiet, not what is loud', async () => {
    const effects = [effect('gate', { threshold: -45, ratio: 4, reduction: 24 })];
    const quiet = await bench.mixOf(bench.timelineWith(assets.quiet, 2, { effects }));
    expect(decibels(toneLevel(quiet.left, 1_000, 1, 2))).toBeCloseTo(-84, 0);
    const loud = await bench.mixOf(bench.timelineWith(assets.tone, 2, { effects }));
    expect(toneLevel(loud.left, 1_000, 0.5, 1.5)).toBeCloseTo(0.5, 4);
  });
});

describe('ducking', () => {
  /** Music on the lowest track, and on another a voice that speaks from 1 s to 2 s. */
  function underVoice(parameters: Parameters<typeof effect>[1], isBelow = false): string {
    const timelineId = bench.soundTimeline();
    const addVoice = () => {
      const sourceRange = { in: ZERO, out: seconds(1) };
      const track = bench.track(timelineId, 'audio');
      bench.clip(track, seconds(1), { sourceRange, assetId: assets.hum });
    };
    if (isBelow) addVoice();
    const effects = [effect('ducking', { reduction: 20, attack: 20, release: 50, ...parameters })];
    const sourceRange = { in: ZERO, out: seconds(4) };
    bench.clip(bench.track(timelineId, 'audio'), ZERO, {
      sourceRange,
      assetId: assets.tall,
      effects,
    });
    if (!isBelow) addVoice();
    return timelineId;
  }
  const levelAt = (sound: Float32Array, time: number) =>
    decibels(toneLevel(sound, 7_000, time - 0.05, time + 0.05) / 0.5);

  it('lowers a clip while another track is heard, and gives it back', async () => {
    const { left } = await bench.mixOf(underVoice({}));
    expect(levelAt(left, 0.5)).toBeCloseTo(0, 2);
    expect(levelAt(left, 1.6)).toBeCloseTo(-20, 1);
    expect(levelAt(left, 3.8)).toBeCloseTo(0, 1);
  });

  it('hears the tracks it is told to, in a nest too', async () => {
    const above = await bench.mixOf(underVoice({ under: 'tracks above' }, true));
    expect(levelAt(above.left, 1.6)).toBeCloseTo(0, 2);
    const below = await bench.mixOf(underVoice({ under: 'tracks below' }, true));
    expect(levelAt(below.left, 1.6)).toBeCloseTo(-20, 1);
    const outer = bench.soundTimeline();
    bench.clip(bench.track(outer, 'audio'), seconds(1), {
      sourceRange: { in: seconds(1), out: seconds(3) },
      nestedTimelineId: underVoice({}),
    });
    const { left } = await bench.mixOf(outer);
    expect(levelAt(left, 1.6)).toBeCloseTo(-20, 1);
    expect(levelAt(left, 2.9)).toBeCloseTo(0, 0);
  });
});

describe('repairs', () => {
  it('take hum and its overtones out, and nothing else', async () => {
    const timelineId = bench.timelineWith(assets.hum, 6, {
      effects: [effect('removeHum', { overtones: 3, width: 4 })],
    });
    const { left } = await bench.mixOf(timelineId);
    for (const hertz of [50, 100, 150, 200])
      expect(decibels(toneLevel(left, hertz, 1, 6) / 0.1)).toBeLessThan(-40);
    expect(decibels(toneLevel(left, 1_000, 1, 6) / 0.2)).toBeCloseTo(0, 1);
  });

  it('bring noise down and leave the tone in its place; keyframes say when', async () => {
    const plain = await bench.mixOf(bench.timelineWith(assets.noise, 4));
    const cleaned = await bench.mixOf(
      bench.timelineWith(assets.noise, 4, {
        effects: [
          effect('noiseReduction', {
            reduction: ramp(0.01, 40, 1.9, 2),
            floor: -50,
            follow: 'off',
          }),
        ],
      }),
    );
    const noiseOf = (sound: Float32Array, from: number, to: number) => {
      const tone = toneLevel(sound, 500, from, to);
      return Math.sqrt(Math.max(0, rms(sound, from, to) ** 2 - tone ** 2 / 2));
    };
    const before = decibels(noiseOf(cleaned.left, 0.5, 1.5) / noiseOf(plain.left, 0.5, 1.5));
    const after = decibels(noiseOf(cleaned.left, 2.5, 3.5) / noiseOf(plain.left, 2.5, 3.5));
    expect(Math.abs(before)).toBeLessThan(1);
    expect(after).toBeLessThan(-6);
    expect(decibels(toneLevel(cleaned.left, 500, 2.5, 3.5) / 0.2)).toBeCloseTo(0, 0);
    // The same wave at the same samples.
    expect(furthest(cleaned.left, plain.left, 24_000, 72_000)).toBeLessThan(0.01);
  });
});

describe('effects one after the other', () => {
  it('keep every sample in its place, however late each of them is', async () => {
    const effects = [
      effect('limiter', { attack: 40 }),
      effect('noiseReduction', { reduction: 1, follow: 'off' }),
      effect('equalizer', { lowGain: 1 }),
      effect('limiter', { attack: 7 }),
    ];
    const { left } = await bench.mixOf(bench.timelineWith(assets.click, 2.4, { effects }));
    expect(loudestAt(left)).toBe(60_000);
    expect(left.length).toBe(2.4 * HZ);
  });

  it('do not begin anew at a cut, nor where an export begins', async () => {
    const effects = () => [
      effect('compressor', { threshold: -30 }),
      effect('equalizer', { lowGain: 9 }),
    ];
    const whole = await bench.mixOf(bench.timelineWith(assets.music, 4, { effects: effects() }));
    const timelineId = bench.soundTimeline();
    const track = bench.track(timelineId, 'audio');
    for (const [from, to] of [
      [0, 1.36],
      [1.36, 2.2],
      [2.2, 4],
    ] as const) {
      const sourceRange = { in: seconds(from), out: seconds(to) };
      bench.clip(track, seconds(from), { sourceRange, assetId: assets.music, effects: effects() });
    }
    const cut = await bench.mixOf(timelineId);
    expect(furthest(cut.left, whole.left)).toBe(0);
    const part = await bench.mixOf(timelineId, { range: { startFrame: 75, endFrame: 100 } });
    expect(part.left.length).toBe(HZ);
    expect(furthest(part.left, whole.left.subarray(3 * HZ))).toBeLessThan(1e-4);
  });

  it('are refused by name when nobody here knows them, in a nest too', () => {
    const inner = bench.timelineWith(assets.tone, 1, { effects: [effect('sparkle')] });
    const retime = { kind: 'constant' as const, duration: seconds(2), speed: { num: 1, den: 2 } };
    const sourceRange = { in: ZERO, out: seconds(1), retime };
    const outer = bench.timelineWith('', 1, { sourceRange, nestedTimelineId: inner });
    for (const timelineId of [inner, outer]) {
      const plan = planExport(bench.project, timelineId, exportSettingsSchema.parse({}));
      const refused = settle(() => refuseUnavailableEffects(bench.project, plan));
      expect(refused).toMatchObject({
        error: { code: 'export/effect-unavailable', details: { effect: 'sparkle' } },
      });
    }
  });
});

describe('a nested timeline', () => {
  const whole = { in: ZERO, out: seconds(2) };

  function outerWith(inner: string, clip: Partial<Parameters<typeof bench.clip>[2]> = {}): string {
    const outer = bench.soundTimeline(rate(30));
    const sourceRange = whole;
    bench.clip(bench.track(outer, 'audio'), ZERO, {
      sourceRange,
      nestedTimelineId: inner,
      ...clip,
    });
    return outer;
  }

  it('goes through the effects of its clip as one sound', async () => {
    // Two tones of −12 dB are −6 dB together at their peaks; alone neither would reach the threshold.
    const inner = bench.timelineWith(assets.tone, 2, { gainDb: -6 });
    const sourceRange = whole;
    bench.clip(bench.track(inner, 'audio'), ZERO, {
      sourceRange,
      assetId: assets.tone,
      gainDb: -6,
    });
    const effects = [effect('compressor', { threshold: -9, ratio: 20, knee: 0, attack: 1 })];
    const { left } = await bench.mixOf(outerWith(inner, { effects }));
    expect(Math.abs(decibels(toneLevel(left, 1_000, 1, 1.9)) + 8.8)).toBeLessThan(0.7);
  });

  it('runs backwards, sample by sample', async () => {
    const inner = bench.timelineWith(assets.music, 2);
    const forwards = await bench.mixOf(inner);
    const retime = { kind: 'constant' as const, duration: seconds(2), speed: { num: -1, den: 1 } };
    const { left } = await bench.mixOf(outerWith(inner, { sourceRange: { ...whole, retime } }));
    expect(furthest(left, forwards.left.slice().reverse())).toBe(0);
  });

  it('runs at another speed with its pitch, in a nest of a nest too', async () => {
    const inner = bench.timelineWith(assets.tone, 2);
    const retime = { kind: 'constant' as const, duration: seconds(1), speed: { num: 2, den: 1 } };
    const middle = outerWith(inner, { sourceRange: { ...whole, retime } });
    const back = { kind: 'constant' as const, duration: seconds(2), speed: { num: 1, den: 2 } };
    const outer = outerWith(middle, {
      sourceRange: { in: ZERO, out: seconds(1), retime: back },
    });
    for (const [timelineId, length] of [
      [middle, 1],
      [outer, 2],
    ] as const) {
      const { left } = await bench.mixOf(timelineId);
      expect(left.length).toBe(length * HZ);
      expect(rms(left, 0.2, length - 0.2)).toBeGreaterThan(0.25);
      let rises = 0;
      for (let index = 0.2 * HZ; index < (length - 0.2) * HZ; index++)
        if ((left[index - 1] ?? 0) < 0 && (left[index] ?? 0) >= 0) rises += 1;
      expect(Math.abs(rises / (length - 0.4) - 1_000)).toBeLessThan(20);
    }
  });
});
