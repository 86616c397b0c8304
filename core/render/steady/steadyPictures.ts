import { effectNamed } from '../../effects/effects.ts';
import type { Effect } from '../../model/effects.ts';
import { type Flicks, FLICKS_PER_SECOND, ZERO } from '../../time/flicks.ts';
import type { Matrix } from '../pictureGeometry.ts';
import { PICTURE_SLACK, type PictureSource } from '../pictureSource.ts';
import { effectValues, numberOf } from '../pixelEffects/effectValues.ts';
import type { Motion } from './cameraMotion.ts';
import { type Correction, steadyCamera, type SteadyPictures } from './steadyCamera.ts';

/** The effect that is drawn by moving pictures against the movement of the camera. */
export const STABILIZE = 'stabilize';

/** Pictures just outside of what a clip shows are steadied as well: transitions show them. */
const MARGIN = 2 * FLICKS_PER_SECOND;

/** The effect of a clip that steadies its pictures; undefined where it has none. */
export function steadyingEffect(source: PictureSource): Effect | undefined {
  return source.effects.find(({ effect }) => effect === STABILIZE && effectNamed(effect));
}

/**
 * The corrections for the pictures that a clip shows. `measured` are the beginnings of all pictures of its media and how
 * each has moved since the one before; `aspect` is their width by their height.
 */
export function steadyPictures(
  source: PictureSource,
  measured: { times: readonly Flicks[]; motions: readonly Motion[] },
  aspect: number,
): SteadyPictures | undefined {
  const effect = steadyingEffect(source);
  const values = effect && effectValues(effect, ZERO);
  if (!values) return undefined;
  const first = placeOf(measured.times, source.range.in - MARGIN);
  const last = placeOf(measured.times, source.range.out + MARGIN);
  const times = measured.times.slice(first, last + 1);
  const corrections = steadyCamera(
    measured.motions.slice(first, last + 1),
    times.map((time) => time / FLICKS_PER_SECOND),
    {
      camera: values.texts['camera'] === 'still' ? 'still' : 'moving',
      smoothing: numberOf(values, 'smoothing'),
      fills: values.texts['borders'] === 'zoom',
      extraZoom: numberOf(values, 'zoom'),
      aspect,
    },
  );
  return { times, corrections };
}

/** The correction for the picture that is shown for a limit (see `pictureLimit`); undefined where there are none. */
export function correctionAt(
  { times, corrections }: SteadyPictures,
  limit: Flicks,
): Correction | undefined {
  return corrections[placeOf(times, limit - PICTURE_SLACK)];
}

/** The last of rising times that is before `limit`; the first one where none is. */
function placeOf(times: readonly Flicks[], limit: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

type Size = { width: number; height: number };

/**
 * A correction for a picture that was decoded at another size than it is seen at: from its pixels to its pixels.
 */
export function correctionMatrix(correction: Correction, seen: Size, decoded: Size): Matrix {
  const { x, y, angle, zoom } = correction;
  const [cos, sin] = [zoom * Math.cos(angle), zoom * Math.sin(angle)];
  const [across, down] = [decoded.width / seen.width, decoded.height / seen.height];
  // About the middle, in pixels of the picture as it is seen, brought to those that it was decoded at.
  const [a, b, c, d] = [cos, (sin * down) / across, (-sin * across) / down, cos];
  const [middleX, middleY] = [decoded.width / 2, decoded.height / 2];
  return {
    a,
    b,
    c,
    d,
    e: middleX + x * seen.height * across - (a * middleX + c * middleY),
    f: middleY + y * seen.height * down - (b * middleX + d * middleY),
  };
}
