import { chance } from '../chance.ts';
import { AMBER, along, blend, EMBER, INK, PAPER } from '../palette.ts';
import type { Painter } from '../painter.ts';
import { below, dash, ellipse, placed, rectangle, roundRectangle } from '../shapes.ts';
import { HEIGHT, type Shot, WIDTH } from '../shot.ts';

const MOON = { x: 420, y: 236, radius: 104 };
const HORIZON = 384;
const LAYERS = 9;
const BOAT_LAYER = 4;

const random = chance(23);
const CLOUDS = Array.from({ length: 9 }, () => ({
  x: random() * 1500 - 100,
  y: 70 + random() * 250,
  length: 120 + random() * 300,
  pace: 6 + random() * 10,
}));
const GLINTS = Array.from({ length: 150 }, (_, index) => ({
  layer: index % LAYERS,
  side: random() + random() - 1,
  drop: random(),
  length: random(),
  phase: random() * 6.28,
}));

/** A boat with a lantern rides the swell below a large moon. */
export const sea: Shot = {
  name: 'sea',
  durationSeconds: 5,
  paint: (painter, seconds) => {
    painter.view({ zoom: 1.035 - seconds * 0.007, aroundX: 640, aroundY: HORIZON });
    paintSky(painter, seconds);
    for (let layer = 0; layer < LAYERS; layer += 1) {
      if (layer === BOAT_LAYER) paintBoat(painter, seconds);
      const depth = layer / (LAYERS - 1);
      const colour = along([INK[4], INK[3], INK[2], INK[1], INK[0]], depth ** 0.85);
      painter.fill([below((x) => waveAt(layer, x, seconds), WIDTH, HEIGHT)], colour);
      paintGlints(painter, layer, seconds);
    }
  },
};

function waveAt(layer: number, x: number, seconds: number): number {
  const depth = layer / (LAYERS - 1);
  const swell = 1.5 + depth ** 1.3 * 20;
  const direction = layer % 2 === 0 ? 1 : -1;
  return (
    HORIZON +
    depth ** 1.55 * 300 +
    swell *
      Math.sin(
        x * (0.017 - depth * 0.0105) + direction * seconds * (0.9 + depth * 0.5) + layer * 2.1,
      ) +
    swell * 0.42 * Math.sin(x * (0.034 - depth * 0.018) - direction * seconds * 1.5 + layer * 0.7)
  );
}

function paintSky(painter: Painter, seconds: number): void {
  painter.clear(INK[1]);
  const rings = [860, 680, 520, 390, 285, 200, 146];
  for (const [index, radius] of rings.entries()) {
    const colour = along([INK[1], INK[2], INK[3], INK[4]], (index + 1) / rings.length);
    painter.fill([ellipse(MOON.x, MOON.y, radius)], colour);
  }
  painter.fill([ellipse(MOON.x, MOON.y, MOON.radius)], PAPER);
  const shade = blend(PAPER, INK[5], 0.22);
  for (const [x, y, radius] of [
    [-34, -30, 25],
    [22, 18, 34],
    [44, -40, 13],
    [-20, 48, 17],
    [-66, 14, 10],
  ] as const) {
    painter.fill([ellipse(MOON.x + x, MOON.y + y, radius)], shade);
  }
  for (const { x, y, length, pace } of CLOUDS) {
    const left = x + seconds * pace;
    painter.fill(
      [dash(left, y, length, 13), dash(left + length * 0.22, y + 13, length * 0.62, 13)],
      INK[2],
      0.55,
    );
  }
}

function paintGlints(painter: Painter, layer: number, seconds: number): void {
  const depth = layer / (LAYERS - 1);
  for (const glint of GLINTS) {
    if (glint.layer !== layer) continue;
    const x = MOON.x + glint.side * (96 + depth * 150) + Math.sin(seconds * 0.8 + glint.phase) * 10;
    const y = waveAt(layer, x, seconds) + 5 + glint.drop * (7 + depth * 44);
    const shimmer = 0.5 + 0.5 * Math.sin(seconds * (2.4 - depth) + glint.phase);
    const length = (14 + glint.length * 60) * (0.45 + depth) * (0.3 + shimmer * 0.7);
    painter.fill(
      [dash(x, y, length, 1.8 + depth * 3.6)],
      PAPER,
      (0.75 - depth * 0.45) * (0.3 + shimmer * 0.7),
    );
  }
}

function paintBoat(painter: Painter, seconds: number): void {
  const x = 836 - seconds * 9;
  const slope = (waveAt(BOAT_LAYER, x + 60, seconds) - waveAt(BOAT_LAYER, x - 60, seconds)) / 120;
  const y = (waveAt(BOAT_LAYER, x - 40, seconds) + waveAt(BOAT_LAYER, x + 40, seconds)) / 2 + 20;
  const tilt = Math.atan(slope) * 0.9;
  const put = (outline: readonly number[]) => placed(outline, x, y, tilt, 1.25);
  painter.fill([put(rectangle(-1, -206, 3.6, 190))], INK[0]);
  painter.fill([put([6, -200, 96, -46, 6, -40])], PAPER);
  painter.fill([put([6, -200, 96, -46, 60, -44, 6, -150])], blend(PAPER, INK[5], 0.28));
  painter.fill([put([-5, -190, -5, -44, -74, -48])], blend(PAPER, INK[5], 0.45));
  painter.fill([put([-98, -30, 104, -34, 78, 14, -72, 14])], INK[0]);
  painter.fill([put([-98, -30, 104, -34, 99, -25, -94, -21])], EMBER);
  painter.fill([put(roundRectangle(-52, -50, 34, 22, 4))], INK[0]);
  for (const [radius, alpha] of [
    [46, 0.1],
    [28, 0.18],
    [15, 0.35],
  ] as const) {
    painter.fill([put(ellipse(-78, -52, radius + Math.sin(seconds * 5) * 0.8))], AMBER, alpha);
  }
  painter.fill([put(rectangle(-79.5, -72, 3, 42))], INK[0]);
  painter.fill([put(roundRectangle(-84, -60, 12, 16, 5))], AMBER);
}
