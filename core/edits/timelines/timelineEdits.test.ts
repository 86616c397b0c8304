import { describe, expect, test } from 'vitest';
import { momentsOf, shownThrough } from '#tests/edits/invariants.ts';
import { apply, refusalOf, sampleProject } from '#tests/edits/sampleProject.ts';
import { FLICKS_PER_SECOND } from '../../time/flicks.ts';
import type { EditCommand } from '../registry.ts';

const FRAME = FLICKS_PER_SECOND / 25;

describe('the marked range', () => {
  const mark = (parameters: object): EditCommand => ({
    type: 'timeline.setMarkedRange',
    timelineId: 'timeline',
    ...parameters,
  });

  test('is set end by end, and taken away', () => {
    const { project } = sampleProject();
    const range = () => project.find('timeline', 'timeline')?.markedRange;
    apply(project, 'a', [mark({ in: '10f' })]);
    expect(range()).toEqual({ in: 10 * FRAME });
    apply(project, 'b', [mark({ out: '20f' })]);
    expect(range()).toEqual({ in: 10 * FRAME, out: 20 * FRAME });
    apply(project, 'c', [mark({ clear: 'in' })]);
    expect(range()).toEqual({ out: 20 * FRAME });
    apply(project, 'd', [mark({ clear: 'both', in: '30f' })]);
    expect(range()).toEqual({ in: 30 * FRAME });
    apply(project, 'e', [mark({ clear: 'both' })]);
    expect(range()).toBeUndefined();
  });

  test('never ends before it begins', () => {
    const { project } = sampleProject();
    apply(project, 'a', [mark({ in: '10f' })]);
    expect(refusalOf(project, [mark({ out: '10f' })])).toBe('edit/bad-duration');
    expect(refusalOf(project, [mark({ in: '-1f' })])).toBe('edit/bad-time');
    apply(project, 'b', [mark({ out: '5f', clear: 'in' })]);
  });
});

describe('a copy of a timeline', () => {
  test('shows the same, with marks and links of its own', () => {
    const sample = sampleProject();
    const { project, timelineId, assets } = sample;
    apply(project, 'a', [
      { type: 'clip.append', timelineId, assetId: assets.film, in: '20f', out: '70f' },
      {
        type: 'clip.append',
        timelineId,
        assetId: assets.film,
        in: '20f',
        out: '70f',
        clipIds: ['b', 'bs'],
      },
      { type: 'transition.add', clipId: 'b', duration: '10f' },
      { type: 'title.add', timelineId, at: '10f', duration: '20f', fields: { title: 'Hello' } },
      { type: 'timeline.setMarkedRange', timelineId, in: '5f', out: '50f' },
    ]);
    project.apply(
      Object.entries({
        kind: 'marker',
        ownerId: 'b',
        span: { time: 30 * FRAME, duration: 0 },
        markerKind: 'standard',
        name: 'Here',
      }).map(([register, value]) => ({ object: 'm', register, value })),
    );
    const original = project.find('clip', 'b');
    apply(project, 'copy', [{ type: 'timeline.duplicate', timelineId, newTimelineId: 'copy' }]);
    for (const time of momentsOf(sample)) {
      expect(shownThrough(project, 'copy', time)).toEqual(shownThrough(project, timelineId, time));
    }
    expect(project.find('timeline', 'copy')).toMatchObject({
      name: 'Film copy',
      markedRange: { in: 5 * FRAME, out: 50 * FRAME },
    });
    const copy = project
      .all('clip')
      .find((clip) => clip.id !== 'b' && project.markersOf(clip.id).length > 0);
    expect(copy?.linkId).not.toBe(original?.linkId);
    expect(copy && project.linkedWith(copy)).toHaveLength(2);
    expect(original && project.linkedWith(original)).toHaveLength(2);
    apply(project, 'gone', [{ type: 'timeline.remove', timelineId: 'copy' }]);
    expect(project.all('clip')).toHaveLength(4);
    expect(project.all('transition')).toHaveLength(2);
    expect(project.all('marker').map((marker) => marker.ownerId)).toEqual(['b']);
  });
});

describe('removing a timeline', () => {
  const remove = (timelineId: string): EditCommand => ({ type: 'timeline.remove', timelineId });

  test('is refused for the last one, one that is shown in another, and one with a locked track', () => {
    const { project, timelineId, assets, videoTrackId } = sampleProject();
    expect(refusalOf(project, [remove(timelineId)])).toBe('edit/last-timeline');
    apply(project, 'a', [
      { type: 'clip.append', timelineId, assetId: assets.film, clipIds: ['a', 'b'] },
      { type: 'nest.make', clipIds: ['a'], newTimelineId: 'inner' },
    ]);
    expect(refusalOf(project, [remove('inner')])).toBe('edit/timeline-nested');
    apply(project, 'l', [{ type: 'track.set', trackId: videoTrackId, locked: true }]);
    expect(refusalOf(project, [remove(timelineId)])).toBe('edit/track-locked');
    apply(project, 'u', [{ type: 'track.set', trackId: videoTrackId, locked: false }]);
    apply(project, 'r', [remove(timelineId)]);
    expect(project.all('timeline').map(({ id }) => id)).toEqual(['inner']);
    apply(project, 'n', [{ type: 'timeline.rename', timelineId: 'inner', name: 'Scene' }]);
    expect(project.find('timeline', 'inner')?.name).toBe('Scene');
  });
});
