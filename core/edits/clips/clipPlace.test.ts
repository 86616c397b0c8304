import { describe, expect, test } from 'vitest';
import { apply, refusalOf, sampleProject } from '#tests/edits/sampleProject.ts';
import { itemDuration, itemEnd, itemStart } from '../../model/items.ts';
import { sourceTimeAt } from '../../model/sourceRange.ts';
import { FLICKS_PER_SECOND, flicks } from '../../time/flicks.ts';
import type { EditCommand } from '../registry.ts';

const FRAME = FLICKS_PER_SECOND / 25;

/** A timeline with one clip of 200 frames, picture and sound. */
function oneClip() {
  const sample = sampleProject();
  const { project, timelineId, assets } = sample;
  apply(project, 'a', [
    { type: 'clip.append', timelineId, assetId: assets.film, out: '200f', clipIds: ['base', 's'] },
  ]);
  return sample;
}

type Sample = ReturnType<typeof oneClip>;

const place = ({ timelineId, assets }: Sample, points: object): EditCommand => ({
  type: 'clip.place',
  timelineId,
  assetId: assets.film,
  clipIds: ['new', 'new-sound'],
  ...points,
});

/** Where the new clip stands and what it shows, in frames; the same of picture and sound. */
function placed(points: object, prepare: EditCommand[] = []): string {
  const sample = oneClip();
  if (prepare.length > 0) apply(sample.project, 'prepare', prepare);
  apply(sample.project, 'p', [place(sample, points)]);
  const texts = ['new', 'new-sound'].map((id) => {
    const clip = sample.project.find('clip', id);
    if (clip === undefined) return 'nothing';
    const shown = (offset: number) => sourceTimeAt(clip.sourceRange, flicks(offset)) / FRAME;
    const speed = clip.sourceRange.retime === undefined ? '' : ' at another speed';
    return `${itemStart(clip) / FRAME}–${itemEnd(clip) / FRAME} shows ${shown(0)}→${shown(itemDuration(clip))}${speed}`;
  });
  expect(texts[0]).toBe(texts[1]);
  return texts[0] ?? '';
}

const refusal = (points: object) => {
  const sample = oneClip();
  return refusalOf(sample.project, [place(sample, points)]);
};

const marks = (range: object): EditCommand[] => [
  { type: 'timeline.setMarkedRange', timelineId: 'timeline', ...range },
];

test('what it cuts in two is linked half by half', () => {
  const sample = oneClip();
  apply(sample.project, 'p', [place(sample, { in: '10f', out: '40f', from: '50f' })]);
  const links = [sample.videoTrackId, sample.audioTrackId].map((trackId) =>
    sample.project
      .itemsOn(trackId)
      .map((item) => (item.kind === 'clip' ? (item.linkId ?? null) : null)),
  );
  expect(links[0]).toEqual(links[1]);
  expect(new Set(links[0]).size).toBe(3);
});

describe('three points', () => {
  test('say the fourth', () => {
    expect(placed({ in: '10f', out: '40f', from: '50f' })).toBe('50–80 shows 10→40');
    expect(placed({ in: '10f', out: '40f', to: '90f' })).toBe('60–90 shows 10→40');
    expect(placed({ in: '10f', from: '50f', to: '75f' })).toBe('50–75 shows 10→35');
    expect(placed({ out: '40f', from: '50f', to: '75f' })).toBe('50–75 shows 15→40');
  });

  test('come from the marked range and the whole asset where they are not given', () => {
    const marked = marks({ in: '50f', out: '75f' });
    expect(placed({ in: '10f' }, marked)).toBe('50–75 shows 10→35');
    expect(placed({ out: '40f' }, marked)).toBe('50–75 shows 15→40');
    expect(placed({}, marked)).toBe('50–75 shows 0→25');
    expect(placed({ in: '10f', out: '40f' }, marks({ in: '50f' }))).toBe('50–80 shows 10→40');
    expect(placed({ in: '10f', out: '40f' }, marks({ out: '90f' }))).toBe('60–90 shows 10→40');
    expect(placed({ from: '50f' })).toBe('50–1550 shows 0→1500');
    // Three points are enough: a mark that is left over does not count.
    expect(placed({ in: '10f', out: '40f', from: '60f' }, marked)).toBe('60–90 shows 10→40');
  });

  test('insert or overwrite', () => {
    const sample = oneClip();
    const { project } = sample;
    const points = { in: '10f', out: '40f', from: '50f' };
    apply(project, 'i', [place(sample, { ...points, mode: 'insert' })]);
    const edges = () =>
      project
        .itemsOn(sample.videoTrackId)
        .map((item) => `${itemStart(item) / FRAME}–${itemEnd(item) / FRAME}`);
    expect(edges()).toEqual(['0–50', '50–80', '80–230']);
    apply(project, 'o', [place(sample, { ...points, mode: 'overwrite', clipIds: ['o', 'p'] })]);
    expect(edges()).toEqual(['0–50', '50–80', '80–230']);
  });

  test('are refused where one is missing, in disorder or out of reach', () => {
    expect(refusal({ in: '10f', out: '40f' })).toBe('edit/missing-point');
    expect(refusal({ in: '40f', out: '10f', from: 0 })).toBe('edit/bad-duration');
    expect(refusal({ in: '10f', from: '50f', to: '50f' })).toBe('edit/bad-duration');
    expect(refusal({ out: '20f', from: '50f', to: '75f' })).toBe('edit/beyond-media');
    expect(refusal({ in: '10f', out: '40f', to: '20f' })).toBe('edit/bad-time');
    expect(refusal({ in: '1490f', from: '50f', to: '75f' })).toBe('edit/beyond-media');
  });
});

describe('four points', () => {
  const points = { in: '10f', out: '60f', from: '100f', to: '125f' };

  test('need to be told what gives way, unless both lengths are equal', () => {
    expect(refusal(points)).toBe('edit/four-points');
    expect(placed({ ...points, to: '150f' })).toBe('100–150 shows 10→60');
  });

  test('fill the place by another speed, or give up one of the points', () => {
    expect(placed({ ...points, fit: 'fill' })).toBe('100–125 shows 10→60 at another speed');
    expect(placed({ ...points, fit: 'trim-source-end' })).toBe('100–125 shows 10→35');
    expect(placed({ ...points, fit: 'trim-source-start' })).toBe('100–125 shows 35→60');
    expect(placed({ ...points, fit: 'ignore-timeline-out' })).toBe('100–150 shows 10→60');
  });

  test('fill exactly, whatever the fraction', () => {
    expect(placed({ ...points, out: '47f', to: '129f', fit: 'fill' })).toBe(
      '100–129 shows 10→47 at another speed',
    );
    const tooFast = { in: 0, out: '1500f', from: 0, to: '1f', fit: 'fill' };
    expect(refusal(tooFast)).toBe('edit/bad-speed');
  });

  test('are only two for a still picture, which fills the place', () => {
    const sample = oneClip();
    const still = place(sample, { ...points, assetId: sample.assets.still, clipIds: ['still'] });
    apply(sample.project, 'p', [still]);
    expect(sample.project.find('clip', 'still')?.sourceRange).toEqual({ in: 0, out: 25 * FRAME });
  });
});
