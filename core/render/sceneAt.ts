import type { OverlayLayer } from '../graphics/graphicKey.ts';
import type { ObjectId } from '../model/entities.ts';
import { type ProjectReader, timelineEnd } from '../model/project.ts';
import { frameAt, frameStart } from '../time/rate.ts';
import { overlayLayersAt, overlaysBetween } from './overlays.ts';
import {
  clipsAround,
  dropCovered,
  type PictureLayer,
  stretchesOf,
  visibleVideoTracks,
} from './pictureLayers.ts';

/** Everything that one frame of a timeline shows, bottom first. */
export type Scene = { pictures: PictureLayer[]; overlays: OverlayLayer[] };

/**
 * What frame `frame` of a timeline shows; the preview draws it, and `planExport` agrees with it. A picture that is a
 * timeline itself is the scene of that timeline at its `nestedFrame`, composed on clear. Layers are composed on clear
 * too, bottom first, then overlays, and the film at last over black.
 */
export function sceneAt(project: ProjectReader, timelineId: ObjectId, frame: number): Scene {
  const timeline = project.find('timeline', timelineId);
  if (timeline === undefined) return { pictures: [], overlays: [] };
  const { frameRate } = timeline.format;
  const time = frameStart(frame, frameRate);
  const found = visibleVideoTracks(project, timelineId).flatMap((trackId) => {
    const stretches = clipsAround(project, trackId, time).flatMap((clip) =>
      stretchesOf(project, timeline, clip),
    );
    return stretches.find((stretch) => stretch.start <= time && time < stretch.end) ?? [];
  });
  const overlays = overlaysBetween(
    project,
    timeline,
    time,
    frameStart(frame + 1, frameRate),
    'shown',
  );
  return {
    pictures: dropCovered(project, timeline, found).map(({ layer }) => layer),
    overlays: overlayLayersAt(overlays, frame),
  };
}

/** Length of a timeline in whole frames. */
export function timelineFrames(project: ProjectReader, timelineId: ObjectId): number {
  const timeline = project.find('timeline', timelineId);
  return timeline
    ? frameAt(timelineEnd(project, timelineId), timeline.format.frameRate, 'ceil')
    : 0;
}
