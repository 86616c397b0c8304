import type { EditCommand } from '#core/edits/registry.ts';
import { audioStreamOf, videoStreamOf } from '#core/media/facts.ts';
import type { Asset, ObjectId, Timeline } from '#core/model/entities.ts';
import { type ProjectReader, tracksOfKind } from '#core/model/project.ts';
import { addFlicks, type Flicks } from '#core/time/flicks.ts';
import { snapToFrame, wholeFrames } from '#core/time/rate.ts';
import { TEMPLATES, type TemplateId } from '#core/graphics/templates.ts';
import { type Replaced, replacedBy } from './moveDrag.ts';
import { snapEdges, type SnapSettings, toFrame } from './snapping.ts';

/** What is dragged from the panel on the left: a file of the library or a kind of title. */
export type Dragged =
  | { kind: 'asset'; assetId: ObjectId }
  | { kind: 'title'; template: 'title' | 'lowerThird' };

/** A stretch that a drop would fill. `trackId` is null for a track that would be made. */
export type DropStretch = { trackId: ObjectId | null; start: Flicks; end: Flicks };

export type DropPreview = {
  start: Flicks;
  stretches: DropStretch[];
  replaced: Replaced[];
  snappedAt: Flicks | null;
  refusal: string | null;
  command: EditCommand;
};

/** What dropping `dragged` at a place of the timeline would do; null when there is nothing to drop. */
export function previewDrop(
  project: ProjectReader,
  timeline: Timeline,
  dragged: Dragged,
  pointer: { time: number; trackId: ObjectId | null; mode: 'overwrite' | 'insert' },
  snap: { targets: readonly Flicks[]; settings: SnapSettings },
): DropPreview | null {
  const duration = durationOf(project, timeline, dragged);
  if (duration === null) return null;
  const wanted = toFrame(pointer.time, timeline.format.frameRate);
  const caught = snapEdges([wanted, addFlicks(wanted, duration)], snap.targets, snap.settings);
  const isKept = caught !== null && wanted + caught.shift >= 0;
  const start = isKept ? addFlicks(wanted, caught.shift) : wanted;
  const end = addFlicks(start, duration);
  const place = { start, end, snappedAt: isKept ? caught.at : null };
  return dragged.kind === 'asset'
    ? assetDrop(project, timeline, dragged.assetId, { ...pointer, ...place })
    : titleDrop(project, timeline, dragged.template, { ...pointer, ...place });
}

type Place = {
  start: Flicks;
  end: Flicks;
  snappedAt: Flicks | null;
  trackId: ObjectId | null;
  mode: 'overwrite' | 'insert';
};

function assetDrop(
  project: ProjectReader,
  timeline: Timeline,
  assetId: ObjectId,
  place: Place,
): DropPreview | null {
  const asset = project.find('asset', assetId);
  if (asset === undefined) return null;
  const { start, end, snappedAt } = place;
  const under = place.trackId === null ? undefined : project.find('track', place.trackId);
  const wanted = wantedTracks(project, timeline, asset, under?.id);
  const stretches = wanted.map(({ trackId }) => ({ trackId, start, end }));
  const onTracks = stretches.filter(
    (stretch): stretch is DropStretch & { trackId: ObjectId } => stretch.trackId !== null,
  );
  const locked = onTracks
    .map(({ trackId }) => project.find('track', trackId))
    .find((track) => track?.locked);
  const trackIdOf = (kind: 'video' | 'audio') =>
    wanted.find((entry) => entry.kind === kind)?.trackId ?? null;
  const videoTrackId = trackIdOf('video');
  const audioTrackId = trackIdOf('audio');
  return {
    start,
    stretches,
    replaced: place.mode === 'insert' ? [] : replacedBy(project, onTracks, new Set<ObjectId>()),
    snappedAt,
    refusal:
      locked === undefined ? null : `Track “${locked.name}” is locked. Unlock it to edit it.`,
    command: {
      type: place.mode === 'insert' ? 'clip.insert' : 'clip.overwrite',
      timelineId: timeline.id,
      assetId,
      at: start,
      ...(videoTrackId === null ? {} : { videoTrackId }),
      ...(audioTrackId === null ? {} : { audioTrackId }),
    },
  };
}

function titleDrop(
  project: ProjectReader,
  timeline: Timeline,
  template: 'title' | 'lowerThird',
  place: Place,
): DropPreview {
  const { start, end, snappedAt } = place;
  const under = place.trackId === null ? undefined : project.find('track', place.trackId);
  const free =
    under?.trackKind === 'graphics' &&
    !under.locked &&
    replacedBy(project, [{ trackId: under.id, start, end }], new Set<ObjectId>()).length === 0
      ? under.id
      : null;
  return {
    start,
    stretches: [{ trackId: free, start, end }],
    replaced: [],
    snappedAt,
    refusal: null,
    command: {
      type: 'title.add',
      timelineId: timeline.id,
      at: start,
      template,
      ...(free === null ? {} : { trackId: free }),
    },
  };
}

/** The tracks an asset would land on: the one under the pointer, and the usual one for its other half. */
function wantedTracks(
  project: ProjectReader,
  timeline: Timeline,
  asset: Asset,
  under: ObjectId | undefined,
): { kind: 'video' | 'audio'; trackId: ObjectId | null }[] {
  const kinds = [
    ...(videoStreamOf(asset.facts) ? (['video'] as const) : []),
    ...(audioStreamOf(asset.facts) ? (['audio'] as const) : []),
  ];
  return kinds.map((kind) => {
    const lanes = tracksOfKind(project, timeline.id, kind);
    const pointed = lanes.find((lane) => lane.id === under);
    const usual = kind === 'audio' ? lanes.at(-1) : lanes[0];
    return { kind, trackId: pointed?.id ?? usual?.id ?? null };
  });
}

function durationOf(project: ProjectReader, timeline: Timeline, dragged: Dragged): Flicks | null {
  const { frameRate } = timeline.format;
  if (dragged.kind === 'title') return templateDuration(dragged.template, timeline);
  const asset = project.find('asset', dragged.assetId);
  return asset === undefined ? null : wholeFrames(asset.facts.duration, frameRate);
}

function templateDuration(template: TemplateId, timeline: Timeline): Flicks {
  return snapToFrame(TEMPLATES[template].defaultDuration, timeline.format.frameRate);
}
