import type { EffectValues } from '#core/render/pixelEffects/effectValues.ts';
import type { Blend } from '#core/render/pictureSource.ts';
import type { Box, Matrix } from '#core/render/pictureGeometry.ts';
import type { TransitionDrawing } from '#core/render/transitionDrawing.ts';
import type { Picture } from './picture.ts';

/** All that is needed to draw one frame, as plain data: it can be drawn anywhere, by any thread. */
export type FrameDrawing = {
  /** Those with the same number are the same frame, drawn in the same way. */
  number: number;
  width: number;
  height: number;
  /** Bottom first; the frame is clear where there are none. */
  layers: LayerDrawing[];
};

export type LayerDrawing =
  | { kind: 'image'; image: ImageDrawing }
  | {
      kind: 'transition';
      transition: TransitionDrawing;
      /** Each on a frame of its own. */
      from: ImageDrawing;
      to: ImageDrawing;
      blend: Blend;
    };

/** A picture, or a frame of a nested timeline, with its effects and where and how it is laid. */
export type ImageDrawing = {
  content: Picture | FrameDrawing;
  /** Moves the pixels of the picture, within its own frame, before its effects. */
  steady?: Matrix;
  effects: EffectValues[];
  /** From pixels of the picture to pixels of the frame. */
  matrix: Matrix;
  /** What is seen of the picture, in its own pixels. */
  crop: Box;
  opacity: number;
  blend: Blend;
};

/** The same frame with other pictures in the place of those that it is drawn from. */
export function withPictures(
  frame: FrameDrawing,
  pictureFor: (picture: Picture) => Picture,
): FrameDrawing {
  const ofImage = (image: ImageDrawing): ImageDrawing => ({
    ...image,
    content:
      'data' in image.content ? pictureFor(image.content) : withPictures(image.content, pictureFor),
  });
  return {
    ...frame,
    layers: frame.layers.map((layer) =>
      layer.kind === 'image'
        ? { ...layer, image: ofImage(layer.image) }
        : { ...layer, from: ofImage(layer.from), to: ofImage(layer.to) },
    ),
  };
}
