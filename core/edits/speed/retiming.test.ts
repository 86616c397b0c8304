import { describe, expect, test } from 'vitest';
import { apply, refusalOf, sampleProject, type SampleProject } from '#tests/edits/sampleProject.ts';
import { FRAME, threeClips } from '#tests/edits/threeClips.ts';
import type { Clip } from '../../model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '../../model/items.ts';
import { sourceTimeAt } from '../../model/sourceRange.ts';
import { FLICKS_PER_SECOND, flicks } from '../../time/flicks.ts';
import type { EditCommand } from '../registry.ts';

const clipOf = ({ project }: SampleProject, id: string): Clip => {
  const clip = project.find('clip', id);
  if (clip === undefined) throw new Error(`There is no clip ${id}`);
  return clip;
};

/** Clips as “start–end shows first→last”, in frames: what is shown at the beginning and at the end. */
function layout(sample: SampleProject, trackId: string): string[] {
  return sample.project.itemsOn(trackId).map((item) => {
    if (item.kind !== 'clip') return item.kind;
    const at = (offset: number) =>
      Math.round((sourceTimeAt(item.sourceRange, flicks(offset)) / FRAME) * 100) / 100;
    const shows = `${at(0)}→${at(itemDuration(item))}`;
    return `${itemStart(item) / FRAME}–${itemEnd(item) / FRAME} shows ${shows}`;
  });
}
const picture = (sample: SampleProject) => layout(sample, sample.videoTrackId);
const sound = (sample: SampleProject) => layout(sample, sample.audioTrackId);

