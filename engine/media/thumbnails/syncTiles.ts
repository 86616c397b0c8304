import type { Writable } from 'node:stream';
import { type MediaFacts, type VideoStream, videoStreamOf } from '#core/media/facts.ts';
import { writeBytes } from '../../process/writeBytes.ts';
import { type AloneFrame, aloneFrames } from './aloneFrame.ts';
import { type OpenMovie, openMovie } from './movieTable.ts';
import { syncTrackIn } from './syncTrack.ts';
import { type TileFrame, tileFrames } from './tileFrames.ts';
import { tileMovieHeader } from './tileMovie.ts';

/** Writes a movie in which there is a second for each tile of a strip. */
export type TileMovie = (output: Writable) => Promise<void>;

/** Raised when a frame turns out not to be there, or not to be one that decodes alone. */
class NotAlone extends Error {}

/**
 * Hands `use` a movie of nothing but the sync frames that the tiles of a strip show. Answers null for files whose sync
 * frames cannot be told or taken out, and where one that `use` asks for does not stand alone. Throws what `use` does.
 */
export async function withTileMovie<T>(
  source: { path: string; facts: MediaFacts },
  tiles: { count: number; intervalSeconds: number },
  use: (movie: TileMovie) => Promise<T>,
): Promise<T | null> {
  const stream = videoStreamOf(source.facts);
  if (stream === undefined || !/(^|,)(mov|mp4)(,|$)/.test(source.facts.container)) return null;
  const movie = await openMovie(source.path).catch(() => null);
  if (movie === null) return null;
  try {
    const track = syncTrackOf(movie, stream);
    const alone = track && aloneFrames(stream.codec, track.sampleDescriptions);
    if (!track || !alone) return null;
    const frames = tileFrames(track.frames, tiles);
    const header = tileMovieHeader(frames, { track, fileType: movie.fileType });
    return await use((output) => writeMovie(output, { movie, frames, header, alone }));
  } catch (error) {
    if (error instanceof NotAlone) return null;
    throw error;
  } finally {
    await movie.file.close();
  }
}

function syncTrackOf(movie: OpenMovie, stream: VideoStream) {
  try {
    return syncTrackIn(movie.moov, stream, movie.fileBytes);
  } catch (error) {
    // Tables that contradict each other are for ffmpeg to make something of.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

async function writeMovie(
  output: Writable,
  source: { movie: OpenMovie; frames: readonly TileFrame[]; header: Buffer; alone: AloneFrame },
): Promise<void> {
  const { movie, frames, header, alone } = source;
  const block = Buffer.allocUnsafeSlow(Math.max(0, ...frames.map(({ size }) => size)));
  await writeBytes(output, header);
  for (const { offset, size } of frames) {
    const { bytesRead } = await movie.file
      .read(block, 0, size, offset)
      .catch(() => ({ bytesRead: 0 }));
    const frame = bytesRead === size ? alone(block.subarray(0, size)) : null;
    if (frame === null) throw new NotAlone('A sync frame is missing or leans on others');
    if (output.destroyed) return;
    await writeBytes(output, frame);
  }
}
