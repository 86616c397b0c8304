import {
  addBell,
  addDrop,
  addEcho,
  addPad,
  addTicks,
  addWater,
  type Sound,
  silence,
} from './sound.ts';

/** Chords of the sample, one to a shot: D minor, B flat, G minor, C, F. Notes as MIDI numbers. */
const CHORDS = {
  lighthouse: { bass: 38, pad: [50, 57, 60, 64], bells: [74, 81, 77] },
  sea: { bass: 34, pad: [46, 53, 57, 62], bells: [77, 74, 81] },
  ink: { bass: 31, pad: [43, 50, 58, 65], bells: [70, 77, 82] },
  reel: { bass: 36, pad: [48, 55, 64, 67], bells: [76, 79, 84] },
  dawn: { bass: 29, pad: [41, 48, 57, 64, 67], bells: [77, 81, 84] },
} as const;

export type SceneName = keyof typeof CHORDS;
const SCENES = Object.keys(CHORDS) as SceneName[];

const BED_SECONDS = 26;
const CHORD_SECONDS = 5;

/** The sound that belongs to one shot: its own noises over its chord, so that the shots cut together sound like a piece. */
export function sceneSound(scene: SceneName, seconds: number): Sound {
  const sound = silence(seconds);
  const { pad, bells } = CHORDS[scene];
  const whole = { at: 0, lasts: seconds };
  for (const [index, note] of bells.entries()) {
    addBell(sound, note, {
      at: 0.5 + index * 1.25,
      lasts: 3.4,
      gain: 0.12,
      pan: index * 0.5 - 0.5,
    });
  }
  if (scene === 'ink') addDrop(sound, { at: 0.5, lasts: 0.6, gain: 0.6 });
  addEcho(sound, 0.417, 0.34);
  addPad(sound, pad, { ...whole, gain: 0.42 });
  if (scene === 'reel') addTicks(sound, { ...whole, gain: 0.32, seed: 5, perSecond: 12 });
  else if (scene === 'ink') addWater(sound, { ...whole, gain: 0.1, seed: 3, wavesPerSecond: 0.1 });
  else addWater(sound, { ...whole, gain: 0.42, seed: scene.length, wavesPerSecond: 0.2 });
  return sound;
}

/** Music for the whole sample: the five chords in order, a slow figure of bells over them, and an end. */
export function musicBed(): Sound {
  const sound = silence(BED_SECONDS);
  const eighth = CHORD_SECONDS / 12;
  const figure = [0, 2, 1, 3, 2, 1] as const;
  for (const [index, scene] of SCENES.entries()) {
    const { bells, pad } = CHORDS[scene];
    const notes = [...bells, (pad.at(-1) ?? 60) + 12];
    for (let beat = 0; beat < 12; beat += 1) {
      if (index === 0 && beat < 4) continue;
      const isStrong = beat % 6 === 0;
      addBell(sound, notes[figure[beat % 6] ?? 0] ?? 74, {
        at: index * CHORD_SECONDS + beat * eighth,
        lasts: 2.4,
        gain: isStrong ? 0.17 : 0.1,
        pan: Math.sin(beat * 1.3) * 0.6,
      });
    }
  }
  addEcho(sound, eighth * 1.5, 0.36);
  for (const [index, scene] of SCENES.entries()) {
    const { bass, pad } = CHORDS[scene];
    const isLast = index === SCENES.length - 1;
    const placement = {
      at: Math.max(0, index * CHORD_SECONDS - 0.4),
      lasts: CHORD_SECONDS + (isLast ? 1.4 : 1.2),
    };
    addPad(sound, pad, { ...placement, gain: 0.5 });
    addPad(sound, [bass, bass + 12], { ...placement, gain: 0.5 });
  }
  return sound;
}
