import type { TransitionDrawing, TransitionPart } from '#core/render/transitionDrawing.ts';
import { clearPicture, type Picture } from './picture.ts';

/** The picture of a transition from its two sides, each a frame of its own. */
export function joinTransition(drawing: TransitionDrawing, from: Picture, to: Picture): Picture {
  const joined = clearPicture(from.width, from.height);
  if (drawing.black > 0) {
    const alpha = Math.round(drawing.black * 255);
    for (let at = 3; at < joined.data.length; at += 4) joined.data[at] = alpha;
  }
  addPart(joined, from, drawing.from, 'sum');
  addPart(joined, to, drawing.to, drawing.operation);
  return joined;
}

function addPart(
  joined: Picture,
  picture: Picture,
  part: TransitionPart,
  operation: TransitionDrawing['operation'],
): void {
  const { width, height } = joined;
  const left = Math.max(0, part.clip.x, part.x);
  const right = Math.min(width, part.clip.x + part.clip.width, part.x + width);
  const top = Math.max(0, part.clip.y, part.y);
  const bottom = Math.min(height, part.clip.y + part.clip.height, part.y + height);
  for (let y = top; y < bottom; y++) {
    let target = (y * width + left) * 4;
    let source = ((y - part.y) * width + left - part.x) * 4;
    for (let x = left; x < right; x++, target += 4, source += 4) {
      const alpha = (picture.data[source + 3] as number) * part.weight;
      const rest = operation === 'sum' ? 1 : 1 - alpha / 255;
      for (let channel = 0; channel < 4; channel++) {
        const value =
          (joined.data[target + channel] as number) * rest +
          (picture.data[source + channel] as number) * part.weight;
        joined.data[target + channel] = value >= 255 ? 255 : value + 0.5;
      }
    }
  }
}
