import type { NarrationPart, Utterance } from './narrationScript.ts';

/** Samples a second of everything that is narrated. */
export const NARRATION_HZ = 44_100;
/**
 * Everything begins and ends on hundredths of a second, which are whole samples and whole milliseconds: clock values
 * of read-alongs and chapters of audiobooks say exactly where a sample lies, however many have gone before.
 */
export const GRID_SAMPLES = 441;
/** Silence at the beginning and the end of each part, as ACX asks for: 0.5 to 1 s and 1 to 5 s. */
export const HEAD_SAMPLES: number = 60 * GRID_SAMPLES;
export const TAIL_SAMPLES: number = 150 * GRID_SAMPLES;

/** Where an utterance lies in its part: from the end of the one before it, with the silence after it, end exclusive. */
export type NarrationClip = {
  utterance: Utterance;
  /** Where its sound begins; before it lies the silence at the beginning of the part, if it is the first. */
  soundStart: number;
  begin: number;
  end: number;
};

export type TimedPart = Omit<NarrationPart, 'utterances'> & {
  clips: NarrationClip[];
  /** Samples. */
  length: number;
};

/**
 * Lays the utterances of a part one after the other. `lengths` are the numbers of samples of their sounds, counted and
 * never guessed. Clips follow each other without gap or overlap from 0 to the end of the part.
 */
export function timePart(part: NarrationPart, lengths: readonly number[]): TimedPart {
  const { utterances, ...rest } = part;
  let at = HEAD_SAMPLES;
  const clips = utterances.map((utterance, index): NarrationClip => {
    const isLast = index === utterances.length - 1;
    const length = lengths[index];
    if (length === undefined) throw new Error(`No sound for ${utterance.id}`);
    const soundStart = at;
    const pause = isLast ? TAIL_SAMPLES : (utterance.pauseMs * NARRATION_HZ) / 1_000;
    at = Math.ceil((at + length + pause) / GRID_SAMPLES) * GRID_SAMPLES;
    return { utterance, soundStart, begin: index === 0 ? 0 : soundStart, end: at };
  });
  return { ...rest, clips, length: clips.length === 0 ? 0 : at };
}

/** `1:02:03.450`, a clock value as SMIL 3.0 has it; `samples` is on the grid. */
export function clockValue(samples: number): string {
  const milliseconds = (samples * 1_000) / NARRATION_HZ;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const seconds = milliseconds / 1_000;
  const fraction = String(Math.round(milliseconds % 1_000)).padStart(3, '0');
  return `${Math.floor(seconds / 3_600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}.${fraction}`;
}
