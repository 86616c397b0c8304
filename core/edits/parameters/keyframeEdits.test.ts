import { describe, expect, test } from 'vitest';
import { apply, refusalOf, sampleProject } from '#tests/edits/sampleProject.ts';
import type { Animated } from '../../model/keyframes.ts';
import { flicks } from '../../time/flicks.ts';
import type { EditCommand } from '../registry.ts';

const FRAME = 28_224_000;

/** Picture `a` with sound `a-sound` on frames 10 to 60, a title above, and ways to animate. */
function animating() {
  const sample = sampleProject();
  const { project, timelineId, assets } = sample;
  apply(project, 'clips', [
    {
      type: 'clip.overwrite',
      timelineId,
      assetId: assets.film,
      at: '10f',
      in: 0,
      out: '50f',
      clipIds: ['a', 'a-sound'],
    },
    { type: 'title.add', timelineId, at: '10f', duration: '20f' },
  ]);
  let edits = 0;
  const edit = (...commands: EditCommand[]) => apply(project, `edit${++edits}`, commands);
  const set = (frame: number, value: number, more: object = {}) =>
    edit({
      type: 'keyframe.set',
      clipId: 'a',
      parameter: 'opacity',
      at: `${frame}f`,
      value,
      ...more,
    });
  const clip = (id = 'a') => {
    const found = project.find('clip', id);
    if (found === undefined) throw new Error(`No clip ${id}`);
    return found;
  };
  /** Keyframes as [frame of the timeline, value]. */
  const framesOf = (animated: Animated | undefined) =>
    typeof animated === 'object'
      ? animated.keyframes.map(({ time, value }) => [10 + time / FRAME, value])
      : animated;
  const opacity = () => framesOf(clip().opacity);
  const refused = (command: EditCommand) => refusalOf(project, [command]);
  return { ...sample, edit, set, clip, opacity, framesOf, refused };
}

describe('keyframe.set', () => {
  test('sets keyframes in order of time, and replaces one in the same frame', () => {
    const { set, opacity, edit } = animating();
    set(40, 1);
    set(20, 0);
    set(30, 0.5);
    expect(opacity()).toEqual([
      [20, 0],
      [30, 0.5],
      [40, 1],
    ]);
    // A third of a frame later is the same frame.
    edit({
      type: 'keyframe.set',
      clipId: 'a',
      parameter: 'opacity',
      at: flicks(30 * FRAME + FRAME / 3),
      value: 0.75,
    });
    expect(opacity()).toEqual([
      [20, 0],
      [30, 0.75],
      [40, 1],
    ]);
  });

  test('without a value keeps what is seen there', () => {
    const { set, opacity, edit } = animating();
    set(20, 0);
    set(40, 1);
    edit({ type: 'keyframe.set', clipId: 'a', parameter: 'opacity', at: '25f' });
    expect(opacity()).toEqual([
      [20, 0],
      [25, 0.25],
      [40, 1],
    ]);
  });

  test('in a held stretch it stays held; easing has names and curves', () => {
    const { set, clip } = animating();
    set(20, 0, { easing: 'hold' });
    set(40, 1, { easing: [0.1, 0, 0.3, 1] });
    set(30, 0.5);
    set(50, 0, { easing: 'ease-out' });
    const { opacity } = clip();
    expect(typeof opacity === 'object' && opacity.keyframes.map(({ easing }) => easing)).toEqual([
      'hold',
      'hold',
      [0.1, 0, 0.3, 1],
      [0, 0, 0.58, 1],
    ]);
  });

  test('the volume of a picture is that of its linked sound', () => {
    const { edit, clip, framesOf, refused } = animating();
    edit({ type: 'keyframe.set', clipId: 'a', parameter: 'gainDb', at: '12f', value: -6 });
    expect(clip().gainDb).toBeUndefined();
    expect(framesOf(clip('a-sound').gainDb)).toEqual([[12, -6]]);
    expect(
      refused({
        type: 'keyframe.set',
        clipId: 'a',
        parameter: 'gainDb',
        at: '12f',
        scope: 'alone',
      }),
    ).toBe('edit/no-sound');
  });

  test('goes from the first frame of the clip to its end, no further', () => {
    const { set, opacity, refused } = animating();
    set(10, 0);
    set(60, 1);
    expect(opacity()).toEqual([
      [10, 0],
      [60, 1],
    ]);
    for (const at of ['9f', '61f'] as const) {
      expect(
        refused({ type: 'keyframe.set', clipId: 'a', parameter: 'opacity', at, value: 1 }),
      ).toBe('edit/not-inside');
    }
  });

  test.each([
    [{ value: 1.01 }, 'edit/bad-value'],
    [{ value: Number.NaN }, 'edit/bad-command'],
    [{ parameter: 'sharpness' }, 'edit/unknown-parameter'],
    [{ parameter: 'toString' }, 'edit/unknown-parameter'],
    [{ effectId: 'nothing' }, 'edit/no-such-effect'],
    [{ clipId: 'nothing' }, 'edit/no-such-item'],
    [{ clipId: 'clips-3' }, 'edit/no-picture'],
    [{ easing: 'bouncy' as 'linear' }, 'edit/bad-command'],
    [{ easing: [2, 0, 1, 1] as [number, number, number, number] }, 'edit/bad-command'],
  ])('%o refuses %s', (wrong, code) => {
    const { refused } = animating();
    expect(
      refused({
        type: 'keyframe.set',
        clipId: 'a',
        parameter: 'opacity',
        at: '20f',
        value: 1,
        ...wrong,
      }),
    ).toBe(code);
  });

  test('a locked track refuses', () => {
    const { edit, refused, videoTrackId } = animating();
    edit({ type: 'track.set', trackId: videoTrackId, locked: true });
    expect(refused({ type: 'keyframe.set', clipId: 'a', parameter: 'opacity', at: '20f' })).toBe(
      'edit/track-locked',
    );
  });
});

