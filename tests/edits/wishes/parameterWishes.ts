import { expect } from 'vitest';
import type { EditCommand } from '#core/edits/registry.ts';
import type { Clip, Item } from '#core/model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '#core/model/items.ts';
import { type Animated, valueAt } from '#core/model/keyframes.ts';
import { CLIP_PARAMETERS, type ClipParameter } from '#core/model/parameters.ts';
import { flicks } from '#core/time/flicks.ts';
import { resolveTime, type TimeInput } from '#core/time/timeInput.ts';
import { anyItemId, linkedTracks, type Moment, pick, type Wish } from '../wish.ts';

const NAMES = Object.keys(CLIP_PARAMETERS) as ClipParameter[];

/** A time on a random frame of a random item, its end included; now and then one outside. */
function timeOf(moment: Moment, chance = moment.chances.amount): TimeInput {
  const item = pick(moment.items, moment.chances.which);
  if (item === undefined) return 0;
  const frames = itemDuration(item) / moment.frame;
  const beyond = chance % 23 === 0 ? 2 : 1;
  // Not always on a frame: commands move times to the nearest one.
  const stray = chance % 3 === 0 ? Math.floor(moment.frame / 3) : 0;
  return flicks(itemStart(item) + (chance % (frames + beyond)) * moment.frame + stray);
}

function valueOf(name: ClipParameter, chance: number): number {
  const { min, max, default: byDefault } = CLIP_PARAMETERS[name];
  return chance % 5 === 0 ? byDefault : min + ((max - min) * (chance % 101)) / 100;
}

/** The parameter that a wish is about; a small choice, so that keyframes gather. */
function nameOf({ chances }: Moment): ClipParameter {
  return pick(['opacity', 'gainDb', 'positionX'] as const, chances.other) ?? 'opacity';
}

const onLinkedTracks: Wish['scope'] = (moment) => linkedTracks(moment, [anyItemId(moment)]);

/** What a clip showed of a parameter, frame by frame, its end included. */
function course(clip: Clip, name: ClipParameter, frame: number): number[] {
  const frames = itemDuration(clip) / frame;
  const stored: Animated = clip[name] ?? CLIP_PARAMETERS[name].default;
  return Array.from({ length: frames + 1 }, (_, index) => valueAt(stored, flicks(index * frame)));
}

type Checked = {
  moment: Moment;
  command: Extract<EditCommand, { parameter: string }>;
  before: ReadonlyMap<string, Item>;
  now: (id: string) => Item | undefined;
};

/** The clips that have the parameter: those on the right kind of track, by their tracks alone. */
function changedClips({ moment, command, before, now }: Checked) {
  const of = CLIP_PARAMETERS[command.parameter as ClipParameter].of;
  const kindOf = (item: Item) =>
    moment.tracks.find((track) => track.id === item.placement.trackId)?.trackKind;
  const named = before.get(command.clipId);
  return [...before.values()].flatMap((old) => {
    if (old.kind !== 'clip' || named?.kind !== 'clip') return [];
    const isNamed = old.id === named.id;
    const isLinked = old.linkId !== undefined && old.linkId === named.linkId;
    const isRight = (item: Item) => (kindOf(item) === 'audio') === (of === 'sound');
    const clip = now(old.id);
    const isMeant = isRight(named) ? isNamed : isRight(old) && isLinked;
    return isMeant && clip?.kind === 'clip' ? [{ old, clip }] : [];
  });
}

function keyframeTimes(clip: Clip, name: ClipParameter): number[] {
  const animated = clip[name];
  return typeof animated === 'object' ? animated.keyframes.map(({ time }) => time) : [];
}

