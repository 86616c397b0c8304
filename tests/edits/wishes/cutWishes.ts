import { expect } from 'vitest';
import type { Item, ObjectId } from '#core/model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '#core/model/items.ts';
import {
  bundle,
  type Context,
  expectNothingMoves,
  frameTime,
  madeItems,
  PART_REGISTERS,
  tracksAndItems,
  tracksOfBundle,
} from '../inStep.ts';
import { momentsOf, shownAt } from '../invariants.ts';
import { commandFor } from '../randomCommands.ts';
import { type Moment, pick, type Wish } from '../wish.ts';

const CUT_REGISTERS = [...PART_REGISTERS, 'linkId'];

/** What the timeline showed before a cut, at the moments that mattered then. */
const shownBefore = new WeakMap<Moment, { moments: number[]; shown: string[][] }>();

function rememberShown(moment: Moment): void {
  const moments = momentsOf(moment.sample);
  shownBefore.set(moment, { moments, shown: moments.map((time) => shownAt(moment.sample, time)) });
}

/** Expects that a cut changed nothing that can be seen or heard, and gave both halves all that the whole had. */
function expectCut(context: Context, cut: ReadonlySet<ObjectId>, at: number): void {
  const { moment, before, now } = context;
  const made = madeItems(context);
  expectNothingMoves(context);
  for (const old of before.values()) {
    const isCut = cut.has(old.id) && itemStart(old) < at && at < itemEnd(old);
    const item = now(old.id);
    expect(item && itemEnd(item)).toBe(isCut ? at : itemEnd(old));
    const half = made.find(
      (each) => each.placement.trackId === old.placement.trackId && itemStart(each) === at,
    );
    if (!isCut) continue;
    expect(half).toMatchObject({ kind: old.kind, placement: { start: at } });
    expect(half && itemEnd(half)).toBe(itemEnd(old));
    expect([half?.groupId, half?.disabled]).toEqual([old.groupId, old.disabled]);
    if (half?.kind === 'clip' && half.linkId !== undefined) {
      expect([...before.values()].map((each) => 'linkId' in each && each.linkId)).not.toContain(
        half.linkId,
      );
    }
  }
  for (const [index, time] of (shownBefore.get(moment)?.moments ?? []).entries()) {
    expectSame(shownAt(moment.sample, time), shownBefore.get(moment)?.shown[index] ?? []);
  }
}

/** Expects the same on every track. Halves of a retimed clip round the time of their source each for itself, to a flick. */
function expectSame(shown: readonly string[], known: readonly string[]): void {
  const sources = (tracks: readonly string[]) =>
    [...tracks.join('\n').matchAll(/@(-?\d+)/g)].map(([, source]) => Number(source));
  const words = (tracks: readonly string[]) =>
    tracks.map((text) => text.replaceAll(/@-?\d+/g, '@'));
  expect(words(shown)).toEqual(words(known));
  const before = sources(known);
  for (const [index, source] of sources(shown).entries()) {
    expect(Math.abs(source - (before[index] ?? Number.NaN))).toBeLessThanOrEqual(1);
  }
}

