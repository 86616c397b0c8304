import {
  type Asset,
  type Clip,
  type Item,
  type ObjectId,
  type Timeline,
  type Transition,
} from '../model/entities.ts';
import { itemEnd, itemStart } from '../model/items.ts';
import { firstIndexEndingAfter, type ProjectReader, tracksOfKind } from '../model/project.ts';
import { videoStreamOf } from '../media/facts.ts';
import { addFlicks, type Flicks, subtractFlicks } from '../time/flicks.ts';
import { frameAt } from '../time/rate.ts';

/** Picture of an asset as it runs under a stretch of the timeline. */
export type PictureSource = {
  clipId: ObjectId;
  assetId: ObjectId;
  /** Source time at the beginning of the stretch. */
  sourceIn: Flicks;
};

/** What one video track shows during a stretch in which nothing starts or ends on it. */
export type PictureLayer =
  | { kind: 'clip'; source: PictureSource }
  | {
      kind: 'dissolve';
      from: PictureSource;
      to: PictureSource;
      /** First frame and length of the whole transition, in frames of the timeline. */
      startFrame: number;
      durationFrames: number;
    };

/**
 * Share of the incoming picture on `frame` of a dissolve: equal steps that leave both end pictures to the clips
 * themselves, so a dissolve of one frame is half and half.
 */
export function dissolveMix(
  layer: { startFrame: number; durationFrames: number },
  frame: number,
): number {
  return (frame - layer.startFrame + 1) / (layer.durationFrames + 1);
}

/** A stretch of a track, `start` inclusive, `end` exclusive, with what it shows. */
export type TrackStretch = { start: Flicks; end: Flicks; layer: PictureLayer };

/** The transitions of a clip that are seen and heard: those between two clips that are not switched off. */
export function runningTransitions(project: ProjectReader, clip: Clip): Transition[] {
  return project
    .transitionsOf(clip.id)
    .filter(({ cut }) =>
      [cut.outgoingId, cut.incomingId].every((id) => !project.find('clip', id)?.disabled),
    );
}

/** The stretches of one clip on its track: its plain middle, and the transition into it. */
export function stretchesOf(
  project: ProjectReader,
  timeline: Timeline,
  clip: Clip,
): TrackStretch[] {
  if (clip.disabled) return [];
  const transitions = runningTransitions(project, clip);
  const into = transitions.find((transition) => transition.cut.incomingId === clip.id);
  const outOf = transitions.find((transition) => transition.cut.outgoingId === clip.id);
  const start = into ? addFlicks(itemStart(clip), into.reach.after) : itemStart(clip);
  const end = outOf ? subtractFlicks(itemEnd(clip), outOf.reach.before) : itemEnd(clip);
  const stretches: TrackStretch[] = [];
  const dissolve = into && dissolveInto(project, timeline, clip, into);
  if (dissolve) stretches.push(dissolve);
  if (end > start) {
    stretches.push({ start, end, layer: { kind: 'clip', source: sourceAt(clip, start) } });
  }
  return stretches;
}

function dissolveInto(
  project: ProjectReader,
  timeline: Timeline,
  incoming: Clip,
  transition: Transition,
): TrackStretch | null {
  const outgoing = project.find('clip', transition.cut.outgoingId);
  if (outgoing === undefined) return null;
  const { frameRate } = timeline.format;
  const start = subtractFlicks(itemStart(incoming), transition.reach.before);
  const end = addFlicks(itemStart(incoming), transition.reach.after);
  const startFrame = frameAt(start, frameRate);
  return {
    start,
    end,
    layer: {
      kind: 'dissolve',
      from: sourceAt(outgoing, start),
      to: sourceAt(incoming, start),
      startFrame,
      durationFrames: frameAt(end, frameRate) - startFrame,
    },
  };
}

/** The source of a clip with its time at `time` of the timeline, which may lie in the clip's handles. */
export function sourceAt(clip: Clip, time: Flicks): PictureSource {
  const sourceIn = addFlicks(clip.sourceRange.in, subtractFlicks(time, itemStart(clip)));
  return { clipId: clip.id, assetId: clip.assetId, sourceIn };
}

/** The same layer begun later by `offset`. */
export function advanceLayer(layer: PictureLayer, offset: Flicks): PictureLayer {
  const advance = (source: PictureSource) => ({
    ...source,
    sourceIn: addFlicks(source.sourceIn, offset),
  });
  return layer.kind === 'clip'
    ? { kind: 'clip', source: advance(layer.source) }
    : { ...layer, from: advance(layer.from), to: advance(layer.to) };
}

/** Video tracks that are shown, lowest first. */
export function visibleVideoTracks(project: ProjectReader, timelineId: ObjectId): ObjectId[] {
  return tracksOfKind(project, timelineId, 'video')
    .filter((track) => !track.muted)
    .map((track) => track.id);
}

/** The clips of a track that matter at `time`, handles in transitions included: at most the one there and its neighbours. */
export function clipsAround(project: ProjectReader, trackId: ObjectId, time: Flicks): Clip[] {
  const items: readonly Item[] = project.itemsOn(trackId);
  const index = firstIndexEndingAfter(items, time);
  return [items[index - 1], items[index], items[index + 1]].filter(
    (item): item is Clip => item?.kind === 'clip',
  );
}

/** Leaves out what a layer above covers completely: an opaque picture of the frame's own shape. */
export function dropCovered<T extends { layer: PictureLayer }>(
  project: ProjectReader,
  timeline: Timeline,
  layers: readonly T[],
): T[] {
  const top = layers.findLastIndex(({ layer }) =>
    sourcesOf(layer).every((source) => fillsFrame(project.find('asset', source.assetId), timeline)),
  );
  return layers.slice(Math.max(0, top));
}

/** The one or two sources of a layer. */
export function sourcesOf(layer: PictureLayer): PictureSource[] {
  return layer.kind === 'clip' ? [layer.source] : [layer.from, layer.to];
}

function fillsFrame(asset: Asset | undefined, timeline: Timeline): boolean {
  const stream = asset && videoStreamOf(asset.facts);
  if (!stream || hasAlpha(stream.pixelFormat)) return false;
  const { width, height } = timeline.format;
  // Within half a pixel of the frame once fitted into it.
  const fitted = fitInside(stream.displayWidth, stream.displayHeight, width, height);
  return fitted.width === width && fitted.height === height;
}

function hasAlpha(pixelFormat = ''): boolean {
  return /^(yuva|rgba|bgra|argb|abgr|gbrap|ya|pal8)/.test(pixelFormat);
}

/** Size of a picture brought to fit inside a frame, in whole pixels. Export and preview share it. */
export function fitInside(
  width: number,
  height: number,
  frameWidth: number,
  frameHeight: number,
): { width: number; height: number } {
  const scale = Math.min(frameWidth / width, frameHeight / height);
  return {
    width: Math.max(1, Math.min(frameWidth, Math.round(width * scale))),
    height: Math.max(1, Math.min(frameHeight, Math.round(height * scale))),
  };
}
