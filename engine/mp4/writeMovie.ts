import { type FileHandle, open } from 'node:fs/promises';
import { Cancelled } from '../process/run.ts';
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
  let next: Promise<Buffer[]> = Promise.resolve([]);
  const readAhead = (chunk: Chunk | undefined) => {
    next = sources.read(chunk?.samples ?? []);
    // Whoever waits for it hears of what went wrong; nobody may.
    next.catch(() => undefined);
  };
  try {
    await file.write(Buffer.concat([ftyp, movieBox(movie, chunks, isLarge), header]));
    let written = 0;
    readAhead(chunks[0]);
    for (const [index] of chunks.entries()) {
      if (options.signal.aborted) throw new Cancelled();
      const parts = await next;
      // The next chunk is read while this one is written.
      readAhead(chunks[index + 1]);
      written += await writeAll(file, parts);
      options.onBytes?.(written, bytes);
    }
  } finally {
    await Promise.allSettled([next]);
    await sources.close();
    await file.close();
  }
}

/** Writes buffers one after the other; answers how many bytes. A short write on a full disk is an error of the next one. */
async function writeAll(file: FileHandle, parts: readonly Buffer[]): Promise<number> {
  let left = [...parts];
  let written = 0;
  while (left.length > 0) {
    let { bytesWritten } = await file.writev(left);
    written += bytesWritten;
    while (left.length > 0 && bytesWritten >= (left[0]?.length ?? 0)) {
      bytesWritten -= left[0]?.length ?? 0;
      left = left.slice(1);
    }
    if (left[0] !== undefined && bytesWritten > 0) left[0] = left[0].subarray(bytesWritten);
  }
  return written;
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

/**
 * Reads samples from the files they lie in, with few reads; at most one file is open. What was read is good until the
 * next reading but one: two blocks of memory take turns.
 */
class SourceReader {
  #path = '';
  #file: FileHandle | null = null;
  #blocks: [now: Buffer, before: Buffer] = [Buffer.alloc(0), Buffer.alloc(0)];

  async read(samples: readonly Sample[]): Promise<Buffer[]> {
    const runs = runsOf(samples);
    const lengths = runs.map(lengthOf);
    let block = this.#blockOf(lengths.reduce((sum, length) => sum + length, 0));
    const parts: Buffer[] = [];
    for (const [index, run] of runs.entries()) {
      const length = lengths[index] ?? 0;
      const bytes = block.subarray(0, length);
      block = block.subarray(length);
      await this.#fill(bytes, run[0]);
      parts.push(...wantedOf(bytes, run));
    }
    return parts;
  }

  #blockOf(length: number): Buffer {
    const [now, before] = this.#blocks;
    const block = before.length >= length ? before : Buffer.allocUnsafeSlow(length);
    this.#blocks = [block, now];
    return block;
  }

  async #fill(bytes: Buffer, { path, offset }: Sample): Promise<void> {
    const file = await this.#open(path);
    for (let filled = 0; filled < bytes.length; ) {
      const left = bytes.length - filled;
      const { bytesRead } = await file.read(bytes, filled, left, offset + filled);
      if (bytesRead === 0) throw new Error(`A file ends before its last sample: ${path}`);
      filled += bytesRead;
    }
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

/** Samples that are read at once, the first of them first in their file. */
type SampleRun = [Sample, ...Sample[]];

/** Samples that can be read at once: of one file, in its order, with little between them. */
function runsOf(samples: readonly Sample[]): SampleRun[] {
  const runs: SampleRun[] = [];
  for (const sample of samples) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const gap = last === undefined ? -1 : sample.offset - last.offset - last.size;
    if (run && last?.path === sample.path && gap >= 0 && gap <= LARGEST_GAP_BYTES) run.push(sample);
    else runs.push([sample]);
  }
  return runs;
}

function lengthOf(run: SampleRun): number {
  const last = run.at(-1) ?? run[0];
  return last.offset + last.size - run[0].offset;
}

/** What of the bytes of a run belongs to its samples, in as few parts as can be. */
function wantedOf(bytes: Buffer, run: SampleRun): Buffer[] {
  const parts: Buffer[] = [];
  let [start, end] = [0, 0];
  for (const { offset, size } of run) {
    const at = offset - run[0].offset;
    if (at > end) {
      parts.push(bytes.subarray(start, end));
      start = at;
    }
    end = at + size;
  }
  parts.push(bytes.subarray(start, end));
  return parts.filter(({ length }) => length > 0);
}
