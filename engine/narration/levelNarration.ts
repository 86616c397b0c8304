import { readFile } from 'node:fs/promises';
import { AIM, decibelsOf, partGainDb } from '#core/narration/acx.ts';
import { NARRATION_HZ, type TimedPart } from '#core/narration/narrationTimeline.ts';
import { LoudnessMeter } from '#core/render/loudness/loudnessMeter.ts';
import { truePeakLimiter } from '#core/render/loudness/truePeakLimiter.ts';
import { Cancelled } from '../process/run.ts';
import type { SpokenScript } from './speakScript.ts';
import { fromPcm } from './wave.ts';

const BLOCK_SAMPLES = 16_384;
/** Speech of a voice that its loudness is measured over; it does not change after. */
const MEASURED_SAMPLES = 300 * NARRATION_HZ;
/** What all voices are brought to before the book as a whole is. */
const VOICE_LUFS = -20;

/** Decibels that each part of a narration is raised by, for each voice. */
export type NarrationGains = {
  ofVoice: (voice: string) => number;
  ofPart: (part: TimedPart) => number;
};

/**
 * Finds the levels of a narration: all voices equally loud (ITU-R BS.1770), the whole of it in the middle of what ACX
 * asks for, and each part within that.
 */
export async function narrationGains(
  parts: readonly TimedPart[],
  spoken: SpokenScript,
  signal: AbortSignal,
): Promise<NarrationGains> {
  const voices = new Map<string, number>();
  const clips = parts.flatMap((part) => part.clips);
  for (const voice of new Set(clips.map(({ utterance }) => utterance.voice))) {
    const paths = clips.filter(({ utterance }) => utterance.voice === voice);
    const lufs = await loudnessOf(
      paths.map(({ utterance }) => spoken.soundOf(utterance).path),
      signal,
    );
    voices.set(voice, Number.isFinite(lufs) ? VOICE_LUFS - lufs : 0);
  }
  const ofVoice = (voice: string) => voices.get(voice) ?? 0;
  const energyOf = (part: TimedPart) =>
    part.clips.reduce(
      (sum, { utterance }) =>
        sum + spoken.soundOf(utterance).energy * 10 ** (ofVoice(utterance.voice) / 10),
      0,
    );
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const energy = parts.reduce((sum, part) => sum + energyOf(part), 0);
  const bookGainDb = energy > 0 ? AIM.rmsDb - decibelsOf(energy / length) : 0;
  const ofParts = new Map(
    parts.map((part) => [part, partGainDb(decibelsOf(energyOf(part) / part.length), bookGainDb)]),
  );
  return { ofVoice, ofPart: (part) => ofParts.get(part) ?? bookGainDb };
}

async function loudnessOf(paths: readonly string[], signal: AbortSignal): Promise<number> {
  const meter = new LoudnessMeter(NARRATION_HZ);
  let measured = 0;
  for (const path of paths) {
    if (signal.aborted) throw new Cancelled();
    if (measured >= MEASURED_SAMPLES) break;
    const left = fromPcm(await readFile(path));
    meter.add({ left, right: new Float32Array(left.length) });
    measured += left.length;
  }
  return meter.facts().integratedLufs;
}

export type PartSoundOptions = {
  spoken: Pick<SpokenScript, 'soundOf'>;
  gains: NarrationGains;
  ceilingDb: number;
  /** Decibels on top of the gains, where a limiter took too much. */
  moreDb: number;
  signal: AbortSignal;
};

/** The sound of a part, block by block: exactly as many samples as it is long, each at its place. */
export async function* partSound(
  part: TimedPart,
  { spoken, gains, ceilingDb, moreDb, signal }: PartSoundOptions,
): AsyncGenerator<Float32Array, void> {
  const limiter = truePeakLimiter(NARRATION_HZ, { gain: 1, ceiling: factor(ceilingDb) });
  let [late, left] = [limiter.latency, part.length];
  for await (const block of blocksOf(part, limiter.latency)) {
    if (signal.aborted) throw new Cancelled();
    const stereo = { left: block, right: new Float32Array(block.length) };
    limiter.process(stereo, 0);
    const skipped = Math.min(late, block.length);
    late -= skipped;
    const out = stereo.left.subarray(skipped, skipped + left);
    left -= out.length;
    if (out.length > 0) yield out;
  }

  async function* blocksOf(timed: TimedPart, after: number): AsyncGenerator<Float32Array, void> {
    let at = 0;
    for (const { utterance, soundStart } of timed.clips) {
      yield* silence(soundStart - at);
      const sound = fromPcm(await readFile(spoken.soundOf(utterance).path));
      const gain = factor(gains.ofVoice(utterance.voice) + gains.ofPart(timed) + moreDb);
      for (let index = 0; index < sound.length; index++) sound[index] = (sound[index] ?? 0) * gain;
      for (let from = 0; from < sound.length; from += BLOCK_SAMPLES)
        yield sound.slice(from, from + BLOCK_SAMPLES);
      at = soundStart + sound.length;
    }
    yield* silence(timed.length - at + after);
  }
}

function* silence(samples: number): Generator<Float32Array, void> {
  for (let rest = samples; rest > 0; rest -= BLOCK_SAMPLES)
    yield new Float32Array(Math.min(rest, BLOCK_SAMPLES));
}

function factor(decibels: number): number {
  return 10 ** (decibels / 20);
}
