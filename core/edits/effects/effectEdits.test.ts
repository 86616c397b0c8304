import { describe, expect, test } from 'vitest';
import { apply, refusalOf, sampleProject } from '#tests/edits/sampleProject.ts';
import { EFFECTS, takesValue } from '../../effects/effects.ts';
import type { EffectParameter } from '../../effects/parameters.ts';
import type { AnyCommand } from '../applyEdit.ts';
import type { EditCommand } from '../registry.ts';

/** Picture `a` with sound `a-sound`, 50 frames from the beginning. */
function effecting() {
  const sample = sampleProject();
  const { project, timelineId, assets } = sample;
  apply(project, 'clips', [
    {
      type: 'clip.append',
      timelineId,
      assetId: assets.film,
      out: '50f',
      clipIds: ['a', 'a-sound'],
    },
  ]);
  let edits = 0;
  const edit = (...commands: EditCommand[]) => apply(project, `edit${++edits}`, commands);
  const add = (effect: string, more: object = {}) =>
    edit({ type: 'effect.add', clipIds: ['a'], effect, effectId: effect, ...more });
  const effects = (id = 'a') => project.find('clip', id)?.effects;
  const names = (id = 'a') => effects(id)?.map(({ effect }) => effect);
  const refused = (command: AnyCommand) => refusalOf(project, [command]);
  return { ...sample, edit, add, effects, names, refused };
}

describe('effect.add', () => {
  test('adds after the others or at a place; what is not named is not stored', () => {
    const { add, names, effects } = effecting();
    add('blur');
    add('vignette', { parameters: { amount: 0.8, size: 0.75 } });
    add('saturation', { index: 1 });
    expect(names()).toEqual(['blur', 'saturation', 'vignette']);
    expect(effects()?.[2]).toEqual({
      id: 'vignette',
      effect: 'vignette',
      parameters: { amount: 0.8 },
    });
  });

  test('puts sound effects on the linked sound, and picture effects on the linked picture', () => {
    const { add, names, edit, refused } = effecting();
    add('compressor');
    edit({ type: 'effect.add', clipIds: ['a-sound'], effect: 'blur' });
    expect([names('a'), names('a-sound')]).toEqual([['blur'], ['compressor']]);
    const alone = { type: 'effect.add', clipIds: ['a'], effect: 'gate', scope: 'alone' };
    expect(refused(alone)).toBe('edit/no-sound');
  });

  test.each<[object, string]>([
    [{ effect: 'explode' }, 'edit/unknown-effect'],
    [{ effect: 'constructor' }, 'edit/unknown-effect'],
    [{ parameters: { strength: 1 } }, 'edit/unknown-parameter'],
    [{ parameters: { constructor: 1 } }, 'edit/unknown-parameter'],
    [{ parameters: { radius: 0.26 } }, 'edit/bad-value'],
    [{ parameters: { radius: 'big' } }, 'edit/bad-value'],
    [{ parameters: { radius: Number.NaN } }, 'edit/bad-command'],
    [{ parameters: { edges: 'torn' } }, 'edit/bad-value'],
    [{ effect: 'lut', parameters: { file: '/luts/look.exe' } }, 'edit/bad-value'],
    [{ effect: 'chromaKey', parameters: { color: 'green' } }, 'edit/bad-value'],
    [{ clipIds: ['nothing'] }, 'edit/no-such-item'],
    [{ effectId: 'there' }, 'edit/id-taken'],
  ])('%o refuses %s', (wrong, code) => {
    const { refused, add } = effecting();
    add('flip', { effectId: 'there' });
    expect(refused({ type: 'effect.add', clipIds: ['a'], effect: 'blur', ...wrong })).toBe(code);
  });

  test('a clip can have a hundred effects', () => {
    const { edit, refused } = effecting();
    const blur: EditCommand = { type: 'effect.add', clipIds: ['a'], effect: 'blur' };
    edit(...Array.from({ length: 100 }, () => blur));
    expect(refused(blur)).toBe('edit/too-many-effects');
  });
});

