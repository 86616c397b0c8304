import { chance } from '../chance.ts';
import { AMBER, along, blend, EMBER, INK, PAPER, ROSE } from '../palette.ts';
import type { Colour, Painter } from '../painter.ts';
import { below, dash, ellipse, placed, rectangle, roundRectangle } from '../shapes.ts';
import { HEIGHT, type Shot, WIDTH } from '../shot.ts';

const DURATION = 6;
const HORIZON = 492;
const SUN_X = 690;

const random = chance(41);
const GLINTS = Array.from({ length: 120 }, () => ({
  side: random() + random() - 1,
  depth: random(),
  length: random(),
  phase: random() * 6.28,
}));
const GULLS = Array.from({ length: 7 }, (_, index) => ({
  x: 160 + index * 62 + random() * 40,
  y: 170 + random() * 110,
  size: 0.7 + random() * 0.6,
  phase: random() * 6.28,
}));
const HOUSES = Array.from({ length: 11 }, (_, index) => ({
  x: -14 + index * 36 + random() * 8,
  width: 34 + random() * 12,
  height: 34 + random() * 40,
  roof: 12 + random() * 14,
  isLit: random() > 0.45,
}));

const PLUM: Colour = [104, 80, 122];
const NIGHT_SKY: readonly Colour[] = [
  INK[1],
  INK[2],
  INK[3],
  blend(INK[4], PLUM, 0.45),
  blend(PLUM, EMBER, 0.4),
  EMBER,
];
const DAY_SKY: readonly Colour[] = [
  INK[4],
  blend(INK[5], PLUM, 0.3),
  blend(PLUM, ROSE, 0.6),
  ROSE,
  blend(ROSE, AMBER, 0.65),
  blend(AMBER, PAPER, 0.45),
];

/** The sun comes up behind the harbour. */
export const dawn: Shot = {
  name: 'dawn',
  durationSeconds: DURATION,
  paint: (painter, seconds) => {
    const day = ease(seconds / DURATION);
    const sunY = HORIZON + 70 - day * 172;
    painter.view({ zoom: 1 + seconds * 0.006, aroundX: SUN_X, aroundY: HORIZON });
    paintSky(painter, day, sunY);
    paintHills(painter, day);
    paintSea(painter, seconds, day);
    paintQuay(painter, day);
    paintBoats(painter, seconds);
    for (const gull of GULLS) paintGull(painter, gull, seconds);
  },
};

function ease(share: number): number {
  return share * share * (3 - 2 * share);
}

function skyAt(place: number, day: number): Colour {
  return blend(along(NIGHT_SKY, place), along(DAY_SKY, place), day);
}

function paintSky(painter: Painter, day: number, sunY: number): void {
  painter.clear(skyAt(0, day));
  const rings = 9;
  for (let ring = 1; ring <= rings; ring += 1) {
    const radius = 1010 * (1 - (ring - 1) / rings) ** 1.25 + 64;
    painter.fill([ellipse(SUN_X, sunY + 30, radius)], skyAt(ring / rings, day));
  }
  painter.fill([ellipse(SUN_X, sunY, 76)], blend(AMBER, PAPER, 0.25 + day * 0.5));
}

function paintHills(painter: Painter, day: number): void {
  for (const [layer, colour] of [
    blend(INK[4], ROSE, 0.25 + day * 0.3),
    blend(INK[3], ROSE, 0.1 + day * 0.2),
  ].entries()) {
    const line = (x: number) =>
      HORIZON -
      22 +
      layer * 16 -
      26 * Math.sin(x * 0.0052 + 1 + layer * 2.4) -
      12 * Math.sin(x * 0.013 + layer * 3);
    painter.fill([below(line, WIDTH, HEIGHT)], colour);
  }
}

