import { describe, expect, test } from 'vitest';
import { brokenInvariants, momentsOf, shownThrough } from '#tests/edits/invariants.ts';
import { apply, refusalOf, type SampleProject } from '#tests/edits/sampleProject.ts';
import { FRAME, threeClips } from '#tests/edits/threeClips.ts';
import { itemEnd, itemStart } from '../../model/items.ts';
import { nestedTimelines } from '../../model/nestedTimelines.ts';
import { FLICKS_PER_SECOND } from '../../time/flicks.ts';
import type { EditCommand } from '../registry.ts';

/** The items of each track, lowest first, in frames. */
const layout = ({ project, timelineId }: SampleProject, id = timelineId) =>
  project.tracksOf(id).map((track) =>
    project
      .itemsOn(track.id)
      .map((item) => {
        const isNest = item.kind === 'clip' && item.nestedTimelineId !== undefined;
        return `${isNest ? 'nest ' : ''}${itemStart(item) / FRAME}–${itemEnd(item) / FRAME}`;
      })
      .join(', '),
  );

const filmOf = (sample: SampleProject, times: number[]) =>
  times.map((time) => ({ time, ...shownThrough(sample.project, sample.timelineId, time) }));

/** Applies commands and expects that what is seen and heard stays the same. */
function expectSameFilm(sample: SampleProject, commands: EditCommand[]): void {
  const times = momentsOf(sample).filter((time) => time >= 0);
  const before = filmOf(sample, times);
  apply(sample.project, 'same', commands);
  expect(filmOf(sample, times)).toEqual(before);
  for (const { id } of sample.project.all('timeline')) {
    expect(brokenInvariants({ ...sample, timelineId: id })).toEqual([]);
  }
}

const make = (clipIds: string[], more: object = {}): EditCommand => ({
  type: 'nest.make',
  clipIds,
  newTimelineId: 'inner',
  ...more,
});

describe('making a nested timeline', () => {
  test('puts one picture and one linked sound where the items stood', () => {
    const sample = threeClips();
    expectSameFilm(sample, [make(['a', 'b'])]);
    expect(layout(sample)).toEqual(['nest 0–100, 100–150', 'nest 0–100, 100–150']);
    expect(layout(sample, 'inner')).toEqual(['0–50, 50–100', '0–50, 50–100']);
    const [nest] = sample.project.nestsOf('inner');
    expect(nest && sample.project.linkedWith(nest)).toHaveLength(2);
    expect(sample.project.find('timeline', 'inner')?.format).toEqual(
      sample.project.find('timeline', 'timeline')?.format,
    );
  });

  test('takes titles and several tracks along', () => {
    const sample = threeClips();
    const { timelineId } = sample;
    apply(sample.project, 't', [
      { type: 'title.add', timelineId, at: '60f', duration: '20f', fields: { title: 'Hello' } },
    ]);
    const [title] = sample.project.all('graphic');
    expectSameFilm(sample, [make(['b', title?.id ?? ''])]);
    expect(layout(sample)).toEqual([
      '0–50, nest 50–100, 100–150',
      '0–50, nest 50–100, 100–150',
      '',
    ]);
    expect(layout(sample, 'inner')).toEqual(['0–50', '0–50', '10–30']);
  });

  test('keeps the dissolves to neighbours, with the media they show', () => {
    const sample = threeClips();
    apply(sample.project, 'd', [
      { type: 'transition.add', clipId: 'b', duration: '20f' },
      { type: 'transition.add', clipId: 'c', duration: '12f' },
    ]);
    expectSameFilm(sample, [make(['b'])]);
    expect(sample.project.all('transition')).toHaveLength(4);
    expect(layout(sample, 'inner')).toEqual(['0–66', '0–66']);
  });

  test('is refused where a dissolve could not stay as it looks', () => {
    const sample = threeClips();
    const { project, timelineId } = sample;
    apply(project, 'd', [
      { type: 'transition.add', clipId: 'b', duration: '20f' },
      { type: 'title.add', timelineId, at: '50f', duration: '20f', fields: { title: 'Hello' } },
    ]);
    const [title] = project.all('graphic');
    expect(refusalOf(project, [make(['b', title?.id ?? ''])])).toBe('edit/nest-transition');
  });

  test('is refused where something else lies between, and for captions', () => {
    const { project, timelineId } = threeClips();
    expect(refusalOf(project, [make(['a', 'c'])])).toBe('edit/nest-in-the-way');
    apply(project, 't', [
      { type: 'caption.add', timelineId, at: '0f', duration: '10f', text: 'Hello' },
      { type: 'track.add', timelineId, trackKind: 'video', trackId: 'v2' },
      { type: 'track.add', timelineId, trackKind: 'video', trackId: 'v3' },
      { type: 'clip.duplicate', clipIds: ['b'], at: '200f', scope: 'alone', mode: 'overwrite' },
    ]);
    const copy = project.all('clip').find((clip) => itemStart(clip) === 200 * FRAME)?.id ?? '';
    apply(project, 'v2', [{ type: 'clip.move', clipId: copy, to: '60f', trackId: 'v2' }]);
    apply(project, 'v3', [
      { type: 'clip.duplicate', clipIds: [copy], at: '200f', mode: 'overwrite' },
    ]);
    const top = project.all('clip').find((clip) => itemStart(clip) === 200 * FRAME)?.id ?? '';
    apply(project, 'v4', [{ type: 'clip.move', clipId: top, to: '60f', trackId: 'v3' }]);
    expect(refusalOf(project, [make(['b', top])])).toBe('edit/nest-in-the-way');
    expect(refusalOf(project, [make([project.all('cue')[0]?.id ?? ''])])).toBe('edit/cannot-nest');
    apply(project, 'ok', [make(['b', copy, top])]);
  });

  test('is refused under a blend that would mix with nothing, and on locked tracks', () => {
    const sample = threeClips();
    const { project, timelineId } = sample;
    apply(project, 't', [
      { type: 'track.add', timelineId, trackKind: 'video', trackId: 'v2' },
      { type: 'clip.move', clipId: 'c', to: '10f', trackId: 'v2', scope: 'alone' },
    ]);
    project.apply([{ object: 'c', register: 'blend', value: 'multiply' }]);
    expect(refusalOf(project, [make(['c'], { scope: 'alone' })])).toBe('edit/nest-in-the-way');
    apply(project, 'l', [{ type: 'track.set', trackId: sample.audioTrackId, locked: true }]);
    expect(refusalOf(project, [make(['a'])])).toBe('edit/track-locked');
  });
});

