import { dissolveMix, fitInside, type PictureLayer } from '#core/render/pictureLayers.ts';
import type { TimelineFormat } from '#core/model/entities.ts';

/** A picture that can be drawn into a rectangle. */
export type Drawable = {
  width: number;
  height: number;
  draw(context: CanvasRenderingContext2D, x: number, y: number, w: number, h: number): void;
};

/** The pictures of a layer: one, or two of a dissolve. */
export type LayerPictures =
  | { kind: 'clip'; picture: Drawable | null }
  | { kind: 'dissolve'; from: Drawable | null; to: Drawable | null; mix: number };

/** Draws the pictures of one frame over black, each fitted into the frame, as the export does. */
export class PicturePainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  #scratch: CanvasRenderingContext2D | null = null;

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d', { alpha: false });
    if (context === null) throw new Error('This window cannot draw pictures.');
    this.#canvas = canvas;
    this.#context = context;
  }

  paint(layers: readonly LayerPictures[], format: TimelineFormat): void {
    const context = this.#context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    context.fillStyle = '#000';
    context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
    context.imageSmoothingQuality = 'high';
    for (const layer of layers) {
      if (layer.kind === 'clip') this.#draw(context, layer.picture, format, 1);
      else this.#dissolve(layer, format);
    }
  }

  #dissolve(layer: Extract<LayerPictures, { kind: 'dissolve' }>, format: TimelineFormat): void {
    if (layer.from !== null && layer.to !== null && fills(layer.to, format)) {
      this.#draw(this.#context, layer.from, format, 1);
      this.#draw(this.#context, layer.to, format, layer.mix);
      return;
    }
    // Pictures of different shapes: both are weighed and added on a layer of their own.
    const scratch = this.#clearScratch();
    if (scratch === null) return;
    this.#draw(scratch, layer.from, format, 1 - layer.mix);
    scratch.globalCompositeOperation = 'lighter';
    this.#draw(scratch, layer.to, format, layer.mix);
    scratch.globalCompositeOperation = 'source-over';
    this.#context.globalAlpha = 1;
    this.#context.drawImage(scratch.canvas, 0, 0);
  }

  #draw(
    context: CanvasRenderingContext2D,
    picture: Drawable | null,
    format: TimelineFormat,
    alpha: number,
  ): void {
    if (picture === null) return;
    const fitted = fitInside(picture.width, picture.height, format.width, format.height);
    const scaleX = this.#canvas.width / format.width;
    const scaleY = this.#canvas.height / format.height;
    const x = Math.floor((format.width - fitted.width) / 2) * scaleX;
    const y = Math.floor((format.height - fitted.height) / 2) * scaleY;
    context.globalAlpha = alpha;
    picture.draw(context, x, y, fitted.width * scaleX, fitted.height * scaleY);
    context.globalAlpha = 1;
  }

  #clearScratch(): CanvasRenderingContext2D | null {
    this.#scratch ??= document.createElement('canvas').getContext('2d');
    const scratch = this.#scratch;
    if (scratch === null) return null;
    scratch.canvas.width = this.#canvas.width;
    scratch.canvas.height = this.#canvas.height;
    scratch.imageSmoothingQuality = 'high';
    return scratch;
  }
}

/** The pictures of a layer, found by the clip they come from. */
export function layerPictures(
  layer: PictureLayer,
  frame: number,
  pictureOf: (clipId: string) => Drawable | null,
): LayerPictures {
  if (layer.kind === 'clip') return { kind: 'clip', picture: pictureOf(layer.source.clipId) };
  return {
    kind: 'dissolve',
    from: pictureOf(layer.from.clipId),
    to: pictureOf(layer.to.clipId),
    mix: dissolveMix(layer, frame),
  };
}

function fills(picture: Drawable, format: TimelineFormat): boolean {
  const fitted = fitInside(picture.width, picture.height, format.width, format.height);
  return fitted.width === format.width && fitted.height === format.height;
}