describe('changes of effects', () => {
  test('sets values, gives defaults back, and keeps keyframes where there is a time', () => {
    const { add, edit, effects } = effecting();
    add('blur', { parameters: { radius: 0.1, edges: 'transparent' } });
    const set = (parameters: Record<string, number | string | null>, at?: '20f') =>
      edit({
        type: 'effect.set',
        clipId: 'a',
        effectId: 'blur',
        parameters,
        ...(at ? { at } : {}),
      });
    set({ radius: null });
    expect(effects()?.[0]?.parameters).toEqual({ edges: 'transparent' });
    edit({
      type: 'keyframe.set',
      clipId: 'a',
      effectId: 'blur',
      parameter: 'radius',
      at: '10f',
      value: 0,
    });
    set({ radius: 0.2 }, '20f');
    expect(effects()?.[0]?.parameters['radius']).toMatchObject({
      keyframes: [{ value: 0 }, { value: 0.2 }],
    });
    set({ radius: 0.2 });
    expect(effects()?.[0]?.parameters['radius']).toBe(0.2);
  });

  test('keyframes of effects stay with the picture when the clip is cut', () => {
    const { add, edit, project } = effecting();
    add('blur');
    edit({
      type: 'keyframe.set',
      clipId: 'a',
      effectId: 'blur',
      parameter: 'radius',
      at: '30f',
      value: 0.1,
    });
    const made = edit({ type: 'clip.split', clipId: 'a', at: '20f' });
    const right = project.itemsOn(project.find('clip', 'a')?.placement.trackId ?? '')[1];
    expect(made.writes.length).toBeGreaterThan(0);
    expect(right?.kind === 'clip' && right.effects?.[0]?.parameters['radius']).toMatchObject({
      keyframes: [{ time: 10 * 28_224_000 }],
    });
  });

  test('moves, switches off and removes', () => {
    const { add, edit, names, effects } = effecting();
    for (const name of ['blur', 'flip', 'mirror']) add(name);
    edit({ type: 'effect.move', clipId: 'a', effectId: 'blur', index: 1 });
    expect(names()).toEqual(['flip', 'blur', 'mirror']);
    edit({ type: 'effect.setEnabled', clipId: 'a', effectIds: ['flip', 'blur'], enabled: false });
    expect(effects()?.map(({ disabled }) => disabled ?? false)).toEqual([true, true, false]);
    edit({ type: 'effect.setEnabled', clipId: 'a', effectIds: ['flip'], enabled: true });
    expect(effects()?.[0]).not.toHaveProperty('disabled');
    edit({ type: 'effect.remove', clipId: 'a', effectIds: ['flip', 'mirror'] });
    expect(names()).toEqual(['blur']);
    edit({ type: 'effect.remove', clipId: 'a', effectIds: ['blur'] });
    expect(effects()).toBeUndefined();
  });

  test.each([
    [{ type: 'effect.set', parameters: {} }, 'edit/no-such-effect'],
    [{ type: 'effect.move', index: 0 }, 'edit/no-such-effect'],
    [{ type: 'keyframe.set', parameter: 'radius', at: 0 }, 'edit/no-such-effect'],
  ])('%o refuses %s', (wrong, code) => {
    const { refused } = effecting();
    expect(refused({ clipId: 'a', effectId: 'nothing', ...wrong })).toBe(code);
  });

  test('choices and what a filter cannot change while it runs have no keyframes', () => {
    const { add, refused } = effecting();
    add('sharpen');
    add('blur');
    const at = { type: 'keyframe.set', clipId: 'a', at: 0 };
    expect(refused({ ...at, effectId: 'sharpen', parameter: 'amount' })).toBe(
      'edit/cannot-animate',
    );
    expect(refused({ ...at, effectId: 'blur', parameter: 'edges' })).toBe('edit/cannot-animate');
  });
});

describe('the table of effects', () => {
  const all = Object.entries(EFFECTS).flatMap(([effect, { parameters }]) =>
    Object.entries<EffectParameter>(parameters).map(
      ([name, parameter]) => [`${effect}.${name}`, parameter] as const,
    ),
  );

  test.each(all)(
    '%s takes its default, and for numbers its ends and nothing beyond',
    (_name, parameter) => {
      expect(takesValue(parameter, parameter.default)).toBe(true);
      expect(parameter.label).not.toBe('');
      if (parameter.kind !== 'number') return;
      const { min, max, step } = parameter;
      expect(
        [min, max, min - step, max + step].map((value) => takesValue(parameter, value)),
      ).toEqual([true, true, false, false]);
    },
  );

  test('every effect of the requirements is there', () => {
    const { equalizer, ...others } = EFFECTS;
    expect(
      Object.values(others)
        .filter(({ of }) => of === 'picture')
        .map(({ label }) => label),
    ).toEqual([
      'Exposure',
      'Contrast',
      'Saturation',
      'White balance',
      'Lift, gamma, gain',
      'LUT',
      'Black and white',
      'Blur',
      'Sharpen',
      'Vignette',
      'Flip',
      'Mirror',
      'Chroma key',
      'Luma key',
      'Shape mask',
      'Denoise',
      'Stabilise',
      'Deinterlace',
    ]);
    expect(equalizer.of).toBe('sound');
  });
});