describe('unnesting', () => {
  test('puts everything back, trimmed to what the clip showed', () => {
    const sample = threeClips();
    apply(sample.project, 'n', [make(['a', 'b', 'c'], { name: 'Scene' })]);
    const [nest] = sample.project.nestsOf('inner');
    const id = nest?.id ?? '';
    apply(sample.project, 't', [
      { type: 'clip.trim', clipId: id, edge: 'head', to: '30f' },
      { type: 'clip.trim', clipId: id, edge: 'tail', to: '110f' },
    ]);
    expectSameFilm(sample, [{ type: 'nest.unnest', clipId: id }]);
    expect(layout(sample)).toEqual(['30–50, 50–100, 100–110', '30–50, 50–100, 100–110']);
    expect(layout(sample, 'inner')).toEqual(['0–50, 50–100, 100–150', '0–50, 50–100, 100–150']);
    for (const item of sample.project.itemsOn(sample.videoTrackId)) {
      expect(sample.project.linkedWith(item)).toHaveLength(2);
    }
  });

  test('goes back to the tracks beside it, and keeps dissolves to neighbours', () => {
    const sample = threeClips();
    const { timelineId } = sample;
    apply(sample.project, 't', [
      { type: 'title.add', timelineId, at: '60f', duration: '20f', fields: { title: 'Hello' } },
      { type: 'transition.add', clipId: 'c', duration: '12f' },
    ]);
    const [title] = sample.project.all('graphic');
    apply(sample.project, 'n', [make(['b', title?.id ?? ''])]);
    const [nest] = sample.project.nestsOf('inner');
    expectSameFilm(sample, [{ type: 'nest.unnest', clipId: nest?.id ?? '' }]);
    expect(layout(sample)).toEqual(['0–50, 50–100, 100–150', '0–50, 50–100, 100–150', '60–80']);
    expect(sample.project.all('transition')).toHaveLength(2);
  });

  test('is refused where the items could not look the same', () => {
    const sample = threeClips();
    const { project } = sample;
    apply(project, 'n', [make(['a', 'b'])]);
    const id =
      project.nestsOf('inner').find((clip) => clip.placement.trackId === sample.videoTrackId)?.id ??
      '';
    const unnest: EditCommand = { type: 'nest.unnest', clipId: id };
    expect(refusalOf(project, [{ ...unnest, clipId: 'c' }])).toBe('edit/not-nested');
    const first: EditCommand = { type: 'clip.setSpeed', clipIds: [id], speed: '200%' };
    expect(refusalOf(project, [first, unnest])).toBe('edit/retimed');
    project.apply([{ object: id, register: 'opacity', value: 0.5 }]);
    expect(refusalOf(project, [unnest])).toBe('edit/nest-changed');
    project.apply([{ object: id, register: 'opacity', value: null }]);
    apply(project, 'd', [{ type: 'transition.add', clipId: 'b', duration: '20f' }]);
    const cut: EditCommand = { type: 'clip.trim', clipId: id, edge: 'head', to: '45f' };
    expect(refusalOf(project, [cut, unnest])).toBe('edit/inside-transition');
    project.apply([
      {
        object: 'inner',
        register: 'format',
        value: { frameRate: { num: 24, den: 1 }, width: 1920, height: 1080, sampleRateHz: 48_000 },
      },
    ]);
    expect(refusalOf(project, [unnest])).toBe('edit/other-format');
  });
});

