import type { Outline } from './painter.ts';

const TURN = Math.PI * 2;

/** An ellipse, wound clockwise; `hole` winds it the other way. */
export function ellipse(
  x: number,
  y: number,
  radiusX: number,
  radiusY = radiusX,
  kind: 'solid' | 'hole' = 'solid',
): Outline {
  const steps = Math.min(180, Math.round(14 + Math.max(radiusX, radiusY) * 0.8));
  const sign = kind === 'solid' ? 1 : -1;
  return Array.from({ length: steps }, (_, step) => {
    const angle = (sign * step * TURN) / steps;
    return [x + Math.cos(angle) * radiusX, y + Math.sin(angle) * radiusY];
  }).flat();
}

export function rectangle(x: number, y: number, width: number, height: number): Outline {
  return [x, y, x + width, y, x + width, y + height, x, y + height];
}

/** A rectangle with round corners, wound clockwise; `hole` winds it the other way. */
export function roundRectangle(
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
  kind: 'solid' | 'hole' = 'solid',
): Outline {
  const corner = Math.min(radius, width / 2, height / 2);
  const centres = [
    [x + width - corner, y + height - corner],
    [x + corner, y + height - corner],
    [x + corner, y + corner],
    [x + width - corner, y + corner],
  ] as const;
  const steps = 6;
  const points = centres.flatMap(([centreX, centreY], quarter) =>
    Array.from({ length: steps + 1 }, (_, step) => {
      const angle = ((quarter + step / steps) * Math.PI) / 2;
      return [centreX + Math.cos(angle) * corner, centreY + Math.sin(angle) * corner] as const;
    }),
  );
  return (kind === 'solid' ? points : points.toReversed()).flat();
}

/** A stroke of light or water: a bar with round ends around a point. */
export function dash(x: number, y: number, length: number, thickness: number): Outline {
  return roundRectangle(x - length / 2, y - thickness / 2, length, thickness, thickness / 2);
}

/** Everything below a line across the whole picture; `heightAt` gives its y for each x. */
export function below(
  heightAt: (x: number) => number,
  width: number,
  bottom: number,
  step = 8,
): Outline {
  const outline: number[] = [];
  for (let x = -step * 8; x <= width + step * 8; x += step) outline.push(x, heightAt(x));
  outline.push(width + step * 8, bottom + 200, -step * 8, bottom + 200);
  return outline;
}

/** A disc at the origin with a smaller disc, `offset` to the right, bitten out of it. */
export function crescent(radius: number, biteRadius: number, offset: number): Outline {
  const tipX = (offset * offset - biteRadius * biteRadius + radius * radius) / (2 * offset);
  const outer = Math.acos(tipX / radius);
  const inner = Math.acos((tipX - offset) / biteRadius);
  const steps = 48;
  const arc = (centre: number, size: number, from: number, to: number) =>
    Array.from({ length: steps + 1 }, (_, step) => {
      const angle = from + ((to - from) * step) / steps;
      return [centre + Math.cos(angle) * size, Math.sin(angle) * size];
    }).flat();
  return [...arc(0, radius, outer, TURN - outer), ...arc(offset, biteRadius, TURN - inner, inner)];
}

/** An outline turned by `angle` around a point, then moved there from the origin. */
export function placed(outline: Outline, x: number, y: number, angle = 0, scale = 1): Outline {
  const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  const result: number[] = [];
  for (let at = 0; at + 1 < outline.length; at += 2) {
    const [px, py] = [outline[at] ?? 0, outline[at + 1] ?? 0];
    result.push(x + px * cos - py * sin, y + px * sin + py * cos);
  }
  return result;
}
