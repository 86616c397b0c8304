import { expect } from 'vitest';
import type { EditCommand } from '#core/edits/registry.ts';
import type { ObjectId } from '#core/model/entities.ts';
import { itemDuration } from '#core/model/items.ts';
import { bundle, type Context, tracksOfBundle } from '../inStep.ts';
import { commandFor, type IntentKind } from '../randomCommands.ts';
import { anyItemId, type Moment, pick, type Wish } from '../wish.ts';

function basic(kind: IntentKind): Pick<Wish, 'command'> {
  return { command: (moment) => commandFor(moment.sample, { kind, ...moment.chances }) };
}

function namedIn(command: EditCommand): ObjectId[] {
  const first = 'clipId' in command && command.clipId !== undefined ? [command.clipId] : [];
  return 'clipIds' in command && command.clipIds !== undefined
    ? [...first, ...command.clipIds]
    : first;
}

const linkScope = (moment: Moment, command: EditCommand) =>
  tracksOfBundle(moment, namedIn(command), 'links');
const groupScope = (moment: Moment, command: EditCommand) =>
  tracksOfBundle(moment, namedIn(command), 'groups');

/** Expects that every item is where it was, and as long. */
function expectInPlace({ before, now }: Context): void {
  for (const old of before.values()) {
    const item = now(old.id);
    expect(item?.placement).toEqual(old.placement);
    expect(item && itemDuration(item)).toBe(itemDuration(old));
  }
}

function two(moment: Moment): ObjectId[] {
  const { chances, items } = moment;
  return [anyItemId(moment), pick(items, chances.other)?.id ?? 'nothing'];
}