describe('changes of keyframes', () => {
  test('removing leaves the others, and the last one its value', () => {
    const { set, opacity, edit, refused } = animating();
    set(20, 0.1);
    set(30, 0.2);
    set(40, 0.3);
    const remove = (...at: `${number}f`[]): EditCommand => ({
      type: 'keyframe.remove',
      clipId: 'a',
      parameter: 'opacity',
      at,
    });
    edit(remove('30f'));
    expect(opacity()).toEqual([
      [20, 0.1],
      [40, 0.3],
    ]);
    expect(refused(remove('30f'))).toBe('edit/no-such-keyframe');
    edit(remove('20f'), remove('40f'));
    expect(opacity()).toBe(0.3);
  });

  test('moving takes keyframes over others, and refuses to put two into one frame', () => {
    const { set, opacity, edit, refused } = animating();
    set(20, 0.1);
    set(30, 0.2);
    set(40, 0.3);
    const move = (
      ...keyframes: { from: `${number}f`; to?: `${number}f`; value?: number }[]
    ): EditCommand => ({
      type: 'keyframe.move',
      clipId: 'a',
      parameter: 'opacity',
      keyframes,
    });
    edit(move({ from: '20f', to: '35f' }, { from: '30f', to: '45f', value: 0.9 }));
    expect(opacity()).toEqual([
      [35, 0.1],
      [40, 0.3],
      [45, 0.9],
    ]);
    edit(move({ from: '35f', to: '40f' }));
    expect(opacity()).toEqual([
      [40, 0.1],
      [45, 0.9],
    ]);
    expect(refused(move({ from: '40f', to: '50f' }, { from: '45f', to: '50f' }))).toBe(
      'edit/keyframes-collide',
    );
    expect(refused(move({ from: '41f', to: '50f' }))).toBe('edit/no-such-keyframe');
    expect(refused(move({ from: '40f', to: '61f' }))).toBe('edit/not-inside');
    expect(refused(move({ from: '40f', value: -1 }))).toBe('edit/bad-value');
  });

  test('two keyframes can change places', () => {
    const { set, opacity, edit } = animating();
    set(20, 0.1);
    set(30, 0.2);
    edit({
      type: 'keyframe.move',
      clipId: 'a',
      parameter: 'opacity',
      keyframes: [
        { from: '20f', to: '30f' },
        { from: '30f', to: '20f' },
      ],
    });
    expect(opacity()).toEqual([
      [20, 0.2],
      [30, 0.1],
    ]);
  });

  test('a keyframe that a trim has hidden can be brought back', () => {
    const { set, opacity, edit } = animating();
    set(12, 0.1);
    set(40, 0.2);
    edit({ type: 'clip.trim', clipId: 'a', edge: 'head', to: '20f' });
    edit({
      type: 'keyframe.move',
      clipId: 'a',
      parameter: 'opacity',
      keyframes: [{ from: '12f', to: '25f' }],
    });
    // The clip begins at frame 20 now, the helper counts from 10.
    expect(opacity()).toEqual([
      [15, 0.1],
      [30, 0.2],
    ]);
  });

  test('clearing leaves the value at a time, by default of the beginning', () => {
    const { set, opacity, edit } = animating();
    set(20, 0);
    set(40, 1);
    edit({ type: 'keyframe.clear', clipId: 'a', parameter: 'opacity', at: '25f' });
    expect(opacity()).toBe(0.25);
    set(20, 0);
    edit({ type: 'keyframe.clear', clipId: 'a', parameter: 'opacity' });
    expect(opacity()).toBe(0);
  });

  test('a curve that overshoots leaves a value that can be set', () => {
    const { set, opacity, edit } = animating();
    set(20, 0, { easing: [0.5, 5, 0.5, 5] });
    set(40, 1);
    edit({ type: 'keyframe.clear', clipId: 'a', parameter: 'opacity', at: '30f' });
    // The default: nothing is stored.
    expect(opacity()).toBeUndefined();
  });
});

