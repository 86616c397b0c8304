import type { Effect } from '../../model/effects.ts';
import { compressor, gate, limiter } from './dynamicsEffects.ts';
import type { ClipClock } from './effectControls.ts';
import type { SoundProcessor } from './soundProcessor.ts';
import { equalizer, removeHum } from './toneEffects.ts';

const PROCESSORS: Readonly<Record<string, (effect: Effect, clock: ClipClock) => SoundProcessor>> = {
  equalizer,
  compressor,
  limiter,
  gate,
  removeHum,
};

/** Whether an effect on sound can be heard through `soundProcessor`. */
export function hasProcessor(effect: string): boolean {
  return Object.hasOwn(PROCESSORS, effect);
}

/** What the sound of a clip goes through for an effect, with keyframes counted by the clock; null: nothing known. */
export function soundProcessor(effect: Effect, clock: ClipClock): SoundProcessor | null {
  return hasProcessor(effect.effect) ? (PROCESSORS[effect.effect]?.(effect, clock) ?? null) : null;
}
