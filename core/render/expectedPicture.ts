import type { ObjectId } from '../model/entities.ts';
import { type PictureLayer, sourcesOf } from './pictureLayers.ts';
import { isUnchanged, type PictureSource } from './pictureSource.ts';
import type { ExportPlan, Span } from './planExport.ts';

/** What may rightly be seen on a frame of a film, as far as the plan alone can tell. */
export type ExpectedPicture = {
  /** Nothing is there, or it is faded, dipped, blended or changed by effects. */
  mayBeDark: boolean;
  /** Only stills, frozen frames and what is not known to move. Titles may move or rest over either. */
  mayStandStill: boolean;
};

/** What the plan lets one expect of frame `frame`; `isStill` says of an asset whether it is a still picture. */
export function expectedPicture(
  plan: Pick<ExportPlan, 'spans'>,
  frame: number,
  isStill: (assetId: ObjectId) => boolean,
): ExpectedPicture {
  const layers = spanAt(plan.spans, frame)?.layers ?? [];
  return {
    mayBeDark: layers.length === 0 || layers.some(mayBeDark),
    mayStandStill: layers.flatMap(sourcesOf).every((source) => standsStill(source, isStill)),
  };
}

/** First frames of the spans and of the pieces named, in order, without the first frame of the film. */
export function borderFrames(
  plan: Pick<ExportPlan, 'spans' | 'startFrame' | 'endFrame'>,
  joins: readonly number[] = [],
): number[] {
  const all = [...plan.spans.map((span) => span.startFrame), ...joins];
  return [...new Set(all)]
    .filter((frame) => frame > plan.startFrame && frame < plan.endFrame)
    .sort((a, b) => a - b);
}

/** The span that shows a frame. */
export function spanAt(spans: readonly Span[], frame: number): Span | undefined {
  let low = 0;
  let high = spans.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((spans[middle]?.startFrame ?? 0) <= frame) low = middle;
    else high = middle - 1;
  }
  const span = spans[low];
  return span !== undefined && span.startFrame <= frame && frame < span.endFrame ? span : undefined;
}

function mayBeDark(layer: PictureLayer): boolean {
  if (layer.kind === 'transition' && layer.transition === 'dip') return true;
  return sourcesOf(layer).some((source) => !isUnchanged(source));
}

function standsStill(source: PictureSource, isStill: (assetId: ObjectId) => boolean): boolean {
  const { content, range } = source;
  if (content.kind === 'timeline') return true;
  if (range.retime?.kind === 'constant' && range.retime.speed.num === 0) return true;
  // Along a curve time may stand still for a while.
  return range.retime?.kind === 'curve' || isStill(content.assetId);
}
