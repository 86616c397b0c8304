import { refuse } from '#core/fault.ts';
import { inputArguments } from '../../media/probe.ts';
import { run } from '../../process/run.ts';
import type { Slots } from '../../process/slots.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import { type Message, messagesIn, SAY_LEVELS } from './messages.ts';

/** A picture small enough to keep many of: its luma, then its two chromas at half the size, limited range. */
export type SmallPicture = Buffer;

export type SmallSize = { width: number; height: number };

const LONG_SIDE = 96;
/** Luma of black in limited range, and what may be added by noise and lossy encoding. */
const BLACK = 16;
const NEARLY = 4;

/** The size at which pictures of a film are compared; both sides even, so that chroma fits. */
export function smallSize({ width, height }: SmallSize): SmallSize {
  const scale = LONG_SIDE / Math.max(width, height);
  const even = (side: number) => Math.max(2, Math.round((side * scale) / 2) * 2);
  return { width: even(width), height: even(height) };
}

/** Bytes of a small picture. */
function smallBytes({ width, height }: SmallSize): number {
  return (width * height * 3) / 2;
}

/** How far two pictures are apart: the mean difference of their values, 0 to 255. */
export function distance(a: SmallPicture, b: SmallPicture): number {
  if (a.length !== b.length || a.length === 0) return 255;
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += Math.abs((a[index] ?? 0) - (b[index] ?? 0));
  return sum / a.length;
}

/** The same where what covers less than half of the picture does not matter: the median of the differences. */
export function commonDistance(a: SmallPicture, b: SmallPicture): number {
  if (a.length !== b.length || a.length === 0) return 255;
  const counts = new Uint32Array(256);
  for (let index = 0; index < a.length; index++) {
    const apart = Math.abs((a[index] ?? 0) - (b[index] ?? 0));
    counts[apart] = (counts[apart] ?? 0) + 1;
  }
  let below = 0;
  const apart = counts.findIndex((count) => (below += count) * 2 >= a.length);
  // Between whole steps by how many are at the median, so that two candidates seldom tie.
  const share = (below - a.length / 2) / (counts[apart] ?? 1);
  return Math.max(0, apart - share + 1);
}

/** How much two pictures go up and down together: 1 the same, 0 nothing in common. */
export function likeness(a: SmallPicture, b: SmallPicture): number {
  const mean = (all: SmallPicture) => all.reduce((sum, value) => sum + value, 0) / all.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [product, one, other] = [0, 0, 0];
  for (let index = 0; index < a.length; index++) {
    const x = (a[index] ?? 0) - meanA;
    const y = (b[index] ?? 0) - meanB;
    product += x * y;
    one += x * x;
    other += y * y;
  }
  return one === 0 || other === 0 ? 0 : product / Math.sqrt(one * other);
}

/** Whether two pictures are the same but for what an encoder does. */
export function isSame(a: SmallPicture, b: SmallPicture): boolean {
  return distance(a, b) < 0.05;
}

/** Whether nothing at all is seen. */
export function isBlack(picture: SmallPicture, { width, height }: SmallSize): boolean {
  return picture.subarray(0, width * height).every((luma) => luma <= BLACK + NEARLY);
}

export type Decoded = { pictures: SmallPicture[]; messages: Message[] };

/**
 * Decodes pictures of a film: all, those from a time on, or only those with which decoding can begin; and what the
 * decoder said about them.
 */
export async function decodeSmall(options: {
  tools: Ffmpeg;
  path: string;
  size: SmallSize;
  slots: Slots;
  signal: AbortSignal;
  onlySyncFrames?: boolean;
  /** In seconds of the film; absent: from its beginning. */
  from?: number;
  /** At most so many. */
  most?: number;
}): Promise<Decoded> {
  const { tools, path, size, slots, signal, onlySyncFrames, from, most } = options;
  const bytes = smallBytes(size);
  const pictures: SmallPicture[] = [];
  let rest: Buffer = Buffer.alloc(0);
  const decoding = [
    ...['-v', SAY_LEVELS, '-nostdin'],
    ...(onlySyncFrames ? ['-skip_frame', 'nokey'] : []),
    ...(from === undefined || from <= 0 ? [] : ['-ss', from.toFixed(6)]),
    ...[...inputArguments(path), '-map', '0:V:0'],
    ...['-vf', `scale=${size.width}:${size.height}:flags=area,format=yuv420p`],
    ...(most === undefined ? [] : ['-frames:v', String(most)]),
    ...['-vsync', 'passthrough', '-f', 'rawvideo', 'pipe:1'],
  ];
  const onStdoutData = (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let offset = 0;
    for (; offset + bytes <= rest.length; offset += bytes)
      pictures.push(Buffer.from(rest.subarray(offset, offset + bytes)));
    rest = rest.subarray(offset);
  };
  const { exitCode, stderr } = await slots.run(() =>
    run(tools.ffmpeg, decoding, { signal, onStdoutData }),
  );
  const messages = messagesIn(stderr);
  if (exitCode !== 0) messages.push({ isError: true, text: `ffmpeg ended with ${exitCode}` });
  return { pictures, messages };
}

/** The bytes of a raw picture file as pictures. Refuses `export/check-failed` when they are none. */
export function smallPicturesOf(bytes: Buffer, size: SmallSize): SmallPicture[] {
  const each = smallBytes(size);
  if (bytes.length === 0 || bytes.length % each !== 0)
    refuse('export/check-failed', 'A picture to compare the film with could not be made.', {});
  return Array.from({ length: bytes.length / each }, (_, index) =>
    bytes.subarray(index * each, (index + 1) * each),
  );
}