export const PARAMETER_WISHES: Record<string, Wish> = {
  setParameters: {
    prepare: someKeyframes,
    command: (moment) => {
      const name =
        moment.chances.amount % 2 === 0
          ? nameOf(moment)
          : (pick(NAMES, moment.chances.other) ?? 'opacity');
      return {
        type: 'clip.setParameters',
        clipIds: [anyItemId(moment)],
        parameters: { [name]: valueOf(name, moment.chances.amount) },
        ...(moment.chances.flag ? { at: timeOf(moment) } : {}),
      };
    },
    registers: NAMES,
    scope: onLinkedTracks,
    expectDefinition: ({ moment, command, before, now }) => {
      if (command.type !== 'clip.setParameters') return;
      for (const [parameter, value] of Object.entries(command.parameters)) {
        const name = parameter as ClipParameter;
        const asKeyframe = { ...command, clipId: command.clipIds[0] ?? '', parameter };
        const changed = changedClips({ moment, before, now, command: asKeyframe as never });
        expect(changed.length).toBeGreaterThan(0);
        for (const { old, clip } of changed) {
          if (typeof old[name] !== 'object' || command.at === undefined) {
            expect(clip[name] ?? CLIP_PARAMETERS[name].default).toBe(value);
            // What has its default is not stored.
            expect(clip[name]).not.toBe(CLIP_PARAMETERS[name].default);
          } else {
            const time = nearestFrame(moment, command.at) - itemStart(old);
            expect(valueAt(clip[name] ?? 0, flicks(time))).toBe(value);
            expect(keyframeTimes(clip, name)).toEqual(
              [...new Set([...keyframeTimes(old, name), time])].sort((a, b) => a - b),
            );
          }
        }
      }
    },
  },
  resetParameters: {
    command: (moment) => ({
      type: 'clip.resetParameters',
      clipIds: [anyItemId(moment)],
      ...(moment.chances.flag ? { parameters: [nameOf(moment)] } : {}),
    }),
    registers: NAMES,
    scope: onLinkedTracks,
    expectDefinition: ({ command, now }) => {
      if (command.type !== 'clip.resetParameters' || command.parameters !== undefined) return;
      const clip = now(command.clipIds[0] ?? '');
      expect(NAMES.filter((name) => clip?.kind === 'clip' && clip[name] !== undefined)).toEqual([]);
    },
  },
  keyframeSet: {
    prepare: someKeyframes,
    command: (moment) => ({
      type: 'keyframe.set',
      clipId: anyItemId(moment),
      parameter: nameOf(moment),
      at: timeOf(moment),
      ...(moment.chances.flag ? { value: valueOf(nameOf(moment), moment.chances.amount) } : {}),
      ...(moment.chances.amount % 4 === 0 ? { easing: 'ease-in-out' as const } : {}),
    }),
    registers: NAMES,
    scope: onLinkedTracks,
    expectDefinition: ({ moment, command, before, now }) => {
      if (command.type !== 'keyframe.set') return;
      const name = nameOf(moment);
      for (const { old, clip } of changedClips({ moment, command, before, now })) {
        const frame = (nearestFrame(moment, command.at) - itemStart(old)) / moment.frame;
        const values = [course(old, name, moment.frame), course(clip, name, moment.frame)];
        expect(values[1]?.[frame]).toBe(command.value ?? values[0]?.[frame]);
        const at = frame * moment.frame;
        const others = keyframeTimes(old, name).filter((time) => !isSameFrame(moment, time, at));
        expect(keyframeTimes(clip, name).toSorted((a, b) => a - b)).toEqual(
          [...others, frame * moment.frame].sort((a, b) => a - b),
        );
        // Nothing changes before the keyframe ahead of the new one, nor after the one behind it.
        const first = Math.max(...others.filter((time) => time < frame * moment.frame), -1);
        const last = Math.min(
          ...others.filter((time) => time > frame * moment.frame),
          Number.POSITIVE_INFINITY,
        );
        const outside = (list: readonly number[] | undefined) =>
          list?.filter((_, index) => index * moment.frame < first || index * moment.frame > last);
        expect(outside(values[1])).toEqual(outside(values[0]));
      }
    },
  },
  keyframeRemove: {
    prepare: someKeyframes,
    command: (moment) => ({
      type: 'keyframe.remove',
      clipId: anyItemId(moment),
      parameter: nameOf(moment),
      at: [aKeyframe(moment)],
    }),
    registers: NAMES,
    scope: onLinkedTracks,
    expectDefinition: ({ moment, command, before, now }) => {
      if (command.type !== 'keyframe.remove') return;
      const name = nameOf(moment);
      for (const { old, clip } of changedClips({ moment, command, before, now })) {
        const at = nearestFrame(moment, command.at[0] ?? 0) - itemStart(old);
        const times = keyframeTimes(old, name);
        const gone = times.filter((time) => isSameFrame(moment, time, at));
        expect(gone.length).toBeGreaterThan(0);
        expect(keyframeTimes(clip, name)).toEqual(times.filter((time) => !gone.includes(time)));
        if (keyframeTimes(clip, name).length === 0) {
          expect(clip[name] ?? CLIP_PARAMETERS[name].default).toBe(
            valueAt(old[name] ?? 0, flicks(gone[0] ?? 0)),
          );
        }
      }
    },
  },
  keyframeMove: {
    prepare: someKeyframes,
    command: (moment) => ({
      type: 'keyframe.move',
      clipId: anyItemId(moment),
      parameter: nameOf(moment),
      keyframes: [
        {
          from: aKeyframe(moment),
          ...(moment.chances.amount % 5 === 0 ? {} : { to: timeOf(moment) }),
          ...(moment.chances.flag ? { value: valueOf(nameOf(moment), moment.chances.amount) } : {}),
        },
      ],
    }),
    registers: NAMES,
    scope: onLinkedTracks,
    expectDefinition: ({ moment, command, before, now }) => {
      if (command.type !== 'keyframe.move') return;
      const name = nameOf(moment);
      const [move] = command.keyframes;
      if (move === undefined) return;
      for (const { old, clip } of changedClips({ moment, command, before, now })) {
        const times = keyframeTimes(old, name);
        const named = nearestFrame(moment, move.from) - itemStart(old);
        const from = times.find((time) => isSameFrame(moment, time, named)) ?? -1;
        const to = move.to === undefined ? from : nearestFrame(moment, move.to) - itemStart(old);
        const others = times.filter((time) => time !== from && !isSameFrame(moment, time, to));
        expect(keyframeTimes(clip, name)).toEqual([...others, to].sort((a, b) => a - b));
        expect(valueAt(clip[name] ?? 0, flicks(to))).toBe(
          move.value ?? valueAt(old[name] ?? 0, flicks(from)),
        );
      }
    },
  },
  keyframeSetEasing: {
    prepare: someKeyframes,
    command: (moment) => ({
      type: 'keyframe.setEasing',
      clipId: anyItemId(moment),
      parameter: nameOf(moment),
      at: [aKeyframe(moment)],
      easing: moment.chances.flag ? 'hold' : [0.2, 0, moment.chances.amount / 1000, 1],
    }),
    registers: NAMES,
    scope: onLinkedTracks,
    expectDefinition: ({ moment, command, before, now }) => {
      if (command.type !== 'keyframe.setEasing') return;
      const name = nameOf(moment);
      for (const { old, clip } of changedClips({ moment, command, before, now })) {
        // Keyframes stay as they are; what they hold stays until the next.
        expect(keyframeTimes(clip, name)).toEqual(keyframeTimes(old, name));
        const named = nearestFrame(moment, command.at[0] ?? 0) - itemStart(old);
        const times = keyframeTimes(old, name);
        const at = times.findLast((time) => isSameFrame(moment, time, named)) ?? named;
        const next = times.find((time) => time > at);
        if (command.easing !== 'hold' || next === undefined) continue;
        expect(valueAt(clip[name] ?? 0, flicks(next - 1))).toBe(
          valueAt(old[name] ?? 0, flicks(at)),
        );
      }
    },
  },
  keyframeClear: {
    prepare: someKeyframes,
    command: (moment) => ({
      type: 'keyframe.clear',
      clipId: anyItemId(moment),
      parameter: nameOf(moment),
      ...(moment.chances.flag ? { at: timeOf(moment) } : {}),
    }),
    registers: NAMES,
    scope: onLinkedTracks,
    expectDefinition: ({ moment, command, before, now }) => {
      if (command.type !== 'keyframe.clear') return;
      const name = nameOf(moment);
      for (const { old, clip } of changedClips({ moment, command, before, now })) {
        const time =
          command.at === undefined ? 0 : nearestFrame(moment, command.at) - itemStart(old);
        const frame = time / moment.frame;
        expect(new Set(course(clip, name, moment.frame))).toEqual(
          new Set([course(old, name, moment.frame)[frame]]),
        );
        expect(typeof clip[name]).not.toBe('object');
      }
    },
  },
  setFades: {
    command: (moment) => ({
      type: 'clip.setFades',
      clipIds: [anyItemId(moment)],
      ...(moment.chances.other % 3 === 0 ? {} : { in: `${moment.chances.amount % 90}f` }),
      ...(moment.chances.other % 3 === 1 ? {} : { out: `${moment.chances.other % 90}f` }),
      scope: moment.chances.flag ? 'alone' : 'linked',
    }),
    registers: ['fades'],
    scope: onLinkedTracks,
    expectDefinition: ({ moment, command, before, now }) => {
      if (command.type !== 'clip.setFades') return;
      const named = before.get(command.clipIds[0] ?? '');
      for (const old of before.values()) {
        const clip = now(old.id);
        if (old.kind !== 'clip' || clip?.kind !== 'clip' || named?.kind !== 'clip') continue;
        const isLinked = old.linkId !== undefined && old.linkId === named.linkId;
        const isMeant = old.id === named.id || (command.scope !== 'alone' && isLinked);
        if (!isMeant) {
          expect(clip.fades).toEqual(old.fades);
          continue;
        }
        const fades = clip.fades ?? { in: 0, out: 0 };
        const asked = {
          in: command.in === undefined ? (old.fades?.in ?? 0) : lengthOf(moment, command.in),
          out: command.out === undefined ? (old.fades?.out ?? 0) : lengthOf(moment, command.out),
        };
        const length = itemEnd(old) - itemStart(old);
        expect(fades.in + fades.out).toBe(Math.min(length, asked.in + asked.out));
        expect(fades.in).toBeLessThanOrEqual(asked.in);
        expect(fades.out).toBeLessThanOrEqual(asked.out);
        // A fade that was not asked about stays.
        if (command.in === undefined) expect(fades.in).toBe(asked.in);
        if (command.out === undefined) expect(fades.out).toBe(asked.out);
      }
    },
  },
  setBlend: {
    command: (moment) => ({
      type: 'clip.setBlend',
      clipIds: [anyItemId(moment)],
      blend: pick(['normal', 'multiply', 'screen'] as const, moment.chances.amount) ?? 'normal',
    }),
    registers: ['blend'],
    scope: onLinkedTracks,
    expectDefinition: ({ moment, command, now }) => {
      if (command.type !== 'clip.setBlend') return;
      const item = now(command.clipIds[0] ?? '');
      const track = moment.tracks.find(({ id }) => id === item?.placement.trackId);
      if (item?.kind !== 'clip' || track?.trackKind === 'audio') return;
      expect(item.blend ?? 'normal').toBe(command.blend);
    },
  },
};

