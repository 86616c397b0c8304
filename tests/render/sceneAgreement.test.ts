import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyEdit } from '#core/edits/applyEdit.ts';
import { idsFrom } from '#core/edits/ids.ts';
import type { Project } from '#core/model/project.ts';
import { overlayLayersAt } from '#core/render/overlays.ts';
import { planExport, type Span } from '#core/render/planExport.ts';
import { sceneAt, timelineFrames } from '#core/render/sceneAt.ts';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { flicks, FLICKS_PER_SECOND } from '#core/time/flicks.ts';
import { commandFor, intents } from '../edits/randomCommands.ts';
import { type SampleProject, sampleProject } from '../edits/sampleProject.ts';
import { decorate, decorations } from './decorate.ts';

/** A timeline of another rate and size, with a title, that clips can show. */
function addNest({ project, assets }: SampleProject): string {
  const format = {
    frameRate: { num: 30_000, den: 1_001 },
    width: 720,
    height: 1_280,
    sampleRateHz: 48_000,
  };
  const second = flicks(FLICKS_PER_SECOND);
  const made = applyEdit(
    project,
    [
      { type: 'timeline.create', timelineId: 'nest', name: 'Nest', format },
      { type: 'clip.append', timelineId: 'nest', assetId: assets.film, in: 0, out: 3 * second },
      {
        type: 'title.add',
        timelineId: 'nest',
        at: second,
        duration: second,
        fields: { title: 'In' },
      },
    ],
    idsFrom('nested'),
  );
  if (!made.ok) throw new Error(made.error.message);
  return 'nest';
}

/** Compares both ends and the middle of each span, which stand for all of it: nothing starts or ends within. */
function compare(project: Project, timelineId: string, spans: readonly Span[]): number {
  const total = timelineFrames(project, timelineId);
  expect(spans[0]?.startFrame).toBe(0);
  expect(spans.at(-1)?.endFrame).toBe(total);
  let seen = 0;
  for (const [index, span] of spans.entries()) {
    expect(span.startFrame).toBe(spans[index - 1]?.endFrame ?? 0);
    const middle = Math.floor((span.startFrame + span.endFrame) / 2);
    for (const frame of new Set([span.startFrame, middle, span.endFrame - 1])) {
      expect(sceneAt(project, timelineId, frame)).toEqual({
        pictures: span.layers,
        overlays: overlayLayersAt(span.overlays, frame),
      });
      seen += 1;
    }
  }
  return seen;
}

it('the preview shows what the export writes, on every frame of random timelines', () => {
  let framesSeen = 0;
  let nestsSeen = 0;
  fc.assert(
    fc.property(intents(25), decorations, (list, looks) => {
      const sample = sampleProject();
      list.forEach((intent, index) => {
        applyEdit(sample.project, [commandFor(sample, intent)], idsFrom(`step${index}`));
      });
      const { project, timelineId } = sample;
      if (timelineFrames(project, timelineId) === 0) return;
      const nestId = addNest(sample);
      for (const look of looks) decorate(project, look, nestId);
      const plan = planExport(project, timelineId, exportSettingsSchema.parse({}));
      framesSeen += compare(project, timelineId, plan.spans);
      for (const nest of plan.nests) {
        framesSeen += compare(project, nest.timelineId, nest.spans);
        nestsSeen += 1;
      }
    }),
    { numRuns: 200 },
  );
  expect(framesSeen).toBeGreaterThan(500);
  expect(nestsSeen).toBeGreaterThan(10);
});
