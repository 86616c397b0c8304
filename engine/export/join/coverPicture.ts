import { open } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { refuse } from '#core/fault.ts';
import { CONTAINERS } from '#core/render/formats.ts';
import type { ExportSettings } from '#core/render/settings.ts';
import { inputArguments } from '../../media/probe.ts';

export type CoverPicture = { path: string; type: 'image/png' | 'image/jpeg' };

/** First bytes of PNG (RFC 2083) and JPEG (ITU-T T.81) files. */
const PNG_START = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
const JPEG_START = Buffer.from([0xff, 0xd8, 0xff]);

/** The cover picture that settings name; null where there is none. Refuses `export/cover-unreadable`. */
export async function readCover({ metadata }: ExportSettings): Promise<CoverPicture | null> {
  if (metadata.cover === undefined) return null;
  const path = resolve(metadata.cover);
  const start = await firstBytes(path);
  if (start?.subarray(0, PNG_START.length).equals(PNG_START)) return { path, type: 'image/png' };
  if (start?.subarray(0, JPEG_START.length).equals(JPEG_START)) return { path, type: 'image/jpeg' };
  refuse(
    'export/cover-unreadable',
    `The cover “${basename(path)}” is not a PNG or JPEG picture that can be read. Choose another one, or none.`,
    { path },
  );
}

/** ffmpeg’s options for a cover; `addInput` gives the number of an input that it is told of. */
export function coverArguments(
  { container, videoCodec }: ExportSettings,
  cover: CoverPicture | null,
  addInput: (input: readonly string[]) => number,
): string[] {
  if (cover === null || !CONTAINERS[container].hasCover) return [];
  const { path, type } = cover;
  if (container === 'mkv') {
    // Players know the cover of Matroska files by this name.
    const name = type === 'image/png' ? 'cover.png' : 'cover.jpg';
    return [
      ...['-attach', path],
      ...['-metadata:s:t:0', `mimetype=${type}`, '-metadata:s:t:0', `filename=${name}`],
    ];
  }
  const stream = videoCodec === 'none' ? 0 : 1;
  const input = addInput(inputArguments(path));
  return [
    ...['-map', `${input}:v`],
    ...[`-c:v:${stream}`, 'copy', `-disposition:v:${stream}`, 'attached_pic'],
  ];
}

async function firstBytes(path: string): Promise<Buffer | null> {
  const file = await open(path).catch(() => null);
  if (file === null) return null;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.subarray(0, bytesRead);
  } catch {
    return null;
  } finally {
    await file.close();
  }
}
