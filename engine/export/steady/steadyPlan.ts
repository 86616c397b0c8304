import type { ObjectId } from '#core/model/entities.ts';
import { type PictureLayer, sourcesOf } from '#core/render/pictureLayers.ts';
import type { PictureSource } from '#core/render/pictureSource.ts';
import type { ExportPlan, Span } from '#core/render/planExport.ts';
import { steadyingEffect, steadyPictures } from '#core/render/steady/steadyPictures.ts';
import type { FootageFile } from '../sources/footageFile.ts';
import { measureMotion, type MotionOptions } from './measureMotion.ts';

/**
 * The same plan with the movement of the clips that are to be steadied, measured where it is not known yet. Refuses
 * `export/motion-failed`.
 */
export async function steadyPlan(
  plan: ExportPlan,
  files: ReadonlyMap<ObjectId, FootageFile>,
  options: MotionOptions,
): Promise<ExportPlan> {
  const spans = [...plan.spans, ...plan.nests.flatMap((nest) => nest.spans)];
  const sources = spans.flatMap((span) => span.layers.flatMap(sourcesOf));
  const steadied = new Map<ObjectId, PictureSource['steady']>();
  for (const source of sources) {
    const { content, clipId } = source;
    const file = content.kind === 'asset' ? files.get(content.assetId) : undefined;
    if (!steadyingEffect(source) || !file || file.isStill || steadied.has(clipId)) continue;
    const measured = await measureMotion(file, options);
    steadied.set(clipId, steadyPictures(source, measured, file.width / file.height));
  }
  if (steadied.size === 0) return plan;
  const withSteady = (source: PictureSource): PictureSource => {
    const steady = steadied.get(source.clipId);
    return steady === undefined ? source : { ...source, steady };
  };
  const ofLayer = (layer: PictureLayer): PictureLayer =>
    layer.kind === 'clip'
      ? { ...layer, source: withSteady(layer.source) }
      : { ...layer, from: withSteady(layer.from), to: withSteady(layer.to) };
  const ofSpan = (span: Span): Span => ({ ...span, layers: span.layers.map(ofLayer) });
  return {
    ...plan,
    spans: plan.spans.map(ofSpan),
    nests: plan.nests.map((nest) => ({ ...nest, spans: nest.spans.map(ofSpan) })),
  };
}
