import type { Effect } from '../../model/effects.ts';
import { type EffectValues, numberOf } from '../pixelEffects/effectValues.ts';
import { type BiquadCoefficients, biquadChain, biquadCoefficients } from './biquad.ts';
import { type ClipClock, EffectControls, eachStep } from './effectControls.ts';
import { type SoundProcessor, silentBlock } from './soundProcessor.ts';

const BUTTERWORTH = Math.SQRT1_2;
const BANDS = [1, 2, 3, 4];

/** Passes of 12 dB an octave, shelves of slope 1, four bells. */
export function equalizer(effect: Effect, clock: ClipClock): SoundProcessor {
  const { sampleRateHz } = clock;
  return biquadChain(effect, clock, (values) => {
    const number = (name: string) => numberOf(values, name);
    const shaped = (shape: Parameters<typeof biquadCoefficients>[0], name: string, q: number) =>
      biquadCoefficients(shape, sampleRateHz, {
        hertz: number(`${name}Hz`),
        q,
        ...(shape.endsWith('Pass') ? {} : { gainDb: number(`${name}Gain`) }),
      });
    return [
      ...(values.texts['highPass'] === 'on' ? [shaped('highPass', 'highPass', BUTTERWORTH)] : []),
      shaped('lowShelf', 'low', BUTTERWORTH),
      ...BANDS.map((band) => shaped('bell', `band${band}`, number(`band${band}Q`))),
      shaped('highShelf', 'high', BUTTERWORTH),
      ...(values.texts['lowPass'] === 'on' ? [shaped('lowPass', 'lowPass', BUTTERWORTH)] : []),
    ];
  });
}

/** Notches at the hum and at its overtones as far as the sample rate reaches; `mix` lays the cleaned over the other. */
export function removeHum(effect: Effect, clock: ClipClock): SoundProcessor {
  const notches = biquadChain(effect, clock, (values) => notchesOf(values, clock.sampleRateHz));
  const mix = new EffectControls(effect, clock, (values) => [numberOf(values, 'mix')]);
  return {
    latency: 0,
    process(block, first) {
      const dry = silentBlock(block.left.length);
      dry.left.set(block.left);
      dry.right.set(block.right);
      notches.process(block, first);
      eachStep(block, first, (part, from) => {
        mix.moveTo(from);
        let share = mix.values[0] ?? 1;
        const growth = mix.growth[0] ?? 0;
        for (let index = 0; index < part.left.length; index++) {
          const other = from - first + index;
          const [left, right] = [dry.left[other] ?? 0, dry.right[other] ?? 0];
          part.left[index] = left + ((part.left[index] ?? 0) - left) * share;
          part.right[index] = right + ((part.right[index] ?? 0) - right) * share;
          share += growth;
        }
      });
    },
  };
}

function notchesOf(values: EffectValues, sampleRateHz: number): BiquadCoefficients[] {
  const mains = values.texts['mains'] === '60 Hz' ? 60 : 50;
  const overtones = Math.round(numberOf(values, 'overtones'));
  const width = numberOf(values, 'width');
  const all = Array.from({ length: overtones + 1 }, (_, index) => mains * (index + 1));
  return all
    .filter((hertz) => hertz < 0.49 * sampleRateHz)
    .map((hertz) => biquadCoefficients('notch', sampleRateHz, { hertz, q: hertz / width }));
}
