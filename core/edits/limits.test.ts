import { expect, test } from 'vitest';
import { apply, refusalOf, sampleProject } from '#tests/edits/sampleProject.ts';
import type { EditCommand } from './registry.ts';

const DAYS = 24 * 3600 * 25;

test('a timeline has 1 to 1000 frames per second', () => {
  const create = (num: number, den: number): EditCommand => ({
    type: 'timeline.create',
    name: 'T',
    format: { frameRate: { num, den }, width: 640, height: 360, sampleRateHz: 48_000 },
  });
  const { project } = sampleProject();
  expect(refusalOf(project, [create(1, 1_000_000_000)])).toBe('edit/bad-command');
  expect(refusalOf(project, [create(705_600_000, 1)])).toBe('edit/bad-command');
  expect(refusalOf(project, [create(11, 1)])).toBe('edit/bad-command');
  apply(project, 'ok', [create(1, 1), create(1000, 1)]);
});

test('times beyond 30 days are refused, however they are written', () => {
  const { project, timelineId, assets } = sampleProject();
  for (const at of [Number.MAX_SAFE_INTEGER, '999999999f', `${30 * DAYS + 1}f`, '999:00:00:00']) {
    const code = refusalOf(project, [
      { type: 'clip.overwrite', timelineId, assetId: assets.film, at },
    ]);
    expect(code).toBe('edit/bad-time');
  }
});

test('edits that push clips beyond 30 days are refused', () => {
  const { project, timelineId, assets } = sampleProject();
  const still = { timelineId, assetId: assets.still, out: `${20 * DAYS}f` };
  apply(project, 'long', [
    { type: 'clip.append', ...still },
    { type: 'clip.append', ...still },
  ]);
  expect(refusalOf(project, [{ type: 'clip.append', ...still }])).toBe('edit/bad-time');
  expect(refusalOf(project, [{ type: 'clip.insert', ...still, at: 0 }])).toBe('edit/bad-time');
});

test('a locked track refuses a new name for its clips', () => {
  const { project, timelineId, assets, videoTrackId } = sampleProject();
  apply(project, 'a', [
    { type: 'clip.append', timelineId, assetId: assets.film, clipIds: ['a'] },
    { type: 'track.set', trackId: videoTrackId, locked: true },
  ]);
  expect(refusalOf(project, [{ type: 'clip.rename', clipId: 'a', name: 'B' }])).toBe(
    'edit/track-locked',
  );
});
