import { expect } from 'vitest';
import type { Item, ObjectId } from '#core/model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '#core/model/items.ts';
import {
  bundle,
  type Context,
  expectInStep,
  expectNothingMoves,
  frameTime,
  madeItems,
  overlap,
  pulled,
  pushed,
  RIPPLE_REGISTERS,
  rippleScope,
  tracksOfBundle,
} from '../inStep.ts';
import { commandFor, type IntentKind } from '../randomCommands.ts';
import type { Moment, Wish } from '../wish.ts';

/** A wish that is made as the basic commands are. */
function basic(kind: IntentKind): Pick<Wish, 'command'> {
  return { command: (moment) => commandFor(moment.sample, { kind, ...moment.chances }) };
}

const allTracks = ({ tracks }: Moment) => tracks.map((track) => track.id);

function tracksOf(items: Iterable<Item>): Set<ObjectId> {
  return new Set([...items].map((item) => item.placement.trackId));
}

export const RIPPLE_WISHES: Record<string, Wish> = {
  append: {
    ...basic('append'),
    registers: [],
    scope: (moment) => allTracks(moment),
    expectDefinition: (context) => {
      expectNothingMoves(context);
      const made = madeItems(context);
      for (const old of context.before.values()) {
        expect(context.now(old.id)).toEqual(old);
        for (const item of made) {
          if (item.placement.trackId === old.placement.trackId) {
            expect(itemStart(item)).toBeGreaterThanOrEqual(itemEnd(old));
          }
        }
      }
    },
  },
  insert: {
    ...basic('insert'),
    registers: RIPPLE_REGISTERS,
    scope: (moment) => rippleScope(moment, allTracks(moment)),
    expectDefinition: (context) => {
      const { command, moment } = context;
      if (command.type !== 'clip.insert') return;
      const at = frameTime(moment, command.at);
      const clips = madeItems(context).filter(
        (item) => item.kind === 'clip' && itemStart(item) === at,
      );
      const [clip] = clips;
      if (clip === undefined) throw new Error('Nothing was inserted');
      expectInStep(context, tracksOf(clips), pushed(at, itemDuration(clip)));
    },
  },
  overwrite: {
    ...basic('overwrite'),
    registers: RIPPLE_REGISTERS,
    scope: (moment) => allTracks(moment).flatMap((id) => [id, ...moment.items.map((i) => i.id)]),
    expectDefinition: (context) => expectNothingMoves(context),
  },
  delete: {
    command: (moment) => {
      const { chances, items } = moment;
      const basicCommand = commandFor(moment.sample, { kind: 'delete', ...chances });
      const second = items[chances.other % Math.max(1, items.length)];
      if (basicCommand.type !== 'clip.delete' || second === undefined) return basicCommand;
      return chances.amount % 2 === 0
        ? basicCommand
        : { ...basicCommand, clipIds: [...basicCommand.clipIds, second.id] };
    },
    registers: RIPPLE_REGISTERS,
    scope: (moment, command) =>
      rippleScope(
        moment,
        command.type === 'clip.delete' ? tracksOfBundle(moment, command.clipIds, 'groups') : [],
      ),
    expectDefinition: (context) => {
      const { command, before, now } = context;
      if (command.type !== 'clip.delete') return;
      const gone =
        command.scope === 'alone'
          ? new Set(command.clipIds)
          : bundle(before.values(), command.clipIds, 'groups');
      for (const id of before.keys()) expect(now(id) === undefined).toBe(gone.has(id));
      if (command.gap !== 'close') expectNothingMoves(context);
      else expectGapsClosed(context, gone);
    },
  },
  extract: {
    ...basic('extract'),
    registers: RIPPLE_REGISTERS,
    scope: (moment, command) =>
      rippleScope(
        moment,
        command.type === 'clip.extract' ? (command.trackIds ?? allTracks(moment)) : [],
      ),
    expectDefinition: (context) => {
      const { command, moment } = context;
      if (command.type !== 'clip.extract') return;
      const own = new Set(command.trackIds ?? allTracks(moment));
      const [start, end] = [command.from, command.to].map((time) => frameTime(moment, time));
      expectInStep(context, own, pulled(start ?? 0, end ?? 0));
    },
  },
  lift: {
    ...basic('lift'),
    registers: RIPPLE_REGISTERS,
    scope: (moment, command) => {
      const own = 'trackIds' in command && command.trackIds ? command.trackIds : allTracks(moment);
      return [...own, ...moment.items.map((item) => item.id)];
    },
    expectDefinition: (context) => {
      const { command, moment } = context;
      if (command.type !== 'clip.lift') return;
      expectNothingMoves(context);
      const [start, end] = [command.from, command.to].map((time) => frameTime(moment, time));
      const { project } = moment.sample;
      for (const trackId of command.trackIds ?? allTracks(moment)) {
        const inside = project
          .itemsOn(trackId)
          .filter((item) => itemStart(item) < (end ?? 0) && itemEnd(item) > (start ?? 0));
        expect(inside).toEqual([]);
      }
    },
  },
  closeGap: {
    ...basic('closeGap'),
    registers: RIPPLE_REGISTERS,
    scope: (moment, command) =>
      rippleScope(moment, command.type === 'gap.close' ? command.trackIds : []),
    expectDefinition: (context) => {
      const { command, before, moment } = context;
      if (command.type !== 'gap.close') return;
      const own = new Set(command.trackIds);
      const at = frameTime(moment, command.at);
      const items = [...before.values()].filter((item) => own.has(item.placement.trackId));
      const ends = items.filter((item) => itemStart(item) < at).map(itemEnd);
      const starts = items.filter((item) => itemStart(item) >= at).map(itemStart);
      expectInStep(context, own, pulled(Math.max(0, ...ends), Math.min(...starts)));
    },
  },
  rippleTrim: {
    ...basic('rippleTrim'),
    registers: RIPPLE_REGISTERS,
    scope: (moment, command) =>
      rippleScope(
        moment,
        command.type === 'clip.rippleTrim' ? tracksOfBundle(moment, [command.clipId], 'links') : [],
      ),
    expectDefinition: (context) => {
      const { command, before, moment, now } = context;
      if (command.type !== 'clip.rippleTrim') return;
      const item = before.get(command.clipId);
      const after = now(command.clipId);
      if (item === undefined || after === undefined) throw new Error('The trimmed item is gone');
      const by = frameTime(moment, command.by);
      const isHead = command.edge === 'head';
      const longer = isHead ? -by : by;
      expect(itemStart(after)).toBe(itemStart(item));
      expect(itemDuration(after)).toBe(itemDuration(item) + longer);
      const edgeOf = isHead ? itemStart : itemEnd;
      const edge = edgeOf(item);
      const ids =
        command.scope === 'alone'
          ? new Set([item.id])
          : bundle(before.values(), [item.id], 'links');
      const linked = [...before.values()].filter(({ id }) => ids.has(id));
      const trimmed = linked.filter((other) => edgeOf(other) === edge);
      const moves =
        longer >= 0
          ? pushed(edge, longer)
          : pulled(isHead ? edge : edge + longer, isHead ? edge - longer : edge);
      expectInStep(context, tracksOf(linked), moves, new Set(trimmed.map(({ id }) => id)));
      for (const other of trimmed) {
        expect(now(other.id)?.placement).toEqual(other.placement);
      }
    },
  },
  moveSeveral: {
    ...basic('moveSeveral'),
    registers: RIPPLE_REGISTERS,
    scope: (moment) => rippleScope(moment, allTracks(moment)),
    expectDefinition: (context) => {
      const { command, before, moment, now } = context;
      if (command.type !== 'clip.move') return;
      const ids = [command.clipId, ...(command.clipIds ?? [])];
      const moved =
        command.scope === 'alone' ? new Set(ids) : bundle(before.values(), ids, 'groups');
      const items = [...before.values()].filter(({ id }) => moved.has(id));
      const delta = frameTime(moment, command.to) - startOf(before, command.clipId);
      for (const item of items) {
        expect(now(item.id)).toMatchObject({
          placement: { ...item.placement, start: itemStart(item) + delta },
        });
        expect(itemDuration(now(item.id) ?? item)).toBe(itemDuration(item));
      }
      if (command.mode === 'overwrite') return expectNothingMoves(context, moved);
      const start = Math.min(...items.map(itemStart)) + delta;
      const end = Math.max(...items.map(itemEnd)) + delta;
      expectInStep(context, tracksOf(items), pushed(start, end - start), moved);
    },
  },
  nudge: {
    ...basic('nudge'),
    registers: RIPPLE_REGISTERS,
    scope: (moment, command) => {
      const ids = command.type === 'clip.nudge' ? command.clipIds : [];
      return [...tracksOfBundle(moment, ids, 'groups'), ...moment.items.map((item) => item.id)];
    },
    expectDefinition: (context) => {
      const { command, before, moment, now } = context;
      if (command.type !== 'clip.nudge') return;
      const moved =
        command.scope === 'alone'
          ? new Set(command.clipIds)
          : bundle(before.values(), command.clipIds, 'groups');
      for (const id of moved) {
        expect(now(id)).toMatchObject({
          placement: { start: startOf(before, id) + command.frames * moment.frame },
        });
      }
      expectNothingMoves(context, moved);
    },
  },
  duplicate: {
    ...basic('duplicate'),
    registers: RIPPLE_REGISTERS,
    scope: (moment) => rippleScope(moment, allTracks(moment)),
    expectDefinition: (context) => {
      const { command, before, moment } = context;
      if (command.type !== 'clip.duplicate') return;
      const copied =
        command.scope === 'alone'
          ? new Set(command.clipIds)
          : bundle(before.values(), command.clipIds, 'groups');
      const items = [...before.values()].filter(({ id }) => copied.has(id));
      const first = Math.min(...items.map(itemStart));
      const last = Math.max(...items.map(itemEnd));
      const at = command.at === undefined ? last : frameTime(moment, command.at);
      const made = madeItems(context);
      for (const item of items) {
        const copy = made.find(
          (each) =>
            each.placement.trackId === item.placement.trackId &&
            itemStart(each) === itemStart(item) - first + at &&
            itemDuration(each) === itemDuration(item),
        );
        expect(copy).toBeDefined();
        if (item.groupId !== undefined) expect(copy?.groupId).not.toBe(item.groupId);
      }
      if (command.mode === 'overwrite') return expectNothingMoves(context);
      expectInStep(context, tracksOf(items), pushed(at, last - first));
    },
  },
};

