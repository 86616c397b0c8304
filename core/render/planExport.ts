import { refuse } from '../fault.ts';
import type { ObjectId, Timeline, TimelineFormat } from '../model/entities.ts';
import type { ProjectReader } from '../model/project.ts';
import { type Flicks, flicks } from '../time/flicks.ts';
import { frameAt, frameStart, type Rate, sampleAt } from '../time/rate.ts';
import { refuseImpossibleOutput } from './outputLimits.ts';
import { type OverlayItem, overlaysBetween } from './overlays.ts';
import {
  dropCovered,
  type PictureLayer,
  sourcesOf,
  stretchesOf,
  visibleVideoTracks,
} from './pictureLayers.ts';
import type { PictureSource } from './pictureSource.ts';
import { timelineFrames } from './sceneAt.ts';
import type { ExportSettings } from './settings.ts';
import { heardAssets, type MixPart, mixParts } from './soundParts.ts';

/** A stretch of the film made one way. Frames count on the timeline, `endFrame` exclusive. */
export type Span = {
  kind: 'footage' | 'graphics';
  startFrame: number;
  endFrame: number;
  /** Bottom first; none means black. The same for every frame of the span. */
  layers: PictureLayer[];
  /** Bottom first; what is drawn over any frame of the span. */
  overlays: OverlayItem[];
};

/** A timeline that clips of the film show, from its first frame to its last. */
export type NestPlan = { timelineId: ObjectId; format: TimelineFormat; spans: Span[] };

/** Everything an export needs to know, as data. */
export type ExportPlan = {
  timelineId: ObjectId;
  frameRate: Rate;
  width: number;
  height: number;
  startFrame: number;
  endFrame: number;
  spans: Span[];
  /** Timelines that the spans show, and those that these show, in the order in which they are met. */
  nests: NestPlan[];
  sampleRateHz: number;
  /** First and last sample of the film on the timeline's own count. */
  startSample: number;
  endSample: number;
  sound: MixPart[];
  /** Assets that are read, in order of their ids. */
  assetIds: ObjectId[];
  /** What becomes of those whose files are missing. */
  offline: ExportSettings['offline'];
  /** The id of the parameter sets of what is encoded, where they must differ from those of packets that are copied. */
  parameterSetId?: number;
  /** How far what is encoded may reorder its pictures, where it stands beside packets that are copied. */
  reorderDepth?: number;
};

/**
 * Splits a timeline into spans in which nothing starts or ends, and lists its sound.
 * Refuses `export/no-such-timeline`, `export/empty`, `export/bad-range`, `export/no-sound`, `export/nested-in-itself` and
 * what `refuseImpossibleOutput` refuses.
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
  const size = {
    width: settings.width ?? evenUp(timeline.format.width),
    height: settings.height ?? evenUp(timeline.format.height),
  };
  refuseImpossibleOutput(settings, { ...size, frameRate });
  const total = timelineFrames(project, timelineId);
  if (total === 0)
    refuse('export/empty', 'The timeline is empty. Put something on it first.', { timelineId });
  const range = settings.range ?? { startFrame: 0, endFrame: total };
  const { startFrame, endFrame } = range;
  if (startFrame >= endFrame || endFrame > total) {
    refuse('export/bad-range', `The range must lie within the ${total} frames of the timeline.`, {
      startFrame,
      endFrame,
      total,
    });
  }
  // Sound alone reads no picture, and a film without sound no sound.
  const hasPicture = settings.videoCodec !== 'none';
  const spans = hasPicture ? spansOf(project, timeline, range, settings.captions === 'burn') : [];
  const nests = new Map<ObjectId, NestPlan>();
  // Captions of a nested timeline are part of its picture, whatever becomes of the film's own.
  addNests(project, spans, nests, {
    path: [timelineId],
    hasCaptions: settings.captions !== 'none',
  });
  const sample = (frame: number) => sampleAt(frameStart(frame, frameRate), sampleRateHz);
  const parts = settings.audioCodec === 'none' ? [] : mixParts(project, timeline);
  const sound = parts.filter(
    (part) => part.startSample < sample(endFrame) && part.endSample > sample(startFrame),
  );
  if (!hasPicture && sound.length === 0)
    refuse('export/no-sound', 'Nothing is heard in this film. Choose a format with a picture.');
  const shown = [...spans, ...[...nests.values()].flatMap((nest) => nest.spans)];
  const assetIds = new Set([
    ...shown.flatMap((span) => span.layers.flatMap(sourcesOf)).flatMap(assetIdOf),
    ...heardAssets(sound),
  ]);
  return {
    timelineId,
    frameRate,
    ...size,
    startFrame,
    endFrame,
    spans,
    nests: [...nests.values()],
    sampleRateHz,
    startSample: sample(startFrame),
    endSample: sample(endFrame),
    sound,
    assetIds: [...assetIds].sort(),
    offline: settings.offline,
  };
}

/** The duration of the film that a plan makes. */
export function planDuration(plan: ExportPlan): Flicks {
  return flicks(
    frameStart(plan.endFrame, plan.frameRate) - frameStart(plan.startFrame, plan.frameRate),
  );
}

