import type { Clip, Item } from '#core/model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '#core/model/items.ts';
import type { ProjectReader } from '#core/model/project.ts';
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
      if (item.kind === 'clip') {
        const media = mediaOf(project, item);
        expect(item.sourceRange.in >= 0, `${item.id} begins before its media`);
        expect(
          !isStill(project, item) || item.sourceRange.in === 0,
          `${item.id} is a still with a past`,
        );
        expect(item.sourceRange.out <= media + 1.5 * frame, `${item.id} ends after its media`);
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
      isStill(project, incoming) || reach.before <= incoming.sourceRange.in,
      `${id} starts before the media of the incoming clip`,
    );
    expect(
      reach.after === 0 ||
        outgoing.sourceRange.out + reach.after <= mediaOf(project, outgoing) + frame / 50,
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
  const [start, end] = [itemStart(item), itemEnd(item)];
  if (item.kind === 'graphic') {
    return start <= time && time < end ? `${item.template} ${JSON.stringify(item.fields)}` : null;
  }
  if (item.kind === 'cue') return start <= time && time < end ? item.text : null;
  const transitions = project.transitionsOf(item.id);
  const into = transitions.find(({ cut }) => cut.incomingId === item.id)?.reach;
  const outOf = transitions.find(({ cut }) => cut.outgoingId === item.id)?.reach;
  const first = start - (into?.before ?? 0);
  const last = end + (outOf?.after ?? 0);
  if (time < first || time >= last) return null;
  let weight = 1;
  if (into && time < start + into.after) weight *= (time - first) / (into.before + into.after);
  if (outOf && time >= end - outOf.before) weight *= (last - time) / (outOf.before + outOf.after);
  const source = isStill(project, item) ? 0 : item.sourceRange.in + time - start;
  return `${item.assetId}@${source} ×${weight} ${item.gainDb ?? 0} dB`;
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

function mayStandOn(item: Item, trackKind: string): boolean {
  if (item.kind === 'graphic') return trackKind === 'graphics';
  if (item.kind === 'cue') return trackKind === 'caption';
  return trackKind === 'video' || trackKind === 'audio';
}

function isStill(project: ProjectReader, clip: Clip): boolean {
  return project.find('asset', clip.assetId)?.facts.mediaKind === 'image';
}

function mediaOf(project: ProjectReader, clip: Clip): number {
  if (isStill(project, clip)) return Number.POSITIVE_INFINITY;
  return project.find('asset', clip.assetId)?.facts.duration ?? 0;
}
