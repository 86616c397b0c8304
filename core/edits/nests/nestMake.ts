import { z } from 'zod';
import { refuse } from '../../fault.ts';
import {
  type Clip,
  type Item,
  type ObjectId,
  objectIdSchema,
  type Timeline,
  type Track,
  type Transition,
} from '../../model/entities.ts';
import { itemEnd, itemStart } from '../../model/items.ts';
import { addFlicks, type Flicks, flicks, subtractFlicks, ZERO } from '../../time/flicks.ts';
import { place, trimItem } from '../arrange.ts';
import { addTrack } from '../clips/clipPlacement.ts';
import { defineEdit } from '../definition.ts';
import type { Draft } from '../draft.ts';
import { chosenIdSchema } from '../ids.ts';
import { gatherItems } from '../clips/moveItems.ts';
import { isFree, isSilent, isWithin, refuseTooDeep } from './nestPlacement.ts';
import { relink } from '../splitTracks.ts';

/**
 * Makes a timeline of its own from chosen items and shows it in their place.
 *
 *   V2 ..▓▓▓..         V2 .......
 *   V1 █▓▓▓▓▓█    →    V1 █[nest]█     (what is seen and heard stays the same)
 *   A1 ~~~~~~~         A1 ~[nest]~
 *
 * The new timeline has the same format and the tracks on which the items stood, with the items themselves: they keep
 * their ids, links, markers and the transitions between them. The picture stands on the lowest of the chosen video
 * tracks that is free of others in that stretch (of titles alone: on a new track above all), the sound on the
 * topmost chosen audio track that is, linked with it; each is as long as its own items. A transition to a neighbour that is not chosen becomes one with
 * the nested clip: the items inside get the spare media that it shows.
 *
 * Scope: the tracks of the items and their linked clips. Clamping: none. `edit/nest-in-the-way`: something that is not
 * chosen lies among them, between them in height, or under one that blends with it, so that the film would look or
 * sound different. `edit/nest-transition`: a transition to a neighbour could not stay as it looks. `edit/cannot-nest`:
 * captions, which stay on their own timeline. `edit/nest-too-deep`, `edit/several-timelines`, `edit/track-locked`,
 * `edit/id-taken`.
 */
