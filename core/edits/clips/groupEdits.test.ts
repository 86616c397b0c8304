import { expect, test } from 'vitest';
import { apply, refusalOf, sampleProject } from '#tests/edits/sampleProject.ts';
import { itemEnd, itemStart } from '../../model/items.ts';
import { FLICKS_PER_SECOND } from '../../time/flicks.ts';
import type { EditCommand } from '../registry.ts';

const FRAME = FLICKS_PER_SECOND / 25;

/** Clips a 0–50 and b 50–100 with linked sound, and a title 60–80 that is grouped with a. */
function grouped() {
  const sample = sampleProject();
  const { project, timelineId, assets } = sample;
  const source = { timelineId, assetId: assets.film, in: '20f', out: '70f' } as const;
  const made = apply(project, 'g', [
    { type: 'clip.append', ...source, clipIds: ['a', 'a-sound'] },
    { type: 'clip.append', ...source, clipIds: ['b', 'b-sound'] },
    { type: 'title.add', timelineId, at: '60f', duration: '20f' },
  ]).outcomes;
  const titleId = String(made[2]?.['titleId']);
  apply(project, 'group', [{ type: 'clip.group', clipIds: ['a', titleId], groupId: 'pair' }]);
  const at = (id: string) => {
    const item = project.item(id);
    return item && itemStart(item) / FRAME;
  };
  return { ...sample, titleId, at };
}

test('a group moves and is nudged as one, with what is linked', () => {
  const { project, at, titleId } = grouped();
  apply(project, 'm', [{ type: 'clip.move', clipId: titleId, to: '260f' }]);
  expect([at('a'), at('a-sound'), at(titleId), at('b')]).toEqual([200, 200, 260, 50]);
  apply(project, 'n', [{ type: 'clip.nudge', clipIds: ['a-sound'], frames: 3 }]);
  expect([at('a'), at('a-sound'), at(titleId)]).toEqual([203, 203, 263]);
});

test('one of a group goes alone when asked to', () => {
  const { project, at, titleId } = grouped();
  apply(project, 'n', [
    { type: 'clip.nudge', clipIds: [titleId], frames: 3, scope: 'alone' },
    { type: 'clip.delete', clipIds: [titleId], scope: 'alone' },
  ]);
  expect([at('a'), at(titleId)]).toEqual([0, undefined]);
});

test('a group is deleted as one, and trims and cuts are of one item', () => {
  const { project, at, titleId } = grouped();
  apply(project, 't', [
    { type: 'clip.trim', clipId: 'a', edge: 'tail', to: '40f' },
    { type: 'clip.split', clipId: 'a', at: '20f' },
  ]);
  expect(project.item(titleId)).toMatchObject({ groupId: 'pair', duration: 20 * FRAME });
  const title = project.item(titleId);
  expect(title && project.groupedWith(title)).toHaveLength(3);
  apply(project, 'd', [{ type: 'clip.delete', clipIds: ['a'] }]);
  expect([at('a'), at('a-sound'), at(titleId), at('b')]).toEqual([
    undefined,
    undefined,
    undefined,
    50,
  ]);
  expect(project.all('clip').map((clip) => itemEnd(clip) / FRAME)).toEqual([100, 100]);
});

test('copies of a group are a group of their own', () => {
  const { project, titleId } = grouped();
  const copies = apply(project, 'd', [{ type: 'clip.duplicate', clipIds: ['a'] }]).outcomes[0]?.[
    'clipIds'
  ] as string[];
  expect(copies).toHaveLength(3);
  const groups = copies.flatMap((id) => project.item(id)?.groupId ?? []);
  expect(groups).toHaveLength(2);
  expect(new Set([...groups, 'pair']).size).toBe(2);
  expect(project.item(titleId)).toMatchObject({ groupId: 'pair' });
});

test('ungrouping ends the whole group', () => {
  const { project, at, titleId } = grouped();
  apply(project, 'u', [
    { type: 'clip.ungroup', clipIds: ['a'] },
    { type: 'clip.nudge', clipIds: [titleId], frames: 1 },
  ]);
  expect([at('a'), at(titleId)]).toEqual([0, 61]);
});

