import { expect, test } from 'vitest';
import { apply, refusalOf, sampleProject } from '#tests/edits/sampleProject.ts';
import { planExport } from '../../render/planExport.ts';
import { sceneAt } from '../../render/sceneAt.ts';
import { exportSettingsSchema } from '../../render/settings.ts';
import { soundParts } from '../../render/soundParts.ts';

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

test('titles and captions that are off are not seen, and are when they are on again', () => {
  const { project, timelineId } = dissolvingClips();
  const made = apply(project, 't', [
    { type: 'title.add', timelineId, at: 0 },
    { type: 'caption.add', timelineId, at: 0, duration: '10f', text: 'Hello' },
  ]).outcomes;
  const clipIds = [String(made[0]?.['titleId']), String(made[1]?.['captionId'])];
  const overlays = () => sceneAt(project, timelineId, 5).overlays.length;
  const before = overlays();
  apply(project, 'off', [{ type: 'clip.setEnabled', clipIds, enabled: false }]);
  expect([before, overlays()]).toEqual([2, 0]);
  apply(project, 'on', [{ type: 'clip.setEnabled', clipIds, enabled: true }]);
  expect(overlays()).toBe(before);
});

test('clips of a locked track are not switched off', () => {
  const { project, audioTrackId } = dissolvingClips();
  apply(project, 'lock', [{ type: 'track.set', trackId: audioTrackId, locked: true }]);
  expect(refusalOf(project, [{ type: 'clip.setEnabled', clipIds: ['a'], enabled: false }])).toBe(
    'edit/track-locked',
  );
});
