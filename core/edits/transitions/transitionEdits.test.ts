import { describe, expect, test } from 'vitest';
import { apply, refusalOf, type SampleProject, sampleProject } from '#tests/edits/sampleProject.ts';
import type { TRANSITION_KINDS } from '../../model/entities.ts';
import { FLICKS_PER_SECOND } from '../../time/flicks.ts';
import { type AnyCommand, applyEdit } from '../applyEdit.ts';
import { idsFrom } from '../ids.ts';

const FRAME = FLICKS_PER_SECOND / 25;
const LETTERS = ['a', 'b', 'c'];

/** Clips “a”, “b” and “c” of 50 frames that touch, with sound; each has so many frames of media ahead of it, and hundreds behind. */
function threeClips(spare: readonly number[] = [25, 25, 25]): SampleProject {
  const sample = sampleProject();
  const { project, timelineId, assets } = sample;
  for (const [index, frames] of spare.entries()) {
    const letter = LETTERS[index] ?? '';
    apply(project, letter, [
      {
        type: 'clip.append',
        timelineId,
        assetId: assets.film,
        in: `${frames}f`,
        out: `${frames + 50}f`,
        clipIds: [letter, `${letter}-sound`],
      },
    ]);
  }
  return sample;
}

const transitionsOf = ({ project }: SampleProject) =>
  Object.fromEntries(
    project
      .all('transition')
      .map(({ cut, reach, transitionKind, direction }) => [
        cut.incomingId,
        [reach.before / FRAME, reach.after / FRAME, transitionKind, direction].filter(
          (value) => value !== undefined,
        ),
      ]),
  );

const into = ({ project }: SampleProject, clipId: string) =>
  project.all('transition').find(({ cut }) => cut.incomingId === clipId)?.id ?? '';

function detailsOf(sample: SampleProject, command: AnyCommand) {
  const result = applyEdit(sample.project, [command], idsFrom('refused'));
  return result.ok ? null : { code: result.error.code, ...result.error.details };
}

const add = (sample: SampleProject, more: object = {}, seed = 'add') =>
  apply(sample.project, seed, [{ type: 'transition.add', clipId: 'b', duration: '10f', ...more }]);

describe('transition.add', () => {
  test.each<(typeof TRANSITION_KINDS)[number]>(['dip', 'wipe', 'slide', 'push'])(
    'as a %s cross-fades the sound',
    (transitionKind) => {
      const sample = threeClips();
      const direction = transitionKind === 'dip' ? {} : { direction: 'up' };
      add(sample, { transitionKind, ...direction });
      expect(transitionsOf(sample)).toEqual({
        b: [5, 5, transitionKind, ...Object.values(direction)],
        'b-sound': [5, 5, 'dissolve'],
      });
    },
  );

  test('refuses a direction for what moves nowhere', () => {
    const sample = threeClips();
    for (const transitionKind of ['dissolve', 'dip']) {
      expect(
        refusalOf(sample.project, [
          { type: 'transition.add', clipId: 'b', duration: '10f', transitionKind, direction: 'up' },
        ]),
      ).toBe('edit/no-direction');
    }
  });
});

