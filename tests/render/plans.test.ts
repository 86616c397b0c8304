import { describe, expect, it } from 'vitest';
import { applyEdit } from '#core/edits/applyEdit.ts';
import { idsFrom } from '#core/edits/ids.ts';
import type { EditCommand } from '#core/edits/registry.ts';
import { formatPlan } from '#core/render/formatPlan.ts';
import { planExport } from '#core/render/planExport.ts';
import { type ExportOverrides, exportSettingsSchema } from '#core/render/settings.ts';
import { FLICKS_PER_SECOND } from '#core/time/flicks.ts';
import { rate } from '#core/time/rate.ts';
import { sampleProject } from '../edits/sampleProject.ts';

type Sample = ReturnType<typeof sampleProject>;

function planText(
  commands: (sample: Sample) => EditCommand[],
  settings: ExportOverrides = {},
  change: (sample: Sample) => void = () => undefined,
): string {
  const sample = sampleProject();
  const result = applyEdit(sample.project, commands(sample), idsFrom('new'));
  if (!result.ok) throw new Error(result.error.message);
  change(sample);
  return formatPlan(
    planExport(sample.project, sample.timelineId, exportSettingsSchema.parse(settings)),
  );
}

const twoClips = ({ timelineId, assets }: Sample): EditCommand[] => [
  {
    type: 'clip.append',
    timelineId,
    assetId: assets.film,
    in: '50f',
    out: '150f',
    clipIds: ['one', 'one-sound'],
  },
  {
    type: 'clip.append',
    timelineId,
    assetId: assets.film,
    in: '400f',
    out: '500f',
    clipIds: ['two', 'two-sound'],
  },
];

/** Each plan stands in tests/golden/plans as text and was read by a person before it was kept. */
describe('export plans', () => {
  const golden = (name: string) => `../golden/plans/${name}.txt`;

  it('of two clips with a dissolve', async () => {
    const text = planText((sample) => [
      ...twoClips(sample),
      { type: 'transition.add', clipId: 'two', duration: '25f' },
    ]);
    await expect(text).toMatchFileSnapshot(golden('dissolve'));
  });

  it('of a title over a cut, captions, and a gap', async () => {
    const text = planText((sample) => [
      ...twoClips(sample),
      { type: 'clip.delete', clipIds: ['one'], gap: 'keep', scope: 'alone' },
      {
        type: 'title.add',
        timelineId: sample.timelineId,
        at: '90f',
        duration: '30f',
        fields: { title: 'Over the cut' },
      },
      {
        type: 'caption.add',
        timelineId: sample.timelineId,
        at: '110f',
        duration: '50f',
        text: 'A caption',
      },
    ]);
    await expect(text).toMatchFileSnapshot(golden('graphics'));
  });

  it('of layers: an opaque picture covers what is below it, a muted track shows nothing', async () => {
    const text = planText((sample) => [
      ...twoClips(sample),
      { type: 'track.add', timelineId: sample.timelineId, trackKind: 'video', trackId: 'upper' },
      { type: 'track.add', timelineId: sample.timelineId, trackKind: 'video', trackId: 'hidden' },
      {
        type: 'clip.overwrite',
        timelineId: sample.timelineId,
        assetId: sample.assets.film,
        at: '30f',
        in: 0,
        out: '40f',
        videoTrackId: 'upper',
        use: 'picture',
      },
      {
        type: 'clip.overwrite',
        timelineId: sample.timelineId,
        assetId: sample.assets.film,
        at: '30f',
        in: 0,
        out: '40f',
        videoTrackId: 'hidden',
        use: 'picture',
      },
      { type: 'track.set', trackId: 'hidden', muted: true },
    ]);
    await expect(text).toMatchFileSnapshot(golden('layers'));
  });

  it('of a range at another size, with quieter sound and no captions', async () => {
    const text = planText(
      (sample) => [
        ...twoClips(sample),
        { type: 'clip.setGain', clipId: 'one', gainDb: -6 },
        {
          type: 'caption.add',
          timelineId: sample.timelineId,
          at: '60f',
          duration: '50f',
          text: 'Not burnt in',
        },
      ],
      { range: { startFrame: 50, endFrame: 120 }, width: 1280, height: 720, captions: 'none' },
    );
    await expect(text).toMatchFileSnapshot(golden('range'));
  });

  it('of speeds, looks, a wipe, effects and levels', async () => {
    const text = planText(
      (sample) => [...twoClips(sample), { type: 'transition.add', clipId: 'two', duration: '20f' }],
      {},
      ({ project }) => {
        const second = FLICKS_PER_SECOND;
        const duration = 4 * second;
        const opacity = {
          keyframes: [
            { time: 0, value: 0, easing: 'linear' },
            { time: second, value: 1, easing: 'hold' },
          ],
        };
        const backwards = { kind: 'constant', duration, speed: { num: -1, den: 2 } };
        const looks = {
          sourceRange: { in: 2 * second, out: 4 * second, retime: backwards },
          scaleX: 0.5,
          opacity,
          fades: { in: second, out: 0 },
          blend: 'screen',
          effects: [{ id: 'one', effect: 'blur', parameters: {} }],
        };
        const levels = {
          pan: -0.5,
          gainDb: { keyframes: [{ time: 0, value: -6, easing: 'linear' }] },
        };
        const [transition] = project.all('transition');
        const changed = {
          one: looks,
          'one-sound': levels,
          [transition?.id ?? '']: { transitionKind: 'wipe', direction: 'up' },
        };
        for (const [object, registers] of Object.entries(changed)) {
          project.apply(
            Object.entries(registers).map(([register, value]) => ({ object, register, value })),
          );
        }
      },
    );
    await expect(text).toMatchFileSnapshot(golden('looks'));
  });

  it('of a timeline in another, with its title, at its own rate and size', async () => {
    const text = planText(
      (sample) => twoClips(sample),
      {},
      (sample) => {
        const { project, assets } = sample;
        const format = { frameRate: rate(30), width: 720, height: 720, sampleRateHz: 48_000 };
        const result = applyEdit(
          project,
          [
            { type: 'timeline.create', timelineId: 'inner', name: 'Inner', format },
            { type: 'clip.append', timelineId: 'inner', assetId: assets.film, in: 0, out: '90f' },
            {
              type: 'clip.append',
              timelineId: 'inner',
              assetId: assets.film,
              in: '300f',
              out: '330f',
            },
            {
              type: 'title.add',
              timelineId: 'inner',
              at: '30f',
              duration: '30f',
              fields: { title: 'In' },
            },
          ],
          idsFrom('nested'),
        );
        if (!result.ok) throw new Error(result.error.message);
        for (const object of ['two', 'two-sound']) {
          project.apply([
            { object, register: 'assetId', value: null },
            { object, register: 'nestedTimelineId', value: 'inner' },
            {
              object,
              register: 'sourceRange',
              value: { in: FLICKS_PER_SECOND, out: 3 * FLICKS_PER_SECOND },
            },
            { object, register: 'gainDb', value: -6 },
          ]);
        }
      },
    );
    await expect(text).toMatchFileSnapshot(golden('nested'));
  });
});