test('groups and links are of one timeline, of two items, on unlocked tracks', () => {
  const { project, timelineId, audioTrackId, titleId, assets } = grouped();
  const format = project.find('timeline', timelineId)?.format;
  if (format === undefined) throw new Error('The timeline is gone');
  apply(project, 'other', [
    { type: 'timeline.create', name: 'Other', format, timelineId: 'other' },
    { type: 'clip.append', timelineId: 'other', assetId: assets.film, clipIds: ['x', 'x-sound'] },
  ]);
  const refused = (command: EditCommand) => refusalOf(project, [command]);
  expect(refused({ type: 'clip.group', clipIds: ['a', 'a'] })).toBe('edit/cannot-group');
  expect(refused({ type: 'clip.group', clipIds: ['a', 'x'] })).toBe('edit/several-timelines');
  expect(refused({ type: 'clip.group', clipIds: ['x', 'x-sound'], groupId: 'pair' })).toBe(
    'edit/several-timelines',
  );
  expect(refused({ type: 'clip.link', clipIds: ['a', 'x'] })).toBe('edit/several-timelines');
  for (const type of ['clip.trim', 'clip.split'] as const) {
    const several = { clipId: 'a', clipIds: ['x'] };
    expect(
      refused(
        type === 'clip.trim'
          ? { type, ...several, edge: 'tail', to: '10f' }
          : { type, ...several, at: '10f' },
      ),
    ).toBe('edit/several-timelines');
  }
  expect(refused({ type: 'clip.delete', clipIds: ['a', 'x'] })).toBe('edit/several-timelines');
  apply(project, 'lock', [{ type: 'track.set', trackId: audioTrackId, locked: true }]);
  expect(refused({ type: 'clip.group', clipIds: ['b-sound', titleId] })).toBe('edit/track-locked');
  expect(refused({ type: 'clip.delete', clipIds: [titleId] })).toBe('edit/track-locked');
});

test('clips whose link reaches another timeline are edited alone only', () => {
  const { project, timelineId, assets } = grouped();
  const format = project.find('timeline', timelineId)?.format;
  if (format === undefined) throw new Error('The timeline is gone');
  const source = { assetId: assets.film, in: '20f', out: '70f', linkId: 'far' } as const;
  apply(project, 'other', [
    { type: 'timeline.create', name: 'Other', format, timelineId: 'other' },
    { type: 'clip.append', ...source, timelineId: 'other', clipIds: ['x', 'x-sound'] },
    { type: 'clip.append', ...source, timelineId, clipIds: ['near', 'near-sound'] },
  ]);
  const named = { clipId: 'near' };
  const commands: EditCommand[] = [
    { type: 'clip.trim', ...named, edge: 'tail', to: '140f' },
    { type: 'clip.split', ...named, at: '120f' },
    { type: 'clip.rippleTrim', ...named, edge: 'tail', by: '-1f' },
    { type: 'clip.roll', ...named, edge: 'head', to: '101f' },
    { type: 'clip.slip', ...named, by: '1f' },
    { type: 'clip.slide', ...named, by: '-1f' },
    { type: 'clip.delete', clipIds: ['near'] },
  ];
  for (const command of commands) {
    expect([command.type, refusalOf(project, [command])]).toEqual([
      command.type,
      'edit/several-timelines',
    ]);
  }
  apply(project, 'alone', [{ type: 'clip.slip', ...named, by: '1f', scope: 'alone' }]);
});

test('sound that is detached has a name and goes its own way', () => {
  const { project, at } = grouped();
  apply(project, 'r', [
    { type: 'clip.rename', clipId: 'b', name: 'Interview' },
    { type: 'clip.detachAudio', clipIds: ['b'] },
    { type: 'clip.nudge', clipIds: ['b-sound'], frames: 7 },
  ]);
  expect(project.item('b-sound')).toMatchObject({ name: 'Interview (sound)' });
  expect([at('b'), at('b-sound')]).toEqual([50, 57]);
  const again: EditCommand = { type: 'clip.detachAudio', clipIds: ['b'] };
  expect(refusalOf(project, [again])).toBe('edit/no-sound');
  apply(project, 's', [{ type: 'clip.detachAudio', clipIds: ['a', 'a-sound'], name: 'Wind' }]);
  expect(project.item('a-sound')).toMatchObject({ name: 'Wind' });
});
