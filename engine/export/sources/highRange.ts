import { refuse } from '#core/fault.ts';
import type { ObjectId } from '#core/model/entities.ts';
import { sourcesOf } from '#core/render/pictureLayers.ts';
import type { PictureSource } from '#core/render/pictureSource.ts';
import type { ExportPlan, Span } from '#core/render/planExport.ts';
import type { ExportSettings } from '#core/render/settings.ts';
import { FLICKS_PER_SECOND } from '#core/time/flicks.ts';
import { frameStart } from '#core/time/rate.ts';
import { isPlainFootage } from '../encode/footageGraph.ts';
import type { FootageFile } from './footageFile.ts';
import { workingFormat } from './workingFormat.ts';

/**
 * Refuses `export/high-range-lost` where a film of high dynamic range would show pictures of such a source in a stretch
 * that is composed here, with eight bits for usual screens: between stretches that keep their light it would jump.
 */
export function refuseLostRange(
  plan: ExportPlan,
  settings: ExportSettings,
  files: ReadonlyMap<ObjectId, FootageFile>,
): void {
  const format = workingFormat(settings);
  if (format.transfer === 'sdr') return;
  const nested = new Map(plan.nests.map((nest) => [nest.timelineId, nest.spans]));
  const isHigh = ({ content }: PictureSource): boolean =>
    content.kind === 'asset'
      ? (files.get(content.assetId)?.color.transfer ?? 'sdr') !== 'sdr'
      : (nested.get(content.timelineId) ?? []).some(hasHigh);
  const hasHigh = (span: Span): boolean => span.layers.flatMap(sourcesOf).some(isHigh);
  const lost = plan.spans.filter(
    (span) => hasHigh(span) && !isPlainFootage(plan, span, files, format),
  );
  const [first] = lost;
  if (first === undefined) return;
  const seconds = frameStart(first.startFrame, plan.frameRate) / FLICKS_PER_SECOND;
  refuse(
    'export/high-range-lost',
    `Pictures of high dynamic range with effects, blends, changed sizes or transitions other than dissolves can be drawn for usual screens only; the first is at ${seconds.toFixed(1)} s. Choose the standard range, or take those away there.`,
    { frame: first.startFrame, stretches: lost.length },
  );
}
