import type { ObjectId } from '#core/model/entities.ts';
import { sourcesOf } from '#core/render/pictureLayers.ts';
import { nestedFrame } from '#core/render/pictureSource.ts';
import type { ExportPlan, Span } from '#core/render/planExport.ts';
import type { Rate } from '#core/time/rate.ts';

/** Which frames of each nested timeline a film shows. */
export function nestFrames(plan: ExportPlan): Map<ObjectId, Set<number>> {
  const shown = new Map<ObjectId, Set<number>>();
  const nests = new Map(plan.nests.map((nest) => [nest.timelineId, nest]));
  const visit = (spans: readonly Span[], frameRate: Rate, isShown: (frame: number) => boolean) => {
    for (const span of spans) {
      for (const source of span.layers.flatMap(sourcesOf)) {
        if (source.content.kind !== 'timeline') continue;
        const { timelineId, format } = source.content;
        const found = new Set<number>();
        for (let frame = span.startFrame; frame < span.endFrame; frame++) {
          if (isShown(frame)) found.add(nestedFrame(source, format.frameRate, frame, frameRate));
        }
        shown.set(timelineId, new Set([...(shown.get(timelineId) ?? []), ...found]));
        visit(nests.get(timelineId)?.spans ?? [], format.frameRate, (frame) => found.has(frame));
      }
    }
  };
  visit(plan.spans, plan.frameRate, () => true);
  return shown;
}
