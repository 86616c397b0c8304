import { expect } from 'vitest';
import type { EditCommand } from '#core/edits/registry.ts';
import { EFFECTS } from '#core/effects/effects.ts';
import type { Effect } from '#core/model/effects.ts';
import type { Item } from '#core/model/entities.ts';
import { itemStart } from '#core/model/items.ts';
import { valueAt } from '#core/model/keyframes.ts';
import { flicks } from '#core/time/flicks.ts';
import { anyItemId, linkedTracks, type Moment, pick, type Wish } from '../wish.ts';

const NAMES = Object.keys(EFFECTS) as (keyof typeof EFFECTS)[];
const onLinkedTracks: Wish['scope'] = (moment) => linkedTracks(moment, [anyItemId(moment)]);

const effectsOf = (item: Item | undefined): Effect[] =>
  item?.kind === 'clip' ? (item.effects ?? []) : [];
const idsOf = (item: Item | undefined) => effectsOf(item).map(({ id }) => id);

/** The clip that a wish is about, or one linked with it: whichever has effects. */
function aClip(moment: Moment): Item | undefined {
  const item = moment.sample.project.item(anyItemId(moment));
  const linked = item === undefined ? [] : moment.sample.project.linkedWith(item);
  return linked.find((each) => effectsOf(each).length > 0) ?? item;
}

function anEffect(moment: Moment) {
  const clip = aClip(moment);
  return {
    clipId: clip?.id ?? 'nothing',
    effectId: pick(effectsOf(clip), moment.chances.other)?.id ?? 'nothing',
  };
}

/** Three effects on the clip, or on its sound, with a keyframe on one. */
function someEffects(moment: Moment): EditCommand[] {
  const id = anyItemId(moment);
  const item = moment.sample.project.item(id);
  return [
    ...(['blur', 'saturation', 'exposure', 'compressor'] as const).map((effect, index) => ({
      type: 'effect.add' as const,
      clipIds: [id],
      effect,
      effectId: `fx-${index}`,
    })),
    {
      type: 'keyframe.set',
      clipId: id,
      effectId: 'fx-0',
      parameter: 'radius',
      at: item === undefined ? 0 : itemStart(item),
      value: 0.2,
    },
  ];
}

function parametersFor(effect: string, chance: number): Record<string, number | string> {
  const parameters = Object.entries(EFFECTS[effect as keyof typeof EFFECTS].parameters);
  const [name, parameter] = pick(parameters, chance) ?? ['', undefined];
  if (parameter === undefined) return {};
  if (parameter.kind === 'number') {
    const { min, max } = parameter;
    // One in a hundred is too much.
    return { [name]: min + ((max - min) * (chance % 102)) / 100 };
  }
  if (parameter.kind === 'choice') return { [name]: pick(parameter.choices, chance) ?? '' };
  return { [name]: parameter.kind === 'color' ? '#0047bb' : '/luts/Warm.CUBE' };
}

