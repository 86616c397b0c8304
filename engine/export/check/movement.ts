import { overlayKey } from '#core/graphics/graphicKey.ts';
import { spanAt } from '#core/render/expectedPicture.ts';
import { overlayLayersAt } from '#core/render/overlays.ts';
import { draw, drawWhole, type Looking } from './looking.ts';
import { distance } from './smallPictures.ts';

/** Pictures of the timeline that are this far apart are not one and the same. */
export const MOVED = 1.5;

/**
 * How far apart the pictures of the timeline at two frames of the film are, 0 to 255; 0 where one of them cannot be
 * drawn. Titles and captions are drawn only where they may decide it, since that takes a browser.
 */
export async function movement(looking: Looking, one: number, other: number): Promise<number> {
  const [below, belowOther] = await Promise.all([draw(looking, one), draw(looking, other)]);
  if (below && belowOther) {
    const apart = distance(below.picture, belowOther.picture);
    const isStill = apart <= MOVED && titlesAt(looking, one) === titlesAt(looking, other);
    if (isStill || (below.isWhole && belowOther.isWhole)) return apart;
  }
  const [whole, wholeOther] = await Promise.all([
    drawWhole(looking, one),
    drawWhole(looking, other),
  ]);
  return whole && wholeOther ? distance(whole.picture, wholeOther.picture) : 0;
}

/** What tells the titles and captions over a frame of the film from others; empty where there are none. */
function titlesAt({ plan }: Looking, frame: number): string {
  const at = plan.startFrame + frame;
  const overlays = spanAt(plan.spans, at)?.overlays ?? [];
  return overlays.length === 0 ? '' : overlayKey(overlayLayersAt(overlays, at), plan);
}
