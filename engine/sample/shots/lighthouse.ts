import { chance } from '../chance.ts';
import { AMBER, along, blend, INK, PAPER } from '../palette.ts';
import type { Painter } from '../painter.ts';
import { below, crescent, dash, ellipse, placed, rectangle, roundRectangle } from '../shapes.ts';
import { HEIGHT, type Shot, WIDTH } from '../shot.ts';

const LAMP = { x: 880, y: 196 };
const HORIZON = 520;
const TURN_SECONDS = 5;

type Star = { x: number; y: number; size: number; phase: number };

const random = chance(7);
const STARS: readonly Star[] = Array.from({ length: 110 }, () => ({
  x: random() * WIDTH,
  y: random() ** 1.3 * (HORIZON - 40),
  size: 0.9 + random() ** 3 * 1.7,
  phase: random() * 6.28,
}));
const GLINTS = Array.from({ length: 90 }, () => ({
  depth: random(),
  side: random() * 2 - 1,
  length: random(),
  phase: random() * 6.28,
}));

/** A lighthouse turns its light over a dark sea. */
export const lighthouse: Shot = {
  name: 'lighthouse',
  durationSeconds: 5,
  paint: (painter, seconds) => {
    const angle = (seconds / TURN_SECONDS) * Math.PI * 2 + 2.2;
    const towardUs = Math.max(0, Math.sin(angle)) ** 6;
    painter.view({ zoom: 1 + seconds * 0.006, aroundX: LAMP.x, aroundY: HORIZON });
    paintSky(painter, seconds, towardUs);
    paintBeam(painter, angle + Math.PI);
    paintBeam(painter, angle);
    paintWaves(painter, seconds, 0, 2);
    paintHeadland(painter);
    paintTower(painter, towardUs);
    paintWaves(painter, seconds, 2, LAYERS);
    paintGlints(painter, seconds, towardUs);
  },
};

function paintSky(painter: Painter, seconds: number, towardUs: number): void {
  painter.clear(INK[0]);
  const rings = [760, 590, 440, 310, 200, 112];
  for (const [index, radius] of rings.entries()) {
    const colour = along([INK[0], INK[1], INK[2], INK[3]], (index + 1) / rings.length);
    painter.fill([ellipse(LAMP.x, LAMP.y, radius * (1 + towardUs * 0.06))], colour);
  }
  for (const { x, y, size, phase } of STARS) {
    if (Math.hypot(x - LAMP.x, y - LAMP.y) < 190) continue;
    painter.fill([ellipse(x, y, size)], PAPER, 0.45 + 0.35 * Math.sin(seconds * 1.7 + phase));
  }
  painter.fill([placed(crescent(46, 40, 20), 236, 150, -0.5)], PAPER, 0.94);
}

/** One arm of the light, seen from the side; it widens towards us and is lost as it points straight at us or away. */
function paintBeam(painter: Painter, angle: number): void {
  const across = Math.cos(angle);
  const toward = Math.sin(angle);
  const reach = 1700 * Math.sign(across);
  const lift = -30 - 50 * toward;
  const spread = 0.04 + 0.1 * Math.max(0, toward) ** 2;
  const strength = (0.62 + 0.38 * toward) * Math.min(1, (Math.abs(across) / 0.7) ** 1.5);
  for (const [wide, alpha] of [
    [2.3, 0.12],
    [1.5, 0.16],
    [0.8, 0.32],
  ] as const) {
    const half = 1700 * spread * wide;
    const endX = LAMP.x + reach;
    const endY = LAMP.y + lift;
    painter.fill(
      [[LAMP.x, LAMP.y - 6, endX, endY - half, endX, endY + half, LAMP.x, LAMP.y + 6]],
      blend(PAPER, AMBER, 0.35),
      alpha * strength,
    );
  }
}

const LAYERS = 7;

/** Waves from the horizon to our feet; the headland stands between the far and the near ones. */
function paintWaves(painter: Painter, seconds: number, from: number, to: number): void {
  for (let layer = from; layer < to; layer += 1) {
    const depth = layer / (LAYERS - 1);
    const base = HORIZON + depth ** 1.5 * 175;
    const swell = 1.2 + depth * 7;
    const pace = 0.5 + depth * 0.5;
    const line = (x: number) =>
      base +
      swell * Math.sin(x * (0.021 - depth * 0.011) + seconds * pace * 2 + layer * 1.9) +
      swell * 0.5 * Math.sin(x * (0.043 - depth * 0.02) - seconds * pace * 2.6 + layer);
    painter.fill(
      [below(line, WIDTH, HEIGHT)],
      along([INK[3], INK[2], INK[1], INK[0]], depth ** 0.8),
    );
  }
}

