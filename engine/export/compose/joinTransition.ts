import type { TransitionDrawing, TransitionPart } from '#core/render/transitionDrawing.ts';
import { type Picture, wordsOf } from './picture.ts';

/** Draws a transition on `joined`, which is clear, from its two sides, each a frame of its own. */
export function joinTransition(
  joined: Picture,
  drawing: TransitionDrawing,
  from: Picture,
  to: Picture,
): void {
  if (drawing.black > 0) wordsOf(joined).fill(Math.round(drawing.black * 255) << 24);
  if (drawing.from.weight === 1 && drawing.black === 0) copyPart(joined, from, drawing.from);
  else addPart(joined, from, drawing.from, 'sum');
  const isApart =
    drawing.black === 0 && areApart(seenBox(drawing.from, from), seenBox(drawing.to, to));
  if (drawing.to.weight === 1 && isApart) copyPart(joined, to, drawing.to);
  else addPart(joined, to, drawing.to, drawing.operation);
}

type Edges = { left: number; right: number; top: number; bottom: number };

/** What is seen of a picture of the frame’s size. */
function seenBox({ x, y, clip }: TransitionPart, { width, height }: Picture): Edges {
  return {
    left: Math.max(0, clip.x, x),
    right: Math.min(width, clip.x + clip.width, x + width),
    top: Math.max(0, clip.y, y),
    bottom: Math.min(height, clip.y + clip.height, y + height),
  };
}

function areApart(one: Edges, other: Edges): boolean {
  return (
    one.right <= other.left ||
    other.right <= one.left ||
    one.bottom <= other.top ||
    other.bottom <= one.top
  );
}

/** Puts a part where nothing is yet. */
function copyPart(joined: Picture, picture: Picture, part: TransitionPart): void {
  const { left, right, top, bottom } = seenBox(part, joined);
  if (right <= left) return;
  const words = wordsOf(picture);
  const target = wordsOf(joined);
  for (let y = top; y < bottom; y++) {
    const source = (y - part.y) * joined.width + left - part.x;
    target.set(words.subarray(source, source + right - left), y * joined.width + left);
  }
}

function addPart(
  joined: Picture,
  picture: Picture,
  part: TransitionPart,
  operation: TransitionDrawing['operation'],
): void {
  if (part.weight === 0) return;
  const { width } = joined;
  const { left, right, top, bottom } = seenBox(part, joined);
  const words = wordsOf(picture);
  const target = wordsOf(joined);
  const weighed = Float64Array.from({ length: 256 }, (_, value) => value * part.weight);
  const isWhole = part.weight === 1;
  for (let y = top; y < bottom; y++) {
    let source = (y - part.y) * width + left - part.x;
    const end = y * width + right;
    for (let at = y * width + left; at < end; at++, source++) {
      const above = words[source] as number;
      const below = target[at] as number;
      const hidesBelow = below === 0 || (operation === 'over' && above >>> 24 === 255);
      target[at] =
        isWhole && hidesBelow
          ? above
          : added(below, above, weighed, operation === 'sum' ? 0 : part.weight);
    }
  }
}

/** The weighed pixel added to what its alpha times `hiding` leaves of the one below. */
function added(below: number, above: number, weighed: Float64Array, hiding: number): number {
  const rest = 1 - ((above >>> 24) * hiding) / 255;
  return (
    part((below & 255) * rest + (weighed[above & 255] as number)) |
    (part(((below >>> 8) & 255) * rest + (weighed[(above >>> 8) & 255] as number)) << 8) |
    (part(((below >>> 16) & 255) * rest + (weighed[(above >>> 16) & 255] as number)) << 16) |
    (part((below >>> 24) * rest + (weighed[above >>> 24] as number)) << 24)
  );
}

function part(value: number): number {
  return value >= 255 ? 255 : (value + 0.5) | 0;
}