function paintSea(painter: Painter, seconds: number, day: number): void {
  const layers = 6;
  for (let layer = 0; layer < layers; layer += 1) {
    const depth = layer / (layers - 1);
    const line = (x: number) =>
      HORIZON +
      depth ** 1.4 * 170 +
      (1 + depth * 5) * Math.sin(x * (0.02 - depth * 0.01) + seconds * (0.8 + depth) + layer * 2);
    const night = along([INK[3], INK[2], INK[1]], depth);
    const light = along([blend(INK[5], ROSE, 0.6), INK[4], INK[3]], depth);
    painter.fill([below(line, WIDTH, HEIGHT)], blend(night, light, day));
  }
  for (const { side, depth, length, phase } of GLINTS) {
    const shimmer = 0.5 + 0.5 * Math.sin(seconds * 2 + phase);
    const x = SUN_X + side * (60 + depth * 190) + Math.sin(seconds * 0.7 + phase) * 8;
    const width = (16 + length * 74) * (0.35 + depth) * (0.3 + shimmer * 0.7);
    const y = HORIZON + 8 + depth ** 1.3 * 190;
    painter.fill(
      [dash(x, y, width, 1.8 + depth * 4)],
      blend(AMBER, PAPER, day * 0.4),
      (0.2 + day * 0.6) * (0.3 + shimmer * 0.7),
    );
  }
}

function paintQuay(painter: Painter, day: number): void {
  const wall = blend(INK[0], INK[2], day * 0.7);
  for (const { x, width, height, roof, isLit } of HOUSES) {
    const top = HORIZON + 26 - height;
    painter.fill([rectangle(x, top, width, height + 14)], wall);
    painter.fill(
      [[x - 4, top + 1, x + width / 2, top - roof, x + width + 4, top + 1]],
      blend(wall, INK[0], 0.5),
    );
    if (isLit) painter.fill([rectangle(x + width / 2 - 4, top + 14, 8, 10)], AMBER, 1 - day * 0.75);
  }
  painter.fill(
    [[-60, HORIZON + 26, 420, HORIZON + 26, 452, HORIZON + 62, -60, HORIZON + 74]],
    INK[0],
  );
  // A mole with its small light closes the harbour on the right.
  painter.fill(
    [[1030, HORIZON + 34, 1400, HORIZON + 20, 1400, HORIZON + 70, 1006, HORIZON + 52]],
    INK[0],
  );
  painter.fill(
    [[1062, HORIZON + 34, 1067, HORIZON - 34, 1081, HORIZON - 34, 1086, HORIZON + 34]],
    blend(PAPER, INK[3], 0.45 - day * 0.3),
  );
  painter.fill([rectangle(1064, HORIZON - 50, 20, 16)], AMBER);
  painter.fill([[1060, HORIZON - 50, 1074, HORIZON - 64, 1088, HORIZON - 50]], INK[0]);
  for (const y of [HORIZON - 10, HORIZON + 14]) painter.fill([rectangle(1064, y, 20, 9)], EMBER);
}

function paintBoats(painter: Painter, seconds: number): void {
  for (const [x, y, scale, phase] of [
    [232, 596, 1.15, 0],
    [420, 572, 0.8, 2],
    [1120, 622, 1.3, 4],
  ] as const) {
    const tilt = Math.sin(seconds * 1.1 + phase) * 0.025;
    const bob = Math.sin(seconds * 1.3 + phase) * 2.5;
    const put = (outline: readonly number[]) => placed(outline, x, y + bob, tilt, scale);
    painter.fill(
      [
        put(rectangle(-2, -170, 3.4, 160)),
        put(rectangle(-1, -34, 74, 3.4)),
        put(roundRectangle(2, -42, 66, 9, 4)),
      ],
      INK[0],
    );
    painter.fill([put([-84, -14, 92, -18, 74, 16, -62, 16])], INK[0]);
    painter.fill([put([-82, -9, 91, -13, 89, -8, -80, -4])], PAPER, 0.7);
    painter.fill(
      [
        put([-2, -168, -0.6, -168, -80, -14, -82, -14]),
        put([0, -168, 1.2, -168, 90, -16, 88, -16]),
      ],
      INK[0],
      0.8,
    );
  }
}

function paintGull(painter: Painter, gull: (typeof GULLS)[number], seconds: number): void {
  const beat =
    Math.sin(seconds * 5.5 + gull.phase) * (0.55 + 0.45 * Math.sin(seconds * 0.9 + gull.phase));
  const wing = (side: number) => {
    const tip = 6 - beat * 13;
    return [0, 0, side * 15, -7 - beat * 4, side * 34, -tip, side * 15, -3 - beat * 4, 0, 4];
  };
  const x = gull.x + seconds * 34;
  const y = gull.y - seconds * 7 + Math.sin(seconds * 1.4 + gull.phase) * 7;
  painter.fill([placed(wing(1), x, y, -0.08, gull.size)], INK[0]);
  painter.fill([placed(wing(-1), x, y, -0.08, gull.size)], INK[0]);
}
