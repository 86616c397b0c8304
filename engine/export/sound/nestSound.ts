import type { NestPart } from '#core/render/soundParts.ts';
import type { Flicks } from '#core/time/flicks.ts';
import { sampleAt } from '#core/time/rate.ts';
import { withMix } from './mixedSound.ts';
import { blocksOf } from './rawSound.ts';
import type { SoundSources } from './soundSources.ts';
import type { SoundStage } from './soundStage.ts';

/** Plays the sound of a nested timeline from one of its times on: a stretch of it is mixed to a file first. */
export async function nestSound(
  part: NestPart,
  stretch: { from: Flicks; samples: number },
  sources: SoundSources,
  next: SoundStage,
): Promise<void> {
  const first = sampleAt(stretch.from, sources.sampleRateHz);
  const range = { first, last: first + stretch.samples };
  const own = { ...sources, scratch: `${sources.scratch}.nest` };
  await withMix(part.nest.parts, range, own, async (sound) => {
    for await (const block of blocksOf(sound, { from: 0, count: sound.frames, direction: 1 }))
      await next.write(block);
  });
  await next.end();
}
