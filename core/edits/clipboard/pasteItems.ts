import type { Clipboard, CopiedItem, Sheet } from '../../clipboard/clipboard.ts';
import { refuseClipboard } from '../../clipboard/readClipboard.ts';
import { audioStreamOf, videoStreamOf } from '../../media/facts.ts';
import type { Asset, Clip, Item, ObjectId, Timeline } from '../../model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '../../model/items.ts';
import { partOf } from '../../model/partOf.ts';
import { sliceRange, spareTime } from '../../model/sourceRange.ts';
import {
  addFlicks,
  type Flicks,
  flicks,
  minFlicks,
  subtractFlicks,
  ZERO,
} from '../../time/flicks.ts';
import { frameDuration, type Rate, sameRate, snapToFrame } from '../../time/rate.ts';
import { type Draft, orderBetween } from '../draft.ts';

/** What the things of a clipboard have become in the project, and what had to be made for them. */
export type Pasted = {
  assets: Map<ObjectId, Asset>;
  timelines: Map<ObjectId, ObjectId>;
  madeAssetIds: ObjectId[];
  madeTimelineIds: ObjectId[];
};

/**
 * Items of a sheet with the place and the registers that they get on a timeline, off it still. Both ends of an item go
 * to the nearest frame, so that what touched touches; its in point stays. One that would be left without a frame is
 * left out. Refuses `edit/bad-clipboard` for clips that use more than their media has.
 */
export function fittedItems(
  draft: Draft,
  {
    clipboard,
    sheet,
    timeline,
    trackIds,
    at,
    pasted,
    into = timeline,
  }: {
    clipboard: Clipboard;
    sheet: Sheet;
    timeline: Timeline;
    trackIds: ReadonlyMap<ObjectId, ObjectId>;
    at: Flicks;
    pasted: Pasted;
    /** The timeline that everything is pasted into in the end; inside a nested one, another than `timeline`. */
    into?: Timeline;
  },
): Map<ObjectId, Item> {
  const { frameRate } = timeline.format;
  const fitted = new Map<ObjectId, Item>();
  for (const copied of sheet.items) {
    const trackId = trackIds.get(copied.placement.trackId);
    const track = sheet.tracks.find(({ id }) => id === copied.placement.trackId);
    if (trackId === undefined || track === undefined)
      refuseClipboard(`${copied.id} is on no track`);
    const half = track.trackKind === 'audio' ? 'sound' : 'picture';
    const start = snapToFrame(addFlicks(at, itemStart(copied)), frameRate);
    const end = snapToFrame(addFlicks(at, itemEnd(copied)), frameRate);
    const asset = assetFor(draft, clipboard, copied, half, pasted);
    const rates = { from: sheet.format.frameRate, to: frameRate };
    const duration = lengthInMedia(copied, subtractFlicks(end, start), asset, rates);
    if (duration <= 0) continue;
    const source = asset?.facts.mediaKind === 'image' ? 'still' : 'running';
    fitted.set(copied.id, {
      ...partRegisters(copied, duration, source, frameRate),
      ...(copied.kind === 'clip' ? showing(draft, clipboard, copied, asset, into, pasted) : {}),
      id: draft.newId(),
      placement: { trackId, start },
    });
  }
  return renewed(draft, fitted);
}

function partRegisters(
  copied: CopiedItem,
  duration: Flicks,
  source: 'still' | 'running',
  frameRate: Rate,
): Item {
  const fades =
    copied.kind === 'clip' && copied.fades !== undefined
      ? {
          in: snapToFrame(copied.fades.in, frameRate),
          out: snapToFrame(copied.fades.out, frameRate),
        }
      : undefined;
  const whole = (fades === undefined ? copied : { ...copied, fades }) as Item;
  return { ...whole, ...partOf(whole, ZERO, duration, source) } as Item;
}

