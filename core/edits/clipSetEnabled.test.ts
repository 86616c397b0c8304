import { expect, test } from 'vitest';
import { apply, refusalOf, sampleProject } from '#tests/edits/sampleProject.ts';
import { planExport } from '../render/planExport.ts';
import { sceneAt } from '../render/sceneAt.ts';
import { exportSettingsSchema } from '../render/settings.ts';
import { soundParts } from '../render/soundParts.ts';

/** Clips “a” and “b” of 50 frames with sound, and a dissolve of 10 frames between them. */
function dissolvingClips() {
  const sample = sampleProject();
  const { project, timelineId, assets } = sample;
  const source = { timelineId, assetId: assets.film, in: '20f', out: '70f' };
  apply(project, 'clips', [
    { type: 'clip.append', ...source, clipIds: ['a', 'a-sound'] },
    { type: 'clip.append', ...source, clipIds: ['b', 'b-sound'] },
    { type: 'transition.add', clipId: 'b', duration: '10f' },
  ]);
  const setEnabled = (clipId: string, enabled: boolean) =>
    apply(project, `${clipId}-${enabled}`, [
      { type: 'clip.setEnabled', clipIds: [clipId], enabled },
    ]);
  const pictureAt = (frame: number) => {
    const [layer] = sceneAt(project, timelineId, frame).pictures;
    if (layer === undefined) return 'black';
    return layer.kind === 'clip' ? layer.source.clipId : 'dissolve';
  };
  const plan = () => planExport(project, timelineId, exportSettingsSchema.parse({}));
  const sounds = () => {
    const timeline = project.find('timeline', timelineId);
    return timeline === undefined
      ? []
      : soundParts(project, timeline).map((part) => [
          part.clipId,
          part.startSample / 1920,
          part.endSample / 1920,
          part.fadeInSamples + part.fadeOutSamples,
        ]);
  };
  return { ...sample, setEnabled, pictureAt, plan, sounds };
}

test.each([
  ['a', 'black', 'b', ['b-sound', 50, 100, 0]],
  ['b', 'a', 'black', ['a-sound', 0, 50, 0]],
])(
  'without “%s” there is no dissolve, and the other clip is whole',
  (off, before, after, sound) => {
    const { setEnabled, pictureAt, plan, sounds } = dissolvingClips();
    expect([pictureAt(49), pictureAt(50)]).toEqual(['dissolve', 'dissolve']);
    setEnabled(off, false);
    expect([0, 45, 49].map(pictureAt)).toEqual([before, before, before]);
    expect([50, 54, 99].map(pictureAt)).toEqual([after, after, after]);
    expect(plan().spans.map(({ startFrame, layers }) => [startFrame, layers.length])).toEqual([
      [0, before === 'black' ? 0 : 1],
      [50, after === 'black' ? 0 : 1],
    ]);
    expect(sounds()).toEqual([sound]);
  },
);

test('a clip that is switched on again is as it was', () => {
  const { project, setEnabled } = dissolvingClips();
  const before = JSON.stringify(project.snapshot());
  setEnabled('a', false);
  expect(JSON.stringify(project.snapshot())).not.toBe(before);
  setEnabled('a', true);
  expect(JSON.stringify(project.snapshot())).toBe(before);
});

test('titles cannot be switched off, nor clips of a locked track', () => {
  const { project, timelineId, audioTrackId } = dissolvingClips();
  const titleId = String(
    apply(project, 't', [{ type: 'title.add', timelineId, at: 0 }]).outcomes[0]?.['titleId'],
  );
  const off = (clipId: string) => [
    { type: 'clip.setEnabled', clipIds: [clipId], enabled: false } as const,
  ];
  expect(refusalOf(project, off(titleId))).toBe('edit/cannot-disable');
  apply(project, 'lock', [{ type: 'track.set', trackId: audioTrackId, locked: true }]);
  expect(refusalOf(project, off('a'))).toBe('edit/track-locked');
});
