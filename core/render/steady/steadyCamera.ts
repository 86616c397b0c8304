import type { Flicks } from '../../time/flicks.ts';
import type { Motion } from './cameraMotion.ts';

/** How a picture is to be drawn to stand still: about its middle, turned, enlarged, then moved by shares of its height. */
export type Correction = Motion & { zoom: number };

/** How the pictures of a source, by when they begin, are to be drawn; as many corrections as times. */
export type SteadyPictures = { times: readonly Flicks[]; corrections: readonly Correction[] };

/** A moving camera goes on moving, smoothly; a still one does not move at all. */
export type SteadySettings = {
  camera: 'moving' | 'still';
  /** Standard deviation of the time over which the movement is averaged, in seconds. */
  smoothing: number;
  /** Whether pictures are enlarged until none of their edges shows; they then all are by the same factor. */
  fills: boolean;
  /** Enlarged further by this share. */
  extraZoom: number;
};

/**
 * The corrections for the pictures of a clip, one each. `motions` are those from picture to picture (the first one’s
 * does not count), `times` when each is shown, in seconds and rising, `aspect` width by height.
 */
export function steadyCamera(
  motions: readonly Motion[],
  times: readonly number[],
  { aspect, ...settings }: SteadySettings & { aspect: number },
): Correction[] {
  const path = pathOf(motions);
  const wanted =
    settings.camera === 'still' ? restOf(path) : smoothed(path, times, settings.smoothing);
  const moves = path.map((at, index): Motion => {
    const to = wanted[index] ?? at;
    return { x: to.x - at.x, y: to.y - at.y, angle: to.angle - at.angle };
  });
  const filled = settings.fills
    ? Math.max(1, ...moves.map((move) => fillingZoom(move, aspect)))
    : 1;
  const zoom = filled * (1 + settings.extraZoom);
  return moves.map((move) => ({ ...move, zoom }));
}

/** Where the picture has come to at each frame. */
function pathOf(motions: readonly Motion[]): Motion[] {
  let at: Motion = { x: 0, y: 0, angle: 0 };
  return motions.map((motion, index) => {
    if (index > 0) {
      at = { x: at.x + motion.x, y: at.y + motion.y, angle: at.angle + motion.angle };
    }
    return at;
  });
}

/** The middle of a path, from which nothing is further away than it must be. */
function restOf(path: readonly Motion[]): Motion[] {
  const middle = (values: readonly number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  const rest = {
    x: middle(path.map(({ x }) => x)),
    y: middle(path.map(({ y }) => y)),
    angle: middle(path.map(({ angle }) => angle)),
  };
  return path.map(() => rest);
}

/** Times in seconds are sums of fractions. */
const ROUNDING = 1e-9;

/** The path averaged with a Gaussian window in time; near an end the window has as much on both sides. */
function smoothed(path: readonly Motion[], times: readonly number[], deviation: number): Motion[] {
  if (deviation <= 0) return [...path];
  return path.map((_, index) => {
    const now = times[index] ?? 0;
    const reach = Math.min(3 * deviation, now - (times[0] ?? 0), (times.at(-1) ?? 0) - now);
    let [sum, x, y, angle] = [0, 0, 0, 0];
    const add = (at: number) => {
      const place = path[at];
      const distance = Math.abs((times[at] ?? 0) - now);
      if (place === undefined || distance > reach + ROUNDING) return false;
      const weight = Math.exp(-0.5 * (distance / deviation) ** 2);
      sum += weight;
      x += weight * place.x;
      y += weight * place.y;
      angle += weight * place.angle;
      return true;
    };
    add(index);
    for (let at = index - 1; at >= 0 && add(at); at--);
    for (let at = index + 1; at < path.length && add(at); at++);
    return { x: x / sum, y: y / sum, angle: angle / sum };
  });
}

/** How much a corrected picture must be enlarged to cover what it covered before: no corner may come to lie inside. */
function fillingZoom({ x, y, angle }: Motion, aspect: number): number {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const corners = [-1, 1].flatMap((right) => [-1, 1].map((down) => ({ right, down })));
  return Math.max(
    ...corners.flatMap(({ right, down }) => {
      const [dx, dy] = [(right * aspect) / 2 - x, down / 2 - y];
      const backX = cos * dx + sin * dy;
      const backY = cos * dy - sin * dx;
      return [Math.abs(backX) / (aspect / 2), Math.abs(backY) / 0.5];
    }),
  );
}
