import { expect } from 'vitest';
import type { Item, ObjectId } from '#core/model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '#core/model/items.ts';
import { CLIP_PARAMETER_NAMES } from '#core/model/parameters.ts';
import { resolveTime, type TimeInput } from '#core/time/timeInput.ts';
import type { Moment, Wish } from './wish.ts';

/** Registers that a cut or trim of an item may change, and those of its markers. */
export const PART_REGISTERS: readonly string[] = [
  'placement',
  'sourceRange',
  'duration',
  'motion',
  'words',
  'fades',
  'effects',
  ...CLIP_PARAMETER_NAMES,
  'span',
  'ownerId',
];

/** Registers that an edit may change that makes room, or closes it. */
export const RIPPLE_REGISTERS: readonly string[] = [...PART_REGISTERS, 'deleted', 'linkId'];

export type Context = Parameters<NonNullable<Wish['expectDefinition']>>[0];

/** Where markers of the timeline were before the command that this moment was for. */
const marksBefore = new WeakMap<Moment, ReadonlyMap<ObjectId, number>>();

/** Everything that hangs together with the named items, by links alone or by groups too. */
export function bundle(
  items: Iterable<Item>,
  ids: readonly ObjectId[],
  by: 'links' | 'groups',
): Set<ObjectId> {
  const all = [...items];
  const found = new Set(ids);
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    const members = all.filter((item) => found.has(item.id));
    for (const item of all) {
      const isLinked = members.some(
        (member) =>
          (member.kind === 'clip' &&
            item.kind === 'clip' &&
            member.linkId !== undefined &&
            member.linkId === item.linkId) ||
          (by === 'groups' && member.groupId !== undefined && member.groupId === item.groupId),
      );
      if (isLinked) found.add(item.id);
    }
  }
  return found;
}

/** Tracks, with the ids of what stands on them, whose markers may change owner. */
export function tracksAndItems(moment: Moment, trackIds: Iterable<ObjectId>): ObjectId[] {
  const tracks = new Set(trackIds);
  const items = moment.items.filter((item) => tracks.has(item.placement.trackId));
  return [...tracks, ...items.map((item) => item.id)];
}

/** The tracks that the named items and all that hangs together with them stand on. */
export function tracksOfBundle(
  moment: Moment,
  ids: readonly ObjectId[],
  by: 'links' | 'groups',
): ObjectId[] {
  const found = bundle(moment.items, ids, by);
  return moment.items.filter((item) => found.has(item.id)).map((item) => item.placement.trackId);
}

/** Where an edit may write that pushes or pulls: its own tracks, those in sync lock, and the timeline’s markers. */
export function rippleScope(moment: Moment, own: readonly ObjectId[]): ObjectId[] {
  const { project } = moment.sample;
  const markers = project.markersOf(moment.timeline.id);
  marksBefore.set(moment, new Map(markers.map(({ id, span }) => [id, span.time])));
  const following = moment.tracks.filter(isFollowing).map((track) => track.id);
  return [moment.timeline.id, ...tracksAndItems(moment, [...own, ...following])];
}

function isFollowing(track: Moment['tracks'][number]): boolean {
  return track.syncLocked !== false && track.locked !== true;
}

/** `input` on the nearest frame, in flicks. */
export function frameTime({ timeline, frame }: Moment, input: TimeInput): number {
  return Math.round(resolveTime(input, timeline.format.frameRate) / frame) * frame;
}

/** Where something is after room was made. */
export function pushed(from: number, by: number): (time: number) => number {
  return (time) => (time >= from ? time + by : time);
}

/** Where something is after a stretch was taken out. */
export function pulled(start: number, end: number): (time: number) => number {
  return (time) => (time <= start ? time : Math.max(start, time - (end - start)));
}

/**
 * Expects that every item begins where it did or, on the edit’s own tracks and those in sync lock, where `moves` says;
 * that no other track lost or cut anything; and that markers went along.
 */
export function expectInStep(
  { moment, before, now }: Context,
  own: ReadonlySet<ObjectId>,
  moves: (time: number, trackId?: ObjectId) => number,
  except: ReadonlySet<ObjectId> = new Set(),
): void {
  const followers = new Set(moment.tracks.filter(isFollowing).map((track) => track.id));
  for (const old of before.values()) {
    if (except.has(old.id)) continue;
    const { trackId } = old.placement;
    const item = now(old.id);
    if (!own.has(trackId)) expect(item && itemDuration(item)).toBe(itemDuration(old));
    if (item === undefined) continue;
    const isCarried = own.has(trackId) || followers.has(trackId);
    expect(itemStart(item)).toBe(isCarried ? moves(itemStart(old), trackId) : itemStart(old));
  }
  for (const [id, time] of marksBefore.get(moment) ?? []) {
    expect(moment.sample.project.find('marker', id)?.span.time).toBe(moves(time));
  }
}

/** Items that the command made. */
export function madeItems({ moment, before }: Context): Item[] {
  const { project } = moment.sample;
  return project
    .tracksOf(moment.timeline.id)
    .flatMap((track) => [...project.itemsOn(track.id)])
    .filter((item) => !before.has(item.id));
}

/** Expects that everything that is still there begins where it did. */
export function expectNothingMoves(context: Context, except?: ReadonlySet<ObjectId>): void {
  expectInStep(context, new Set(context.moment.tracks.map((track) => track.id)), same, except);
}

function same(time: number): number {
  return time;
}

/** Whether two items share any time. */
export function overlap(a: Item, b: Item): boolean {
  return itemStart(a) < itemEnd(b) && itemStart(b) < itemEnd(a);
}
