import { noise } from '../noise.ts';
import { AMBER, blend, INK, PAPER } from '../palette.ts';
import type { Colour, Painter } from '../painter.ts';
import { ellipse } from '../shapes.ts';
import type { Shot } from '../shot.ts';

/** The density of ink is worked out on a coarse grid; its flat tones get their smooth edges at full size. */
const CELL = 4;
const DROPS_AT = 0.55;
const CENTRE = { x: 640, y: 330 };

/** Tones of diluted ink from the rim inwards, each from a density on. */
const TONES: readonly { from: number; colour: Colour }[] = [
  { from: 0, colour: blend(PAPER, INK[5], 0.32) },
  { from: 26, colour: blend(PAPER, INK[5], 0.78) },
  { from: 58, colour: INK[4] },
  { from: 96, colour: INK[3] },
  { from: 142, colour: INK[1] },
];
const AMBER_FROM = 34;

/** A drop of ink falls into water and opens like a flower. */
export const ink: Shot = {
  name: 'ink',
  durationSeconds: 5,
  paint: (painter, seconds) => {
    painter.view({ zoom: 1, aroundX: 0, aroundY: 0 });
    painter.clear(PAPER);
    paintRipples(painter, seconds);
    paintFallingDrop(painter, seconds);
    if (seconds > DROPS_AT) paintCloud(painter, seconds - DROPS_AT);
  },
};

function paintRipples(painter: Painter, seconds: number): void {
  for (const delay of [0, 0.35, 0.75, 1.3]) {
    const age = seconds - DROPS_AT - delay;
    if (age <= 0) continue;
    const radius = 60 + 330 * age ** 0.75;
    const alpha = 0.5 * Math.exp(-age * 0.62);
    const line = 5 * Math.exp(-age * 0.3);
    const ring = [
      ellipse(CENTRE.x, CENTRE.y, radius * 1.18, radius),
      ellipse(CENTRE.x, CENTRE.y, radius * 1.18 - line, radius - line, 'hole'),
    ];
    painter.fill(ring, blend(PAPER, INK[5], 0.6), alpha);
  }
}

function paintFallingDrop(painter: Painter, seconds: number): void {
  if (seconds >= DROPS_AT) return;
  const fallen = (seconds / DROPS_AT) ** 2;
  const y = 76 + fallen * (CENTRE.y - 76);
  const size = 34 - fallen * 8;
  painter.fill(
    [
      [
        CENTRE.x - size * 0.86,
        y - size * 0.5,
        CENTRE.x,
        y - size * 2.6,
        CENTRE.x + size * 0.86,
        y - size * 0.5,
      ],
    ],
    INK[1],
  );
  painter.fill([ellipse(CENTRE.x, y, size)], INK[1]);
  painter.fill(
    [ellipse(CENTRE.x - size * 0.35, y - size * 0.2, size * 0.18, size * 0.3)],
    PAPER,
    0.75,
  );
}

function paintCloud(painter: Painter, age: number): void {
  const { width, height, pixels } = painter;
  const columns = width / CELL + 2;
  const rows = height / CELL + 2;
  const inkField = new Float32Array(columns * rows);
  const amberField = new Float32Array(columns * rows);
  fillFields(inkField, amberField, columns, age);
  let at = 0;
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(y / CELL) * columns;
    const v = (y % CELL) / CELL;
    for (let x = 0; x < width; x += 1, at += 3) {
      const cell = row + Math.floor(x / CELL);
      const u = (x % CELL) / CELL;
      const density = sample(inkField, cell, columns, u, v);
      if (density < -1) continue;
      for (const { from, colour } of TONES) lay(pixels, at, colour, density - from);
      lay(pixels, at, AMBER, sample(amberField, cell, columns, u, v) - AMBER_FROM);
    }
  }
}

/** Density in pixels of distance inside the rim: a disc that grows, its space bent ever more by slow currents. */
function fillFields(
  inkField: Float32Array,
  amberField: Float32Array,
  columns: number,
  age: number,
): void {
  const radius = 46 + 236 * (1 - Math.exp(-age * 0.62));
  const bend = 22 + 120 * (1 - Math.exp(-age * 0.5));
  const sink = age * 9;
  for (let index = 0; index < inkField.length; index += 1) {
    const x = (index % columns) * CELL - CENTRE.x;
    const y = Math.floor(index / columns) * CELL - CENTRE.y - sink;
    const drift = age * 0.22;
    const currentX =
      noise(x * 0.0065 + 11, y * 0.0065, drift) +
      0.5 * noise(x * 0.016, y * 0.016 + 7, drift * 1.5);
    const currentY =
      noise(x * 0.0065, y * 0.0065 + 29, drift + 5) +
      0.5 * noise(x * 0.016 + 3, y * 0.016, drift * 1.5 + 9);
    const bentX = x + currentX * bend;
    const bentY = y + currentY * bend;
    const distance = Math.hypot(bentX / 1.16, bentY);
    const petals = 0.16 * radius * noise(bentX * 0.02, bentY * 0.02, drift + 17);
    inkField[index] = radius - distance + petals;
    amberField[index] = radius * 0.34 - Math.hypot(bentX / 1.1 + 12, bentY + 8) + petals;
  }
}

function sample(field: Float32Array, cell: number, columns: number, u: number, v: number): number {
  const top = (field[cell] ?? 0) * (1 - u) + (field[cell + 1] ?? 0) * u;
  const bottom = (field[cell + columns] ?? 0) * (1 - u) + (field[cell + columns + 1] ?? 0) * u;
  return top * (1 - v) + bottom * v;
}

/** Lays one flat tone where `depth` is above zero, with an edge about a pixel and a half soft. */
function lay(pixels: Uint8Array, at: number, colour: Colour, depth: number): void {
  const weight = depth * 0.6 + 0.5;
  if (weight <= 0) return;
  const share = weight > 1 ? 1 : weight;
  for (let channel = 0; channel < 3; channel += 1) {
    const old = pixels[at + channel] ?? 0;
    pixels[at + channel] = old + ((colour[channel] ?? 0) - old) * share + 0.5;
  }
}