describe('a change of speed', () => {
  const setSpeed = (parameters: object): EditCommand => ({
    type: 'clip.setSpeed',
    clipIds: ['b'],
    ...parameters,
  });

  test('shows the same part in half the time and draws what follows along, sound too', () => {
    const sample = threeClips();
    apply(sample.project, 's', [setSpeed({ speed: '200%' })]);
    const expected = ['0–50 shows 20→70', '50–75 shows 20→70', '75–125 shows 20→70'];
    expect([picture(sample), sound(sample)]).toEqual([expected, expected]);
  });

  test('shows the same part in twice the time, over what follows', () => {
    const sample = threeClips();
    apply(sample.project, 's', [setSpeed({ speed: { num: 2, den: 4 }, mode: 'overwrite' })]);
    expect(picture(sample)).toEqual(['0–50 shows 20→70', '50–150 shows 20→70']);
    expect(clipOf(sample, 'b').sourceRange.retime).toMatchObject({ speed: { num: 1, den: 2 } });
  });

  test('keeps all clips that are linked on one track, over what follows them', () => {
    const sample = threeClips();
    apply(sample.project, 'linked', [
      { type: 'clip.unlink', clipIds: ['a', 'b', 'c'] },
      { type: 'clip.link', clipIds: ['a', 'b'] },
    ]);
    const slow = setSpeed({ speed: '50%', mode: 'overwrite' });
    const { inverse } = apply(sample.project, 's', [slow]);
    expect(picture(sample)).toEqual(['0–100 shows 20→70', '100–200 shows 20→70']);
    expect(sound(sample)[2]).toBe('100–150 shows 20→70');
    sample.project.apply(inverse);
    // Made faster they come nearer to each other, over what lies between.
    apply(sample.project, 't', [
      { type: 'clip.unlink', clipIds: ['a'] },
      { type: 'clip.link', clipIds: ['a', 'c'] },
      { type: 'clip.setSpeed', clipIds: ['c'], speed: '200%', mode: 'overwrite' },
    ]);
    const [first, second, third] = picture(sample);
    expect([first, third]).toEqual(['0–25 shows 20→70', '75–100 shows 45→70']);
    expect(second).toBe('50–75 shows 20→70');
  });

  test('shows more of the source in the same time', () => {
    const sample = threeClips();
    apply(sample.project, 's', [setSpeed({ speed: '300%', mode: 'keep-duration' })]);
    const expected = ['0–50 shows 20→70', '50–100 shows 20→170', '100–150 shows 20→70'];
    expect([picture(sample), sound(sample)]).toEqual([expected, expected]);
  });

  test('plays backwards from the end of what it showed, and forwards again', () => {
    const sample = threeClips();
    apply(sample.project, 's', [setSpeed({ reverse: true })]);
    expect(picture(sample)[1]).toBe('50–100 shows 70→20');
    expect(sound(sample)[1]).toBe('50–100 shows 70→20');
    apply(sample.project, 't', [setSpeed({ reverse: false })]);
    expect(clipOf(sample, 'b').sourceRange).toEqual({ in: 20 * FRAME, out: 70 * FRAME });
  });

  test('keeps its direction where only the speed is named, and its speed where only the direction is', () => {
    const sample = threeClips();
    apply(sample.project, 's', [
      setSpeed({ speed: '200%', reverse: true }),
      setSpeed({ speed: '50%' }),
    ]);
    expect(picture(sample)[1]).toBe('50–150 shows 70→20');
    apply(sample.project, 't', [setSpeed({ reverse: false })]);
    expect(picture(sample)[1]).toBe('50–150 shows 20→70');
  });

  test('lasts whole frames and shows exactly what those show', () => {
    const sample = threeClips();
    apply(sample.project, 's', [setSpeed({ speed: '33.3333%' })]);
    const { sourceRange } = clipOf(sample, 'b');
    expect(itemDuration(clipOf(sample, 'b'))).toBe(150 * FRAME);
    expect(sourceRange.out - sourceRange.in).toBe(Math.round(150 * FRAME * 0.333333));
  });

  test('goes down to a thousandth and up to a thousandfold, and no further', () => {
    const { project } = threeClips();
    expect(refusalOf(project, [setSpeed({ speed: '0.0999%' })])).toBe('edit/bad-speed');
    expect(refusalOf(project, [setSpeed({ speed: '100001%' })])).toBe('edit/bad-speed');
    expect(refusalOf(project, [setSpeed({ speed: '0%' })])).toBe('edit/bad-speed');
    expect(refusalOf(project, [setSpeed({ speed: { num: 0, den: 1 } })])).toBe('edit/bad-command');
    const sample = threeClips();
    apply(sample.project, 's', [setSpeed({ speed: '0.1%' })]);
    expect(picture(sample)).toEqual([
      '0–50 shows 20→70',
      '50–50050 shows 20→70',
      '50050–50100 shows 20→70',
    ]);
    expect(refusalOf(threeClips().project, [setSpeed({ speed: '100000%' })])).toBe(
      'edit/bad-duration',
    );
  });

  test('keeps linked sound that begins earlier in step', () => {
    const sample = threeClips();
    apply(sample.project, 'j', [
      { type: 'clip.delete', clipIds: ['a', 'c'] },
      { type: 'clip.trim', clipId: 'b-sound', edge: 'head', to: '40f', scope: 'alone' },
      setSpeed({ speed: '50%' }),
    ]);
    // Ten frames of source ahead of the picture take twenty now; the first of both keeps its place.
    expect(sound(sample)).toEqual(['40–160 shows 10→70']);
    expect(picture(sample)).toEqual(['60–160 shows 20→70']);
    expect(refusalOf(sample.project, [setSpeed({ reverse: true })])).toBe('edit/out-of-sync');
    apply(sample.project, 'alone', [setSpeed({ reverse: true, scope: 'alone' })]);
    expect(picture(sample)).toEqual(['60–160 shows 70→20']);
  });

  test('is refused past the media, on stills and titles, and on locked tracks', () => {
    const sample = threeClips();
    const { project, timelineId, assets } = sample;
    const tooFast = setSpeed({ speed: '10000%', mode: 'keep-duration' });
    expect(refusalOf(project, [tooFast])).toBe('edit/beyond-media');
    apply(project, 'still', [
      { type: 'clip.append', timelineId, assetId: assets.still, clipIds: ['still'] },
    ]);
    for (const id of ['still']) {
      expect(refusalOf(project, [{ ...setSpeed({ speed: '50%' }), clipIds: [id] }])).toBe(
        'edit/nothing-to-retime',
      );
    }
    apply(project, 'lock', [{ type: 'track.set', trackId: sample.audioTrackId, locked: true }]);
    expect(refusalOf(project, [setSpeed({ speed: '50%' })])).toBe('edit/track-locked');
  });

  test('never asks for more media than there is by rounding to frames', () => {
    const sample = sampleProject();
    const { project, timelineId, assets } = sample;
    // Two and a half seconds and a bit: 62 frames, which at 70% last 88.57.
    apply(project, 'a', [
      { type: 'clip.append', timelineId, assetId: assets.short, clipIds: ['a', 's'] },
      { type: 'clip.setSpeed', clipIds: ['a'], speed: '70%' },
    ]);
    const { sourceRange } = project.find('clip', 'a') ?? {};
    expect(sourceRange?.out).toBeLessThanOrEqual(2.5 * FLICKS_PER_SECOND + 12_345 + FRAME / 50);
  });

  test('makes a dissolve shorter that lacks media afterwards', () => {
    const sample = threeClips();
    apply(sample.project, 'd', [
      { type: 'transition.add', clipId: 'b', duration: '30f', scope: 'alone' },
      setSpeed({ speed: '400%', mode: 'keep-duration', scope: 'alone' }),
    ]);
    const reach = sample.project.transitionsOf('b')[0]?.reach;
    // Twenty frames of media ahead are five at four times the speed.
    expect(reach && [reach.before / FRAME, reach.after / FRAME]).toEqual([5, 15]);
  });

  test('is taken back by resetting, which gives up a curve as well', () => {
    const sample = threeClips();
    apply(sample.project, 's', [
      setSpeed({ speed: '50%' }),
      { type: 'clip.resetTime', clipIds: ['b'] },
    ]);
    expect(picture(sample)).toEqual(picture(threeClips()));
    apply(sample.project, 'k', [
      {
        type: 'clip.setTimeKeys',
        clipId: 'b',
        keys: [
          { time: 0, source: '100f' },
          { time: '50f', source: '180f' },
        ],
      },
      { type: 'clip.resetTime', clipIds: ['b'] },
    ]);
    expect(picture(sample)[1]).toBe('50–130 shows 100→180');
    expect(clipOf(sample, 'b-sound').sourceRange.retime).toBeUndefined();
  });
});

