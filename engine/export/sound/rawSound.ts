import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { silentBlock, type StereoBlock } from '#core/render/soundEffects/soundProcessor.ts';
import type { SoundStage } from './soundStage.ts';

/** Sound in the engine is stereo, 32-bit float, interleaved. */
export const MIX_CHANNELS = 2;
export const BYTES_PER_FRAME: number = MIX_CHANNELS * 4;
const BLOCK_FRAMES = 32_768;

/** What ffmpeg calls raw sound of the engine, as an input or an output. */
export function rawFormat(sampleRateHz: number): string[] {
  return ['-f', 'f32le', '-ar', String(sampleRateHz), '-ac', String(MIX_CHANNELS)];
}

/** Both sides of raw sound; a frame that is not whole at its end is left out. Processors here have its byte order. */
function fromRaw(bytes: Buffer): StereoBlock {
  const frames = Math.floor(bytes.length / BYTES_PER_FRAME);
  const both = new Float32Array(frames * MIX_CHANNELS);
  new Uint8Array(both.buffer).set(bytes.subarray(0, frames * BYTES_PER_FRAME));
  const block = silentBlock(frames);
  for (let frame = 0; frame < frames; frame++) {
    block.left[frame] = both[2 * frame] ?? 0;
    block.right[frame] = both[2 * frame + 1] ?? 0;
  }
  return block;
}

export function toRaw({ left, right }: StereoBlock): Buffer {
  const both = new Float32Array(left.length * MIX_CHANNELS);
  for (let frame = 0; frame < left.length; frame++) {
    both[2 * frame] = left[frame] ?? 0;
    both[2 * frame + 1] = right[frame] ?? 0;
  }
  return Buffer.from(both.buffer);
}

/** Passes raw sound from a stream on, as fast as it is taken. */
export async function readRaw(stream: Readable, next: Pick<SoundStage, 'write'>): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const whole = bytes.length - (bytes.length % BYTES_PER_FRAME);
    rest = Buffer.from(bytes.subarray(whole));
    if (whole > 0) await next.write(fromRaw(bytes.subarray(0, whole)));
  }
}

/** Raw sound in a file, `frames` long. */
export type RawSound = { file: FileHandle; frames: number };

/** Sound of a file from a frame on; silence before its beginning and after its end. */
export async function soundAt(
  { file, frames }: RawSound,
  from: number,
  length: number,
): Promise<StereoBlock> {
  const bytes = Buffer.alloc(length * BYTES_PER_FRAME);
  const first = Math.max(0, from);
  const last = Math.min(frames, from + length);
  if (last > first) {
    const offset = (first - from) * BYTES_PER_FRAME;
    await file.read(bytes, offset, (last - first) * BYTES_PER_FRAME, first * BYTES_PER_FRAME);
  }
  return fromRaw(bytes);
}

/** A stage that writes raw sound to a file from its beginning on, and counts it. */
export function recorder(sound: RawSound): SoundStage {
  return {
    async write(block) {
      const bytes = toRaw(block);
      await sound.file.write(bytes, 0, bytes.length, sound.frames * BYTES_PER_FRAME);
      sound.frames += block.left.length;
    },
    end: () => Promise.resolve(),
  };
}

/** The blocks of a stretch of a file, forwards or, from `from` on, backwards. */
export async function* blocksOf(
  sound: RawSound,
  { from, count, direction }: { from: number; count: number; direction: 1 | -1 },
): AsyncGenerator<StereoBlock, void> {
  for (let done = 0; done < count; done += BLOCK_FRAMES) {
    const length = Math.min(BLOCK_FRAMES, count - done);
    if (direction === 1) yield await soundAt(sound, from + done, length);
    else {
      const block = await soundAt(sound, from - done - length, length);
      block.left.reverse();
      block.right.reverse();
      yield block;
    }
  }
}