function paintGlints(painter: Painter, seconds: number, towardUs: number): void {
  for (const { depth, side, length, phase } of GLINTS) {
    const y = HORIZON + 46 + depth ** 1.3 * 140;
    const shimmer = 0.5 + 0.5 * Math.sin(seconds * (2.2 - depth) + phase);
    const width = (12 + length * 62) * (0.4 + depth) * (0.35 + shimmer * 0.65);
    const x = LAMP.x + side * (22 + depth * 110) + Math.sin(seconds * 0.9 + phase) * 8;
    painter.fill(
      [dash(x, y, width, 1.8 + depth * 3.4)],
      AMBER,
      (0.3 + 0.35 * towardUs) * (0.35 + shimmer * 0.65),
    );
  }
}

function paintHeadland(painter: Painter): void {
  const rock = [
    600, 560, 640, 538, 668, 520, 704, 510, 738, 484, 770, 476, 806, 456, 846, 450, 1030, 450, 1058,
    470, 1098, 480, 1140, 504, 1200, 516, 1260, 530, 1400, 536, 1400, 600, 600, 600,
  ];
  painter.fill([rock], INK[0]);
  painter.fill(
    [[704, 510, 738, 484, 770, 476, 806, 456, 836, 451, 800, 482, 770, 500, 752, 530]],
    INK[1],
  );
  painter.fill(
    [[1030, 450, 1058, 470, 1098, 480, 1140, 504, 1120, 522, 1080, 500, 1048, 494]],
    INK[1],
  );
}

function paintTower(painter: Painter, towardUs: number): void {
  const { x } = LAMP;
  const body = (top: number, bottom: number) => {
    const half = (y: number) => 25 + ((y - 232) / 222) * 17;
    return [
      x - half(top),
      top,
      x + half(top),
      top,
      x + half(bottom),
      bottom,
      x - half(bottom),
      bottom,
    ];
  };
  // The keeper's house.
  painter.fill([rectangle(948, 412, 92, 46)], INK[4]);
  painter.fill([[940, 414, 960, 386, 1030, 386, 1050, 414]], INK[1]);
  painter.fill([rectangle(1012, 374, 12, 22)], INK[1]);
  painter.fill([rectangle(966, 426, 15, 18), rectangle(1004, 426, 15, 18)], AMBER);
  // Tower: paper, with ink bands, the right side in shade.
  painter.fill([body(232, 456)], PAPER);
  painter.fill([body(276, 316), body(364, 408)], INK[3]);
  painter.fill([[x + 6, 232, x + 25, 232, x + 42, 456, x + 10, 456]], INK[1], 0.42);
  painter.fill(
    [roundRectangle(x - 6, 332, 12, 20, 6), roundRectangle(x - 6, 246, 12, 18, 6)],
    INK[1],
  );
  painter.fill([roundRectangle(x - 8, 428, 16, 30, 8)], INK[1]);
  // Gallery, lantern, dome.
  painter.fill([rectangle(x - 36, 224, 72, 9)], INK[0]);
  painter.fill(railing(x), INK[0]);
  painter.fill([rectangle(x - 18, 170, 36, 54)], blend(AMBER, PAPER, 0.25 + towardUs * 0.75));
  painter.fill(
    [rectangle(x - 19, 168, 3, 58), rectangle(x - 1.5, 168, 3, 58), rectangle(x + 16, 168, 3, 58)],
    INK[0],
  );
  painter.fill([[x - 25, 170, x - 18, 152, x, 142, x + 18, 152, x + 25, 170]], INK[0]);
  painter.fill([rectangle(x - 1.5, 122, 3, 24), ellipse(x, 122, 4)], INK[0]);
  for (const [radius, alpha] of [
    [150, 0.08],
    [92, 0.14],
    [50, 0.3],
    [24, 0.85],
  ] as const) {
    painter.fill(
      [ellipse(x, LAMP.y, radius * (0.3 + towardUs * 0.9))],
      blend(AMBER, PAPER, 0.6),
      alpha * (0.25 + towardUs * 0.75),
    );
  }
}

function railing(x: number): number[][] {
  const posts = Array.from({ length: 9 }, (_, index) => [
    ...rectangle(x - 35 + index * 8.5, 208, 2, 16),
  ]);
  return [...posts, [...rectangle(x - 36, 206, 72, 2.5)]];
}
