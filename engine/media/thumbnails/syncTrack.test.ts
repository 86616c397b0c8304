import { expect, it } from 'vitest';
import type { VideoStream } from '#core/media/facts.ts';
import { box, boxesIn, findBox, fullBox, u16, u32 } from '../../mp4/boxes.ts';
import { handlerBox } from '../../mp4/movieBox.ts';
import { type SyncTrack, syncTrackIn } from './syncTrack.ts';
import { tileMovieHeader } from './tileMovie.ts';

const stream: VideoStream = {
  ...{ index: 0, kind: 'video', codec: 'mjpeg', width: 64, height: 36 },
  ...{ displayWidth: 64, displayHeight: 36, rotation: 0, color: {} },
};

const track: SyncTrack = {
  frames: [],
  movieHeader: fullBox('mvhd', {}, u32(0, 0, 1000, 0), Buffer.alloc(80)),
  trackHeader: fullBox('tkhd', {}, Buffer.alloc(80)),
  handler: handlerBox('vide', 'Pictures'),
  mediaHeader: fullBox('vmhd', {}, u16(0, 0, 0, 0)),
  sampleDescriptions: fullBox(
    'stsd',
    {},
    u32(1),
    box('jpeg', Buffer.alloc(24), u16(64, 36), Buffer.alloc(50)),
  ),
};

const frames = [
  { offset: 0, size: 10, seconds: 4, tiles: 1 },
  { offset: 0, size: 20, seconds: 14, tiles: 3 },
  { offset: 0, size: 30, seconds: 40, tiles: 1 },
];
const header = tileMovieHeader(frames, { track, fileType: Buffer.alloc(0) });
const moovOf = (bytes: Buffer) => {
  const [moov] = boxesIn(bytes);
  return Buffer.from(bytes.subarray(moov?.start, moov?.end));
};
const read = (moov: Buffer, more: Partial<VideoStream> = {}) =>
  syncTrackIn(moov, { ...stream, ...more }, header.length + 60);

it('is read from a table as it was written there', () => {
  const first = header.length;
  expect(read(moovOf(header))).toEqual({
    ...track,
    frames: [
      { offset: first, size: 10, seconds: 0 },
      { offset: first + 10, size: 20, seconds: 1 },
      { offset: first + 30, size: 30, seconds: 4 },
    ],
  });
});

it('leaves out frames that end behind the file', () => {
  const found = syncTrackIn(moovOf(header), stream, header.length + 59);
  expect(found?.frames).toHaveLength(2);
});

it('is not that of another stream or of pictures of another size', () => {
  expect(read(moovOf(header), { index: 1 })).toBeNull();
  expect(read(moovOf(header), { width: 65 })).toBeNull();
});

it.each([
  ['stts', 4, 0xff_ff_ff],
  ['stts', 4, 1],
  ['stsz', 8, 4],
  ['stsc', 4, 2],
  ['co64', 4, 2],
])('throws for a table that contradicts itself: %s', (type, at, value) => {
  const moov = moovOf(header);
  const path = ['trak', 'mdia', 'minf', 'stbl', type];
  moov.writeUInt32BE(value, (findBox(moov, path)?.start ?? 0) + at);
  expect(() => read(moov)).toThrow(RangeError);
});
