import { describe, expect, test } from 'vitest';
import { apply, refusalOf, sampleProject, type SampleProject } from '#tests/edits/sampleProject.ts';
import { FRAME, threeClips } from '#tests/edits/threeClips.ts';
import { itemEnd, itemStart } from '../../model/items.ts';
import { applyEdit } from '../applyEdit.ts';
import { idsFrom } from '../ids.ts';
import type { EditCommand } from '../registry.ts';

/** Items as “id start–end @source in”, in frames. */
function layout({ project }: SampleProject, trackId: string): string[] {
  return project.itemsOn(trackId).map((item) => {
    const source = item.kind === 'clip' ? ` @${item.sourceRange.in / FRAME}` : '';
    return `${item.id} ${itemStart(item) / FRAME}–${itemEnd(item) / FRAME}${source}`;
  });
}

const limitsOf = ({ project }: SampleProject, command: EditCommand) => {
  const result = applyEdit(project, [command], idsFrom('limits'));
  const fault = result.ok ? null : result.error;
  const inFrames = (key: string) => Number(fault?.details?.[key]) / FRAME;
  return { code: fault?.code ?? 'accepted', min: inFrames('min'), max: inFrames('max') };
};

describe('a ripple trim', () => {
  test('of the tail draws what follows along, on picture and sound', () => {
    const sample = threeClips();
    apply(sample.project, 'r', [
      { type: 'clip.rippleTrim', clipId: 'b', edge: 'tail', by: '-10f' },
    ]);
    expect(layout(sample, sample.videoTrackId)).toEqual([
      'a 0–50 @20',
      'b 50–90 @20',
      'c 90–140 @20',
    ]);
    expect(layout(sample, sample.audioTrackId)).toEqual([
      'a-sound 0–50 @20',
      'b-sound 50–90 @20',
      'c-sound 90–140 @20',
    ]);
  });

  test('of the head takes away the beginning and keeps the start, at the very start too', () => {
    const sample = threeClips();
    apply(sample.project, 'r', [
      { type: 'clip.rippleTrim', clipId: 'a', edge: 'head', by: '-20f' },
      { type: 'clip.rippleTrim', clipId: 'b', edge: 'head', by: '15f' },
    ]);
    expect(layout(sample, sample.videoTrackId)).toEqual([
      'a 0–70 @0',
      'b 70–105 @35',
      'c 105–155 @20',
    ]);
    expect(layout(sample, sample.audioTrackId)).toEqual([
      'a-sound 0–70 @0',
      'b-sound 70–105 @35',
      'c-sound 105–155 @20',
    ]);
  });

  test('names its limits: the media, and one frame that must stay', () => {
    const head: EditCommand = { type: 'clip.rippleTrim', clipId: 'b', edge: 'head', by: '-21f' };
    expect(limitsOf(threeClips(), head)).toEqual({ code: 'edit/beyond-limit', min: -20, max: 49 });
    const sample = threeClips();
    expect(refusalOf(sample.project, [{ ...head, by: '50f' }])).toBe('edit/beyond-limit');
    apply(sample.project, 'min', [{ ...head, by: '-20f' }]);
  });

  test('is refused where a locked track would have to move, and may go alone', () => {
    const sample = threeClips();
    apply(sample.project, 'lock', [
      { type: 'track.set', trackId: sample.audioTrackId, locked: true },
    ]);
    const trim: EditCommand = { type: 'clip.rippleTrim', clipId: 'b', edge: 'tail', by: '-10f' };
    expect(refusalOf(sample.project, [trim])).toBe('edit/track-locked');
    apply(sample.project, 'alone', [{ ...trim, scope: 'alone' }]);
    expect(layout(sample, sample.audioTrackId)).toContain('c-sound 100–150 @20');
  });

  test('never leaves sound behind that begins before the picture', () => {
    const sample = threeClips();
    apply(sample.project, 'j', [
      { type: 'clip.roll', clipId: 'b-sound', edge: 'head', to: '40f', scope: 'alone' },
    ]);
    const trim: EditCommand = { type: 'clip.rippleTrim', clipId: 'b', edge: 'head', by: '5f' };
    expect(refusalOf(sample.project, [trim])).toBe('edit/out-of-sync');
  });

  test('is refused where sound that ends later is in the way', () => {
    const sample = threeClips();
    apply(sample.project, 'l', [
      { type: 'clip.roll', clipId: 'b-sound', edge: 'tail', to: '110f', scope: 'alone' },
    ]);
    const trim: EditCommand = { type: 'clip.rippleTrim', clipId: 'b', edge: 'tail', by: '-5f' };
    expect(refusalOf(sample.project, [trim])).toBe('edit/overlap');
  });
});

