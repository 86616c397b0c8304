import type { FieldMotion } from './motionFields.ts';

/** How the picture has moved since the one before: shares of its height, and radians clockwise about its middle. */
export type Motion = { x: number; y: number; angle: number };

const STILL: Motion = { x: 0, y: 0, angle: 0 };
/** Fewer fields than this say nothing of a picture: it is flat, black, or a cut. */
const FEWEST_FIELDS = 4;
const ROUNDS = 8;

/**
 * The one movement that explains most fields of a picture: shift and turn by least squares, in which fields that
 * disagree count for less from round to round (Tukey’s biweight), so that what moves in front of the camera does not
 * count as its movement. `height` in the same pixels as the fields.
 */
export function cameraMotion(fields: readonly FieldMotion[], height: number): Motion {
  if (fields.length < FEWEST_FIELDS) return STILL;
  let motion = {
    x: median(fields.map(({ byX }) => byX)),
    y: median(fields.map(({ byY }) => byY)),
    angle: 0,
  };
  for (let round = 0; round < ROUNDS; round++) {
    const errors = fields.map((field) => {
      const x = motion.x - motion.angle * field.y;
      const y = motion.y + motion.angle * field.x;
      return Math.hypot(field.byX - x, field.byY - y);
    });
    // A pixel at least: fields are measured in whole ones.
    const limit = 4.685 * Math.max(1, 1.4826 * median(errors));
    const weights = errors.map((error) => (error < limit ? (1 - (error / limit) ** 2) ** 2 : 0));
    motion = weighted(fields, weights) ?? motion;
  }
  return { x: motion.x / height, y: motion.y / height, angle: motion.angle };
}

/** Least squares for `byX = x − angle·y`, `byY = y + angle·x`; null where the fields do not tell the angle. */
function weighted(fields: readonly FieldMotion[], weights: readonly number[]): Motion | null {
  let sum = 0;
  let [px, py, vx, vy, square, turn] = [0, 0, 0, 0, 0, 0];
  for (const [index, field] of fields.entries()) {
    const weight = weights[index] ?? 0;
    sum += weight;
    px += weight * field.x;
    py += weight * field.y;
    vx += weight * field.byX;
    vy += weight * field.byY;
    square += weight * (field.x ** 2 + field.y ** 2);
    turn += weight * (field.x * field.byY - field.y * field.byX);
  }
  if (sum === 0) return null;
  const spread = square - (px ** 2 + py ** 2) / sum;
  if (spread <= 0) return null;
  const angle = (turn - (px * vy - py * vx) / sum) / spread;
  return { x: (vx + angle * py) / sum, y: (vy - angle * px) / sum, angle };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
