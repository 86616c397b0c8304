/** What can be wrong with the sound of a sentence. */
export type SpeechFlaw = 'silent' | 'too-short' | 'too-long' | 'mostly-silent';

/** Below this a sound is silence: −50 dBFS. */
const SILENCE = 10 ** (-50 / 20);
const WINDOW_SECONDS = 0.02;
/** What is left of the silence around speech, so that soft consonants stay whole. */
const MARGIN_SECONDS = 0.03;

/** Seconds that nobody needs less or more of to say a letter; digits are words. */
const LEAST_SECONDS = 0.012;
const MOST_SECONDS = 0.6;
const SPARE_SECONDS = 3;
const DIGIT_LETTERS = 8;
/** Speech holds its breath, but not for most of a sentence. */
const MOST_SILENT_SHARE = 0.7;
const MOST_SILENT_SECONDS = 2;

/** The sound without the silence at its ends; empty where there is nothing but silence. */
export function trimSilence(samples: Float32Array, sampleRateHz: number): Float32Array {
  let [first, last] = [0, samples.length - 1];
  while (first <= last && Math.abs(samples[first] ?? 0) < SILENCE) first++;
  while (last >= first && Math.abs(samples[last] ?? 0) < SILENCE) last--;
  if (first > last) return new Float32Array(0);
  const margin = Math.round(MARGIN_SECONDS * sampleRateHz);
  return samples.slice(Math.max(0, first - margin), Math.min(samples.length, last + 1 + margin));
}

/** What is wrong with sound, trimmed, that is to be the spoken `text`; null where nothing is. */
export function speechFlaw(
  text: string,
  samples: Float32Array,
  sampleRateHz: number,
): SpeechFlaw | null {
  if (samples.length === 0) return 'silent';
  const seconds = samples.length / sampleRateHz;
  const letters = [...text].reduce(
    (sum, char) => sum + (/\p{N}/u.test(char) ? DIGIT_LETTERS : /\p{L}/u.test(char) ? 1 : 0),
    0,
  );
  const digits = [...text].filter((char) => /\p{N}/u.test(char)).length;
  if (seconds < (letters - digits * DIGIT_LETTERS + digits) * LEAST_SECONDS) return 'too-short';
  if (seconds > SPARE_SECONDS + letters * MOST_SECONDS) return 'too-long';
  const silent = silentSeconds(samples, sampleRateHz);
  const isHollow = silent > MOST_SILENT_SECONDS && silent / seconds > MOST_SILENT_SHARE;
  return isHollow ? 'mostly-silent' : null;
}

function silentSeconds(samples: Float32Array, sampleRateHz: number): number {
  const window = Math.round(WINDOW_SECONDS * sampleRateHz);
  let silent = 0;
  for (let from = 0; from < samples.length; from += window) {
    const part = samples.subarray(from, from + window);
    if (part.every((sample) => Math.abs(sample) < SILENCE)) silent += part.length;
  }
  return silent / sampleRateHz;
}