export const TRACK_WISHES: Record<string, Wish> = {
  trackAdd: {
    command: ({ timeline, chances }) => ({
      type: 'track.add',
      timelineId: timeline.id,
      trackKind: pick(['video', 'audio', 'graphics', 'caption'] as const, chances.which) ?? 'video',
      ...(chances.flag && { name: `Track ${chances.amount}` }),
    }),
    registers: [],
    scope: () => [],
    expectDefinition: (context) => {
      const { command, moment } = context;
      if (command.type !== 'track.add') return;
      expectInPlace(context);
      const before = new Set(moment.tracks.map(({ id }) => id));
      const tracks = moment.sample.project.tracksOf(command.timelineId);
      const made = tracks.filter(({ id }) => !before.has(id));
      expect(made).toEqual([expect.objectContaining({ trackKind: command.trackKind })]);
      expect(tracks.filter(({ id }) => before.has(id)).map(({ id }) => id)).toEqual([...before]);
    },
  },
  clipRename: {
    command: (moment) => ({
      type: 'clip.rename',
      clipId: anyItemId(moment),
      name: `Name ${moment.chances.amount}`,
    }),
    registers: ['name'],
    scope: (_moment, command) => namedIn(command),
    expectDefinition: (context) => {
      if (context.command.type !== 'clip.rename') return;
      expectInPlace(context);
      expect(context.now(context.command.clipId)).toMatchObject({ name: context.command.name });
    },
  },
  trackSet: {
    command: (moment) => {
      const { amount, flag, which, other } = moment.chances;
      const trackId = pick(moment.tracks, which)?.id ?? 'nothing';
      const second = pick(moment.tracks, other)?.id ?? 'nothing';
      // Mostly in step and unlocked, so that there is something left to edit.
      return {
        type: 'track.set',
        trackId,
        ...(flag ? { trackIds: [second], name: 'Both' } : {}),
        ...(amount % 2 === 0 ? { syncLocked: amount % 3 !== 0 } : { locked: amount % 5 === 0 }),
        ...(amount % 7 === 0 ? { solo: flag, muted: !flag, height: 20 + (other % 381) } : {}),
        ...(amount % 11 === 0 ? { language: 'pt-BR' } : {}),
      };
    },
    registers: ['name', 'syncLocked', 'locked', 'solo', 'muted', 'height', 'language'],
    scope: (_moment, command) =>
      command.type === 'track.set' ? [command.trackId, ...(command.trackIds ?? [])] : [],
    expectDefinition: (context) => {
      const { command, moment } = context;
      if (command.type !== 'track.set') return;
      expectInPlace(context);
      for (const id of [command.trackId, ...(command.trackIds ?? [])]) {
        const track = moment.sample.project.find('track', id);
        if (command.syncLocked !== undefined) {
          expect(track?.syncLocked !== false).toBe(command.syncLocked);
        }
        if (command.locked !== undefined) expect(track?.locked === true).toBe(command.locked);
        if (command.solo !== undefined) expect(track?.solo === true).toBe(command.solo);
        if (command.height !== undefined) expect(track?.height).toBe(command.height);
        if (command.language !== undefined) {
          expect([track?.trackKind, track?.language]).toEqual(['caption', command.language]);
        }
      }
    },
  },
  group: {
    command: (moment) => ({ type: 'clip.group', clipIds: two(moment) }),
    registers: ['groupId'],
    scope: groupScope,
    expectDefinition: (context) => {
      const { command, now } = context;
      if (command.type !== 'clip.group') return;
      expectInPlace(context);
      const groups = new Set(command.clipIds.map((id) => now(id)?.groupId));
      expect([groups.size, groups.has(undefined)]).toEqual([1, false]);
    },
  },
  ungroup: {
    command: (moment) => ({ type: 'clip.ungroup', clipIds: two(moment) }),
    registers: ['groupId'],
    scope: groupScope,
    expectDefinition: (context) => {
      const { command, before, now } = context;
      if (command.type !== 'clip.ungroup') return;
      expectInPlace(context);
      for (const id of command.clipIds) expect(now(id)?.groupId).toBeUndefined();
      const ended = new Set(command.clipIds.map((id) => before.get(id)?.groupId));
      for (const { id, groupId } of before.values()) {
        expect(now(id)?.groupId).toBe(ended.has(groupId) ? undefined : groupId);
      }
    },
  },
  link: {
    ...basic('link'),
    registers: ['linkId'],
    scope: linkScope,
    expectDefinition: (context) => {
      const { command, now } = context;
      if (command.type !== 'clip.link') return;
      expectInPlace(context);
      const links = new Set(command.clipIds.map((id) => linkOf(now(id))));
      expect([links.size, links.has(undefined)]).toEqual([1, false]);
    },
  },
  unlink: {
    ...basic('unlink'),
    registers: ['linkId'],
    scope: linkScope,
    expectDefinition: (context) => {
      const { command, before, now } = context;
      if (command.type !== 'clip.unlink') return;
      expectInPlace(context);
      for (const id of bundle(before.values(), command.clipIds, 'links')) {
        expect(linkOf(now(id))).toBeUndefined();
      }
    },
  },
  detachAudio: {
    command: (moment) => ({
      type: 'clip.detachAudio',
      clipIds: moment.chances.flag ? [anyItemId(moment)] : two(moment),
      ...(moment.chances.amount % 2 === 0 ? { name: 'Detached' } : {}),
    }),
    registers: ['linkId', 'name'],
    scope: linkScope,
    expectDefinition: (context) => {
      const { command, before, moment, now } = context;
      if (command.type !== 'clip.detachAudio') return;
      expectInPlace(context);
      const kindOf = (id: ObjectId) => {
        const item = now(id);
        return moment.tracks.find((track) => track.id === item?.placement.trackId)?.trackKind;
      };
      for (const id of bundle(before.values(), command.clipIds, 'links')) {
        const others = bundle(context.before.values(), [id], 'links');
        for (const other of others) {
          const isApart = (kindOf(id) === 'audio') !== (kindOf(other) === 'audio');
          if (isApart) expect([linkOf(now(id))]).not.toEqual([linkOf(now(other)) ?? 'none']);
        }
        if (kindOf(id) === 'audio' && command.name !== undefined) {
          expect(now(id)).toMatchObject({ name: command.name });
        }
      }
    },
  },
  enable: {
    ...basic('enable'),
    registers: ['disabled'],
    scope: linkScope,
    expectDefinition: (context) => {
      const { command, before, now } = context;
      if (command.type !== 'clip.setEnabled') return;
      expectInPlace(context);
      const changed =
        command.scope === 'alone'
          ? new Set(command.clipIds)
          : bundle(before.values(), command.clipIds, 'links');
      for (const old of before.values()) {
        expect(now(old.id)?.disabled === true).toBe(
          changed.has(old.id) ? !command.enabled : old.disabled === true,
        );
      }
    },
  },
  replace: {
    ...basic('replace'),
    registers: ['assetId', 'sourceRange', 'name', 'nestedTimelineId'],
    scope: linkScope,
    expectDefinition: (context) => {
      const { command, now } = context;
      if (command.type !== 'clip.replace') return;
      expectInPlace(context);
      expect(now(command.clipId)).toMatchObject({ assetId: command.assetId });
    },
  },
  removeTrack: {
    ...basic('removeTrack'),
    registers: ['deleted'],
    scope: (_moment, command) => (command.type === 'track.remove' ? [command.trackId] : []),
    expectDefinition: (context) => {
      const { command, before } = context;
      if (command.type !== 'track.remove') return;
      expectInPlace(context);
      for (const item of before.values()) {
        expect(item.placement.trackId).not.toBe(command.trackId);
      }
    },
  },
  reorder: {
    ...basic('reorder'),
    registers: ['order'],
    scope: (_moment, command) => (command.type === 'track.reorder' ? [command.trackId] : []),
    expectDefinition: (context) => {
      const { command, moment } = context;
      if (command.type !== 'track.reorder') return;
      expectInPlace(context);
      const order = moment.sample.project.tracksOf(moment.timeline.id).map(({ id }) => id);
      if (command.aboveId === command.trackId) return;
      const at = order.indexOf(command.trackId);
      expect(command.aboveId === undefined ? at : order[at - 1]).toBe(command.aboveId ?? 0);
    },
  },
};

function linkOf(item: ReturnType<Context['now']>): ObjectId | undefined {
  return item?.kind === 'clip' ? item.linkId : undefined;
}
