import { animated, choice, type EffectDefinition, fixed } from './parameters.ts';

/*
 * Ranges lie within what filters of ffmpeg 5.1 take (named at each effect); levels are in decibels, which the export
 * turns into the filters’ factors.
 */

const gain = { unit: 'decibels', step: 0.1 } as const;
const time = { unit: 'milliseconds', step: 1 } as const;
const frequency = { unit: 'hertz', step: 1 } as const;
const BAND_FREQUENCIES = [250, 1_000, 4_000, 10_000] as const;

/** Effects on sound, in the order of the menu. */
export const SOUND_EFFECTS = {
  /** `highpass`, `lowshelf`, `equalizer`, `highshelf`, `lowpass`; each at 0 dB, and the passes when off, changes nothing. */
  equalizer: sound('Equaliser', 'Tone', {
    highPass: choice('High-pass', ['off', 'on']),
    highPassHz: animated('High-pass frequency', [10, 80, 2_000], frequency),
    lowGain: animated('Low shelf', [-24, 0, 24], gain),
    lowHz: animated('Low shelf frequency', [20, 120, 2_000], frequency),
    ...bands(),
    highGain: animated('High shelf', [-24, 0, 24], gain),
    highHz: animated('High shelf frequency', [500, 8_000, 20_000], frequency),
    lowPass: choice('Low-pass', ['off', 'on']),
    lowPassHz: animated('Low-pass frequency', [500, 16_000, 20_000], frequency),
  }),
  /** `acompressor`. */
  compressor: sound('Compressor', 'Dynamics', {
    threshold: animated('Threshold', [-60, -18, 0], gain),
    ratio: animated('Ratio', [1, 3, 20], { unit: 'factor', step: 0.1 }),
    attack: animated('Attack', [0.1, 20, 2_000], time),
    release: animated('Release', [1, 250, 9_000], time),
    knee: animated('Knee', [0, 9, 18], gain),
    makeup: animated('Make-up gain', [0, 0, 36], gain),
    mix: animated('Mix', [0, 1, 1], { unit: 'share' }),
  }),
  /** `alimiter`; its lowest limit is 1/16. */
  limiter: sound('Limiter', 'Dynamics', {
    input: animated('Input gain', [-24, 0, 24], gain),
    ceiling: animated('Ceiling', [-24, -1, 0], gain),
    attack: animated('Attack', [0.1, 5, 80], time),
    release: animated('Release', [1, 50, 8_000], time),
  }),
  /** `agate`. */
  gate: sound('Gate', 'Dynamics', {
    threshold: animated('Threshold', [-90, -45, 0], gain),
    reduction: animated('Reduction', [0, 24, 90], gain),
    ratio: animated('Ratio', [1, 4, 100], { unit: 'factor', step: 0.1 }),
    attack: animated('Attack', [0.1, 10, 2_000], time),
    release: animated('Release', [1, 200, 9_000], time),
  }),
  /** Made by us: the sound of other tracks of the timeline lowers that of the clip. */
  ducking: sound('Ducking', 'Dynamics', {
    under: choice('Make room for', ['all other tracks', 'tracks above', 'tracks below']),
    threshold: animated('Threshold', [-60, -36, 0], gain),
    reduction: animated('Reduction', [0, 12, 60], gain),
    attack: animated('Attack', [1, 50, 2_000], time),
    release: animated('Release', [1, 400, 9_000], time),
  }),
  /** `afftdn`. */
  noiseReduction: sound('Noise reduction', 'Repair', {
    reduction: animated('Reduction', [0.01, 12, 97], gain),
    floor: animated('Noise floor', [-80, -50, -20], gain),
    follow: choice('Follow changing noise', ['on', 'off']),
  }),
  /** `bandreject`, once at the hum and once at each of its overtones. */
  removeHum: sound('Remove hum', 'Repair', {
    mains: choice('Mains', ['50 Hz', '60 Hz']),
    overtones: fixed('Overtones', [0, 6, 20], { step: 1 }),
    width: animated('Width', [0.5, 2, 20], { unit: 'hertz', step: 0.5 }),
    mix: animated('Mix', [0, 1, 1], { unit: 'share' }),
  }),
} satisfies Record<string, EffectDefinition>;

function sound(
  label: string,
  group: string,
  parameters: EffectDefinition['parameters'],
): EffectDefinition {
  return { label, group, of: 'sound', parameters };
}

/** Bell-shaped bands: how much, where, and how narrow. */
function bands(): EffectDefinition['parameters'] {
  return Object.fromEntries(
    BAND_FREQUENCIES.flatMap((hertz, index) => {
      const [name, label] = [`band${index + 1}`, `Band ${index + 1}`];
      return [
        [`${name}Gain`, animated(label, [-24, 0, 24], gain)],
        [`${name}Hz`, animated(`${label} frequency`, [20, hertz, 20_000], frequency)],
        [`${name}Q`, animated(`${label} width (Q)`, [0.1, 1, 20], { step: 0.1 })],
      ];
    }),
  );
}
