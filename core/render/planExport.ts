import { refuse } from '../fault.ts';
import type { ObjectId } from '../model/entities.ts';
import type { ProjectReader } from '../model/project.ts';
import { type Flicks, flicks, subtractFlicks } from '../time/flicks.ts';
import { frameAt, frameStart, type Rate, sampleAt } from '../time/rate.ts';
import { type OverlayItem, overlaysBetween } from './overlays.ts';
import {
  advanceLayer,
  dropCovered,
  type PictureLayer,
  sourcesOf,
  stretchesOf,
  visibleVideoTracks,
} from './pictureLayers.ts';
import { timelineFrames } from './sceneAt.ts';
import type { ExportSettings } from './settings.ts';
import { type SoundPart, soundParts } from './soundParts.ts';

/** A stretch of the film made one way. Frames count on the timeline, `endFrame` exclusive. */
export type Span = {
  kind: 'footage' | 'graphics';
  startFrame: number;
  endFrame: number;
  /** Bottom first; none means black. */
  layers: PictureLayer[];
  /** Bottom first; what is drawn over any frame of the span. */
  overlays: OverlayItem[];
};

/** Everything an export needs to know, as data. */
export type ExportPlan = {
  timelineId: ObjectId;
  frameRate: Rate;
  width: number;
  height: number;
  startFrame: number;
  endFrame: number;
  spans: Span[];
  sampleRateHz: number;
  /** First and last sample of the film on the timeline's own count. */
  startSample: number;
  endSample: number;
  sound: SoundPart[];
  /** Assets that are read, in order of their ids. */
  assetIds: ObjectId[];
};

/**
 * Splits a timeline into spans in which nothing starts or ends, and lists its sound.
 * Refuses `export/no-such-timeline`, `export/empty` and `export/bad-range`.
 */
export function planExport(
  project: ProjectReader,
  timelineId: ObjectId,
  settings: ExportSettings,
): ExportPlan {
  const timeline = project.find('timeline', timelineId);
  if (timeline === undefined)
    refuse('export/no-such-timeline', 'That timeline is no longer in the project.', { timelineId });
  const { frameRate, sampleRateHz } = timeline.format;
  const total = timelineFrames(project, timelineId);
  if (total === 0)
    refuse('export/empty', 'The timeline is empty. Put something on it first.', { timelineId });
  const { startFrame, endFrame } = settings.range ?? { startFrame: 0, endFrame: total };
  if (startFrame >= endFrame || endFrame > total) {
    refuse('export/bad-range', `The range must lie within the ${total} frames of the timeline.`, {
      startFrame,
      endFrame,
      total,
    });
  }
  const start = frameStart(startFrame, frameRate);
  const end = frameStart(endFrame, frameRate);
  const tracks = visibleVideoTracks(project, timelineId).map((trackId) =>
    project
      .itemsOn(trackId)
      .flatMap((item) => (item.kind === 'clip' ? stretchesOf(project, timeline, item) : []))
      .filter((stretch) => stretch.start < end && stretch.end > start),
  );
  const overlays = overlaysBetween(
    project,
    timeline,
    start,
    end,
    settings.captions === 'burn' ? 'shown' : 'hidden',
  );
  const boundaries = boundariesWithin(startFrame, endFrame, [
    ...tracks
      .flat()
      .flatMap((stretch) => [frameAt(stretch.start, frameRate), frameAt(stretch.end, frameRate)]),
    ...overlays.flatMap((overlay) => [overlay.startFrame, overlay.endFrame]),
  ]);
  const spans = boundaries.slice(0, -1).map((first, index): Span => {
    const last = boundaries[index + 1] as number;
    const time = frameStart(first, frameRate);
    const layers = tracks.flatMap((stretches) => {
      const here = stretches.find((stretch) => stretch.start <= time && time < stretch.end);
      return here ? [{ layer: advanceLayer(here.layer, subtractFlicks(time, here.start)) }] : [];
    });
    const over = overlays.filter(
      (overlay) => overlay.startFrame < last && overlay.endFrame > first,
    );
    return {
      kind: over.length > 0 ? 'graphics' : 'footage',
      startFrame: first,
      endFrame: last,
      layers: dropCovered(project, timeline, layers).map(({ layer }) => layer),
      overlays: over,
    };
  });
  const sample = (time: Flicks) => sampleAt(time, sampleRateHz);
  const sound = soundParts(project, timeline).filter(
    (part) => part.startSample < sample(end) && part.endSample > sample(start),
  );
  const assetIds = new Set([
    ...spans.flatMap((span) => span.layers.flatMap(sourcesOf)).map((source) => source.assetId),
    ...sound.map((part) => part.assetId),
  ]);
  return {
    timelineId,
    frameRate,
    width: settings.width ?? evenUp(timeline.format.width),
    height: settings.height ?? evenUp(timeline.format.height),
    startFrame,
    endFrame,
    spans,
    sampleRateHz,
    startSample: sample(start),
    endSample: sample(end),
    sound,
    assetIds: [...assetIds].sort(),
  };
}

/** The duration of the film that a plan makes. */
export function planDuration(plan: ExportPlan): Flicks {
  return flicks(
    frameStart(plan.endFrame, plan.frameRate) - frameStart(plan.startFrame, plan.frameRate),
  );
}

function boundariesWithin(first: number, last: number, candidates: readonly number[]): number[] {
  const inside = candidates.filter((frame) => frame > first && frame < last);
  return [...new Set([first, ...inside, last])].sort((a, b) => a - b);
}

/** 4:2:0 pictures have even sides. */
function evenUp(side: number): number {
  return side + (side % 2);
}
