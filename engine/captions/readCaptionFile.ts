import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type CaptionReading } from '#core/captions/captionCue.ts';
import { MAX_CAPTION_FILE } from '#core/captions/captionLimits.ts';
import { readCaptions } from '#core/captions/readCaptions.ts';
import { Refusal, refuse } from '#core/fault.ts';
import { systemFault } from '../files/systemFault.ts';

/**
 * Reads a caption file in UTF-8, in UTF-16 with a byte order mark, or, where it is neither, in the old Western
 * encoding, which is reported. Refuses what `readCaptions` refuses and what the system says of the file.
 */
export async function readCaptionFile(path: string): Promise<CaptionReading> {
  const { text, isGuessed } = decode(await readBytes(path));
  const { cues, losses } = readCaptions(text);
  if (!isGuessed) return { cues, losses };
  const encoding = {
    code: 'captions/encoding',
    where: basename(path),
    message:
      'This file is not written in Unicode. It was read as Western European; check the accents.',
  };
  return { cues, losses: [encoding, ...losses] };
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    const found = await stat(path);
    const { size } = found;
    // A device or pipe may never end.
    if (!found.isFile() && !found.isDirectory()) {
      refuse(
        'captions/not-captions',
        `“${basename(path)}” is a device or a pipe, not a caption file.`,
        { path },
      );
    }
    if (size > MAX_CAPTION_FILE) {
      refuse(
        'captions/too-large',
        `“${basename(path)}” is larger than 10 MB. Split it and import the parts.`,
        { path, size },
      );
    }
    return await readFile(path);
  } catch (error) {
    const fault = error instanceof Refusal ? null : systemFault(error, path);
    throw fault ? new Refusal(fault, error) : error;
  }
}

function decode(bytes: Buffer): { text: string; isGuessed: boolean } {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff') {
    const encoding = mark === 'fffe' ? 'utf-16le' : 'utf-16be';
    return { text: new TextDecoder(encoding).decode(bytes), isGuessed: false };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), isGuessed: false };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { text: new TextDecoder('windows-1252').decode(bytes), isGuessed: true };
  }
}
