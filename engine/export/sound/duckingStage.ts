import { open, rm } from 'node:fs/promises';
import type { Ducking } from '#core/render/soundEffects/ducking.ts';
import type { MixPart } from '#core/render/soundParts.ts';
import { type RawSound, soundAt } from './rawSound.ts';
import type { SoundSources } from './soundSources.ts';
import type { EffectStage, SoundStage } from './soundStage.ts';

/** So much of what a sound makes room for is mixed at once. */
const STRETCH_SECONDS = 60;

/** A stage that lowers sound while other parts are heard; `first` is the sample of the mix that comes first. */
export function duckingStage(
  ducking: Ducking,
  others: readonly MixPart[],
  { sources, first }: { sources: SoundSources; first: number },
): EffectStage {
  const scratch = `${sources.scratch}.others`;
  const length = STRETCH_SECONDS * sources.sampleRateHz;
  const stage = (next: SoundStage): SoundStage => {
    let sample = first;
    let heard: (RawSound & { from: number }) | null = null;
    const release = async () => {
      if (heard === null) return;
      await heard.file.close();
      await rm(scratch, { force: true });
      heard = null;
    };
    const mixFrom = async (from: number): Promise<RawSound & { from: number }> => {
      await release();
      const file = await open(scratch, 'w+');
      const mixed = { file, frames: length, from };
      heard = mixed;
      await sources.mixParts(
        file,
        others,
        { first: from, last: from + length },
        { ...sources, scratch },
      );
      return mixed;
    };
    return {
      async write(block) {
        try {
          const { length: count } = block.left;
          for (let done = 0; done < count; ) {
            const at = sample + done;
            const other = heard !== null && at < heard.from + length ? heard : await mixFrom(at);
            const many = Math.min(count - done, other.from + length - at);
            const part = {
              left: block.left.subarray(done, done + many),
              right: block.right.subarray(done, done + many),
            };
            ducking.process(part, await soundAt(other, at - other.from, many), at);
            done += many;
          }
          sample += count;
        } catch (error) {
          await release();
          throw error;
        }
        await next.write(block);
      },
      async end() {
        await release();
        await next.end();
      },
    };
  };
  return { latency: 0, before: stage };
}