function startOf(before: ReadonlyMap<ObjectId, Item>, id: ObjectId): number {
  const item = before.get(id);
  if (item === undefined) throw new Error('The item was not there before');
  return itemStart(item);
}

/** Closing gaps, frame by frame: what was held by items that went at one time, and is empty on all their tracks now. */
function expectGapsClosed(context: Context, gone: ReadonlySet<ObjectId>): void {
  const { before, moment } = context;
  const { frame } = moment;
  const removed = [...before.values()].filter(({ id }) => gone.has(id));
  const left = [...before.values()].filter(({ id }) => !gone.has(id));
  const held = (items: readonly Item[], time: number) =>
    items.some((item) => itemStart(item) <= time && time < itemEnd(item));
  const emptied = new Map<number, ReadonlySet<ObjectId>>();
  for (const item of removed) {
    const together = atOneTime(removed, item);
    const tracks = tracksOf(together);
    const standing = left.filter((other) => tracks.has(other.placement.trackId));
    for (let time: number = itemStart(item); time < itemEnd(item); time += frame) {
      if (!held(standing, time)) emptied.set(time, tracks);
    }
  }
  const syncLocked = new Set(
    moment.tracks
      .filter((track) => track.syncLocked !== false && !track.locked)
      .map((track) => track.id),
  );
  const frames = [...emptied].sort(([a], [b]) => a - b);
  expectInStep(
    context,
    tracksOf(removed),
    (time, trackId) => {
      const closed = frames.filter(
        ([start, tracks]) =>
          start < time && (trackId === undefined || syncLocked.has(trackId) || tracks.has(trackId)),
      );
      return closed.reduce((at, [start]) => at - Math.min(frame, time - start), time);
    },
    gone,
  );
}

/** Items that share time with one, or with one that does. */
function atOneTime(items: readonly Item[], item: Item): Item[] {
  const found = new Set([item]);
  for (const one of found) {
    for (const other of items) if (overlap(one, other)) found.add(other);
  }
  return [...found];
}
