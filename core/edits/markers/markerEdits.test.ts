import { describe, expect, test } from 'vitest';
import { apply, refusalOf, sampleProject } from '#tests/edits/sampleProject.ts';
import type { SourceRange } from '../../model/sourceRange.ts';
import { clipMarkerTimes } from '../../model/markerTimes.ts';
import type { Json } from '../../model/write.ts';
import { FLICKS_PER_SECOND, flicks } from '../../time/flicks.ts';
import type { EditCommand } from '../registry.ts';

const FRAME = FLICKS_PER_SECOND / 25;

/** A clip “a” 0–50 of frames 20–70 of the film, with a marker “m” at frame 30 of the timeline. */
function marked() {
  const sample = sampleProject();
  const { project, timelineId, assets } = sample;
  const source = { timelineId, assetId: assets.film, in: '20f', out: '70f' } as const;
  apply(project, 'a', [
    { type: 'clip.append', ...source, clipIds: ['a', 'a-sound'] },
    { type: 'marker.add', ownerId: 'a', at: '30f', name: 'M', markerId: 'm' },
  ]);
  /** Markers that a clip shows, as “id time” or “id time+duration” in frames. */
  const shown = (id: string) => {
    const clip = project.find('clip', id);
    return (clip === undefined ? [] : clipMarkerTimes(project, clip)).map(
      ({ marker, time, duration }) =>
        `${marker.id} ${time / FRAME}${duration === 0 ? '' : `+${duration / FRAME}`}`,
    );
  };
  const setRange = (sourceRange: SourceRange) =>
    project.apply([
      {
        object: 'a',
        register: 'sourceRange',
        value: JSON.parse(JSON.stringify(sourceRange)) as Json,
      },
    ]);
  const refused = (command: EditCommand) => refusalOf(project, [command]);
  return { ...sample, shown, setRange, refused };
}

describe('a marker of a clip', () => {
  test('stays with the picture through moves, trims and slips', () => {
    const { project, shown } = marked();
    apply(project, 'move', [{ type: 'clip.move', clipId: 'a', to: '100f' }]);
    expect(shown('a')).toEqual(['m 130']);
    apply(project, 'trim', [{ type: 'clip.trim', clipId: 'a', edge: 'head', to: '110f' }]);
    expect(shown('a')).toEqual(['m 130']);
    apply(project, 'slip', [{ type: 'clip.slip', clipId: 'a', by: '5f' }]);
    expect(shown('a')).toEqual(['m 125']);
  });

  test('is hidden by a trim, and comes back with the picture', () => {
    const { project, shown } = marked();
    const tail = (to: string): EditCommand => ({
      type: 'clip.trim',
      clipId: 'a',
      edge: 'tail',
      to,
    });
    apply(project, 't', [tail('30f')]);
    expect(shown('a')).toEqual([]);
    apply(project, 'b', [tail('31f')]);
    expect(shown('a')).toEqual(['m 30']);
  });

  test.each(['20f', '30f', '31f'])('goes to the half that shows it, cut at %s', (at) => {
    const { project, shown } = marked();
    const id = String(
      (
        apply(project, 's', [{ type: 'clip.split', clipId: 'a', at }]).outcomes[0]?.[
          'newIds'
        ] as string[]
      )[0],
    );
    const isLeft = at === '31f';
    expect([shown('a'), shown(id)]).toEqual(isLeft ? [['m 30'], []] : [[], ['m 30']]);
  });

  test('that is hidden behind the tail goes with the half that can show it again', () => {
    const { project, shown } = marked();
    const [id] = apply(project, 's', [
      { type: 'clip.trim', clipId: 'a', edge: 'tail', to: '25f' },
      { type: 'clip.split', clipId: 'a', at: '10f' },
    ]).outcomes[1]?.['newIds'] as string[];
    apply(project, 't', [{ type: 'clip.trim', clipId: id ?? '', edge: 'tail', to: '50f' }]);
    expect([shown('a'), shown(id ?? '')]).toEqual([[], ['m 30']]);
  });

  test('of a still picture stays where it is when its beginning goes, and when it is cut', () => {
    const { project, timelineId, assets, shown } = marked();
    apply(project, 'still', [
      { type: 'clip.append', timelineId, assetId: assets.still, clipIds: ['still'], out: '50f' },
      { type: 'marker.add', ownerId: 'still', at: '80f', markerId: 'on-still' },
      { type: 'clip.trim', clipId: 'still', edge: 'head', to: '60f' },
    ]);
    expect(shown('still')).toEqual(['on-still 80']);
    const [id] = apply(project, 'cut', [{ type: 'clip.split', clipId: 'still', at: '70f' }])
      .outcomes[0]?.['newIds'] as string[];
    expect([shown('still'), shown(id ?? '')]).toEqual([[], ['on-still 80']]);
  });

  test('is where the picture is at other speeds, backwards and along a curve', () => {
    const { setRange, shown } = marked();
    const at = (frame: number) => flicks(frame * FRAME);
    const constant = (num: number, den: number, first: number, last: number, frames: number) =>
      setRange({
        in: at(first),
        out: at(last),
        retime: { kind: 'constant', duration: at(frames), speed: { num, den } },
      });
    constant(2, 1, 20, 70, 25);
    expect(shown('a')).toEqual(['m 15']);
    constant(1, 2, 20, 70, 100);
    expect(shown('a')).toEqual(['m 60']);
    constant(-1, 1, 20, 70, 50);
    expect(shown('a')).toEqual(['m 20']);
    constant(0, 1, 50, 50, 50);
    expect(shown('a')).toEqual([]);
    const key = (time: number, source: number) => ({
      time: at(time),
      source: at(source),
      easing: 'linear' as const,
    });
    setRange({
      in: at(20),
      out: at(60),
      retime: { kind: 'curve', duration: at(50), keys: [key(0, 20), key(20, 60), key(50, 30)] },
    });
    // It is seen twice; the first time counts.
    expect(shown('a')).toEqual(['m 15']);
  });

  test('backwards is cut as it is seen', () => {
    const { project, setRange, shown } = marked();
    const at = (frame: number) => flicks(frame * FRAME);
    const speed = { num: -1, den: 1 };
    setRange({ in: at(20), out: at(70), retime: { kind: 'constant', duration: at(50), speed } });
    const [id] = apply(project, 's', [
      { type: 'clip.split', clipId: 'a', at: '20f', scope: 'alone' },
    ]).outcomes[0]?.['newIds'] as string[];
    expect([shown('a'), shown(id ?? '')]).toEqual([[], ['m 20']]);
  });

  test('with a duration ends where the clip does', () => {
    const { project, shown } = marked();
    apply(project, 'd', [{ type: 'marker.set', markerIds: ['m'], duration: '10f' }]);
    expect(shown('a')).toEqual(['m 30+10']);
    apply(project, 't', [{ type: 'clip.trim', clipId: 'a', edge: 'tail', to: '35f' }]);
    expect(shown('a')).toEqual(['m 30+5']);
    apply(project, 'h', [{ type: 'clip.trim', clipId: 'a', edge: 'head', to: '32f' }]);
    expect(shown('a')).toEqual(['m 32+3']);
  });

  test('is moved within its clip', () => {
    const { project, shown, refused } = marked();
    apply(project, 'm', [{ type: 'marker.move', markerId: 'm', to: '49f' }]);
    expect(shown('a')).toEqual(['m 49']);
    expect(refused({ type: 'marker.move', markerId: 'm', to: '50f' })).toBe('edit/not-inside');
  });
});