/** Three keyframes on the item that a wish is about. */
function someKeyframes(moment: Moment): EditCommand[] {
  const { amount, other } = moment.chances;
  return [amount, other, amount + other].map((chance, index) => ({
    type: 'keyframe.set',
    clipId: anyItemId(moment),
    parameter: nameOf(moment),
    at: timeOf(moment, chance),
    value: valueOf(nameOf(moment), chance),
    easing: index === 0 ? 'ease-out' : index === 1 ? 'hold' : 'linear',
  }));
}

/** Whether two times within a clip belong to one frame: a paste from another frame rate leaves some between two. */
function isSameFrame({ frame }: Moment, a: number, b: number): boolean {
  return Math.round(a / frame) === Math.round(b / frame);
}

/** The time on the timeline of a keyframe of the item that a wish is about; mostly there is one. */
function aKeyframe(moment: Moment): TimeInput {
  const id = anyItemId(moment);
  const item = moment.sample.project.item(id);
  if (item?.kind !== 'clip') return 0;
  const linked = moment.sample.project.linkedWith(item);
  const times = linked.flatMap((each) =>
    each.kind === 'clip'
      ? keyframeTimes(each, nameOf(moment)).map((time) => itemStart(each) + time)
      : [],
  );
  return pick(times, moment.chances.amount) ?? timeOf(moment);
}

function nearestFrame(moment: Moment, input: TimeInput): number {
  const time = resolveTime(input, moment.timeline.format.frameRate);
  return Math.floor((2 * time + moment.frame) / (2 * moment.frame)) * moment.frame;
}

function lengthOf(moment: Moment, input: TimeInput): number {
  return resolveTime(input, moment.timeline.format.frameRate);
}
