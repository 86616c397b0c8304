import { readFile } from 'node:fs/promises';
import type { ObjectId } from '#core/model/entities.ts';
import { decodePng } from './png.ts';
import type { Picture } from './picture.ts';

/** Files of titles and captions, by timeline and frame. */
export type OverlayPaths = ReadonlyMap<ObjectId, ReadonlyMap<number, string>>;

/**
 * Reads the titles and captions of frames. Frames at rest share a picture, so the last one of each timeline is kept.
 */
export function overlaysByPath(
  paths: OverlayPaths,
): (timelineId: ObjectId, frame: number) => Promise<Picture> {
  const last = new Map<ObjectId, { path: string; picture: Picture }>();
  return async (timelineId, frame) => {
    const path = paths.get(timelineId)?.get(frame);
    if (path === undefined) throw new Error(`Frame ${frame} has no graphics`);
    const held = last.get(timelineId);
    if (held?.path === path) return held.picture;
    const picture = decodePng(await readFile(path));
    last.set(timelineId, { path, picture });
    return picture;
  };
}