describe('a timeline put into another', () => {
  const timelines = (...ids: string[]): EditCommand[] =>
    ids.flatMap((id): EditCommand[] => [
      {
        type: 'timeline.create',
        name: id,
        timelineId: id,
        format: { frameRate: { num: 24, den: 1 }, width: 640, height: 360, sampleRateHz: 48_000 },
      },
    ]);
  const add = (timelineId: string, nestedTimelineId: string, more: object = {}): EditCommand => ({
    type: 'nest.add',
    timelineId,
    nestedTimelineId,
    ...more,
  });

  test('is appended, inserted or written over what is there', () => {
    const sample = threeClips();
    const { project, timelineId } = sample;
    apply(project, 't', [
      { type: 'timeline.duplicate', timelineId, newTimelineId: 'other' },
      add(timelineId, 'other'),
      add(timelineId, 'other', { mode: 'insert', at: '10f', in: '5f', out: '25f' }),
      add(timelineId, 'other', { mode: 'overwrite', at: '60f', out: '10f' }),
    ]);
    const track = '0–10, nest 10–30, 30–60, nest 60–70, 70–120, 120–170, nest 170–320';
    expect(layout(sample)).toEqual([track, track]);
    expect(shownThrough(project, timelineId, 12 * FRAME)).toEqual(
      shownThrough(project, 'other', 7 * FRAME),
    );
    expect(brokenInvariants(sample)).toEqual([]);
  });

  test('at another frame rate lasts whole frames of the outer one', () => {
    const sample = threeClips();
    const { project, timelineId } = sample;
    apply(project, 't', [...timelines('outer'), add('outer', timelineId)]);
    // 150 frames at 25 are six seconds, 144 frames at 24.
    expect(project.nestsOf(timelineId).map((clip) => itemEnd(clip))).toEqual([
      6 * FLICKS_PER_SECOND,
      6 * FLICKS_PER_SECOND,
    ]);
  });

  test('is refused in a circle, directly and through others', () => {
    const { project, timelineId } = threeClips();
    expect(refusalOf(project, [add(timelineId, timelineId)])).toBe('edit/nest-cycle');
    apply(project, 't', [
      ...timelines('x', 'y', 'z'),
      add('x', timelineId),
      add('y', 'x'),
      add('z', 'y'),
      add('z', 'x'),
    ]);
    expect(nestedTimelines(project, 'z')).toEqual(['y', 'x', timelineId]);
    expect(nestedTimelines(project, timelineId)).toEqual([]);
    for (const id of ['x', 'y', 'z']) {
      expect(refusalOf(project, [add(timelineId, id)])).toBe('edit/nest-cycle');
    }
    expect(refusalOf(project, [add('x', 'y')])).toBe('edit/nest-cycle');
  });

  test('goes 16 deep, from above and from below, and no deeper', () => {
    const { project, timelineId } = threeClips();
    const ids = Array.from({ length: 16 }, (_, index) => `t${index}`);
    apply(project, 't', [...timelines(...ids), add('t0', timelineId)]);
    for (let level = 1; level < 15; level++) {
      apply(project, `l${level}`, [add(`t${level}`, `t${level - 1}`)]);
    }
    expect(nestedTimelines(project, 't14')).toHaveLength(15);
    expect(refusalOf(project, [add('t15', 't14')])).toBe('edit/nest-too-deep');
    expect(refusalOf(project, [make(['a'])])).toBe('edit/nest-too-deep');
    apply(project, 'ok', [add('t15', 't13')]);
  });

  test('is refused when empty, without a place, and past its end', () => {
    const { project, timelineId } = threeClips();
    apply(project, 't', timelines('empty'));
    expect(refusalOf(project, [add(timelineId, 'empty')])).toBe('edit/nothing-to-use');
    expect(refusalOf(project, [add('empty', timelineId, { mode: 'insert' })])).toBe(
      'edit/missing-point',
    );
    expect(refusalOf(project, [add('empty', timelineId, { out: '151f' })])).toBe(
      'edit/beyond-media',
    );
    expect(refusalOf(project, [add('empty', timelineId, { in: '150f' })])).toBe(
      'edit/bad-duration',
    );
  });

  test('and a circle that a merge has made does not hang anything', () => {
    const { project, timelineId } = threeClips();
    apply(project, 't', [...timelines('x'), add('x', timelineId)]);
    project.apply([
      { object: 'a', register: 'assetId', value: null },
      { object: 'a', register: 'nestedTimelineId', value: 'x' },
    ]);
    expect(nestedTimelines(project, 'x')).toEqual([timelineId]);
    expect(refusalOf(project, [add('x', timelineId)])).toBe('edit/nest-cycle');
  });
});
