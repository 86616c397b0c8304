import { z } from 'zod';
import { refuse } from '../../fault.ts';
import {
  type Clip,
  type Item,
  type ObjectId,
  objectIdSchema,
  type Timeline,
  type Track,
} from '../../model/entities.ts';
import { itemEnd, itemStart } from '../../model/items.ts';
import { CLIP_PARAMETER_NAMES } from '../../model/parameters.ts';
import { addFlicks, type Flicks, subtractFlicks } from '../../time/flicks.ts';
import { frameDuration, sameRate } from '../../time/rate.ts';
import { companions, trimItem } from '../arrange.ts';
import { copyItems } from '../clips/copyItems.ts';
import { defineEdit } from '../definition.ts';
import { type Draft, orderBetween } from '../draft.ts';
import { isFree, isSilent, isWithin } from './nestPlacement.ts';

/**
 * Puts the items of a nested timeline in the place of the clip that shows it.
 *
 *   V2 .......         V2 ..▓▓▓..
 *   V1 █[nest]█   →    V1 █▓▓▓▓▓█     (what is seen and heard stays the same)
 *   A1 ~[nest]~        A1 ~~~~~~~
 *
 * The items are copies, trimmed to what the clip showed, with their links, transitions and markers; the nested timeline
 * stays in the project. Its lowest video track with items comes to stand on the track of the clip, the others on the
 * tracks next to it where those are of the kind and free, else on new ones between. Linked clips that show the same
 * timeline are unnested with it. A transition at an edge of the clip goes on with the item there, shorter where that
 * lacks media. Captions of a nested timeline are left in it.
 *
 * Scope: the tracks of the clip and its linked clips, and tracks beside them. Clamping: none. `edit/not-nested`: it
 * shows no timeline. `edit/retimed`: its speed is changed; reset its time first. `edit/nest-changed`: it has effects, a
 * fade, a blend or parameters that its items could not share. `edit/other-format`: the nested timeline has another
 * size or frame rate, or begins between two frames. `edit/inside-transition`: an edge of the clip lies in a transition
 * of the nested timeline. `edit/track-locked`.
 */
export const nestUnnest = defineEdit({
  type: 'nest.unnest',
  label: 'Unnest',
  summary:
    'Puts the items of a nested timeline in the place of the clip that shows it, trimmed to what it showed.',
  parameters: {
    clipId: objectIdSchema,
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const clip = draft.need('clip', command.clipId);
    const inner = draft.need('timeline', clip.nestedTimelineId ?? refuseNotNested(clip));
    const nests = companions(draft, clip, command.scope).filter(
      (other): other is Clip => other.kind === 'clip' && other.nestedTimelineId === inner.id,
    );
    for (const nest of nests) refuseUnlike(draft, nest, inner);
    const links = new Map<ObjectId, ObjectId>();
    const clipIds = nests.flatMap((nest) => unnest(draft, nest, inner, links));
    return { clipIds };
  },
});

function refuseNotNested(clip: Clip): never {
  refuse('edit/not-nested', `“${clip.name}” does not show a timeline.`, { clipId: clip.id });
}

/** Refuses a clip that shows its timeline in another way than the items themselves would look. */
function refuseUnlike(draft: Draft, nest: Clip, inner: Timeline): void {
  draft.refuseLocked(draft.trackOf(nest));
  if (nest.sourceRange.retime !== undefined) {
    refuse('edit/retimed', 'The speed of this clip is changed. Reset its time first.', {
      clipId: nest.id,
    });
  }
  const isChanged =
    nest.fades !== undefined ||
    (nest.effects ?? []).length > 0 ||
    (nest.blend ?? 'normal') !== 'normal' ||
    CLIP_PARAMETER_NAMES.some((name) => nest[name] !== undefined);
  if (isChanged) {
    refuse(
      'edit/nest-changed',
      'This clip has effects, fades or settings that its items could not share. Reset them first.',
      { clipId: nest.id },
    );
  }
  const { format } = draft.timelineOf(nest);
  const isAlike =
    sameRate(format.frameRate, inner.format.frameRate) &&
    format.width === inner.format.width &&
    format.height === inner.format.height &&
    nest.sourceRange.in % frameDuration(format.frameRate) === 0;
  if (isAlike) return;
  refuse(
    'edit/other-format',
    `“${inner.name}” has another size or frame rate than this timeline, so its items would not fit.`,
    { clipId: nest.id, timelineId: inner.id },
  );
}