test('markers are changed and removed several at a time, and what is not given stays', () => {
  const { project, timelineId } = marked();
  apply(project, 'c', [
    { type: 'marker.add', ownerId: timelineId, at: '5f', markerId: 't', color: 'red', note: 'Why' },
    { type: 'marker.set', markerIds: ['m', 't'], name: 'Both', markerKind: 'to-do' },
  ]);
  expect(project.find('marker', 't')).toMatchObject({
    name: 'Both',
    color: 'red',
    note: 'Why',
    markerKind: 'to-do',
    span: { time: 5 * FRAME, duration: 0 },
  });
  apply(project, 'n', [{ type: 'marker.set', markerIds: ['t'], color: null, note: null }]);
  expect(project.find('marker', 't')).not.toHaveProperty('color');
  expect(project.find('marker', 't')).not.toHaveProperty('note');
  apply(project, 'r', [{ type: 'marker.remove', markerIds: ['m', 't'] }]);
  expect(project.all('marker')).toEqual([]);
});

test('what cannot be marked is refused', () => {
  const { project, timelineId, videoTrackId, setRange, refused } = marked();
  const add = { type: 'marker.add', at: '10f' } as const;
  const titleId = String(
    apply(project, 't', [{ type: 'title.add', timelineId, at: 0 }]).outcomes[0]?.['titleId'],
  );
  expect(refused({ ...add, ownerId: 'a', at: '50f' })).toBe('edit/not-inside');
  expect(refused({ ...add, ownerId: 'a', markerKind: 'chapter' })).toBe('edit/cannot-mark');
  expect(refused({ type: 'marker.set', markerIds: ['m'], markerKind: 'chapter' })).toBe(
    'edit/cannot-mark',
  );
  expect(refused({ ...add, ownerId: titleId })).toBe('edit/cannot-mark');
  expect(refused({ ...add, ownerId: 'nowhere' })).toBe('edit/no-such-timeline');
  expect(refused({ ...add, ownerId: timelineId, at: '-1f' })).toBe('edit/bad-time');
  expect(refused({ ...add, ownerId: timelineId, duration: '-1f' })).toBe('edit/bad-duration');
  expect(refused({ ...add, ownerId: timelineId, markerId: 'm' })).toBe('edit/id-taken');
  expect(refused({ type: 'marker.remove', markerIds: ['nothing'] })).toBe('edit/no-such-marker');
  const at = flicks(20 * FRAME);
  const speed = { num: 0, den: 1 };
  setRange({ in: at, out: at, retime: { kind: 'constant', duration: flicks(50 * FRAME), speed } });
  expect(refused({ ...add, ownerId: 'a' })).toBe('edit/cannot-mark');
  apply(project, 'l', [{ type: 'track.set', trackId: videoTrackId, locked: true }]);
  expect(refused({ type: 'marker.remove', markerIds: ['m'] })).toBe('edit/track-locked');
});
