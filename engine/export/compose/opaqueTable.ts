import type { Blend } from '#core/render/pictureSource.ts';
import { pixelLayer } from './layPixel.ts';

let last: { blend: Blend; opacity: number; table: Uint8Array } | undefined;

/**
 * What becomes of each colour of an opaque picture, drawn with an opacity, over each colour of an opaque canvas: at
 * 256 × above + below. The last table is kept, since most films have many frames that are drawn alike.
 */
export function opaqueTable(blend: Blend, opacity: number): Uint8Array {
  if (last?.blend === blend && last.opacity === opacity) return last.table;
  const lay = pixelLayer(blend);
  const table = new Uint8Array(65_536);
  for (let above = 0; above < 256; above++) {
    const red = above * opacity;
    for (let below = 0; below < 256; below++) {
      table[above * 256 + below] = lay(below | (255 << 24), red, 0, 0, 255 * opacity);
    }
  }
  last = { blend, opacity, table };
  return table;
}
