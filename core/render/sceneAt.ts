import type { OverlayLayer } from '../graphics/graphicKey.ts';
import type { ObjectId } from '../model/entities.ts';
import { itemEnd } from '../model/items.ts';
import type { ProjectReader } from '../model/project.ts';
import { type Flicks, maxFlicks, subtractFlicks, ZERO } from '../time/flicks.ts';
import { frameAt, frameStart } from '../time/rate.ts';
import { overlayLayersAt, overlaysBetween } from './overlays.ts';
import {
  advanceLayer,
  clipsAround,
  dropCovered,
  type PictureLayer,
  stretchesOf,
  visibleVideoTracks,
} from './pictureLayers.ts';

/** Everything that one frame of a timeline shows, bottom first. Source times are those at the start of the frame. */
export type Scene = { pictures: PictureLayer[]; overlays: OverlayLayer[] };

/**
 * What frame `frame` of a timeline shows; the preview draws it, and `planExport` agrees with it. The picture of a
 * source at a frame is the last one that starts before the middle of that frame.
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
    const here = stretches.find((stretch) => stretch.start <= time && time < stretch.end);
    return here ? [{ layer: advanceLayer(here.layer, subtractFlicks(time, here.start)) }] : [];
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

/** End of the last item of any track. */
export function timelineEnd(project: ProjectReader, timelineId: ObjectId): Flicks {
  return project.tracksOf(timelineId).reduce<Flicks>((end, track) => {
    const last = project.itemsOn(track.id).at(-1);
    return last ? maxFlicks(end, itemEnd(last)) : end;
  }, ZERO);
}

/** Length of a timeline in whole frames. */
export function timelineFrames(project: ProjectReader, timelineId: ObjectId): number {
  const timeline = project.find('timeline', timelineId);
  return timeline
    ? frameAt(timelineEnd(project, timelineId), timeline.format.frameRate, 'ceil')
    : 0;
}