describe('transition.addAll', () => {
  const addAll = (sample: SampleProject, more: object = {}) =>
    apply(sample.project, 'all', [
      {
        type: 'transition.addAll',
        duration: '10f',
        cuts: [
          { clipId: 'b', edge: 'head' },
          { clipId: 'b-sound', edge: 'head' },
          { clipId: 'b', edge: 'tail' },
          { clipId: 'a', edge: 'head' },
        ],
        ...more,
      },
    ]).outcomes[0];

  test('puts one across every cut with its sound, and tells where there is no cut', () => {
    const sample = threeClips();
    const outcome = addAll(sample, { transitionKind: 'push', direction: 'down' });
    expect(transitionsOf(sample)).toEqual({
      b: [5, 5, 'push', 'down'],
      'b-sound': [5, 5, 'dissolve'],
      c: [5, 5, 'push', 'down'],
      'c-sound': [5, 5, 'dissolve'],
    });
    expect(outcome?.['leftOut']).toEqual([{ clipId: 'a', edge: 'head', code: 'edit/no-cut' }]);
    expect(outcome?.['transitionIds']).toHaveLength(4);
  });

  test('makes it shorter where media is missing, or leaves it out', () => {
    const shorter = threeClips([25, 2, 25]);
    addAll(shorter);
    expect(transitionsOf(shorter)).toMatchObject({ b: [2, 5, 'dissolve'], c: [5, 5, 'dissolve'] });
    const skipped = threeClips([25, 2, 25]);
    expect(addAll(skipped, { fit: 'skip' })?.['leftOut']).toEqual([
      { clipId: 'b', edge: 'head', code: 'edit/not-enough-handle' },
      { clipId: 'a', edge: 'head', code: 'edit/no-cut' },
    ]);
    expect(Object.keys(transitionsOf(skipped))).toEqual(['c', 'c-sound']);
  });

  test('gives neighbouring cuts no frame twice', () => {
    const sample = threeClips([100, 100, 100]);
    addAll(sample, { duration: '90f' });
    expect(transitionsOf(sample)).toMatchObject({
      b: [45, 45, 'dissolve'],
      c: [5, 45, 'dissolve'],
    });
  });

  test('refuses where none can be put', () => {
    const sample = threeClips([0, 0, 0]);
    const command = (cuts: object[], fit = 'skip') => ({
      type: 'transition.addAll',
      duration: '10f',
      cuts,
      fit,
    });
    expect(detailsOf(sample, command([{ clipId: 'b' }]))).toMatchObject({
      code: 'edit/not-enough-handle',
      room: { before: 0, after: 50 * FRAME },
    });
    expect(detailsOf(sample, command([{ clipId: 'a' }]))).toMatchObject({ code: 'edit/no-cut' });
    apply(sample.project, 'l', [{ type: 'track.set', trackId: sample.videoTrackId, locked: true }]);
    expect(detailsOf(sample, command([{ clipId: 'b' }], 'shorten'))?.code).toBe(
      'edit/track-locked',
    );
  });
});

describe('transition.setReach and transition.trim', () => {
  test('set each side, with the sound’s', () => {
    const sample = threeClips();
    add(sample);
    const transitionId = into(sample, 'b');
    apply(sample.project, 'r', [{ type: 'transition.setReach', transitionId, before: '12f' }]);
    expect(transitionsOf(sample)).toMatchObject({
      b: [12, 5, 'dissolve'],
      'b-sound': [12, 5, 'dissolve'],
    });
    apply(sample.project, 'h', [
      { type: 'transition.trim', transitionId, edge: 'head', to: '50f', scope: 'alone' },
    ]);
    expect(transitionsOf(sample)).toMatchObject({
      b: [0, 5, 'dissolve'],
      'b-sound': [12, 5, 'dissolve'],
    });
    apply(sample.project, 't', [
      { type: 'transition.trim', transitionId, edge: 'tail', to: '69f' },
    ]);
    expect(transitionsOf(sample)).toMatchObject({
      b: [0, 19, 'dissolve'],
      'b-sound': [0, 19, 'dissolve'],
    });
  });

  test('refuse what there is no room for, and say how much there is', () => {
    const sample = threeClips([25, 7, 25]);
    apply(sample.project, 'c', [{ type: 'transition.add', clipId: 'c', duration: '20f' }]);
    add(sample);
    const transitionId = into(sample, 'b');
    const before = transitionsOf(sample);
    const room = { before: 7 * FRAME, after: 40 * FRAME };
    for (const command of [
      { type: 'transition.setReach', transitionId, before: '8f' },
      { type: 'transition.setReach', transitionId, after: '41f' },
      { type: 'transition.trim', transitionId, edge: 'head', to: '42f' },
      { type: 'transition.trim', transitionId, edge: 'tail', to: '91f' },
    ]) {
      expect(detailsOf(sample, command)).toMatchObject({ code: 'edit/not-enough-handle', room });
    }
    expect(transitionsOf(sample)).toEqual(before);
    apply(sample.project, 'ok', [
      { type: 'transition.setReach', transitionId, before: '7f', after: '40f' },
    ]);
    expect(transitionsOf(sample)).toMatchObject({
      b: [7, 40, 'dissolve'],
      c: [10, 10, 'dissolve'],
    });
  });

  test('refuse nothing at all, the other side of the cut, and locked tracks', () => {
    const sample = threeClips();
    add(sample);
    const transitionId = into(sample, 'b');
    const code = (command: AnyCommand) => detailsOf(sample, command)?.code;
    const setReach = { type: 'transition.setReach', transitionId };
    expect(code({ ...setReach, before: 0, after: 0 })).toBe('edit/bad-duration');
    expect(code({ ...setReach, before: '-1f' })).toBe('edit/bad-time');
    const trim = { type: 'transition.trim', transitionId };
    expect(code({ ...trim, edge: 'head', to: '51f' })).toBe('edit/beyond-limit');
    expect(code({ ...trim, edge: 'tail', to: '49f' })).toBe('edit/beyond-limit');
    expect(code({ ...setReach, transitionId: 'nothing' })).toBe('edit/no-such-transition');
    apply(sample.project, 'l', [{ type: 'track.set', trackId: sample.audioTrackId, locked: true }]);
    expect(code({ ...setReach, before: '6f' })).toBe('edit/track-locked');
    expect(code({ ...setReach, before: '6f', scope: 'alone' })).toBeUndefined();
  });

  test('leave the sound as it is where only the picture has media', () => {
    const sample = threeClips();
    add(sample);
    apply(sample.project, 's', [
      { type: 'clip.trim', clipId: 'a-sound', edge: 'head', to: '40f', scope: 'alone' },
      { type: 'transition.setReach', transitionId: into(sample, 'b'), before: '20f' },
    ]);
    expect(transitionsOf(sample)).toMatchObject({
      b: [20, 5, 'dissolve'],
      'b-sound': [5, 5, 'dissolve'],
    });
  });
});