export const EFFECT_WISHES: Record<string, Wish> = {
  effectAdd: {
    command: (moment) => {
      const effect = pick(NAMES, moment.chances.other) ?? 'blur';
      const { amount, flag } = moment.chances;
      return {
        type: 'effect.add',
        clipIds: [anyItemId(moment)],
        effect,
        parameters: flag ? parametersFor(effect, amount) : {},
        ...(amount % 3 === 0 ? { index: amount % 4 } : {}),
      };
    },
    registers: ['effects'],
    scope: onLinkedTracks,
    expectDefinition: ({ moment, command, before, now }) => {
      if (command.type !== 'effect.add') return;
      const { of } = EFFECTS[command.effect as keyof typeof EFFECTS];
      const changed = [...before.values()].filter(
        (old) => effectsOf(now(old.id)).length !== effectsOf(old).length,
      );
      expect(changed.length).toBeGreaterThan(0);
      for (const old of changed) {
        const track = moment.tracks.find(({ id }) => id === old.placement.trackId);
        expect(track?.trackKind === 'audio').toBe(of === 'sound');
        const all = effectsOf(now(old.id));
        const index = Math.min(command.index ?? all.length, effectsOf(old).length);
        expect(all[index]?.effect).toBe(command.effect);
        expect(all.filter((_, at) => at !== index)).toEqual(effectsOf(old));
      }
    },
  },
  effectSet: {
    prepare: someEffects,
    command: (moment) => {
      const { clipId, effectId } = anEffect(moment);
      const effect = effectsOf(moment.sample.project.item(clipId)).find(
        ({ id }) => id === effectId,
      );
      const parameters = parametersFor(effect?.effect ?? 'blur', moment.chances.amount);
      const at = moment.sample.project.item(clipId);
      return {
        type: 'effect.set',
        clipId,
        effectId,
        parameters,
        ...(moment.chances.flag && at !== undefined ? { at: itemStart(at) } : {}),
      };
    },
    registers: ['effects'],
    scope: onLinkedTracks,
    expectDefinition: ({ command, before, now }) => {
      if (command.type !== 'effect.set') return;
      const old = before.get(command.clipId);
      const item = now(command.clipId);
      expect(idsOf(item)).toEqual(idsOf(old));
      const effect = effectsOf(item).find(({ id }) => id === command.effectId);
      if (effect === undefined) throw new Error('The effect is gone');
      for (const [name, value] of Object.entries(command.parameters)) {
        const known: Readonly<Record<string, { default: number | string }>> =
          EFFECTS[effect.effect as keyof typeof EFFECTS].parameters;
        const stored = effect.parameters[name] ?? known[name]?.default ?? '';
        expect(typeof stored === 'string' ? stored : valueAt(stored, flicks(0))).toBe(value);
      }
      const others = (of: Item | undefined) =>
        effectsOf(of).filter(({ id }) => id !== command.effectId);
      expect(others(item)).toEqual(others(old));
    },
  },
  effectRemove: {
    prepare: someEffects,
    command: (moment) => {
      const { clipId, effectId } = anEffect(moment);
      return { type: 'effect.remove', clipId, effectIds: [effectId] };
    },
    registers: ['effects'],
    scope: onLinkedTracks,
    expectDefinition: ({ command, before, now }) => {
      if (command.type !== 'effect.remove') return;
      expect(idsOf(now(command.clipId))).toEqual(
        idsOf(before.get(command.clipId)).filter((id) => !command.effectIds.includes(id)),
      );
    },
  },
  effectMove: {
    prepare: someEffects,
    command: (moment) => ({
      type: 'effect.move',
      ...anEffect(moment),
      index: moment.chances.amount % 4,
    }),
    registers: ['effects'],
    scope: onLinkedTracks,
    expectDefinition: ({ command, before, now }) => {
      if (command.type !== 'effect.move') return;
      const ids = idsOf(now(command.clipId));
      expect(ids.indexOf(command.effectId)).toBe(Math.min(command.index, ids.length - 1));
      expect(ids.filter((id) => id !== command.effectId)).toEqual(
        idsOf(before.get(command.clipId)).filter((id) => id !== command.effectId),
      );
    },
  },
  effectSetEnabled: {
    prepare: someEffects,
    command: (moment) => {
      const { clipId, effectId } = anEffect(moment);
      const enabled = moment.chances.flag;
      return { type: 'effect.setEnabled', clipId, effectIds: [effectId], enabled };
    },
    registers: ['effects'],
    scope: onLinkedTracks,
    expectDefinition: ({ command, before, now }) => {
      if (command.type !== 'effect.setEnabled') return;
      const shown = (item: Item | undefined) =>
        effectsOf(item).map(({ disabled, ...effect }) =>
          command.effectIds.includes(effect.id) ? effect : { disabled, ...effect },
        );
      expect(shown(now(command.clipId))).toEqual(shown(before.get(command.clipId)));
      for (const { id, disabled } of effectsOf(now(command.clipId))) {
        if (command.effectIds.includes(id)) expect(disabled ?? false).toBe(!command.enabled);
      }
    },
  },
  effectKeyframe: {
    prepare: someEffects,
    command: (moment) => {
      const item = moment.sample.project.item(anyItemId(moment));
      const frames = moment.chances.amount % 20;
      return {
        type: 'keyframe.set',
        clipId: anyItemId(moment),
        effectId: 'fx-0',
        parameter: 'radius',
        at: item === undefined ? 0 : flicks(itemStart(item) + frames * moment.frame),
        value: (moment.chances.other % 26) / 100,
      };
    },
    registers: ['effects'],
    scope: onLinkedTracks,
    expectDefinition: ({ command, now }) => {
      if (command.type !== 'keyframe.set') return;
      const item = now(command.clipId);
      const effect = effectsOf(item).find(({ id }) => id === command.effectId);
      const radius = effect?.parameters['radius'];
      if (item === undefined || typeof radius !== 'object') throw new Error('No keyframes');
      const time = flicks(Number(command.at) - itemStart(item));
      expect(valueAt(radius, time)).toBe(command.value);
    },
  },
};
