import { type EFFECTS, effectNamed } from '#core/effects/effects.ts';

/** What each effect does, in a line. */
const EFFECT_WORDS: Record<keyof typeof EFFECTS, string> = {
  exposure: 'Lighter or darker, in stops, as at the camera',
  contrast: 'Further apart or nearer: light and dark',
  saturation: 'Stronger or paler colours, and another hue',
  whiteBalance: 'Warmer or cooler, greener or pinker',
  liftGammaGain: 'Grades shadows, middle tones and highlights',
  lut: 'Colours from a table in a .cube file',
  blackAndWhite: 'Without colour, mixed from red, green and blue',
  blur: 'Softens the whole picture',
  sharpen: 'Makes edges crisper',
  vignette: 'Darker or lighter towards the corners',
  flip: 'Swaps left and right, or top and bottom',
  mirror: 'Reflects one half onto the other',
  chromaKey: 'Takes a colour away, such as a green wall',
  lumaKey: 'Takes dark or light parts away',
  shapeMask: 'Shows only a rectangle or ellipse, or all but it',
  denoise: 'Calms the grain of dim shots',
  stabilize: 'Steadies a shaking camera',
  deinterlace: 'Makes whole frames of interlaced ones',
  equalizer: 'Louder or softer by pitch',
  compressor: 'Brings loud and soft nearer together',
  limiter: 'Keeps peaks below a ceiling',
  gate: 'Silences what is softer than a threshold',
  ducking: 'Goes down while other tracks are heard',
  noiseReduction: 'Takes away a steady hiss',
  removeHum: 'Takes away the hum of the mains',
};

export type EffectEntry = { name: string; label: string; words: string };

/** The effects in the groups of the menu, those apart that have none of the words looked for. */
export function effectGroups(wanted: { of?: 'picture' | 'sound'; search?: string } = {}): {
  group: string;
  of: 'picture' | 'sound';
  entries: EffectEntry[];
}[] {
  const words = (wanted.search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<
    string,
    { group: string; of: 'picture' | 'sound'; entries: EffectEntry[] }
  >();
  for (const [name, line] of Object.entries(EFFECT_WORDS)) {
    const effect = effectNamed(name);
    if (effect === undefined || (wanted.of !== undefined && effect.of !== wanted.of)) continue;
    const said = `${effect.label} ${effect.group} ${line} ${effect.of}`.toLowerCase();
    if (!words.every((word) => said.includes(word))) continue;
    const key = `${effect.of} ${effect.group}`;
    const group = groups.get(key) ?? { group: effect.group, of: effect.of, entries: [] };
    group.entries.push({ name, label: effect.label, words: line });
    groups.set(key, group);
  }
  return [...groups.values()];
}