function unnest(
  draft: Draft,
  nest: Clip,
  inner: Timeline,
  links: Map<ObjectId, ObjectId>,
): ObjectId[] {
  const half = draft.trackOf(nest).trackKind === 'audio' ? 'sound' : 'picture';
  const { in: first, out: last } = nest.sourceRange;
  const tracks = draft.project
    .tracksOf(inner.id)
    .filter((track) =>
      half === 'sound'
        ? track.trackKind === 'audio'
        : ['video', 'graphics'].includes(track.trackKind),
    )
    .filter((track) => !isFree(draft.project, track.id, { start: first, end: last }));
  const items = tracks
    .flatMap((track) => draft.project.itemsOn(track.id))
    .filter((item) => isWithin(item, first, last));
  for (const item of items) refuseCutTransition(draft, item, first, last);
  const bridges = draft.project.transitionsOf(nest.id);
  const stretch = { start: itemStart(nest), end: itemEnd(nest) };
  draft.remove(nest.id);
  const trackIds = homes(draft, nest, tracks, stretch);
  const by = subtractFlicks(stretch.start, first);
  const copies = copyItems(draft, items, {
    trackOf: (item) => trackIds.get(item.placement.trackId) ?? nest.placement.trackId,
    by,
  });
  for (const id of copies.values()) trimTo(draft, id, stretch, nest.disabled === true);
  shareLinks(draft, copies, links);
  for (const { id, cut } of bridges) {
    const isHead = cut.incomingId === nest.id;
    const successor = [...copies.values()]
      .map((copy) => draft.needItem(copy))
      .find(
        (item) =>
          item.placement.trackId === nest.placement.trackId &&
          (isHead ? itemStart(item) === stretch.start : itemEnd(item) === stretch.end),
      );
    if (successor === undefined) continue;
    const ends = isHead ? { incomingId: successor.id } : { outgoingId: successor.id };
    draft.set<'transition'>(id, { cut: { ...cut, ...ends } });
  }
  return [...copies.values()];
}

function refuseCutTransition(draft: Draft, item: Item, first: Flicks, last: Flicks): void {
  for (const { id, cut, reach } of draft.project.transitionsOf(item.id)) {
    const at = cut.incomingId === item.id ? itemStart(item) : itemEnd(item);
    const [from, to] = [subtractFlicks(at, reach.before), addFlicks(at, reach.after)];
    if (![first, last].some((edge) => from < edge && edge < to)) continue;
    refuse(
      'edit/inside-transition',
      'The clip begins or ends inside a transition of the nested timeline. Trim it first.',
      { transitionId: id },
    );
  }
}

/** Cuts off what of a copy lies outside the stretch. */
function trimTo(
  draft: Draft,
  id: ObjectId,
  { start, end }: { start: Flicks; end: Flicks },
  isDisabled: boolean,
): void {
  if (itemStart(draft.needItem(id)) < start) trimItem(draft, draft.needItem(id), 'head', start);
  if (itemEnd(draft.needItem(id)) > end) trimItem(draft, draft.needItem(id), 'tail', end);
  if (isDisabled) draft.set<Item['kind']>(id, { disabled: true });
}

/** Links copies of sound with those of the picture that their originals were linked with. */
function shareLinks(
  draft: Draft,
  copies: ReadonlyMap<ObjectId, ObjectId>,
  links: Map<ObjectId, ObjectId>,
): void {
  for (const [originalId, copyId] of copies) {
    const original = draft.project.find('clip', originalId);
    const copy = draft.project.find('clip', copyId);
    if (original?.linkId === undefined || copy?.linkId === undefined) continue;
    const linkId = links.get(original.linkId) ?? copy.linkId;
    links.set(original.linkId, linkId);
    draft.set<'clip'>(copyId, { linkId });
  }
}

/** The track of the outer timeline on which each track of the inner one comes to stand, in the same order. */
function homes(
  draft: Draft,
  nest: Clip,
  tracks: readonly Track[],
  stretch: { start: Flicks; end: Flicks },
): Map<ObjectId, ObjectId> {
  const home = draft.trackOf(nest);
  const found = new Map<ObjectId, ObjectId>();
  // Sound tracks are counted from the top, which is next to the picture.
  const ordered = home.trackKind === 'audio' ? tracks.toReversed() : tracks;
  const anchor = Math.max(
    0,
    ordered.findIndex((track) => track.trackKind === home.trackKind),
  );
  const isOnHome = ordered[anchor]?.trackKind === home.trackKind;
  const outwards = home.trackKind === 'audio' ? 'below' : 'above';
  const inwards = outwards === 'above' ? 'below' : 'above';
  let last = home;
  ordered.slice(anchor).forEach((track, index) => {
    if (index > 0 || !isOnHome) last = trackBeside(draft, last, outwards, track, stretch);
    found.set(track.id, last.id);
  });
  last = home;
  for (const track of ordered.slice(0, anchor).toReversed()) {
    last = trackBeside(draft, last, inwards, track, stretch);
    found.set(track.id, last.id);
  }
  return found;
}

/** The track next to `from` where it can take what stands on `like`, else a new one there. */
function trackBeside(
  draft: Draft,
  from: Track,
  side: 'above' | 'below',
  like: Track,
  stretch: { start: Flicks; end: Flicks },
): Track {
  const tracks = draft.project.tracksOf(from.timelineId);
  const index = tracks.findIndex((track) => track.id === from.id);
  const next = tracks[side === 'above' ? index + 1 : index - 1];
  const isSilentInside = isSilent(draft.project, like);
  if (
    next?.trackKind === like.trackKind &&
    !next.locked &&
    isSilent(draft.project, next) === isSilentInside &&
    isFree(draft.project, next.id, stretch)
  ) {
    return next;
  }
  const order =
    side === 'above'
      ? orderBetween(from.order, next?.order)
      : orderBetween(next?.order, from.order);
  const { trackKind, name } = like;
  const muted = isSilentInside ? { muted: true } : {};
  const id = draft.create('track', {
    timelineId: from.timelineId,
    trackKind,
    order,
    name,
    ...muted,
    ...(from.solo ? { solo: true } : {}),
  });
  return draft.need('track', id);
}
