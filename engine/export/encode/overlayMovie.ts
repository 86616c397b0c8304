import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportPlan, Span } from '#core/render/planExport.ts';
import { fullBox, u16, u32 } from '../../mp4/boxes.ts';
import { type Movie, NO_LANGUAGE, type Sample } from '../../mp4/movie.ts';
import { handlerBox } from '../../mp4/movieBox.ts';
import { pictureEntry } from '../../mp4/pictureEntry.ts';
import { writeMovie } from '../../mp4/writeMovie.ts';
import type { OverlayPictures } from './overlayPictures.ts';

/** Ticks of a frame of the film are its rate’s, halved. */
const TICKS_PER_FRAME = 2;

/**
 * Writes the graphics of a span as a movie in which each picture stands for as long as it is shown, so that it is decoded
 * once and not for every frame. Each begins half a frame early: what the film’s frames find is the same however their
 * times are rounded. Gives the path of the movie, beside the pictures.
 */
export async function writeOverlayMovie(
  plan: ExportPlan,
  span: Span,
  overlays: OverlayPictures,
  signal: AbortSignal,
): Promise<string> {
  const { width, height, frameRate, timelineId } = plan;
  const stretches: { path: string; frames: number }[] = [];
  for (let frame = span.startFrame; frame < span.endFrame; frame++) {
    const path = overlays.pathOf(timelineId, frame);
    const last = stretches.at(-1);
    if (last?.path === path) last.frames += 1;
    else stretches.push({ path, frames: 1 });
  }
  const samples = await Promise.all(
    stretches.map(async ({ path, frames }, index): Promise<Sample> => {
      const ticks = frames * TICKS_PER_FRAME - (index === 0 ? 1 : 0);
      const { size } = await stat(path);
      return {
        ...{ path, offset: 0, size, duration: ticks * frameRate.den },
        ...{ compositionOffset: 0, isSync: true },
      };
    }),
  );
  const timescale = frameRate.num * TICKS_PER_FRAME;
  // As QuickTime calls pictures that are PNG files.
  const entry = pictureEntry('png ', { width, height, pixels: 'clear' });
  const movie: Movie = {
    ...{ timescale, brand: null, userData: Buffer.alloc(0) },
    tracks: [
      {
        ...{ handler: 'vide', handlerBox: handlerBox('vide', 'Graphics'), timescale },
        ...{ language: NO_LANGUAGE, width, height, isEnabled: true, group: 0 },
        sampleDescriptions: fullBox('stsd', {}, u32(1), entry),
        mediaHeader: fullBox('vmhd', { flags: 1 }, u16(0, 0, 0, 0)),
        ...{ chapters: [], edits: [], samples },
      },
    ],
  };
  const output = join(overlays.folder, `overlays-${randomUUID()}.mp4`);
  await writeMovie(output, movie, { signal });
  return output;
}