/** What a clip shows here. */
function showing(
  draft: Draft,
  clipboard: Clipboard,
  copied: Extract<CopiedItem, { kind: 'clip' }>,
  asset: Asset | undefined,
  into: Timeline,
  pasted: Pasted,
): Pick<Clip, 'assetId' | 'nestedTimelineId'> {
  if (asset !== undefined) return { assetId: asset.id };
  const nestedId = copied.nestedTimelineId ?? '';
  return { nestedTimelineId: timelineFor(draft, clipboard, nestedId, into, pasted) };
}

/** The asset of the project that is the same file as that of a copied clip; added when there is none. */
function assetFor(
  draft: Draft,
  clipboard: Clipboard,
  copied: CopiedItem,
  half: 'picture' | 'sound',
  pasted: Pasted,
): Asset | undefined {
  if (copied.kind !== 'clip' || copied.assetId === undefined) return undefined;
  const asset =
    pasted.assets.get(copied.assetId) ?? foundOrAdded(draft, clipboard, copied.assetId, pasted);
  pasted.assets.set(copied.assetId, asset);
  const stream = half === 'sound' ? audioStreamOf(asset.facts) : videoStreamOf(asset.facts);
  if (stream === undefined) refuseClipboard(`${copied.id} has no ${half}`);
  return asset;
}

function foundOrAdded(
  draft: Draft,
  clipboard: Clipboard,
  assetId: ObjectId,
  pasted: Pasted,
): Asset {
  const copied = clipboard.assets.find(({ id }) => id === assetId);
  if (copied === undefined) refuseClipboard(`${assetId} is missing`);
  const isSame = (asset: Asset) =>
    asset.contentHash !== undefined && copied.contentHash !== undefined
      ? asset.contentHash === copied.contentHash
      : asset.identity.hash === copied.identity.hash &&
        asset.identity.sizeBytes === copied.identity.sizeBytes;
  const same = draft.project.all('asset').filter(isSame);
  const found = same.find(({ id }) => id === assetId) ?? same[0];
  if (found !== undefined) return found;
  const { id: _id, ...registers } = copied;
  const id = draft.create('asset', registers);
  pasted.madeAssetIds.push(id);
  return draft.need('asset', id);
}

/**
 * How long a clip can be here. In its own frame rate it stays as it is; in another, what rounding has added at its end
 * goes again where the media ends.
 */
function lengthInMedia(
  copied: CopiedItem,
  duration: Flicks,
  asset: Asset | undefined,
  { from, to }: { from: Rate; to: Rate },
): Flicks {
  if (copied.kind !== 'clip' || asset === undefined || asset.facts.mediaKind === 'image') {
    return duration;
  }
  const { sourceRange } = copied;
  const media = asset.facts.duration;
  const speed = Math.max(1, (sourceRange.out - sourceRange.in) / itemDuration(copied));
  // As where clips are placed and sped up, a last frame may begin inside the media and end after it.
  if (sourceRange.out > media + 1.5 * speed * frameDuration(from)) {
    refuseClipboard(`${copied.id} uses more than its media has`);
  }
  const frame = frameDuration(to);
  if (sameRate(from, to) || duration < frame) return duration;
  const available = { in: ZERO, out: flicks(media + Math.floor(speed * frame)) };
  const first = sliceRange(sourceRange, ZERO, frame);
  if (first.in < available.in || first.out > available.out) return duration;
  const { tail } = spareTime(first, available);
  const most = Math.min(addFlicks(duration, frame), frame + tail);
  return minFlicks(duration, snapToFrame(flicks(most), to, 'floor'));
}