describe('a freeze frame', () => {
  const freeze = (parameters: object): EditCommand => ({
    type: 'clip.freeze',
    clipId: 'b',
    at: '70f',
    ...parameters,
  });

  test('holds the rest of a clip; the sound ends there', () => {
    const sample = threeClips();
    apply(sample.project, 'f', [freeze({})]);
    expect(picture(sample)).toEqual([
      '0–50 shows 20→70',
      '50–70 shows 20→40',
      '70–100 shows 40.5→40.5',
      '100–150 shows 20→70',
    ]);
    expect(sound(sample)).toEqual(['0–50 shows 20→70', '50–70 shows 20→40', '100–150 shows 20→70']);
    expect(clipOf(sample, 'b').linkId).toBe(clipOf(sample, 'b-sound').linkId);
  });

  test('holds the whole clip, without sound', () => {
    const sample = threeClips();
    apply(sample.project, 'f', [freeze({ mode: 'whole' })]);
    expect(picture(sample)[1]).toBe('50–100 shows 40.5→40.5');
    expect(sound(sample)).toHaveLength(2);
  });

  test('is inserted between both halves; picture and sound go on together after it', () => {
    const sample = threeClips();
    apply(sample.project, 'f', [freeze({ mode: 'insert', duration: '10f' })]);
    expect(picture(sample)).toEqual([
      '0–50 shows 20→70',
      '50–70 shows 20→40',
      '70–80 shows 40.5→40.5',
      '80–110 shows 40→70',
      '110–160 shows 20→70',
    ]);
    expect(sound(sample)).toEqual([
      '0–50 shows 20→70',
      '50–70 shows 20→40',
      '80–110 shows 40→70',
      '110–160 shows 20→70',
    ]);
    const [later] = sample.project
      .itemsOn(sample.videoTrackId)
      .filter((item) => itemStart(item) === 80 * FRAME);
    expect(later && sample.project.linkedWith(later)).toHaveLength(2);
  });

  test('inserted holds what is animated as it is then', () => {
    const sample = threeClips();
    const keyframe = (time: number, value: number) => ({ time, value, easing: 'linear' });
    sample.project.apply([
      {
        object: 'b',
        register: 'opacity',
        value: { keyframes: [keyframe(0, 0), keyframe(50 * FRAME, 1)] },
      },
    ]);
    const { outcomes } = apply(sample.project, 'f', [freeze({ mode: 'insert', duration: '10f' })]);
    const [id] = outcomes[0]?.['clipIds'] as string[];
    expect(clipOf(sample, id ?? '').opacity).toBeCloseTo(0.4, 12);
  });

  test('leaves the sound alone where it is to', () => {
    const sample = threeClips();
    apply(sample.project, 'f', [freeze({ scope: 'alone' })]);
    expect(sound(sample)).toHaveLength(3);
    expect(picture(sample)).toHaveLength(4);
  });

  test('is refused outside the clip, in a dissolve, and where nothing moves', () => {
    const sample = threeClips();
    const { project, timelineId, assets } = sample;
    expect(refusalOf(project, [freeze({ at: '100f' })])).toBe('edit/not-inside');
    expect(refusalOf(project, [freeze({ clipId: 'b-sound' })])).toBe('edit/nothing-to-freeze');
    expect(refusalOf(project, [freeze({ mode: 'insert', duration: 0 })])).toBe('edit/bad-duration');
    apply(project, 'd', [
      { type: 'transition.add', clipId: 'b', duration: '20f' },
      { type: 'clip.append', timelineId, assetId: assets.still, clipIds: ['still'] },
    ]);
    expect(refusalOf(project, [freeze({ at: '55f' })])).toBe('edit/inside-transition');
    expect(refusalOf(project, [freeze({ clipId: 'still', at: '160f' })])).toBe(
      'edit/nothing-to-freeze',
    );
  });
});

