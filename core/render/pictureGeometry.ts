import type { Look } from './pictureSource.ts';

type Size = { width: number; height: number };

/** Rectangle in pixels, `x` and `y` its upper left corner. */
export type Box = Size & { x: number; y: number };

/** Size of a picture brought to fit inside a frame, in whole pixels. Export and preview share it. */
export function fitInside(
  width: number,
  height: number,
  frameWidth: number,
  frameHeight: number,
): Size {
  const scale = Math.min(frameWidth / width, frameHeight / height);
  return {
    width: Math.max(1, Math.min(frameWidth, Math.round(width * scale))),
    height: Math.max(1, Math.min(frameHeight, Math.round(height * scale))),
  };
}

/** Where a picture stands in its frame while nothing moves, scales or turns it: fitted and in the middle. */
export function pictureBox(picture: Size, frame: Size): Box {
  const { width, height } = fitInside(picture.width, picture.height, frame.width, frame.height);
  return {
    x: Math.floor((frame.width - width) / 2),
    y: Math.floor((frame.height - height) / 2),
    width,
    height,
  };
}

/** `x' = a·x + c·y + e`, `y' = b·x + d·y + f`, as `setTransform` of a canvas takes them. */
export type Matrix = { a: number; b: number; c: number; d: number; e: number; f: number };

/**
 * The matrix from pixels of a picture (0 to its width and height) to pixels of the frame: fitted, scaled and turned
 * clockwise about its middle, and moved by shares of the frame. Cropping changes none of it.
 */
export function pictureMatrix(look: Look, picture: Size, frame: Size): Matrix {
  const box = pictureBox(picture, frame);
  const angle = (look.rotation * Math.PI) / 180;
  const scaleX = (look.scaleX * box.width) / picture.width;
  const scaleY = (look.scaleY * box.height) / picture.height;
  const middleX = box.x + box.width / 2 + look.positionX * frame.width;
  const middleY = box.y + box.height / 2 + look.positionY * frame.height;
  const a = Math.cos(angle) * scaleX;
  const b = Math.sin(angle) * scaleX;
  const c = -Math.sin(angle) * scaleY;
  const d = Math.cos(angle) * scaleY;
  return {
    a,
    b,
    c,
    d,
    e: middleX - (a * picture.width + c * picture.height) / 2,
    f: middleY - (b * picture.width + d * picture.height) / 2,
  };
}

/** What cropping leaves of a picture, in its own pixels; empty sides where the shares add up to the whole. */
export function cropBox(look: Look, picture: Size): Box {
  const x = look.cropLeft * picture.width;
  const y = look.cropTop * picture.height;
  return {
    x,
    y,
    width: Math.max(0, (1 - look.cropRight) * picture.width - x),
    height: Math.max(0, (1 - look.cropBottom) * picture.height - y),
  };
}
