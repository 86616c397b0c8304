import type { Box, Matrix } from '#core/render/pictureGeometry.ts';
import type { Blend } from '#core/render/pictureSource.ts';
import type { Picture } from './picture.ts';

/** A picture and how it is laid on a canvas. */
export type Drawing = {
  picture: Picture;
  /** From pixels of the picture to pixels of the canvas. */
  matrix: Matrix;
  /** What is seen of the picture, in its own pixels. */
  crop: Box;
  opacity: number;
  blend: Blend;
};
