import { open } from 'node:fs/promises';
import { failure, type FilmCheck } from './filmCheck.ts';

type Box = { type: string; start: number; size: number };

const HEADER_BYTES = 16;
const MOST_BOXES = 10_000;

/**
 * Whether the boxes of a file of the MP4 and QuickTime family fill it exactly and its table of contents stands before the media, so
 * that it plays before all of it has come over a network. Null for files of another kind.
 */
export async function checkStructure(path: string): Promise<FilmCheck | null> {
  const { boxes, bytes } = await topBoxes(path);
  if (boxes[0]?.type !== 'ftyp') return null;
  const moov = boxes.findIndex(({ type }) => type === 'moov');
  const mdat = boxes.findIndex(({ type }) => type === 'mdat');
  const last = boxes.at(-1);
  const end = last ? last.start + last.size : 0;
  if (end !== bytes) {
    const lacking = end > bytes ? `${end - bytes} bytes are missing at its end` : 'it has no end';
    return failure('File structure', false, lacking);
  }
  if (moov === -1) return failure('File structure', false, 'it has no table of contents');
  const isFront = mdat === -1 || moov < mdat;
  return failure(
    'File structure',
    isFront,
    isFront ? 'table of contents in front' : 'table of contents behind the media',
  );
}

async function topBoxes(path: string): Promise<{ boxes: Box[]; bytes: number }> {
  const file = await open(path, 'r');
  try {
    const { size: bytes } = await file.stat();
    const boxes: Box[] = [];
    let start = 0;
    while (start < bytes && boxes.length < MOST_BOXES) {
      const { buffer, bytesRead } = await file.read(
        Buffer.alloc(HEADER_BYTES),
        0,
        HEADER_BYTES,
        start,
      );
      if (bytesRead < 8) break;
      const short = buffer.readUInt32BE(0);
      const long = short === 1 && bytesRead === HEADER_BYTES;
      // 1: the size follows in 64 bits; 0: up to the end of the file.
      const size = long ? Number(buffer.readBigUInt64BE(8)) : short === 0 ? bytes - start : short;
      if (size < 8) break;
      boxes.push({ type: buffer.toString('latin1', 4, 8), start, size });
      start += size;
    }
    return { boxes, bytes };
  } finally {
    await file.close();
  }
}
