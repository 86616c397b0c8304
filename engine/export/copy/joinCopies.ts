import { join } from 'node:path';
import { joinFilm } from '../join/joinFilm.ts';
import { COPY_CODECS, type CopyCodecId } from '#core/render/copyCodecs.ts';
import type { JoinOptions } from '../join/joinOptions.ts';
import type { Movie, Track } from '../../mp4/movie.ts';
import { writeMovie } from '../../mp4/writeMovie.ts';
import { besidePictures } from './besidePictures.ts';
import type { PicturePart } from './picturePart.ts';
import { movieOf, type PictureFormat, pictureTrack } from './pictureTrack.ts';

/** A movie counts its lengths in a scale in which frames and samples are whole, if that is not larger than this. */
const LARGEST_TIMESCALE = 100_000_000;

type CopyJoin = Omit<JoinOptions, 'pieces'> & {
  codec: CopyCodecId;
  parts: readonly PicturePart[];
  /** What `besidePictures` gives, if it has been made already. */
  beside: Movie | null;
};

/**
 * Joins copied and encoded pictures into one film, with everything else that `joinFilm` gives it. Packets of sources come
 * out as they are; the same parts give the same bytes. MP4 is written here; other containers get the pictures from an
 * MP4, packet by packet.
 * Refuses what `joinFilm` refuses.
 */
export async function joinCopies(options: CopyJoin): Promise<void> {
  const { plan, settings, parts, folder, signal } = options;
  const { bitDepth, dynamicRange } = settings;
  const format = { ...plan, codec: options.codec, bitDepth, dynamicRange };
  if (settings.container === 'mp4') return joinMp4(options, format);
  const pictures = join(folder, 'pictures.mp4');
  await writeMovie(pictures, movieOf(parts, format), { signal });
  await joinFilm({ ...options, pieces: [], pictures });
}

async function joinMp4(options: CopyJoin, format: PictureFormat): Promise<void> {
  const { plan, parts, output, signal } = options;
  const hasSound = options.sound !== null && options.settings.audioCodec !== 'none';
  const side = options.beside ?? (await besidePictures(options));
  const sampleRateHz = side.tracks.find(({ handler }) => handler === 'soun')?.timescale ?? 1;
  const timescale = movieTimescale(plan.frameRate.num, sampleRateHz);
  const others = hasSound ? side.tracks : withoutSound(side.tracks);
  const picture = pictureTrack(parts, format, timescale);
  const moved = others.map((track) => ({
    ...track,
    chapters: track.chapters.map((place) => others.indexOf(side.tracks[place] ?? track) + 1),
    edits: rescaledEdits(track, side.timescale, timescale),
  }));
  const chapters = [...new Set(side.tracks.flatMap((track) => track.chapters))].map(
    (place) => others.findIndex((track) => track === side.tracks[place]) + 1,
  );
  const movie: Movie = {
    timescale,
    brand: COPY_CODECS[format.codec].brand,
    tracks: [{ ...picture, chapters }, ...moved],
    userData: side.userData,
  };
  await writeMovie(output, movie, { signal });
}

function withoutSound(tracks: readonly Track[]): Track[] {
  return tracks.filter(({ handler }) => handler !== 'soun');
}

/** The edits of a track in another scale; its last one reaches to the end of its media. */
function rescaledEdits(
  { edits, samples, timescale }: Track,
  from: number,
  to: number,
): Track['edits'] {
  return edits.map((edit, index) => {
    const rounded = Math.round((edit.duration * to) / from);
    if (index < edits.length - 1 || edit.mediaTime < 0) return { ...edit, duration: rounded };
    const media = samples.reduce((sum, { duration }) => sum + duration, 0) - edit.mediaTime;
    const exact = Math.round((media * to) / timescale);
    // Lengths that were rounded to the coarser scale are made exact; others say something else.
    return { ...edit, duration: Math.abs(exact - rounded) * from <= to ? exact : rounded };
  });
}

/** The least common multiple of two scales; the first where that is too large. */
function movieTimescale(frames: number, samples: number): number {
  let [a, b] = [frames, samples];
  while (b !== 0) [a, b] = [b, a % b];
  const multiple = (frames / a) * samples;
  if (multiple <= LARGEST_TIMESCALE) return Math.max(multiple, frames);
  return frames;
}
