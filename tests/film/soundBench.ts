import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { audioStreamOf } from '#core/media/facts.ts';
import type { Clip } from '#core/model/entities.ts';
import type { Effect } from '#core/model/effects.ts';
import { planExport } from '#core/render/planExport.ts';
import { type ExportOverrides, exportSettingsSchema } from '#core/render/settings.ts';
import { type Flicks, FLICKS_PER_SECOND, flicks, ZERO } from '#core/time/flicks.ts';
import { type Rate, rate } from '#core/time/rate.ts';
import { startLag } from '#engine/export/sources/openSource.ts';
import type { SoundFile } from '#engine/export/sound/decodeSound.ts';
import { mixSound } from '#engine/export/sound/mixSound.ts';
import { run } from '#engine/process/run.ts';
import { findFfmpeg } from '#engine/tools/ffmpeg.ts';
import { FilmBench } from './filmBench.ts';

/** Sample rate of the bench’s sources and timelines. */
export const HZ = 48_000;

export const seconds = (value: number): Flicks => flicks(Math.round(value * FLICKS_PER_SECOND));

export type Mix = { left: Float32Array; right: Float32Array };

/** Sources drawn from formulas, clips of them, and what is heard of these, sample by sample. */
export class SoundBench extends FilmBench {
  readonly #folder: string;
  readonly #paths = new Map<string, string>();

  constructor(folder: string) {
    super(folder);
    this.#folder = folder;
  }

  /** A WAV of a formula of ffmpeg’s `aevalsrc`, the same on both sides. Gives the id of its asset. */
  async formula(name: string, formula: string, length: number, hz = HZ): Promise<string> {
    const path = join(this.#folder, `${name}.wav`);
    const input = `aevalsrc='${formula}|${formula}':s=${hz}:d=${length}`;
    await run('ffmpeg', [
      '-v',
      'error',
      '-y',
      '-f',
      'lavfi',
      '-i',
      input,
      '-c:a',
      'pcm_f32le',
      path,
    ]);
    return this.source(path);
  }

  async source(path: string): Promise<string> {
    const id = await this.asset(path);
    this.#paths.set(id, path);
    return id;
  }

  /** A timeline with one clip that shows a stretch of an asset from its beginning. */
  timelineWith(assetId: string, length: number, clip: Partial<Clip> = {}): string {
    const timelineId = this.soundTimeline();
    const sourceRange = { in: ZERO, out: seconds(length) };
    this.clip(this.track(timelineId, 'audio'), ZERO, { sourceRange, assetId, ...clip });
    return timelineId;
  }

  soundTimeline(frameRate: Rate = rate(25)): string {
    return this.timeline({ frameRate, sampleRateHz: HZ });
  }

  async mixOf(
    timelineId: string,
    overrides: ExportOverrides = {},
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Mix> {
    const work = mkdtempSync(join(this.#folder, 'mix-'));
    const output = join(work, 'mix.f32');
    const plan = planExport(this.project, timelineId, exportSettingsSchema.parse(overrides));
    const files = new Map(Array.from(this.#paths, ([id, path]) => [id, this.#file(id, path)]));
    const tools = await findFfmpeg();
    await mixSound({ tools, plan, files, output, signal, onProgress: () => undefined }).finally(
      () => {
        const left = readdirSync(work).filter((name) => name !== 'mix.f32');
        if (left.length > 0) throw new Error(`Left behind: ${left.join(', ')}`);
      },
    );
    const bytes = readFileSync(output);
    const all = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    const side = (channel: number) =>
      Float32Array.from({ length: all.length / 2 }, (_, index) => all[2 * index + channel] ?? 0);
    return { left: side(0), right: side(1) };
  }

  #file(assetId: string, path: string): SoundFile {
    const facts = this.project.find('asset', assetId)?.facts;
    const audio = facts && audioStreamOf(facts);
    if (facts === undefined || audio === undefined) return { path, streamIndex: 0 };
    const lag = startLag(facts.container, audio);
    return { path, streamIndex: audio.index, channels: audio.channels, startLag: lag };
  }
}

let effects = 0;

/** An effect with some of its parameters. */
export function effect(name: string, parameters: Effect['parameters'] = {}): Effect {
  effects += 1;
  return { id: `effect-${effects}`, effect: name, parameters };
}

/** Straight from one value to another between two times. */
export function ramp(from: number, to: number, begin: number, end: number) {
  return {
    keyframes: [
      { time: seconds(begin), value: from, easing: 'linear' as const },
      { time: seconds(end), value: to, easing: 'linear' as const },
    ],
  };
}

/** Amplitude of a tone in a stretch of sound, by correlation with sine and cosine. */
export function toneLevel(sound: Float32Array, hertz: number, from: number, to: number): number {
  const [first, last] = [Math.round(from * HZ), Math.round(to * HZ)];
  let [sine, cosine] = [0, 0];
  for (let index = first; index < last; index++) {
    const angle = (2 * Math.PI * hertz * index) / HZ;
    sine += (sound[index] ?? 0) * Math.sin(angle);
    cosine += (sound[index] ?? 0) * Math.cos(angle);
  }
  return (2 * Math.hypot(sine, cosine)) / (last - first);
}

export function rms(sound: Float32Array, from: number, to: number): number {
  const part = sound.subarray(Math.round(from * HZ), Math.round(to * HZ));
  return Math.sqrt(part.reduce((sum, value) => sum + value * value, 0) / part.length);
}

export const decibels = (level: number): number => 20 * Math.log10(level);

/** The number of the loudest sample. */
export function loudestAt(sound: Float32Array): number {
  return sound.reduce(
    (best, value, index) => (Math.abs(value) > Math.abs(sound[best] ?? 0) ? index : best),
    0,
  );
}

/** The most that two sounds differ by in a stretch, in samples. */
export function furthest(
  one: Float32Array,
  other: Float32Array,
  from = 0,
  to = one.length,
): number {
  let most = 0;
  for (let index = from; index < to; index++)
    most = Math.max(most, Math.abs((one[index] ?? 0) - (other[index] ?? 0)));
  return most;
}
