import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { ExportPlan } from '#core/render/planExport.ts';
import { withMix } from './mixedSound.ts';
import { mixInto } from './mixSound.ts';
import { BYTES_PER_FRAME } from './rawSound.ts';
import type { SoundSources } from './soundSources.ts';

/** A stretch of the mix of a film; counted in samples from its beginning. */
export type MixWindow = { from: number; samples: number };

/** Reads raw samples of the mix of a film; fewer at its end. Null where it is gone. */
export type ReadMix = (window: MixWindow, signal: AbortSignal) => Promise<Buffer | null>;

/** Reads from a mix that lies in a file. */
export function readingMix(path: string): ReadMix {
  return async ({ from, samples }) => {
    const bytes = Buffer.alloc(samples * BYTES_PER_FRAME);
    const file = await open(path).catch(() => null);
    if (file === null) return null;
    try {
      const { bytesRead } = await file.read(bytes, 0, bytes.length, from * BYTES_PER_FRAME);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  };
}

/** Mixes each stretch that is asked for, where the sound of a film was kept and nothing else need be mixed. */
export function mixingAgain(
  plan: Pick<ExportPlan, 'sound' | 'startSample' | 'endSample' | 'sampleRateHz'>,
  sources: Pick<SoundSources, 'tools' | 'files' | 'scratch'>,
): ReadMix {
  return ({ from, samples }, signal) => {
    const first = plan.startSample + from;
    const range = { first, last: Math.min(plan.endSample, first + samples) };
    const { sampleRateHz } = plan;
    const scratch = `${sources.scratch}-${randomUUID()}`;
    const own = { ...sources, scratch, sampleRateHz, signal, mixParts: mixInto };
    return withMix(plan.sound, range, own, async ({ file, frames }) => {
      const bytes = Buffer.alloc(frames * BYTES_PER_FRAME);
      await file.read(bytes, 0, bytes.length, 0);
      return bytes;
    });
  };
}
