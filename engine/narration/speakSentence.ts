import { createHash } from 'node:crypto';
import { refuse } from '#core/fault.ts';
import { NARRATION_HZ } from '#core/narration/narrationTimeline.ts';
import { resample } from '#core/narration/resample.ts';
import { type SpeechFlaw, speechFlaw, trimSilence } from '#core/narration/speechCheck.ts';
import { Cancelled } from '../process/run.ts';
import type { Voice } from './voice.ts';

/** Counts up whenever the same sound of a voice comes to other samples here. */
const RECIPE = 1;
const TRIES = 3;
const LEAST_WAIT_MS = 20_000;
const WAIT_MS_A_LETTER = 100;

export type Sentence = { id: string; text: string; spoken: string };

export type SpeakOptions = { speed: number; signal: AbortSignal; timeoutMs?: number | undefined };

/** What a sentence is called in the cache: a hash of everything that decides its sound. */
export function sentenceKey(voice: Voice, speed: number, spoken: string): string {
  const parts = [RECIPE, voice.id, voice.version, speed, NARRATION_HZ, spoken];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}

/**
 * The sound of a sentence at the sample rate of narrations, without silence around it. One that is silent, far too
 * short or long, or not there in time is spoken again, and then refused: `narration/silent-sentence`,
 * `narration/odd-length`, `narration/voice-hangs`, or what the voice refuses.
 */
export async function speakSentence(
  voice: Voice,
  sentence: Sentence,
  { speed, signal, timeoutMs = waitFor(sentence.spoken) }: SpeakOptions,
): Promise<Float32Array> {
  let flaw: SpeechFlaw | 'hangs' | null = null;
  let problem: Error | undefined;
  for (let tries = 0; tries < TRIES; tries++) {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const wave = await voice.speak({
        text: sentence.spoken,
        speed,
        signal: AbortSignal.any([signal, timeout]),
      });
      const samples = trimSilence(wave.samples, wave.sampleRateHz);
      flaw = speechFlaw(sentence.spoken, samples, wave.sampleRateHz);
      if (flaw === null) return resample(samples, wave.sampleRateHz, NARRATION_HZ);
      problem = undefined;
    } catch (error) {
      if (signal.aborted) throw new Cancelled();
      if (timeout.aborted) flaw = 'hangs';
      if (!(error instanceof Error)) throw error;
      problem = timeout.aborted ? undefined : error;
    }
  }
  if (problem !== undefined) throw problem;
  return refuseSentence(voice, sentence, flaw, timeoutMs);
}

function waitFor(spoken: string): number {
  return LEAST_WAIT_MS + spoken.length * WAIT_MS_A_LETTER;
}

function refuseSentence(
  voice: Voice,
  { id, text }: Sentence,
  flaw: SpeechFlaw | 'hangs' | null,
  timeoutMs: number,
): never {
  const quoted = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  const details = { sentenceId: id, text: text.slice(0, 1_000), voice: voice.id, flaw };
  const next =
    'What was spoken before is kept. Change the sentence or its pronunciation, or choose another voice, then go on.';
  if (flaw === 'hangs') {
    refuse(
      'narration/voice-hangs',
      `The voice “${voice.name}” did not finish the sentence “${quoted}” within ${Math.round(timeoutMs / 1_000)} seconds, in ${TRIES} attempts. ${next}`,
      details,
    );
  }
  if (flaw === 'too-short' || flaw === 'too-long') {
    refuse(
      'narration/odd-length',
      `The voice “${voice.name}” spoke the sentence “${quoted}” far too ${flaw === 'too-short' ? 'briefly' : 'long'} to be right, in ${TRIES} attempts. ${next}`,
      details,
    );
  }
  refuse(
    'narration/silent-sentence',
    `The voice “${voice.name}” gave ${flaw === 'mostly-silent' ? 'almost nothing but silence' : 'no sound'} for the sentence “${quoted}”, in ${TRIES} attempts. ${next}`,
    details,
  );
}