/** The items with links and groups of their own; what has lost its companions has none. */
function renewed(draft: Draft, items: ReadonlyMap<ObjectId, Item>): Map<ObjectId, Item> {
  const counts = new Map<ObjectId, number>();
  const idsOf = (item: Item) => [
    ...(item.kind === 'clip' && item.linkId !== undefined ? [`link ${item.linkId}`] : []),
    ...(item.groupId === undefined ? [] : [`group ${item.groupId}`]),
  ];
  for (const key of [...items.values()].flatMap(idsOf)) {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const fresh = new Map<string, ObjectId>();
  for (const [key, count] of counts) if (count > 1) fresh.set(key, draft.newId());
  return new Map(
    [...items].map(([id, item]): [ObjectId, Item] => {
      const { groupId, ...others } = item;
      const group = groupId === undefined ? undefined : fresh.get(`group ${groupId}`);
      const regrouped = (group === undefined ? others : { ...others, groupId: group }) as Item;
      if (regrouped.kind !== 'clip') return [id, regrouped];
      const { linkId, ...unlinked } = regrouped;
      const link = linkId === undefined ? undefined : fresh.get(`link ${linkId}`);
      return [id, link === undefined ? unlinked : { ...unlinked, linkId: link }];
    }),
  );
}

/**
 * Puts fitted items, their transitions and their markers on the timeline. `owners` are objects beside the clips that
 * markers may be of.
 */
export function createItems(
  draft: Draft,
  sheet: Sheet,
  items: ReadonlyMap<ObjectId, Item>,
  frameRate: Rate,
  owners: ReadonlyMap<ObjectId, ObjectId> = new Map(),
): void {
  for (const { id, kind, ...registers } of items.values()) draft.create(kind, registers, id);
  for (const { cut, reach, transitionKind } of sheet.transitions) {
    const [outgoing, incoming] = [items.get(cut.outgoingId), items.get(cut.incomingId)];
    if (outgoing === undefined || incoming === undefined) continue;
    if (itemEnd(outgoing) !== itemStart(incoming)) continue;
    const snapped = {
      before: snapToFrame(reach.before, frameRate),
      after: snapToFrame(reach.after, frameRate),
    };
    if (snapped.before + snapped.after === 0) continue;
    draft.create('transition', {
      cut: { outgoingId: outgoing.id, incomingId: incoming.id },
      transitionKind,
      reach: snapped,
    });
  }
  for (const { id: _id, ownerId: copiedOwnerId, ...registers } of sheet.markers) {
    const ownerId = items.get(copiedOwnerId)?.id ?? owners.get(copiedOwnerId);
    if (ownerId !== undefined) draft.create('marker', { ...registers, ownerId });
  }
}

/**
 * The timeline that a nested one is here: the very same, where the project has it and `into` is not inside of it;
 * else a copy with everything in it.
 */
function timelineFor(
  draft: Draft,
  clipboard: Clipboard,
  nestedId: ObjectId,
  into: Timeline,
  pasted: Pasted,
): ObjectId {
  const known = pasted.timelines.get(nestedId);
  if (known !== undefined) return known;
  const there = draft.project.find('timeline', nestedId);
  if (there !== undefined && !contains(draft, nestedId, into.id)) {
    pasted.timelines.set(nestedId, nestedId);
    return nestedId;
  }
  const copied = clipboard.timelines.find(({ id }) => id === nestedId);
  if (copied === undefined) refuseClipboard(`${nestedId} is missing`);
  const { name, format, markedRange } = copied;
  const marked = markedRange === undefined ? {} : { markedRange };
  const timelineId = draft.create('timeline', { name, format, ...marked });
  pasted.timelines.set(nestedId, timelineId);
  pasted.madeTimelineIds.push(timelineId);
  const trackIds = new Map<ObjectId, ObjectId>();
  let order: string | undefined;
  for (const { id, position: _position, ...registers } of copied.tracks) {
    order = orderBetween(order, undefined);
    trackIds.set(id, draft.create('track', { ...registers, timelineId, order }));
  }
  const timeline = draft.need('timeline', timelineId);
  // What lies deeper must not contain the timeline that is pasted into either.
  const parts = { clipboard, sheet: copied, timeline, trackIds, at: ZERO, pasted };
  const items = fittedItems(draft, { ...parts, into });
  createItems(draft, copied, items, format.frameRate, new Map([[nestedId, timelineId]]));
  return timelineId;
}

/** Whether a timeline is, or shows somewhere inside, another. */
function contains(draft: Draft, timelineId: ObjectId, soughtId: ObjectId): boolean {
  const seen = new Set<ObjectId>();
  const waiting = [soughtId];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id === timelineId) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    for (const clip of draft.project.nestsOf(id)) waiting.push(draft.timelineOf(clip).id);
  }
  return false;
}
