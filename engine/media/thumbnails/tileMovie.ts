import { box, fullBox, u16, u32, u32List, u64 } from '../../mp4/boxes.ts';
import { NO_LANGUAGE } from '../../mp4/movie.ts';
import type { SyncTrack } from './syncTrack.ts';
import type { TileFrame } from './tileFrames.ts';

const LONG_BOX_HEADER = 16;

/**
 * All of a movie of sync frames but the frames themselves, which follow: each shows a second for each tile that it stands
 * for. What the source says of its pictures is taken over as it is.
 */
export function tileMovieHeader(
  frames: readonly TileFrame[],
  { track, fileType }: { track: SyncTrack; fileType: Buffer },
): Buffer {
  const seconds = frames.reduce((sum, { tiles }) => sum + tiles, 0);
  const frameBytes = frames.reduce((sum, { size }) => sum + size, 0);
  const moov = (firstFrameAt: number) => {
    const sampleTable = box(
      'stbl',
      track.sampleDescriptions,
      fullBox('stts', {}, u32List([frames.length, ...frames.flatMap(({ tiles }) => [1, tiles])])),
      fullBox('stsz', {}, u32List([0, frames.length, ...frames.map(({ size }) => size)])),
      fullBox('stsc', {}, u32(1, 1, frames.length, 1)),
      fullBox('co64', {}, u32(1), u64(firstFrameAt)),
    );
    const itself = box('dinf', fullBox('dref', {}, u32(1), fullBox('url ', { flags: 1 })));
    const mediaHeader = fullBox('mdhd', {}, u32(0, 0, 1, seconds), u16(NO_LANGUAGE, 0));
    const information = box('minf', track.mediaHeader, itself, sampleTable);
    const media = box('mdia', mediaHeader, track.handler, information);
    return box('moov', track.movieHeader, box('trak', track.trackHeader, media));
  };
  const mdat = [u32(1), Buffer.from('mdat', 'latin1'), u64(LONG_BOX_HEADER + frameBytes)];
  const firstFrameAt = fileType.length + moov(0).length + LONG_BOX_HEADER;
  return Buffer.concat([fileType, moov(firstFrameAt), ...mdat]);
}