describe('time keys', () => {
  const keys = (...list: [time: string, source: string][]): EditCommand => ({
    type: 'clip.setTimeKeys',
    clipId: 'b',
    keys: list.map(([time, source]) => ({ time, source })),
  });
  const shown = (sample: SampleProject, id: string, ...frames: number[]) =>
    frames.map((frame) => {
      const source = sourceTimeAt(clipOf(sample, id).sourceRange, flicks(frame * FRAME));
      return Math.round((source / FRAME) * 1000) / 1000;
    });

  test('show each moment when they say, forwards and backwards, with the sound in step', () => {
    const sample = threeClips();
    apply(sample.project, 'k', [keys(['0f', '20f'], ['20f', '100f'], ['50f', '40f'])]);
    expect(shown(sample, 'b', 0, 10, 20, 35, 50)).toEqual([20, 60, 100, 70, 40]);
    expect(shown(sample, 'b-sound', 0, 10, 20, 35, 50)).toEqual([20, 60, 100, 70, 40]);
    expect(picture(sample).map((text) => text.split(' ')[0])).toEqual([
      '0–50',
      '50–100',
      '100–150',
    ]);
  });

  test('added change nothing; moved they change the picture on both sides', () => {
    const sample = threeClips();
    const all = [0, 1, 10, 25, 40, 49, 50];
    const before = shown(sample, 'b', ...all);
    apply(sample.project, 'k', [{ type: 'timeKey.add', clipId: 'b', time: '25f' }]);
    expect(shown(sample, 'b', ...all)).toEqual(before);
    apply(sample.project, 'm', [
      { type: 'timeKey.move', clipId: 'b', index: 1, time: '10f', source: '60f' },
    ]);
    expect(shown(sample, 'b', 0, 5, 10, 30, 50)).toEqual([20, 40, 60, 65, 70]);
    apply(sample.project, 'r', [{ type: 'timeKey.remove', clipId: 'b', index: 1 }]);
    expect(shown(sample, 'b', ...all)).toEqual(before);
  });

  test('keep an eased way when one is added to it', () => {
    const sample = threeClips();
    apply(sample.project, 'k', [
      keys(['0f', '20f'], ['50f', '220f']),
      { type: 'timeKey.setEasing', clipId: 'b', index: 0, easing: 'ease-in-out' },
    ]);
    const all = [0, 5, 12, 20, 25, 33, 45, 50];
    const before = shown(sample, 'b', ...all);
    expect(before[1]).toBeLessThan(30);
    apply(sample.project, 'a', [{ type: 'timeKey.add', clipId: 'b', time: '20f' }]);
    shown(sample, 'b', ...all).forEach((source, index) => {
      expect(source).toBeCloseTo(before[index] ?? Number.NaN, 2);
    });
  });

  test('keep how time goes on past them when one is added', () => {
    const sample = threeClips();
    apply(sample.project, 'k', [
      keys(['0f', '20f'], ['10f', '40f'], ['20f', '100f']),
      { type: 'timeKey.setEasing', clipId: 'b', index: 1, easing: 'ease-in' },
      { type: 'timeKey.remove', clipId: 'b', index: 2 },
    ]);
    const all = [0, 5, 10, 20, 30, 40, 50];
    const before = shown(sample, 'b', ...all);
    apply(sample.project, 'a', [{ type: 'timeKey.add', clipId: 'b', time: '40f' }]);
    expect(shown(sample, 'b', ...all)).toEqual(before);
  });

  test('go along when the clip is cut and trimmed', () => {
    const sample = threeClips();
    apply(sample.project, 'k', [
      keys(['0f', '20f'], ['20f', '100f'], ['50f', '40f']),
      { type: 'clip.trim', clipId: 'b', edge: 'head', to: '60f' },
      { type: 'clip.trim', clipId: 'b', edge: 'head', to: '55f' },
    ]);
    expect(shown(sample, 'b', 0, 15, 45)).toEqual([40, 100, 40]);
  });

  test('are refused out of order, past the media, or where there are none', () => {
    const { project } = threeClips();
    const disorder = 'edit/time-keys-in-disorder';
    expect(refusalOf(project, [keys(['10f', '0f'], ['10f', '5f'])])).toBe(disorder);
    expect(refusalOf(project, [keys(['10f', '0f'], ['5f', '5f'])])).toBe(disorder);
    expect(refusalOf(project, [keys(['0f', '20f'], ['50f', '1600f'])])).toBe('edit/beyond-media');
    expect(refusalOf(project, [keys(['1f', '0f'], ['50f', '60f'])])).toBe('edit/beyond-media');
    const move: EditCommand = { type: 'timeKey.move', clipId: 'b', index: 0, time: '3f' };
    expect(refusalOf(project, [move])).toBe('edit/no-such-time-key');
    apply(project, 'k', [keys(['0f', '20f'], ['50f', '40f'])]);
    expect(refusalOf(project, [{ ...move, time: '50f' }])).toBe(disorder);
    expect(refusalOf(project, [{ type: 'timeKey.remove', clipId: 'b', index: 0 }])).toBe(
      'edit/last-time-keys',
    );
    expect(refusalOf(project, [{ type: 'timeKey.add', clipId: 'b', time: '50f' }])).toBe(
      'edit/time-key-there',
    );
    expect(refusalOf(project, [{ type: 'timeKey.add', clipId: 'b', time: '51f' }])).toBe(
      'edit/not-inside',
    );
    const last: EditCommand = {
      type: 'timeKey.setEasing',
      clipId: 'b',
      index: 1,
      easing: 'linear',
    };
    expect(refusalOf(project, [last])).toBe('edit/no-such-time-key');
  });

  test('may lie beyond the media where the clip does not show them', () => {
    const sample = threeClips();
    apply(sample.project, 'k', [keys(['-100f', '-80f'], ['0f', '20f'], ['50f', '70f'])]);
    expect(shown(sample, 'b', 0, 50)).toEqual([20, 70]);
  });
});