describe('clip.setParameters', () => {
  test('sets each half of linked clips, and stores no defaults', () => {
    const { edit, clip } = animating();
    edit({
      type: 'clip.setParameters',
      clipIds: ['a'],
      parameters: { opacity: 0.5, rotation: 90, gainDb: -3, pan: 0 },
    });
    expect(clip()).toMatchObject({ opacity: 0.5, rotation: 90 });
    expect(clip()).not.toHaveProperty('gainDb');
    expect(clip('a-sound')).toMatchObject({ gainDb: -3 });
    expect(clip('a-sound')).not.toHaveProperty('pan');
    edit({ type: 'clip.setParameters', clipIds: ['a-sound'], parameters: { opacity: 1 } });
    expect(clip()).not.toHaveProperty('opacity');
  });

  test('where there are keyframes it sets one at the time, or without a time replaces them', () => {
    const { edit, set, opacity } = animating();
    const half = (at?: `${number}f`): EditCommand => ({
      type: 'clip.setParameters',
      clipIds: ['a'],
      parameters: { opacity: 0.5 },
      ...(at ? { at } : {}),
    });
    edit(half('30f'));
    expect(opacity()).toBe(0.5);
    set(20, 0);
    edit(half('30f'));
    expect(opacity()).toEqual([
      [20, 0],
      [30, 0.5],
    ]);
    edit(half());
    expect(opacity()).toBe(0.5);
  });

  test('resets what is named, or everything', () => {
    const { edit, set, clip } = animating();
    edit({ type: 'clip.setParameters', clipIds: ['a'], parameters: { scaleX: 2, gainDb: 3 } });
    set(20, 0);
    edit({ type: 'clip.resetParameters', clipIds: ['a'], parameters: ['opacity', 'gainDb'] });
    expect(clip()).not.toHaveProperty('opacity');
    expect(clip('a-sound')).not.toHaveProperty('gainDb');
    expect(clip().scaleX).toBe(2);
    edit({ type: 'clip.resetParameters', clipIds: ['a'] });
    expect(clip()).not.toHaveProperty('scaleX');
  });

  test.each<[object, string]>([
    [{ parameters: { opacity: 1.5 } }, 'edit/bad-command'],
    [{ parameters: { opacity: Number.NaN } }, 'edit/bad-command'],
    [{ parameters: { volume: 1 } }, 'edit/bad-command'],
    [{ parameters: {} }, 'edit/bad-command'],
    [{ clipIds: ['clips-3'] }, 'edit/no-picture'],
    [{ clipIds: ['a-sound'], scope: 'alone' }, 'edit/no-picture'],
    [{ clipIds: ['a'], parameters: { pan: 1 }, scope: 'alone' }, 'edit/no-sound'],
  ])('%o refuses %s', (wrong, code) => {
    const { project } = animating();
    const command = {
      type: 'clip.setParameters',
      clipIds: ['a'],
      parameters: { opacity: 0 },
      ...wrong,
    };
    expect(refusalOf(project, [command])).toBe(code);
  });
});

describe('clip.setFades', () => {
  const fade = (lengths: object) => ({ type: 'clip.setFades', clipIds: ['a'], ...lengths });
  const inFrames = (fades: { in: number; out: number } | undefined) =>
    fades && [fades.in / FRAME, fades.out / FRAME];

  test('fades picture and sound; what is not given stays, nothing is stored for none', () => {
    const { project, edit, clip } = animating();
    apply(project, 'in', [fade({ in: '10f' })]);
    apply(project, 'out', [fade({ out: '5f', scope: 'alone' })]);
    expect(inFrames(clip().fades)).toEqual([10, 5]);
    expect(inFrames(clip('a-sound').fades)).toEqual([10, 0]);
    edit({ type: 'clip.setFades', clipIds: ['a'], in: 0, out: 0 });
    expect(clip()).not.toHaveProperty('fades');
  });

  test('ends at the other fade and at the end of the clip', () => {
    const { project, clip } = animating();
    apply(project, '1', [fade({ in: '10f' }), fade({ out: '45f' })]);
    expect(inFrames(clip().fades)).toEqual([10, 40]);
    apply(project, '2', [fade({ in: '30f' })]);
    expect(inFrames(clip().fades)).toEqual([10, 40]);
    apply(project, '3', [fade({ in: '45f', out: '45f' })]);
    expect(inFrames(clip().fades)).toEqual([45, 5]);
  });

  test('titles do not fade this way, nor does time go backwards', () => {
    const { project } = animating();
    expect(refusalOf(project, [fade({ clipIds: ['clips-3'], in: '5f' })])).toBe('edit/cannot-fade');
    expect(refusalOf(project, [fade({ in: '-5f' })])).toBe('edit/bad-duration');
  });

  test('blend is for pictures', () => {
    const { project, edit, clip } = animating();
    edit({ type: 'clip.setBlend', clipIds: ['a-sound'], blend: 'multiply' });
    expect(clip().blend).toBe('multiply');
    expect(clip('a-sound')).not.toHaveProperty('blend');
    edit({ type: 'clip.setBlend', clipIds: ['a'], blend: 'normal' });
    expect(clip()).not.toHaveProperty('blend');
    expect(
      refusalOf(project, [
        { type: 'clip.setBlend', clipIds: ['a-sound'], blend: 'screen', scope: 'alone' },
      ]),
    ).toBe('edit/no-picture');
  });
});
