import { type FileHandle, open } from 'node:fs/promises';
import { Cancelled } from '../../process/run.ts';
import { box, u32 } from './boxes.ts';
import type { Chunk, Movie, Sample } from './movie.ts';
import { movieBox } from './movieBox.ts';

/** Tracks take turns about this often, so that players read a file from front to back. */
const CHUNK_SECONDS = 1;
const LARGEST_32_BITS = 0xff_ff_ff_ff;
/** Samples in a row are read at once while no more than this lies between two of them. */
const LARGEST_GAP_BYTES = 65_536;

/**
 * Writes a film whose samples lie in other files: the table of contents first, then the samples, track by track in
 * turns. The same movie gives the same bytes; no time of writing is in them.
 * Throws `Cancelled` and the system’s errors.
 */
export async function writeMovie(
  output: string,
  movie: Movie,
  options: { signal: AbortSignal; onBytes?: (written: number, of: number) => void },
): Promise<void> {
  const chunks = chunksOf(movie);
  const bytes = chunks.reduce((sum, { samples }) => sum + sizeOf(samples), 0);
  const isLarge = bytes > LARGEST_32_BITS - 0x1_00_00_00;
  const moovSize = movieBox(movie, chunks, isLarge).length;
  const header = isLarge ? Buffer.concat([u32(1), mdat(), bigSize(bytes + 16)]) : smallMdat(bytes);
  const ftyp = fileType(movie);
  let offset = ftyp.length + moovSize + header.length;
  for (const chunk of chunks) {
    chunk.offset = offset;
    offset += sizeOf(chunk.samples);
  }
  const file = await open(output, 'w');
  const sources = new SourceReader();
  try {
    await file.write(Buffer.concat([ftyp, movieBox(movie, chunks, isLarge), header]));
    let written = 0;
    for (const { samples } of chunks) {
      if (options.signal.aborted) throw new Cancelled();
      for (const part of await sources.read(samples)) {
        // A short write on a full disk is an error of the next one.
        for (let at = 0; at < part.length; )
          at += (await file.write(part, at, part.length - at)).bytesWritten;
        written += part.length;
      }
      options.onBytes?.(written, bytes);
    }
  } finally {
    await sources.close();
    await file.close();
  }
}

function fileType({ brand }: Movie): Buffer {
  const brands = ['isom', 'iso2', ...(brand === null ? [] : [brand]), 'mp41'].join('');
  return box('ftyp', Buffer.from('isom', 'latin1'), u32(512), Buffer.from(brands, 'latin1'));
}

/** The chunks of all tracks in the order in which they are written. */
function chunksOf({ tracks }: Movie): Chunk[] {
  const chunks = tracks.flatMap(({ samples, timescale }, track) => {
    const found: Chunk[] = [];
    let time = 0;
    let first = 0;
    let start = 0;
    samples.forEach(({ duration }, index) => {
      time += duration;
      const isLast = index === samples.length - 1;
      if (!isLast && time - start < CHUNK_SECONDS * timescale) return;
      const inside = samples.slice(first, index + 1);
      found.push({ track, start: start / timescale, samples: inside, offset: 0 });
      first = index + 1;
      start = time;
    });
    return found;
  });
  return chunks.sort((a, b) => a.start - b.start || a.track - b.track);
}

function sizeOf(samples: readonly Sample[]): number {
  return samples.reduce((sum, { size }) => sum + size, 0);
}

const mdat = () => Buffer.from('mdat', 'latin1');

function smallMdat(bytes: number): Buffer {
  return Buffer.concat([u32(bytes + 8), mdat()]);
}

function bigSize(size: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(size));
  return bytes;
}

/** Reads samples from the files they lie in, with few reads; at most one file is open. */
class SourceReader {
  #path = '';
  #file: FileHandle | null = null;

  async read(samples: readonly Sample[]): Promise<Buffer[]> {
    const parts: Buffer[] = [];
    for (const run of runsOf(samples)) {
      const [first] = run;
      const last = run.at(-1);
      if (first === undefined || last === undefined) continue;
      const file = await this.#open(first.path);
      const length = last.offset + last.size - first.offset;
      const bytes = Buffer.allocUnsafe(length);
      for (let filled = 0; filled < length; ) {
        const { bytesRead } = await file.read(
          bytes,
          filled,
          length - filled,
          first.offset + filled,
        );
        if (bytesRead === 0) throw new Error(`A file ends before its last sample: ${first.path}`);
        filled += bytesRead;
      }
      const pieces = run.map(({ offset, size }) =>
        bytes.subarray(offset - first.offset, offset - first.offset + size),
      );
      const isWhole = sizeOf(run) === length;
      parts.push(isWhole ? bytes : Buffer.concat(pieces));
    }
    return parts;
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
  }

  async #open(path: string): Promise<FileHandle> {
    if (this.#file === null || this.#path !== path) {
      await this.close();
      this.#file = await open(path, 'r');
      this.#path = path;
    }
    return this.#file;
  }
}

/** Samples that can be read at once: of one file, in its order, with little between them. */
function runsOf(samples: readonly Sample[]): Sample[][] {
  const runs: Sample[][] = [];
  for (const sample of samples) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const gap = last === undefined ? -1 : sample.offset - last.offset - last.size;
    if (run && last?.path === sample.path && gap >= 0 && gap <= LARGEST_GAP_BYTES) run.push(sample);
    else runs.push([sample]);
  }
  return runs;
}
