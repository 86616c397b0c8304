import type { FileHandle } from 'node:fs/promises';
import { levelAt } from '#core/render/soundLevel.ts';
import type { SoundPart } from '#core/render/soundParts.ts';
import { BYTES_PER_FRAME } from './decodeSound.ts';

export type MixAdder = { add: (chunk: Buffer) => void; end: () => Promise<void> };

/** Adds decoded samples to the mix in the order in which they come, at the levels of their part. */
export function createAdder(
  mix: FileHandle,
  part: SoundPart,
  place: { first: number; mixStart: number; samples: number; sampleRateHz: number },
): MixAdder {
  let rest: Buffer = Buffer.alloc(0);
  let done = 0;
  let pending: Promise<void> = Promise.resolve();
  return {
    add(chunk) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const frames = Math.min(Math.floor(bytes.length / BYTES_PER_FRAME), place.samples - done);
      rest = Buffer.from(bytes.subarray(frames * BYTES_PER_FRAME));
      if (frames <= 0) return;
      const at = place.first + done;
      const block = Buffer.from(bytes.subarray(0, frames * BYTES_PER_FRAME));
      done += frames;
      pending = pending.then(() => addBlock(mix, block, { ...place, part, sample: at }));
    },
    end: () => pending,
  };
}

async function addBlock(
  mix: FileHandle,
  block: Buffer,
  place: { part: SoundPart; sample: number; mixStart: number; sampleRateHz: number },
): Promise<void> {
  const { part, sample, sampleRateHz } = place;
  const position = (sample - place.mixStart) * BYTES_PER_FRAME;
  const present = Buffer.alloc(block.length);
  await mix.read(present, 0, block.length, position);
  const frames = block.length / BYTES_PER_FRAME;
  for (let frame = 0; frame < frames; frame++) {
    const level = levelAt(part, sample + frame, sampleRateHz);
    const left = frame * BYTES_PER_FRAME;
    const right = left + 4;
    present.writeFloatLE(present.readFloatLE(left) + level.left * block.readFloatLE(left), left);
    present.writeFloatLE(
      present.readFloatLE(right) + level.right * block.readFloatLE(right),
      right,
    );
  }
  await mix.write(present, 0, present.length, position);
}
