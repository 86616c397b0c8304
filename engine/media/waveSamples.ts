import { type FileHandle, open } from 'node:fs/promises';
import {
  afterChunk,
  CHUNK_HEADER_BYTES,
  isWave,
  RIFF_HEADER_BYTES,
  riffChunk,
  sixteenBits,
  WAVE_SAMPLE_BYTES,
  type WaveFormat,
  waveFormat,
} from '#core/media/wave.ts';
import { type AudioStream, type MediaFacts, audioStreamOf } from '#core/media/facts.ts';
import { readBytes } from '../export/copy/readBytes.ts';
import { Cancelled } from '../process/run.ts';
import { readBlocks } from './readBlocks.ts';

const MOST_CHUNKS = 1_000;
const LARGEST_FORMAT = 64;

/**
 * Reads the samples of a WAV file from the file itself, as 16 bits, without a decoder. Answers whether that was possible:
 * where not, `onSamples` may have been given some of them. Throws `Cancelled`.
 */
export async function readWaveSamples(options: {
  path: string;
  facts: MediaFacts;
  signal: AbortSignal | undefined;
  onSamples: (bytes: Buffer) => void;
}): Promise<boolean> {
  const { path, facts, signal } = options;
  const stream = audioStreamOf(facts);
  if (facts.container !== 'wav' || facts.streams.length !== 1 || !stream || stream.start)
    return false;
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return false;
  try {
    const wave = await findSamples(file);
    if (wave === null || !isOf(wave.format, stream)) return false;
    const { codec } = wave.format;
    const unitBytes = WAVE_SAMPLE_BYTES[codec];
    let left = wave.length;
    for await (const block of readBlocks(file, { ...wave, unitBytes })) {
      if (signal?.aborted) throw new Cancelled();
      if (block.length % unitBytes !== 0) return false;
      left -= block.length;
      const samples = codec === 'pcm_s16le' ? block : sixteenBits(codec, block);
      if (samples === null) return false;
      options.onSamples(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength));
    }
    return left === 0;
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    // A disk that fails here fails ffmpeg too, and what it says of it is known.
    return false;
  } finally {
    await file.close();
  }
}

function isOf(format: WaveFormat, stream: AudioStream): boolean {
  return (
    format.codec === stream.codec &&
    format.sampleRateHz === stream.sampleRateHz &&
    format.channels === stream.channels
  );
}

type Samples = { format: WaveFormat; start: number; length: number };

/** Where the samples lie; null for a file in which they do not lie whole in the only chunk of their kind. */
async function findSamples(file: FileHandle): Promise<Samples | null> {
  const { size } = await file.stat();
  if (!isWave(await readBytes(file, 0, RIFF_HEADER_BYTES))) return null;
  let format: WaveFormat | null = null;
  let samples: Samples | null = null;
  let at = RIFF_HEADER_BYTES;
  for (let count = 0; at + CHUNK_HEADER_BYTES <= size; count++) {
    const chunk = riffChunk(await readBytes(file, at, CHUNK_HEADER_BYTES), at);
    if (chunk === null || count === MOST_CHUNKS) return null;
    if (chunk.id === 'fmt ') {
      if (format !== null || chunk.size > LARGEST_FORMAT) return null;
      format = waveFormat(await readBytes(file, chunk.start, chunk.size));
    }
    if (chunk.id === 'data') {
      if (format === null || samples !== null) return null;
      const unitBytes = WAVE_SAMPLE_BYTES[format.codec] * format.channels;
      const isWhole = chunk.size > 0 && chunk.size % unitBytes === 0;
      if (!isWhole || chunk.start + chunk.size > size) return null;
      samples = { format, start: chunk.start, length: chunk.size };
    }
    at = afterChunk(chunk);
  }
  return samples;
}
