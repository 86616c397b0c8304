import { wordsFault } from '#core/captions/captionWords.ts';
import { registerSchemas, type Clip, type Item } from '#core/model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '#core/model/items.ts';
import { valueAt } from '#core/model/keyframes.ts';
import { assetOf, type ProjectReader } from '#core/model/project.ts';
import { sourceTimeAt } from '#core/model/sourceRange.ts';
import { flicks } from '#core/time/flicks.ts';
import { frameDuration } from '#core/time/rate.ts';
import type { SampleProject } from './sampleProject.ts';

/** Everything about the timeline that no edit may break, as sentences about what is broken. */
export function brokenInvariants(sample: SampleProject): string[] {
  const { project } = sample;
  const timeline = project.find('timeline', sample.timelineId);
  if (timeline === undefined) return ['the timeline is gone'];
  const frame = frameDuration(timeline.format.frameRate);
  const broken: string[] = [];
  const expect = (condition: boolean, what: string) => {
    if (!condition) broken.push(what);
  };
  for (const track of project.tracksOf(timeline.id)) {
    let end = 0;
    for (const item of project.itemsOn(track.id)) {
      expect(itemStart(item) >= end, `${item.id} overlaps what is before it`);
      expect(itemStart(item) % frame === 0, `${item.id} starts between frames`);
      expect(itemDuration(item) % frame === 0, `${item.id} lasts a part of a frame`);
      expect(itemDuration(item) >= frame, `${item.id} is shorter than a frame`);
      expect(mayStandOn(item, track.trackKind), `${item.id} stands on a ${track.trackKind} track`);
      if (item.kind === 'cue' && item.words !== undefined) {
        const fault = wordsFault(item.words, item);
        expect(fault === null, `${item.id}: ${fault?.reason}`);
      }
      if (item.kind === 'clip') {
        const media = mediaOf(project, item);
        const { in: first, out: last, retime } = item.sourceRange;
        const { fades } = item;
        expect(
          fades === undefined || fades.in + fades.out <= itemDuration(item),
          `${item.id} is shorter than its fades`,
        );
        expect(first <= last, `${item.id} uses media backwards`);
        expect(isWellFormed(item), `${item.id} has keyframes or values that do not fit`);
        const effectIds = (item.effects ?? []).map((effect) => effect.id);
        expect(new Set(effectIds).size === effectIds.length, `${item.id} has one effect twice`);
        expect(
          (item.assetId === undefined) !== (item.nestedTimelineId === undefined),
          `${item.id} shows both an asset and a timeline, or neither`,
        );
        expect(first >= 0, `${item.id} begins before its media`);
        expect(
          !isStill(project, item) || item.sourceRange.in === 0,
          `${item.id} is a still with a past`,
        );
        const speed = retime === undefined ? 1 : (last - first) / retime.duration;
        expect(last <= media + 1.5 * frame * Math.max(1, speed), `${item.id} ends after its media`);
      }
      end = itemEnd(item);
    }
  }
  for (const kind of ['clip', 'graphic', 'cue'] as const) {
    for (const item of project.all(kind)) {
      const track = project.find('track', item.placement.trackId);
      expect(track !== undefined, `${item.id} is on no track`);
    }
  }
  for (const marker of project.all('marker')) {
    const isOnTimeline = project.find('timeline', marker.ownerId) !== undefined;
    expect(marker.span.duration >= 0, `${marker.id} ends before it begins`);
    expect(!isOnTimeline || marker.span.time >= 0, `${marker.id} is before the beginning`);
    expect(isOnTimeline || marker.markerKind !== 'chapter', `${marker.id} is a chapter of a clip`);
  }
  for (const { id, cut, reach } of project.all('transition')) {
    const outgoing = project.find('clip', cut.outgoingId);
    const incoming = project.find('clip', cut.incomingId);
    if (outgoing === undefined || incoming === undefined) {
      broken.push(`${id} lacks a clip`);
      continue;
    }
    const others = [...project.transitionsOf(outgoing.id), ...project.transitionsOf(incoming.id)];
    const into = others.find((other) => other.cut.incomingId === outgoing.id);
    expect(
      outgoing.placement.trackId === incoming.placement.trackId &&
        itemEnd(outgoing) === itemStart(incoming),
      `${id} joins clips that do not touch`,
    );
    expect(reach.before >= 0 && reach.after >= 0, `${id} reaches backwards`);
    expect(reach.before + reach.after >= frame, `${id} is empty`);
    expect(reach.before % frame === 0 && reach.after % frame === 0, `${id} is between frames`);
    expect(
      isThere(project, incoming, -reach.before),
      `${id} starts before the media of the incoming clip`,
    );
    expect(
      reach.after === 0 ||
        // Of the last frame, less than a fiftieth may be missing, as in `wholeFrames`.
        isThere(project, outgoing, itemDuration(outgoing) + reach.after - frame / 50),
      `${id} ends after the media of the outgoing clip`,
    );
    expect(
      reach.before + (into?.reach.after ?? 0) <= itemDuration(outgoing),
      `${id} runs into the transition before it`,
    );
    expect(reach.after <= itemDuration(incoming), `${id} is longer than the incoming clip`);
    const across = project
      .transitionsOf(incoming.id)
      .filter((other) => other.cut.incomingId === incoming.id);
    expect(across.length === 1, `${id} is not alone at its cut`);
  }
  return broken;
}