export const nestMake = defineEdit({
  type: 'nest.make',
  label: 'Make nested timeline',
  summary:
    'Moves items into a new timeline that is shown in their place. What is seen and heard stays the same.',
  parameters: {
    clipIds: z.array(objectIdSchema).min(1).max(10_000).describe('Clips or titles.'),
    name: z.string().trim().min(1).max(500).default('Nested timeline'),
    newTimelineId: chosenIdSchema.optional().describe('Id for the new timeline.'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const choice = choose(draft, gatherItems(draft, command.clipIds, command.scope));
    const picture = choice.picture.items.length > 0 ? pictureHome(draft, choice) : null;
    const sound = choice.sound.items.length > 0 ? soundHome(draft, choice) : null;
    const bridges = bridgesOf(draft, choice, { picture, sound });
    const lead = leadOf(choice, bridges);
    separate(draft, choice);
    const timelineId = draft.create(
      'timeline',
      { name: command.name, format: choice.outer.format },
      command.newTimelineId,
    );
    moveInside(draft, choice, timelineId, lead);
    extendUnderBridges(draft, bridges);
    const linkId = picture !== null && sound !== null ? draft.newId() : undefined;
    const show = (half: Half, trackId: ObjectId) => {
      const first = addFlicks(lead, subtractFlicks(half.start, choice.start));
      return draft.create('clip', {
        name: command.name,
        placement: { trackId, start: half.start },
        sourceRange: { in: first, out: addFlicks(first, subtractFlicks(half.end, half.start)) },
        nestedTimelineId: timelineId,
        ...(linkId === undefined ? {} : { linkId }),
      });
    };
    const nests = {
      picture: picture === null ? null : show(choice.picture, picture),
      sound: sound === null ? null : show(choice.sound, sound),
    };
    for (const bridge of bridges) {
      const nest = nests[bridge.half];
      if (nest) rejoin(draft, bridge, nest);
    }
    refuseTooDeep(draft, choice.outer, draft.need('timeline', timelineId));
    return { timelineId, clipIds: [nests.picture, nests.sound].filter((id) => id !== null) };
  },
});

/** What goes into the new timeline. */
type Choice = {
  outer: Timeline;
  /** All tracks of the timeline, lowest first. */
  tracks: Track[];
  items: Item[];
  ids: ReadonlySet<ObjectId>;
  picture: Half;
  sound: Half;
  start: Flicks;
};

/** The pictures or sounds, and the stretch that they take up. */
type Half = { items: Item[]; start: Flicks; end: Flicks };

function choose(draft: Draft, items: Item[]): Choice {
  for (const item of items) {
    draft.refuseLocked(draft.trackOf(item));
    if (item.kind !== 'cue') continue;
    refuse(
      'edit/cannot-nest',
      'Captions belong to the timeline that is exported. Choose clips and titles only.',
      { itemId: item.id },
    );
  }
  const outer = draft.timelineOf(items[0] as Item);
  const isSound = (item: Item) => draft.trackOf(item).trackKind === 'audio';
  return {
    outer,
    tracks: draft.project.tracksOf(outer.id),
    items,
    ids: new Set(items.map((item) => item.id)),
    picture: halfOf(items.filter((item) => !isSound(item))),
    sound: halfOf(items.filter(isSound)),
    start: halfOf(items).start,
  };
}

function halfOf(items: Item[]): Half {
  if (items.length === 0) return { items, start: ZERO, end: ZERO };
  return {
    items,
    start: flicks(Math.min(...items.map(itemStart))),
    end: flicks(Math.max(...items.map(itemEnd))),
  };
}

/** How much later than its first item the new timeline begins, so that transitions find their media in it. */
function leadOf(choice: Choice, bridges: readonly Bridge[]): Flicks {
  const needed = bridges
    .filter(({ edge }) => edge === 'head')
    .map(({ clip, transition }) => choice.start - itemStart(clip) + transition.reach.before);
  return flicks(Math.max(0, ...needed));
}

/** The video track on which the nested picture looks as its items did. */
function pictureHome(draft: Draft, choice: Choice): ObjectId {
  const { tracks, picture } = choice;
  const chosen = tracksWith(choice, picture.items);
  const video = chosen.filter((track) => track.trackKind === 'video');
  const home = freeHome(draft, choice, picture, { candidates: video, chosen });
  const level = home === undefined ? tracks.length : tracks.indexOf(home);
  if ((home === undefined && video.length > 0) || !isOrderKept(draft, choice, level)) {
    refuseInTheWay(choice);
  }
  return home?.id ?? addTrack(draft, choice.outer, 'video');
}

function soundHome(draft: Draft, choice: Choice): ObjectId {
  const { sound } = choice;
  const chosen = tracksWith(choice, sound.items);
  const candidates = chosen.toReversed();
  const home = freeHome(draft, choice, sound, { candidates, chosen });
  return home?.id ?? refuseInTheWay(choice);
}

function tracksWith({ tracks }: Choice, items: readonly Item[]): Track[] {
  const ids = new Set(items.map((item) => item.placement.trackId));
  return tracks.filter((track) => ids.has(track.id));
}

/** The first track that has room, and that is seen or heard if any of the chosen ones is. */
function freeHome(
  draft: Draft,
  choice: Choice,
  half: Half,
  { candidates, chosen }: { candidates: readonly Track[]; chosen: readonly Track[] },
): Track | undefined {
  const { project } = draft;
  const areSilent = chosen.every((track) => isSilent(project, track));
  return candidates.find(
    (track) =>
      isFree(project, track.id, half, choice.ids) && isSilent(project, track) === areSilent,
  );
}

/** Whether everything stays above and below what it was, when all chosen pictures come to lie at one level. */
function isOrderKept(draft: Draft, choice: Choice, level: number): boolean {
  const { tracks, picture, ids } = choice;
  const levelOf = (item: Item) => tracks.findIndex((track) => track.id === item.placement.trackId);
  const others = tracks
    .filter((track) => track.trackKind === 'video' || track.trackKind === 'graphics')
    .flatMap((track) => draft.project.itemsOn(track.id))
    .filter((item) => !ids.has(item.id));
  return picture.items.every((item) =>
    others
      .filter((other) => isWithin(other, itemStart(item), itemEnd(item)))
      .every((other) => {
        const isBelow = levelOf(other) < levelOf(item);
        const mixes = item.kind === 'clip' && (item.blend ?? 'normal') !== 'normal';
        return (
          isBelow === levelOf(other) < level && levelOf(other) !== level && !(isBelow && mixes)
        );
      }),
  );
}

function refuseInTheWay(choice: Choice): never {
  refuse(
    'edit/nest-in-the-way',
    'Something that is not chosen lies between these items, so the film would change. Choose it as well, or move it.',
    { clipIds: [...choice.ids] },
  );
}

/** A transition between a chosen clip and a neighbour that is not. */
type Bridge = {
  transition: Transition;
  clip: Clip;
  edge: 'head' | 'tail';
  half: 'picture' | 'sound';
};

function bridgesOf(
  draft: Draft,
  choice: Choice,
  homes: { picture: ObjectId | null; sound: ObjectId | null },
): Bridge[] {
  const bridges = choice.items.flatMap((item) =>
    draft.project.transitionsOf(item.id).flatMap((transition): Bridge[] => {
      const { outgoingId, incomingId } = transition.cut;
      const edge = incomingId === item.id ? 'head' : 'tail';
      const neighbour = edge === 'head' ? outgoingId : incomingId;
      if (item.kind !== 'clip' || choice.ids.has(neighbour)) return [];
      return [
        {
          transition,
          clip: item,
          edge,
          half: choice.sound.items.includes(item) ? 'sound' : 'picture',
        },
      ];
    }),
  );
  for (const bridge of bridges) {
    if (bridge.clip.placement.trackId === homes[bridge.half] && isAlone(choice, bridge)) continue;
    refuse(
      'edit/nest-transition',
      'A transition leads to a clip that is not chosen and could not stay as it looks. Choose that clip as well, or remove the transition.',
      { transitionId: bridge.transition.id },
    );
  }
  return bridges;
}

/** Whether a transition is at the edge of the nested clip, and mixes only the one clip there as it did before. */
function isAlone(choice: Choice, { transition, clip, edge, half }: Bridge): boolean {
  const { reach } = transition;
  const { items, start, end } = choice[half];
  const isAtEdge = edge === 'head' ? itemStart(clip) === start : itemEnd(clip) === end;
  const fade = edge === 'head' ? clip.fades?.in : clip.fades?.out;
  const [from, to] =
    edge === 'head'
      ? [start, addFlicks(start, reach.after)]
      : [subtractFlicks(end, reach.before), end];
  const others = items.filter((item) => item.id !== clip.id && isWithin(item, from, to));
  return isAtEdge && !fade && others.length === 0;
}

/** Ends the links and groups between what is chosen and what is not. */
function separate(draft: Draft, { items, ids }: Choice): void {
  const { project } = draft;
  const isTorn = (all: readonly Item[]) => all.some((other) => !ids.has(other.id));
  relink(
    draft,
    items.filter((item) => isTorn(project.linkedWith(item))),
  );
  const groups = Map.groupBy(
    items.filter((item) => item.groupId !== undefined && isTorn(project.groupedWith(item))),
    (item) => item.groupId,
  );
  for (const members of groups.values()) {
    const groupId = members.length > 1 ? draft.newId() : undefined;
    for (const item of members) draft.set<Item['kind']>(item.id, { groupId });
  }
}

/** Moves the items onto tracks of their own in the new timeline, the earliest at `lead`. */
function moveInside(draft: Draft, choice: Choice, timelineId: ObjectId, lead: Flicks): void {
  const by = subtractFlicks(lead, choice.start);
  const trackIds = new Map(
    tracksWith(choice, choice.items).map((track) => {
      const { trackKind, order, name, height, language } = track;
      const inner = draft.create('track', {
        timelineId,
        trackKind,
        order,
        name,
        ...(isSilent(draft.project, track) ? { muted: true } : {}),
        ...(height === undefined ? {} : { height }),
        ...(language === undefined ? {} : { language }),
      });
      return [track.id, inner];
    }),
  );
  for (const { id } of choice.items) {
    const item = draft.needItem(id);
    place(draft, item, addFlicks(itemStart(item), by), trackIds.get(item.placement.trackId));
  }
}

/** Gives clips inside the media that a transition at the edge of the nested clip shows beyond it. */
function extendUnderBridges(draft: Draft, bridges: readonly Bridge[]): void {
  for (const { clip, edge, transition } of bridges) {
    const item = draft.needItem(clip.id);
    const to =
      edge === 'head'
        ? subtractFlicks(itemStart(item), transition.reach.before)
        : addFlicks(itemEnd(item), transition.reach.after);
    trimItem(draft, item, edge, to);
  }
}

function rejoin(draft: Draft, { transition, edge }: Bridge, nestId: ObjectId): void {
  const cut =
    edge === 'head'
      ? { ...transition.cut, incomingId: nestId }
      : { ...transition.cut, outgoingId: nestId };
  draft.set<'transition'>(transition.id, { cut });
}