describe('transition.replace', () => {
  test('makes another kind of the same length; chosen by its sound too', () => {
    const sample = threeClips();
    add(sample);
    const replace = (transitionId: string, more: object) =>
      apply(sample.project, 'r', [
        { type: 'transition.replace', transitionIds: [transitionId], ...more },
      ]);
    replace(into(sample, 'b'), { transitionKind: 'wipe', direction: 'right' });
    expect(transitionsOf(sample)).toEqual({
      b: [5, 5, 'wipe', 'right'],
      'b-sound': [5, 5, 'dissolve'],
    });
    replace(into(sample, 'b-sound'), { transitionKind: 'dip' });
    expect(transitionsOf(sample)).toEqual({ b: [5, 5, 'dip'], 'b-sound': [5, 5, 'dissolve'] });
  });

  test('refuses to make sound alone anything but a cross-fade', () => {
    const sample = threeClips();
    add(sample, { clipId: 'b-sound', scope: 'alone' });
    const replace = (more: object) =>
      refusalOf(sample.project, [
        { type: 'transition.replace', transitionIds: [into(sample, 'b-sound')], ...more },
      ]);
    expect(replace({ transitionKind: 'wipe' })).toBe('edit/sound-cross-fades');
    expect(replace({ transitionKind: 'dip', direction: 'up' })).toBe('edit/no-direction');
    expect(replace({ transitionKind: 'dissolve' })).toBeNull();
  });
});

describe('transition.remove', () => {
  test('takes several, each with its sound, or alone', () => {
    const sample = threeClips();
    const ids = () => ['b', 'b-sound', 'c'].map((clipId) => into(sample, clipId));
    add(sample);
    apply(sample.project, 'c', [{ type: 'transition.add', clipId: 'c', duration: '10f' }]);
    const [first = '', ...transitionIds] = ids();
    apply(sample.project, 'r', [{ type: 'transition.remove', transitionId: first, transitionIds }]);
    expect(transitionsOf(sample)).toEqual({});
    add(sample, {}, 'again');
    apply(sample.project, 'alone', [
      { type: 'transition.remove', transitionId: into(sample, 'b'), scope: 'alone' },
    ]);
    expect(Object.keys(transitionsOf(sample))).toEqual(['b-sound']);
  });
});
