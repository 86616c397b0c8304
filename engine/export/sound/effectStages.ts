import type { Effect } from '#core/model/effects.ts';
import { DUCKING, type MixPart } from '#core/render/soundParts.ts';
import { ducking } from '#core/render/soundEffects/ducking.ts';
import type { SoundProcessor } from '#core/render/soundEffects/soundProcessor.ts';
import { hasProcessor, soundProcessor } from '#core/render/soundEffects/soundProcessors.ts';
import type { Flicks } from '#core/time/flicks.ts';
import { duckingStage } from './duckingStage.ts';
import { noiseReduction } from './noiseReduction.ts';
import type { SoundSources } from './soundSources.ts';
import type { EffectStage } from './soundStage.ts';

const NOISE_REDUCTION = 'noiseReduction';

/** Whether there are stages for an effect. */
export function canBeHeard({ effect }: Effect): boolean {
  return effect === NOISE_REDUCTION || effect === DUCKING || hasProcessor(effect);
}

/** An effect of a clip whose own time 0 stands at `start` of the mix. */
export type PlacedEffect = { effect: Effect; start: Flicks };

/**
 * Stages for effects in their order. `first` is the sample of the mix that goes in first; keyframes count from it, and
 * for each effect from what those before it are late.
 */
export async function effectStages(
  effects: readonly PlacedEffect[],
  options: { sources: SoundSources; part: MixPart; first: number },
): Promise<EffectStage> {
  const stages: EffectStage[] = [];
  let latency = 0;
  for (const { effect, start } of effects) {
    const { sources, part } = options;
    const stage = await stageOf(effect, { sources, part, start, first: options.first - latency });
    if (stage === null) continue;
    stages.push(stage);
    latency += stage.latency;
  }
  return {
    latency,
    before: (next) => stages.reduceRight((after, stage) => stage.before(after), next),
  };
}

function stageOf(
  effect: Effect,
  at: { sources: SoundSources; part: MixPart; start: Flicks; first: number },
): Promise<EffectStage | null> | EffectStage | null {
  const { sources, part, start, first } = at;
  const clock = { start, sampleRateHz: sources.sampleRateHz };
  if (effect.effect === NOISE_REDUCTION)
    return noiseReduction(effect, { ...sources, start, first });
  if (effect.effect === DUCKING)
    return duckingStage(ducking(effect, clock), part.duckedBy?.[effect.id] ?? [], {
      sources,
      first,
    });
  const processor = soundProcessor(effect, clock);
  return processor && processorStage(processor, first);
}

function processorStage(processor: SoundProcessor, first: number): EffectStage {
  return {
    latency: processor.latency,
    before(next) {
      let sample = first;
      return {
        async write(block) {
          processor.process(block, sample);
          sample += block.left.length;
          await next.write(block);
        },
        end: () => next.end(),
      };
    },
  };
}