export const CUT_WISHES: Record<string, Wish> = {
  split: {
    command: (moment) => {
      const command = commandFor(moment.sample, { kind: 'split', ...moment.chances });
      if (command.type !== 'clip.split' || moment.chances.flag) return command;
      const at = frameTime(moment, command.at);
      const across = moment.items.filter((item) => itemStart(item) < at && at < itemEnd(item));
      return { ...command, clipIds: across.map((item) => item.id) };
    },
    registers: CUT_REGISTERS,
    scope: (moment, command) => {
      rememberShown(moment);
      if (command.type !== 'clip.split') return [];
      const named = [command.clipId, ...(command.clipIds ?? [])];
      return tracksAndItems(moment, tracksOfBundle(moment, named, 'links'));
    },
    expectDefinition: (context) => {
      const { command, before, moment } = context;
      if (command.type !== 'clip.split') return;
      const named = [command.clipId, ...(command.clipIds ?? [])];
      const cut =
        command.scope === 'alone' ? new Set(named) : bundle(before.values(), named, 'links');
      expectCut(context, cut, frameTime(moment, command.at));
    },
  },
  splitAll: {
    command: (moment) => commandFor(moment.sample, { kind: 'splitAll', ...moment.chances }),
    registers: CUT_REGISTERS,
    scope: (moment) => {
      rememberShown(moment);
      return tracksAndItems(moment, unlocked(moment));
    },
    expectDefinition: (context) => {
      const { command, before, moment } = context;
      if (command.type !== 'clip.splitAll') return;
      const tracks = new Set(unlocked(moment));
      const items = [...before.values()].filter((item) => tracks.has(item.placement.trackId));
      expectCut(context, new Set(items.map(({ id }) => id)), frameTime(moment, command.at));
    },
  },
  trim: {
    command: (moment) => {
      const command = commandFor(moment.sample, { kind: 'trim', ...moment.chances });
      const second = pick(moment.items, moment.chances.other);
      if (command.type !== 'clip.trim' || second === undefined) return command;
      return moment.chances.amount % 3 === 0 ? { ...command, clipIds: [second.id] } : command;
    },
    registers: CUT_REGISTERS,
    scope: (moment, command) => {
      if (command.type !== 'clip.trim') return [];
      const named = [command.clipId, ...(command.clipIds ?? [])];
      return tracksAndItems(moment, tracksOfBundle(moment, named, 'links'));
    },
    expectDefinition: ({ command, before, moment, now }) => {
      if (command.type !== 'clip.trim') return;
      const to = frameTime(moment, command.to);
      const [moving, other] = command.edge === 'head' ? [itemStart, itemEnd] : [itemEnd, itemStart];
      const named = new Set([command.clipId, ...(command.clipIds ?? [])]);
      for (const old of before.values()) {
        const item = now(old.id);
        expect(item && other(item)).toBe(other(old));
        const isLinked = [...named].some((id) => {
          const whole = before.get(id);
          return (
            whole !== undefined &&
            command.scope !== 'alone' &&
            bundle(before.values(), [id], 'links').has(old.id) &&
            moving(whole) === moving(old)
          );
        });
        expect(item && moving(item)).toBe(named.has(old.id) || isLinked ? to : moving(old));
      }
    },
  },
  roll: {
    command: (moment) => commandFor(moment.sample, { kind: 'roll', ...moment.chances }),
    registers: PART_REGISTERS,
    scope: (moment, command) => {
      if (command.type !== 'clip.roll') return [];
      const item = moment.sample.project.item(command.clipId);
      // The clip on the other side of an edit point brings what is linked with it.
      const sides = moment.items.filter(
        (other) =>
          item !== undefined &&
          other.placement.trackId === item.placement.trackId &&
          (itemEnd(other) === itemStart(item) || itemStart(other) === itemEnd(item)),
      );
      const ids = [command.clipId, ...sides.map(({ id }) => id)];
      return tracksAndItems(moment, tracksOfBundle(moment, ids, 'links'));
    },
    expectDefinition: ({ command, before, moment, now }) => {
      if (command.type !== 'clip.roll') return;
      const to = frameTime(moment, command.to);
      const isHead = command.edge === 'head';
      const item = needed(before, command.clipId);
      const after = now(command.clipId);
      const other = beside(before, item).find((each) =>
        isHead ? itemEnd(each) === itemStart(item) : itemStart(each) === itemEnd(item),
      );
      const partner = other && now(other.id);
      expect(partner && (isHead ? itemEnd(partner) : itemStart(partner))).toBe(to);
      expect(after && (isHead ? itemStart(after) : itemEnd(after))).toBe(to);
      expect(after && partner && itemDuration(partner) + itemDuration(after)).toBe(
        other && itemDuration(other) + itemDuration(item),
      );
    },
  },
  slip: {
    command: (moment) => commandFor(moment.sample, { kind: 'slip', ...moment.chances }),
    registers: ['sourceRange'],
    scope: (moment, command) =>
      command.type === 'clip.slip' ? tracksOfBundle(moment, [command.clipId], 'links') : [],
    expectDefinition: ({ before, now }) => {
      for (const [id, old] of before) {
        const item = now(id);
        expect(item?.placement).toEqual(old.placement);
        expect(item && itemDuration(item)).toBe(itemDuration(old));
      }
    },
  },
  slide: {
    command: (moment) => commandFor(moment.sample, { kind: 'slide', ...moment.chances }),
    registers: PART_REGISTERS,
    scope: (moment, command) =>
      command.type === 'clip.slide'
        ? tracksAndItems(moment, tracksOfBundle(moment, [command.clipId], 'links'))
        : [],
    expectDefinition: ({ command, before, moment, now }) => {
      if (command.type !== 'clip.slide') return;
      const item = needed(before, command.clipId);
      const after = now(command.clipId);
      expect(after && itemStart(after)).toBe(itemStart(item) + frameTime(moment, command.by));
      expect(after && itemDuration(after)).toBe(itemDuration(item));
      const linked =
        command.scope === 'alone'
          ? new Set([item.id])
          : bundle(before.values(), [item.id], 'links');
      const neighbours = beside(before, item);
      // What lies between two sliding items moves with them.
      if (neighbours.some((each) => linked.has(each.id))) return;
      const outer = (each: Item | undefined, old: Item) =>
        each && (itemStart(old) < itemStart(item) ? itemStart(each) : itemEnd(each));
      for (const old of neighbours) expect(outer(now(old.id), old)).toBe(outer(old, old));
    },
  },
};

function unlocked({ tracks }: Moment): ObjectId[] {
  return tracks.filter((track) => !track.locked).map((track) => track.id);
}

function needed(before: ReadonlyMap<ObjectId, Item>, id: ObjectId): Item {
  const item = before.get(id);
  if (item === undefined) throw new Error('The item was not there before');
  return item;
}

/** The other items of its track. */
function beside(before: ReadonlyMap<ObjectId, Item>, item: Item): Item[] {
  return [...before.values()].filter(
    (other) => other.id !== item.id && other.placement.trackId === item.placement.trackId,
  );
}
