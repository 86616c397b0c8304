import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '#core/fault.ts';
import type { NarrationPart, Utterance } from '#core/narration/narrationScript.ts';
import type { PieceStore } from '../export/cache/pieceStore.ts';
import { systemFault } from '../files/systemFault.ts';
import { allAtOnce } from '../process/allAtOnce.ts';
import { Cancelled } from '../process/run.ts';
import { sentenceKey, speakSentence } from './speakSentence.ts';
import type { Voice } from './voice.ts';
import { fromPcm, toPcm } from './wave.ts';

const MOST_AT_ONCE = 4;

/** The sound of an utterance, in a file of its own: 16-bit samples of one channel. */
export type SpokenSound = {
  path: string;
  samples: number;
  /** Sum of the squares of its samples. */
  energy: number;
};

export type SpokenScript = {
  soundOf: (utterance: Utterance) => SpokenSound;
  sentences: number;
  /** Of these, how many were spoken now and not before. */
  newlySpoken: number;
};

type SpeakScriptOptions = {
  parts: readonly NarrationPart[];
  voiceOf: (id: string) => Voice;
  speed: number;
  store: PieceStore;
  /** A folder for the sounds of this narration. */
  work: string;
  signal: AbortSignal;
  timeoutMs?: number | undefined;
  onProgress: (share: number, detail: string) => void;
};

/**
 * Speaks every utterance that the cache has not, several at a time. Each is kept at once when it is spoken, so that a
 * narration which is stopped or killed goes on where it was. What is the same is spoken once.
 */
export async function speakScript(options: SpeakScriptOptions): Promise<SpokenScript> {
  const { parts, voiceOf, speed, store, work, signal, timeoutMs, onProgress } = options;
  const all = parts.flatMap((part) => part.utterances);
  const keyOf = ({ voice, spoken }: Utterance) => sentenceKey(voiceOf(voice), speed, spoken);
  const distinct = new Map(all.map((utterance) => [keyOf(utterance), utterance]));
  const sounds = new Map<string, SpokenSound>();
  let newlySpoken = 0;
  const speakOne = async (key: string, utterance: Utterance, stop: AbortSignal) => {
    const path = join(work, `${key}.pcm`);
    const isKept = await store.take(key, path);
    if (!isKept) {
      const voice = voiceOf(utterance.voice);
      const samples = await speakSentence(voice, utterance, { speed, signal: stop, timeoutMs });
      await writeSound(path, toPcm(samples));
      await store.keep(key, path);
      newlySpoken += 1;
    }
    sounds.set(key, await measured(path));
    onProgress(sounds.size / distinct.size, `Sentence ${sounds.size} of ${distinct.size}`);
  };
  const queue = distinct.entries();
  const worker = async (stop: AbortSignal) => {
    for (const [key, utterance] of queue) {
      if (stop.aborted) throw new Cancelled();
      await speakOne(key, utterance, stop);
    }
  };
  const workers = Math.max(1, Math.min(MOST_AT_ONCE, availableParallelism()));
  await allAtOnce(
    signal,
    Array.from({ length: workers }, () => worker),
  );
  return {
    soundOf(utterance) {
      const sound = sounds.get(keyOf(utterance));
      if (sound === undefined) throw new Error(`Not spoken: ${utterance.id}`);
      return sound;
    },
    sentences: all.length,
    newlySpoken,
  };
}

async function writeSound(path: string, bytes: Buffer): Promise<void> {
  try {
    await writeFile(path, bytes);
  } catch (error) {
    const fault = systemFault(error, path);
    throw fault ? new Refusal(fault, error) : error;
  }
}

async function measured(path: string): Promise<SpokenSound> {
  const samples = fromPcm(await readFile(path));
  let energy = 0;
  for (const sample of samples) energy += sample * sample;
  return { path, samples: samples.length, energy };
}