type FrameRange = { startFrame: number; endFrame: number };

/** The spans of a stretch of a timeline, one after the other without gaps. */
function spansOf(
  project: ProjectReader,
  timeline: Timeline,
  { startFrame, endFrame }: FrameRange,
  hasCaptions: boolean,
): Span[] {
  const { frameRate } = timeline.format;
  const start = frameStart(startFrame, frameRate);
  const end = frameStart(endFrame, frameRate);
  const tracks = visibleVideoTracks(project, timeline.id).map((trackId) =>
    project
      .itemsOn(trackId)
      .flatMap((item) => (item.kind === 'clip' ? stretchesOf(project, timeline, item) : []))
      .filter((stretch) => stretch.start < end && stretch.end > start),
  );
  const captions = hasCaptions ? 'shown' : 'hidden';
  const overlays = overlaysBetween(project, timeline, start, end, captions);
  const boundaries = boundariesWithin(startFrame, endFrame, [
    ...tracks
      .flat()
      .flatMap((stretch) => [frameAt(stretch.start, frameRate), frameAt(stretch.end, frameRate)]),
    ...overlays.flatMap((overlay) => [overlay.startFrame, overlay.endFrame]),
  ]);
  return boundaries.slice(0, -1).map((first, index): Span => {
    const last = boundaries[index + 1] as number;
    const time = frameStart(first, frameRate);
    const layers = tracks.flatMap(
      (stretches) => stretches.find((stretch) => stretch.start <= time && time < stretch.end) ?? [],
    );
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
}

/** Adds the plans of the timelines that spans show, and of those nested in them. */
function addNests(
  project: ProjectReader,
  spans: readonly Span[],
  nests: Map<ObjectId, NestPlan>,
  context: { path: readonly ObjectId[]; hasCaptions: boolean },
): void {
  for (const { content, clipId } of spans.flatMap((span) => span.layers.flatMap(sourcesOf))) {
    if (content.kind !== 'timeline') continue;
    const { timelineId, format } = content;
    if (context.path.includes(timelineId)) {
      const name = project.find('clip', clipId)?.name ?? '';
      refuse(
        'export/nested-in-itself',
        `The clip “${name}” shows a timeline that it is part of. Remove it from that timeline first.`,
        { clipId, timelineId },
      );
    }
    const timeline = project.find('timeline', timelineId);
    if (timeline === undefined || nests.has(timelineId)) continue;
    const total = timelineFrames(project, timelineId);
    const range = { startFrame: 0, endFrame: total };
    const inner = total === 0 ? [] : spansOf(project, timeline, range, context.hasCaptions);
    nests.set(timelineId, { timelineId, format, spans: inner });
    addNests(project, inner, nests, { ...context, path: [...context.path, timelineId] });
  }
}

function assetIdOf(source: PictureSource): ObjectId[] {
  return source.content.kind === 'asset' ? [source.content.assetId] : [];
}

function boundariesWithin(first: number, last: number, candidates: readonly number[]): number[] {
  const inside = candidates.filter((frame) => frame > first && frame < last);
  return [...new Set([first, ...inside, last])].sort((a, b) => a - b);
}

/** 4:2:0 pictures have even sides. */
function evenUp(side: number): number {
  return side + (side % 2);
}
