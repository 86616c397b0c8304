import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type OverlayPicture, overlayPicture } from '#core/graphics/graphicKey.ts';
import { overlayLayersAt } from '#core/render/overlays.ts';
import type { ExportPlan, Span } from '#core/render/planExport.ts';
import type { OverlayRenderer } from '../graphics/drawOverlays.ts';

/** The drawn graphics of a film: a PNG for any frame that has some. */
export type OverlayPictures = { pngOf: (frame: number) => Promise<Buffer> };

/**
 * Draws every distinct picture of titles and captions once, however many frames show it, and keeps them in `folder`.
 */
export async function drawOverlayPictures(options: {
  plan: ExportPlan;
  spans: readonly Span[];
  renderer: () => Promise<OverlayRenderer>;
  folder: string;
  signal: AbortSignal;
  onProgress: (share: number) => void;
}): Promise<OverlayPictures> {
  const { plan, spans, folder, signal } = options;
  const format = { width: plan.width, height: plan.height, frameRate: plan.frameRate };
  const numbers = new Map<string, number>();
  const pictures: OverlayPicture[] = [];
  const ofFrame = new Map<number, number>();
  for (const span of spans) {
    for (let frame = span.startFrame; frame < span.endFrame; frame++) {
      const picture = overlayPicture(overlayLayersAt(span.overlays, frame), format);
      let number = numbers.get(picture.key);
      if (number === undefined) {
        number = pictures.length;
        numbers.set(picture.key, number);
        pictures.push(picture);
      }
      ofFrame.set(frame, number);
    }
  }
  const pathOf = (number: number) => join(folder, `overlay-${number}.png`);
  if (pictures.length > 0) {
    const renderer = await options.renderer();
    await renderer.render({
      ...format,
      pictures,
      signal,
      onPicture: (number, png) => writeFile(pathOf(number), png),
      onProgress: (drawn, total) => options.onProgress(drawn / total),
    });
  }
  let last: { number: number; png: Promise<Buffer> } | undefined;
  return {
    pngOf(frame) {
      const number = ofFrame.get(frame);
      if (number === undefined) throw new Error(`Frame ${frame} has no graphics`);
      // Frames at rest share a picture, so the same file is mostly wanted many times in a row.
      if (last?.number !== number) last = { number, png: readFile(pathOf(number)) };
      return last.png;
    },
  };
}
