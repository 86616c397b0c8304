import type { Effect } from '../../model/effects.ts';
import { numberOf } from '../pixelEffects/effectValues.ts';
import { type ClipClock, EffectControls, eachStep } from './effectControls.ts';
import type { StereoBlock } from './soundProcessor.ts';

/** What lowers a sound while another is heard; blocks of both come in order, without gaps. */
export type Ducking = {
  process: (block: StereoBlock, other: StereoBlock, first: number) => void;
};

/** The reduction stays for so long after the other sound, so that nothing pumps between two words. */
const HOLD_SECONDS = 0.25;
/** How fast the level of the other sound is taken to fall, so that it does not end between two waves. */
const FALL_MS = 10;
/** From the threshold up, the reduction grows over so many decibels to all of it. */
const SLOPE_DB = 6;

/** Sound goes down by the reduction while the other is louder than the threshold. */
export function ducking(effect: Effect, clock: ClipClock): Ducking {
  const { sampleRateHz } = clock;
  const remaining = (milliseconds: number) => Math.exp(-1_000 / (milliseconds * sampleRateHz));
  const controls = new EffectControls(effect, clock, (values) => [
    10 ** (numberOf(values, 'threshold') / 20),
    numberOf(values, 'reduction'),
    remaining(numberOf(values, 'attack')),
    remaining(numberOf(values, 'release')),
  ]);
  const fall = remaining(FALL_MS);
  let envelope = 0;
  let held = 0;
  let samplesLeft = 0;
  let reduction = 0;
  return {
    process(block, other, first) {
      eachStep(block, first, (part, from) => {
        controls.moveTo(from);
        // Steps are short; within one these numbers may stand still.
        const [threshold = 1, most = 0, attack = 0, release = 0] = controls.values;
        for (let index = 0; index < part.left.length; index++) {
          const at = from - first + index;
          const peak = Math.max(Math.abs(other.left[at] ?? 0), Math.abs(other.right[at] ?? 0));
          envelope = Math.max(peak, envelope * fall);
          const over = envelope > threshold ? 20 * Math.log10(envelope / threshold) : 0;
          const share = Math.min(1, over / SLOPE_DB);
          samplesLeft = share > 0 && share >= held ? HOLD_SECONDS * sampleRateHz : samplesLeft - 1;
          held = samplesLeft > 0 ? Math.max(held, share) : share;
          const wanted = most * held;
          const rest = wanted > reduction ? attack : release;
          reduction = wanted + (reduction - wanted) * rest;
          const gain = reduction < 1e-6 ? 1 : 10 ** (-reduction / 20);
          part.left[index] = (part.left[index] ?? 0) * gain;
          part.right[index] = (part.right[index] ?? 0) * gain;
        }
      });
    },
  };
}
