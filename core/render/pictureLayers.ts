import type { Asset, Clip, Item, ObjectId, Timeline, Transition } from '../model/entities.ts';
import { itemEnd, itemStart } from '../model/items.ts';
import { firstIndexEndingAfter, type ProjectReader } from '../model/project.ts';
import { videoStreamOf } from '../media/facts.ts';
import { addFlicks, type Flicks, subtractFlicks } from '../time/flicks.ts';
import { frameAt } from '../time/rate.ts';
import { activeTracks } from './activeTracks.ts';
import { fitInside } from './pictureGeometry.ts';
import { type Blend, isUnchanged, type PictureSource, pictureSourceOf } from './pictureSource.ts';
import type { RunningTransition } from './transitionDrawing.ts';

/**
 * What one video track shows during a stretch in which nothing starts or ends on it. The same layer stands for every
 * frame of the stretch: `lookAt`, `pictureLimit` and `transitionDrawing` say what it is on one of them.
 */
export type PictureLayer =
  | { kind: 'clip'; source: PictureSource }
  | ({ kind: 'transition'; from: PictureSource; to: PictureSource } & RunningTransition);

/** How a layer is laid over those below: of a transition, as both its clips are, or normally. */
export function blendOf(layer: PictureLayer): Blend {
  if (layer.kind === 'clip') return layer.source.blend;
  return layer.from.blend === layer.to.blend ? layer.from.blend : 'normal';
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
  const source = clip.disabled ? null : pictureSourceOf(project, clip);
  if (source === null) return [];
  const transitions = runningTransitions(project, clip);
  const into = transitions.find((transition) => transition.cut.incomingId === clip.id);
  const outOf = transitions.find((transition) => transition.cut.outgoingId === clip.id);
  const start = into ? addFlicks(itemStart(clip), into.reach.after) : itemStart(clip);
  const end = outOf ? subtractFlicks(itemEnd(clip), outOf.reach.before) : itemEnd(clip);
  const stretches: TrackStretch[] = [];
  const transition = into && transitionInto(project, timeline, clip, into);
  if (transition) stretches.push(transition);
  if (end > start) stretches.push({ start, end, layer: { kind: 'clip', source } });
  return stretches;
}

function transitionInto(
  project: ProjectReader,
  timeline: Timeline,
  incoming: Clip,
  transition: Transition,
): TrackStretch | null {
  const outgoing = project.find('clip', transition.cut.outgoingId);
  const from = outgoing ? pictureSourceOf(project, outgoing) : null;
  const to = pictureSourceOf(project, incoming);
  if (from === null || to === null) return null;
  const { frameRate } = timeline.format;
  const start = subtractFlicks(itemStart(incoming), transition.reach.before);
  const end = addFlicks(itemStart(incoming), transition.reach.after);
  const startFrame = frameAt(start, frameRate);
  return {
    start,
    end,
    layer: {
      kind: 'transition',
      transition: transition.transitionKind,
      direction: transition.direction ?? 'left',
      from,
      to,
      startFrame,
      durationFrames: frameAt(end, frameRate) - startFrame,
    },
  };
}

/** Video tracks that are shown, lowest first. */
export function visibleVideoTracks(project: ProjectReader, timelineId: ObjectId): ObjectId[] {
  return activeTracks(project, timelineId, 'video').map((track) => track.id);
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
    sourcesOf(layer).every((source) => fillsFrame(project, source, timeline)),
  );
  return layers.slice(Math.max(0, top));
}

/** The one or two sources of a layer. */
export function sourcesOf(layer: PictureLayer): PictureSource[] {
  return layer.kind === 'clip' ? [layer.source] : [layer.from, layer.to];
}

function fillsFrame(project: ProjectReader, source: PictureSource, timeline: Timeline): boolean {
  if (source.content.kind !== 'asset' || !isUnchanged(source)) return false;
  const asset: Asset | undefined = project.find('asset', source.content.assetId);
  const stream = asset && videoStreamOf(asset.facts);
  if (!stream || hasAlpha(stream.pixelFormat)) return false;
  const { width, height } = timeline.format;
  // Within half a pixel of the frame once fitted into it.
  const fitted = fitInside(stream.displayWidth, stream.displayHeight, width, height);
  return fitted.width === width && fitted.height === height;
}

/** Whether pictures of a pixel format may be clear in places. */
export function hasAlpha(pixelFormat = ''): boolean {
  return /^(yuva|rgba|bgra|argb|abgr|gbrap|ya|pal8)/.test(pixelFormat);
}
