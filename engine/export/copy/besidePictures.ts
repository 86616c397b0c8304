import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportSettings } from '#core/render/settings.ts';
import { joinFilm } from '../join/joinFilm.ts';
import type { JoinOptions } from '../join/joinOptions.ts';
import type { Movie } from '../../mp4/movie.ts';
import { readMovie } from '../../mp4/readMovie.ts';
import { BYTES_PER_FRAME } from '../sound/rawSound.ts';

/**
 * Everything of a film but its picture, as an MP4: sound, captions, chapters, cover and tags. Without sound a little
 * silence stands in its track. Refuses what `joinFilm` refuses.
 */
export async function besidePictures(
  options: Omit<JoinOptions, 'pieces' | 'output'>,
): Promise<Movie> {
  const { folder, plan } = options;
  const { audioCodec } = options.settings;
  const output = join(folder, 'without-picture.mp4');
  let sound = audioCodec === 'none' ? null : options.sound;
  if (sound === null) {
    // ffmpeg writes no file without a stream.
    sound = { kind: 'mixed', path: join(folder, 'silence.f32') };
    await writeFile(sound.path, Buffer.alloc(Math.ceil(plan.sampleRateHz / 10) * BYTES_PER_FRAME));
  }
  const settings: ExportSettings = {
    ...options.settings,
    videoCodec: 'none',
    audioCodec: audioCodec === 'none' ? 'aac' : audioCodec,
  };
  await joinFilm({ ...options, settings, sound, pieces: [], output });
  return readMovie(output);
}