/** What is seen and heard at a moment, track by track, as text. */
export function shownAt(sample: SampleProject, time: number): string[] {
  const { project } = sample;
  return project.tracksOf(sample.timelineId).map((track) => {
    const shown = project
      .itemsOn(track.id)
      .flatMap((item) => describeItem(project, item, time) ?? []);
    return `${track.id}: ${shown.sort().join(' + ')}`;
  });
}

function describeItem(project: ProjectReader, item: Item, time: number): string | null {
  const weight = weightAt(project, item, time);
  if (weight === null) return null;
  if (item.kind === 'graphic') return `${item.template} ${JSON.stringify(item.fields)}`;
  if (item.kind === 'cue') return item.text;
  const shown = item.assetId ?? item.nestedTimelineId;
  const gain = valueAt(item.gainDb ?? 0, flicks(time - itemStart(item)));
  return `${shown}@${sourceAt(project, item, time)} ×${weight} ${gain} dB`;
}

/** The share of a clip in a dissolve, 1 outside; null while the item is not seen. */
function weightAt(project: ProjectReader, item: Item, time: number): number | null {
  const [start, end] = [itemStart(item), itemEnd(item)];
  const transitions = project.transitionsOf(item.id);
  const into = transitions.find(({ cut }) => cut.incomingId === item.id)?.reach;
  const outOf = transitions.find(({ cut }) => cut.outgoingId === item.id)?.reach;
  const first = start - (into?.before ?? 0);
  const last = end + (outOf?.after ?? 0);
  if (time < first || time >= last) return null;
  let weight = 1;
  if (into && time < start + into.after) weight *= (time - first) / (into.before + into.after);
  if (outOf && time >= end - outOf.before) weight *= (last - time) / (outOf.before + outOf.after);
  return weight;
}

function sourceAt(project: ProjectReader, clip: Clip, time: number): number {
  if (isStill(project, clip)) return 0;
  return sourceTimeAt(clip.sourceRange, flicks(time - itemStart(clip)));
}

/**
 * What is seen, bottom first, and heard at a moment through all nested timelines: media and titles with their shares.
 * Locked, muted and disabled make no difference here.
 */
export function shownThrough(
  project: ProjectReader,
  timelineId: string,
  time: number,
  share = 1,
): { pictures: string[]; sounds: string[] } {
  const pictures: string[] = [];
  const sounds: string[] = [];
  for (const track of project.tracksOf(timelineId)) {
    for (const item of project.itemsOn(track.id)) {
      const weight = weightAt(project, item, time);
      if (weight === null || item.kind === 'cue') continue;
      const isSound = track.trackKind === 'audio';
      if (item.kind === 'clip' && item.nestedTimelineId !== undefined) {
        const moment = sourceAt(project, item, time);
        const inner = shownThrough(project, item.nestedTimelineId, moment, share * weight);
        if (isSound) sounds.push(...inner.sounds);
        else pictures.push(...inner.pictures);
        continue;
      }
      const what =
        item.kind === 'graphic'
          ? JSON.stringify(item.fields)
          : `${item.assetId}@${sourceAt(project, item, time)}`;
      (isSound ? sounds : pictures).push(`${what} ×${(share * weight).toFixed(9)}`);
    }
  }
  return { pictures, sounds: sounds.sort() };
}

/** The moments at which something may change on a timeline, and those around and between them. */
export function momentsOf(sample: SampleProject): number[] {
  const { project } = sample;
  const edges = new Set<number>([0]);
  for (const track of project.tracksOf(sample.timelineId)) {
    for (const item of project.itemsOn(track.id)) {
      edges.add(itemStart(item)).add(itemEnd(item));
      for (const { reach, cut } of project.transitionsOf(item.id)) {
        if (cut.incomingId !== item.id) continue;
        edges.add(itemStart(item) - reach.before).add(itemStart(item) + reach.after);
      }
    }
  }
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.flatMap((edge, index) => {
    const next = sorted[index + 1] ?? edge + 2_000_000;
    return [edge - 1, edge, Math.floor((edge + next) / 2)];
  });
}

/** Whether the registers of a clip are what the model allows: keyframes in order, values within their ranges. */
function isWellFormed(clip: Clip): boolean {
  return registerSchemas.clip.safeParse(clip).success;
}

function mayStandOn(item: Item, trackKind: string): boolean {
  if (item.kind === 'graphic') return trackKind === 'graphics';
  if (item.kind === 'cue') return trackKind === 'caption';
  return trackKind === 'video' || trackKind === 'audio';
}

function isStill(project: ProjectReader, clip: Clip): boolean {
  return assetOf(project, clip)?.facts.mediaKind === 'image';
}

function mediaOf(project: ProjectReader, clip: Clip): number {
  // A nested timeline may become shorter later; then it ends in black.
  if (isStill(project, clip) || clip.nestedTimelineId) return Number.POSITIVE_INFINITY;
  return assetOf(project, clip)?.facts.duration ?? 0;
}

/** Whether there is media for a time of a clip outside its edges. */
export function isThere(project: ProjectReader, clip: Clip, time: number): boolean {
  if (isStill(project, clip)) return true;
  const source = sourceTimeAt(clip.sourceRange, flicks(Math.round(time)));
  return source >= 0 && source <= mediaOf(project, clip);
}
