import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyEdit } from '#core/edits/applyEdit.ts';
import { idsFrom } from '#core/edits/ids.ts';
import { overlayLayersAt } from '#core/render/overlays.ts';
import { advanceLayer } from '#core/render/pictureLayers.ts';
import { planExport } from '#core/render/planExport.ts';
import { sceneAt, timelineFrames } from '#core/render/sceneAt.ts';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { flicks } from '#core/time/flicks.ts';
import { frameStart } from '#core/time/rate.ts';
import { commandFor, intents } from '../edits/randomCommands.ts';
import { sampleProject } from '../edits/sampleProject.ts';

it('the preview shows what the export writes, on every frame of random timelines', () => {
  let framesSeen = 0;
  fc.assert(
    fc.property(intents(25), (list) => {
      const sample = sampleProject();
      list.forEach((intent, index) => {
        applyEdit(sample.project, [commandFor(sample, intent)], idsFrom(`step${index}`));
      });
      const { project, timelineId } = sample;
      const total = timelineFrames(project, timelineId);
      if (total === 0) return;
      const plan = planExport(project, timelineId, exportSettingsSchema.parse({}));
      expect(plan.spans[0]?.startFrame).toBe(0);
      expect(plan.spans.at(-1)?.endFrame).toBe(total);
      for (const [index, span] of plan.spans.entries()) {
        expect(span.startFrame).toBe(plan.spans[index - 1]?.endFrame ?? 0);
        // Both ends and the middle of a span stand for all of it: nothing starts or ends within.
        const middle = Math.floor((span.startFrame + span.endFrame) / 2);
        for (const frame of new Set([span.startFrame, middle, span.endFrame - 1])) {
          const offset = flicks(
            frameStart(frame, plan.frameRate) - frameStart(span.startFrame, plan.frameRate),
          );
          expect(sceneAt(project, timelineId, frame)).toEqual({
            pictures: span.layers.map((layer) => advanceLayer(layer, offset)),
            overlays: overlayLayersAt(span.overlays, frame),
          });
          framesSeen += 1;
        }
      }
    }),
    { numRuns: 200 },
  );
  expect(framesSeen).toBeGreaterThan(500);
});