describe('a roll', () => {
  test('moves the edit point of picture and sound; nothing else moves', () => {
    const sample = threeClips();
    apply(sample.project, 'r', [{ type: 'clip.roll', clipId: 'b', edge: 'head', to: '60f' }]);
    expect(layout(sample, sample.videoTrackId)).toEqual([
      'a 0–60 @20',
      'b 60–100 @30',
      'c 100–150 @20',
    ]);
    expect(layout(sample, sample.audioTrackId)).toEqual([
      'a-sound 0–60 @20',
      'b-sound 60–100 @30',
      'c-sound 100–150 @20',
    ]);
  });

  test('takes sound along that has no neighbour', () => {
    const sample = threeClips();
    apply(sample.project, 'r', [
      { type: 'clip.delete', clipIds: ['b-sound'], scope: 'alone' },
      { type: 'clip.roll', clipId: 'b', edge: 'head', to: '60f' },
    ]);
    expect(layout(sample, sample.audioTrackId)[0]).toBe('a-sound 0–60 @20');
  });

  test('names its limits and needs a clip that touches', () => {
    const roll: EditCommand = { type: 'clip.roll', clipId: 'b', edge: 'head', to: '20f' };
    expect(limitsOf(threeClips(), roll)).toEqual({ code: 'edit/beyond-limit', min: -20, max: 49 });
    expect(refusalOf(threeClips().project, [{ ...roll, clipId: 'a' }])).toBe('edit/no-cut');
  });
});

describe('a slip', () => {
  test('shows a later part of picture and sound in the same place', () => {
    const sample = threeClips();
    apply(sample.project, 's', [{ type: 'clip.slip', clipId: 'b', by: '15f' }]);
    expect(layout(sample, sample.videoTrackId)).toContain('b 50–100 @35');
    expect(layout(sample, sample.audioTrackId)).toContain('b-sound 50–100 @35');
  });

  test('names how much media there is, to the frame', () => {
    const sample = threeClips();
    const slip: EditCommand = { type: 'clip.slip', clipId: 'b', by: '-21f' };
    const limits = limitsOf(sample, slip);
    expect(limits).toEqual({ code: 'edit/beyond-limit', min: -20, max: 60 * 25 - 70 });
    expect(refusalOf(sample.project, [{ ...slip, by: `${limits.max + 1}f` }])).toBe(limits.code);
    apply(sample.project, 's', [
      { ...slip, by: '-20f' },
      { ...slip, by: `${limits.max + 20}f` },
    ]);
  });

  test('is not for stills and titles', () => {
    const { project, timelineId, assets } = sampleProject();
    apply(project, 'a', [
      { type: 'clip.append', timelineId, assetId: assets.still, clipIds: ['still'] },
    ]);
    expect(refusalOf(project, [{ type: 'clip.slip', clipId: 'still', by: '1f' }])).toBe(
      'edit/nothing-to-slip',
    );
  });
});

describe('a slide', () => {
  test('is absorbed by both neighbours, on picture and sound', () => {
    const sample = threeClips();
    apply(sample.project, 's', [{ type: 'clip.slide', clipId: 'b', by: '-10f' }]);
    expect(layout(sample, sample.videoTrackId)).toEqual([
      'a 0–40 @20',
      'b 40–90 @20',
      'c 90–150 @10',
    ]);
    expect(layout(sample, sample.audioTrackId)).toEqual([
      'a-sound 0–40 @20',
      'b-sound 40–90 @20',
      'c-sound 90–150 @10',
    ]);
  });

  test('names its limits: the media of one neighbour and the last frame of the other', () => {
    const slide: EditCommand = { type: 'clip.slide', clipId: 'b', by: '-21f' };
    expect(limitsOf(threeClips(), slide)).toEqual({ code: 'edit/beyond-limit', min: -20, max: 49 });
  });

  test('beside a gap only uses up the gap', () => {
    const sample = threeClips();
    apply(sample.project, 's', [{ type: 'clip.delete', clipIds: ['c'] }]);
    apply(sample.project, 't', [{ type: 'clip.slide', clipId: 'b', by: '5f' }]);
    expect(layout(sample, sample.videoTrackId)).toEqual(['a 0–55 @20', 'b 55–105 @20']);
  });
});
