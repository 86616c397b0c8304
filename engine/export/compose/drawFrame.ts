import type { Matrix } from '#core/render/pictureGeometry.ts';
import { pixelEffect } from '#core/render/pixelEffects/pixelEffects.ts';
import { drawPicture } from './drawPicture.ts';
import type { FrameDrawing, ImageDrawing, LayerDrawing } from './frameDrawing.ts';
import { joinTransition } from './joinTransition.ts';
import { clearPicture, type Picture } from './picture.ts';

/** Draws frames. Keeps the pictures that it draws on in between, so that it asks for memory only at the beginning. */
export class FrameDrawer {
  readonly #spare: Picture[] = [];
  /** The last frame of a nested timeline of each size; slow or fast ones show the same frame several times. */
  readonly #nested = new Map<string, { number: number; picture: Picture }>();

  /** Draws a frame on a picture of its size, whatever that held. */
  draw(frame: FrameDrawing, canvas: Picture): void {
    const [lowest] = frame.layers;
    if (lowest?.kind !== 'image' || unchanged(lowest.image, canvas) === null) canvas.data.fill(0);
    for (const [index, layer] of frame.layers.entries())
      this.#drawLayer(canvas, layer, index === 0);
  }

  #drawLayer(canvas: Picture, layer: LayerDrawing, isClear: boolean): void {
    if (layer.kind === 'image') {
      this.#drawImage(canvas, layer.image, isClear);
      return;
    }
    const joinsHere = isClear && layer.blend === 'normal';
    const joined = joinsHere ? canvas : this.#clear(canvas);
    const from = unchanged(layer.from, canvas) ?? this.#side(canvas, layer.from);
    const to = unchanged(layer.to, canvas) ?? this.#side(canvas, layer.to);
    joinTransition(joined, layer.transition, from, to);
    if (!joinsHere) {
      drawPicture(canvas, {
        picture: joined,
        matrix: { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 },
        crop: { x: 0, y: 0, width: joined.width, height: joined.height },
        opacity: 1,
        blend: layer.blend,
      });
      this.#spare.push(joined);
    }
    if (from !== layer.from.content) this.#spare.push(from);
    if (to !== layer.to.content) this.#spare.push(to);
  }

  /** One side of a transition on a frame of its own. */
  #side(canvas: Picture, image: ImageDrawing): Picture {
    const side = this.#clear(canvas);
    this.#drawImage(side, image, true);
    return side;
  }

  #drawImage(canvas: Picture, image: ImageDrawing, isClear: boolean): void {
    const { content, steady, effects, matrix, crop, opacity, blend } = image;
    if (opacity <= 0 || crop.width <= 0 || crop.height <= 0) return;
    const found = 'data' in content ? content : this.#nestedFrame(content);
    const own = steady === undefined ? found : this.#moved(found, steady);
    if (effects.length === 0) {
      drawPicture(canvas, { picture: own, matrix, crop, opacity, blend }, isClear);
      if (own !== found) this.#spare.push(own);
      return;
    }
    // Other frames may show the same picture, so it stays as it is.
    const copy = this.#spareOf(own);
    copy.data.set(own.data);
    const picture = effects.reduce<Picture>((pixels, effect) => pixelEffect(effect)(pixels), copy);
    drawPicture(canvas, { picture, matrix, crop, opacity, blend }, isClear);
    this.#spare.push(copy);
    if (own !== found) this.#spare.push(own);
  }

  /** A picture moved within its own frame. */
  #moved(picture: Picture, matrix: Matrix): Picture {
    const moved = this.#clear(picture);
    const { width, height } = picture;
    const crop = { x: 0, y: 0, width, height };
    drawPicture(moved, { picture, matrix, crop, opacity: 1, blend: 'normal' }, true);
    return moved;
  }

  #nestedFrame(frame: FrameDrawing): Picture {
    const size = `${frame.width}x${frame.height}`;
    const last = this.#nested.get(size);
    if (last?.number === frame.number) return last.picture;
    // It is not there to be drawn on while frames within this one, which may have its size, are drawn.
    this.#nested.delete(size);
    const picture = last?.picture ?? clearPicture(frame.width, frame.height);
    this.draw(frame, picture);
    this.#nested.set(size, { number: frame.number, picture });
    return picture;
  }

  #clear(size: { width: number; height: number }): Picture {
    const picture = this.#spareOf(size);
    picture.data.fill(0);
    return picture;
  }

  /** A picture of a size that nobody uses, with anything on it. */
  #spareOf({ width, height }: { width: number; height: number }): Picture {
    const index = this.#spare.findIndex(
      (picture) => picture.width === width && picture.height === height,
    );
    if (index < 0) return clearPicture(width, height);
    return this.#spare.splice(index, 1)[0] ?? clearPicture(width, height);
  }
}

/** The picture of an image that is the whole frame as it is, drawn on clear; null for the others. */
function unchanged(image: ImageDrawing, frame: { width: number; height: number }): Picture | null {
  const { content, steady, effects, matrix, crop, opacity } = image;
  if (
    !('data' in content) ||
    steady !== undefined ||
    effects.length > 0 ||
    opacity !== 1 ||
    image.blend !== 'normal'
  )
    return null;
  const { width, height } = frame;
  const isWhole =
    content.width === width &&
    content.height === height &&
    crop.x === 0 &&
    crop.y === 0 &&
    crop.width === width &&
    crop.height === height;
  const { a, b, c, d, e, f } = matrix;
  const isInPlace = a === 1 && b === 0 && c === 0 && d === 1 && e === 0 && f === 0;
  return isWhole && isInPlace ? content : null;
}
