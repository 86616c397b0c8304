import { type FileHandle, open } from 'node:fs/promises';
import { readBytes } from '../../export/copy/readBytes.ts';
import { boxesIn } from '../../mp4/boxes.ts';

const HEADER_BYTES = 16;
/** Ten hours of sixty pictures a second come to a third of it. */
const LARGEST_TABLE_BYTES = 1 << 27;
const LARGEST_TYPE_BYTES = 4_096;
const MOST_BOXES = 10_000;

/** An open movie of the MP4 family with its table of contents. */
export type OpenMovie = {
  file: FileHandle;
  fileBytes: number;
  /** The whole box that says of what kind the file is; empty where there is none. */
  fileType: Buffer;
  /** The content of `moov`. */
  moov: Buffer;
};

/** Opens a movie whose table lies whole in it; null for anything else. Whoever asks closes it. */
export async function openMovie(path: string): Promise<OpenMovie | null> {
  const file = await open(path, 'r');
  const movie = await tableOf(file).catch(async (error: unknown) => {
    await file.close();
    throw error;
  });
  if (movie === null) await file.close();
  return movie;
}

async function tableOf(file: FileHandle): Promise<OpenMovie | null> {
  const { size: fileBytes } = await file.stat();
  let fileType: Buffer = Buffer.alloc(0);
  let at = 0;
  for (let count = 0; count < MOST_BOXES; count++) {
    const header = await readBytes(file, at, HEADER_BYTES);
    if (header.length < 8) return null;
    const size = sizeOf(header, fileBytes - at);
    if (size === null || at + size > fileBytes) return null;
    const type = header.toString('latin1', 4, 8);
    if (type === 'ftyp' && size <= LARGEST_TYPE_BYTES) fileType = await readBytes(file, at, size);
    if (type === 'moov') {
      if (size > LARGEST_TABLE_BYTES) return null;
      const whole = await readBytes(file, at, size);
      const [moov] = boxesIn(whole);
      return moov ? { file, fileBytes, fileType, moov: whole.subarray(moov.start) } : null;
    }
    at += size;
  }
  return null;
}

/** The size of a box with its header; null for one that is shorter than that. */
function sizeOf(header: Buffer, left: number): number | null {
  const short = header.readUInt32BE(0);
  if (short === 0) return left;
  if (short !== 1) return short >= 8 ? short : null;
  if (header.length < HEADER_BYTES) return null;
  const long = Number(header.readBigUInt64BE(8));
  return long >= HEADER_BYTES ? long : null;
}
