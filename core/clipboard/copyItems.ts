import { refuse } from '../fault.ts';
import type { Asset, Item, ObjectId, Timeline, Track } from '../model/entities.ts';
import { itemStart } from '../model/items.ts';
import type { ProjectReader } from '../model/project.ts';
import { type Flicks, minFlicks, subtractFlicks, ZERO } from '../time/flicks.ts';
import { type Clipboard, MOST_COPIED_ITEMS } from './clipboard.ts';
import { readClipboard } from './readClipboard.ts';

/**
 * Copies items and their linked companions, for `clip.paste` in this or another project: with the transitions between
 * them, the markers of clips, whole nested timelines, and what the assets are and where they lie. Refuses
 * `edit/no-such-item`, `edit/several-timelines`, `edit/nothing-to-copy`, `edit/too-much-to-copy` (20,000 items, those of
 * nested timelines included), and `edit/no-such-asset` or `edit/no-such-timeline` for clips that have lost theirs.
 */
export function copyItems(
  project: ProjectReader,
  itemIds: readonly ObjectId[],
  { scope = 'linked' }: { scope?: 'linked' | 'alone' } = {},
): Clipboard {
  const named = itemIds.map((id) => need(project.item(id), 'item', id));
  const all = scope === 'alone' ? named : named.flatMap((item) => project.linkedWith(item));
  const items = [...new Map(all.map((item) => [item.id, item])).values()];
  const timelines = new Map(
    items.map((item) => {
      const timeline = timelineOf(project, item);
      return [timeline.id, timeline];
    }),
  );
  const [timeline, ...others] = timelines.values();
  if (timeline === undefined) refuse('edit/nothing-to-copy', 'Choose something to copy first.');
  if (others.length > 0) {
    refuse('edit/several-timelines', 'Choose items of one timeline only.', {
      clipIds: [...itemIds],
    });
  }
  const first = items.map(itemStart).reduce(minFlicks);
  const nested = nestedTimelines(project, items);
  const inside = nested.map((each) => ({ timeline: each, items: itemsOf(project, each) }));
  const everything = [items, ...inside.map((each) => each.items)].flat();
  if (everything.length > MOST_COPIED_ITEMS) {
    refuse('edit/too-much-to-copy', 'That is too much to copy at once. Copy it in parts.', {
      items: everything.length,
      most: MOST_COPIED_ITEMS,
    });
  }
  return readClipboard({
    format: 'inkreel/clipboard',
    version: 1,
    main: sheetOf(project, timeline, items, first),
    timelines: inside.map((each) => ({
      ...each.timeline,
      ...sheetOf(project, each.timeline, each.items, ZERO, { markers: 'all' }),
    })),
    assets: assetsOf(project, everything),
  });
}

function sheetOf(
  project: ProjectReader,
  timeline: Timeline,
  items: readonly Item[],
  from: Flicks,
  { markers }: { markers: 'of-clips' | 'all' } = { markers: 'of-clips' },
): Record<keyof Clipboard['main'], unknown> {
  const ids = new Set(items.map((item) => item.id));
  const used = new Set(items.map((item) => item.placement.trackId));
  const tracks = project.tracksOf(timeline.id);
  const owners = [...(markers === 'all' ? [timeline.id] : []), ...ids];
  return {
    format: timeline.format,
    tracks: tracks
      .filter((track) => markers === 'all' || used.has(track.id))
      .map((track) => ({ ...track, position: positionOf(tracks, track) })),
    items: items.map((item) => ({
      ...item,
      placement: { ...item.placement, start: subtractFlicks(itemStart(item), from) },
    })),
    transitions: items.flatMap((item) =>
      project
        .transitionsOf(item.id)
        .filter(({ cut }) => cut.outgoingId === item.id && ids.has(cut.incomingId)),
    ),
    markers: owners.flatMap((id) => project.markersOf(id)),
  };
}

/** Which track of its kind a track is, counted from the line between picture and sound. */
function positionOf(tracks: readonly Track[], track: Track): number {
  const ofKind = tracks.filter((other) => other.trackKind === track.trackKind);
  const position = ofKind.findIndex((other) => other.id === track.id);
  return track.trackKind === 'audio' ? ofKind.length - 1 - position : position;
}

/** The timelines that items show, and those that these show, each once. */
function nestedTimelines(project: ProjectReader, items: readonly Item[]): Timeline[] {
  const found = new Map<ObjectId, Timeline>();
  const waiting = [...items];
  for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
    if (item.kind !== 'clip' || item.nestedTimelineId === undefined) continue;
    const id = item.nestedTimelineId;
    if (found.has(id)) continue;
    const timeline = need(project.find('timeline', id), 'timeline', id);
    found.set(id, timeline);
    waiting.push(...itemsOf(project, timeline));
  }
  return [...found.values()];
}

function itemsOf(project: ProjectReader, timeline: Timeline): Item[] {
  return project.tracksOf(timeline.id).flatMap((track) => [...project.itemsOn(track.id)]);
}

/** The assets of items. Where a file lies relative to the one project says nothing to another. */
function assetsOf(project: ProjectReader, items: readonly Item[]): Asset[] {
  const ids = new Set(items.flatMap((item) => (item.kind === 'clip' ? (item.assetId ?? []) : [])));
  return [...ids].map((id) => {
    const asset = need(project.find('asset', id), 'asset', id);
    return { ...asset, location: { absolute: asset.location.absolute } };
  });
}

function timelineOf(project: ProjectReader, item: Item): Timeline {
  const { trackId } = item.placement;
  const { timelineId } = need(project.find('track', trackId), 'track', trackId);
  return need(project.find('timeline', timelineId), 'timeline', timelineId);
}

function need<T>(found: T | undefined, kind: string, id: ObjectId): T {
  return (
    found ?? refuse(`edit/no-such-${kind}`, `That ${kind} is no longer in the project.`, { id })
  );
}
