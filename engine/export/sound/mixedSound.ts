import { open, rm } from 'node:fs/promises';
import type { MixPart } from '#core/render/soundParts.ts';
import type { RawSound } from './rawSound.ts';
import type { SoundSources } from './soundSources.ts';

/** Gives `work` a mix of parts in a file, from sample `first` to `last`, and removes the file whatever happens. */
export async function withMix<T>(
  parts: readonly MixPart[],
  range: { first: number; last: number },
  sources: SoundSources,
  work: (sound: RawSound) => Promise<T>,
): Promise<T> {
  const file = await open(sources.scratch, 'w+');
  try {
    await sources.mixParts(file, parts, range, sources);
    return await work({ file, frames: range.last - range.first });
  } finally {
    await file.close();
    await rm(sources.scratch, { force: true });
  }
}
