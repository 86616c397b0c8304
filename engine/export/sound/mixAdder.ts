import type { FileHandle } from 'node:fs/promises';
import type { StereoBlock } from '#core/render/soundEffects/soundProcessor.ts';
import { levelAt } from '#core/render/soundLevel.ts';
import type { MixPart } from '#core/render/soundParts.ts';
import { soundAt, toRaw, BYTES_PER_FRAME } from './rawSound.ts';
import type { SoundStage } from './soundStage.ts';

/** A mix in a file of raw sound; `first` is the sample that it begins with, `last` is exclusive. */
export type MixFile = { file: FileHandle; first: number; last: number; sampleRateHz: number };

/**
 * Adds the sound of a part to the mix, at the levels of the part. `first` is the number of the first sample that comes;
 * samples outside the part and outside the mix are left out.
 */
export function mixAdder(mix: MixFile, part: MixPart, first: number): SoundStage {
  const begin = Math.max(part.startSample, mix.first);
  const end = Math.min(part.endSample, mix.last);
  let sample = first;
  return {
    async write(block) {
      const from = Math.max(begin, sample);
      const to = Math.min(end, sample + block.left.length);
      const skipped = from - sample;
      sample += block.left.length;
      if (to <= from) return;
      const present = await soundAt(
        { file: mix.file, frames: mix.last - mix.first },
        from - mix.first,
        to - from,
      );
      addAtLevels(present, block, { part, sample: from, skipped, sampleRateHz: mix.sampleRateHz });
      const bytes = toRaw(present);
      await mix.file.write(bytes, 0, bytes.length, (from - mix.first) * BYTES_PER_FRAME);
    },
    end: () => Promise.resolve(),
  };
}

function addAtLevels(
  present: StereoBlock,
  block: StereoBlock,
  at: { part: MixPart; sample: number; skipped: number; sampleRateHz: number },
): void {
  const { part, sample, skipped, sampleRateHz } = at;
  const length = present.left.length;
  const isSteady =
    part.levels === undefined &&
    sample >= part.startSample + part.fadeInSamples &&
    sample + length <= part.endSample - part.fadeOutSamples;
  let level = levelAt(part, sample, sampleRateHz);
  for (let index = 0; index < length; index++) {
    if (!isSteady) level = levelAt(part, sample + index, sampleRateHz);
    const [left, right] = [block.left[skipped + index] ?? 0, block.right[skipped + index] ?? 0];
    present.left[index] = (present.left[index] ?? 0) + level.left * left;
    present.right[index] = (present.right[index] ?? 0) + level.right * right;
  }
}
