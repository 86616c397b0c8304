import type { Raster } from './png.ts';

export type RasterizeOptions = {
  widthPx: number;
  heightPx: number;
  /** Pixels a point. */
  scale: number;
  /** What to draw where the drawing has a picture: its pixels, and the place in points that it covers. */
  picture?: { pixels: Raster; x: number; y: number; width: number; height: number } | undefined;
};

type Matrix = readonly [number, number, number, number, number, number];
type Point = { x: number; y: number };

/**
 * Draws the SVG that Typst writes (filled paths, outlines of glyphs, one picture) as pixels, with edges smoothed by the
 * share of each pixel that a shape covers. Plain arithmetic, so the same bytes on every computer.
 */
export function rasterize(svg: string, options: RasterizeOptions): Raster {
  const canvas = new Canvas(options.widthPx, options.heightPx);
  const glyphs = new Map<string, string>();
  for (const match of svg.matchAll(/<symbol id="([^"]+)"[^>]*>\s*<path[^>]*? d="([^"]*)"/g)) {
    glyphs.set(match[1] ?? '', match[2] ?? '');
  }
  const end = svg.indexOf('<defs');
  const body = end < 0 ? svg : svg.slice(0, end);
  const stack: Matrix[] = [[options.scale, 0, 0, options.scale, 0, 0]];
  for (const [tag] of body.matchAll(/<[^>]+>/g)) {
    const top = stack.at(-1) ?? [1, 0, 0, 1, 0, 0];
    if (tag.startsWith('</g')) stack.pop();
    else if (tag.startsWith('<g')) stack.push(multiply(transformOf(tag), top));
    else if (tag.startsWith('<path')) {
      const fill = colorOf(tag);
      const path = attribute(tag, 'd');
      if (fill && path !== '') canvas.fill(flatten(path, multiply(transformOf(tag), top)), fill);
    } else if (tag.startsWith('<use')) {
      const fill = colorOf(tag);
      const path = glyphs.get(attribute(tag, 'xlink:href').slice(1));
      const at: Matrix = [1, 0, 0, 1, Number(attribute(tag, 'x')), Number(attribute(tag, 'y'))];
      if (fill && path !== undefined) canvas.fill(flatten(path, multiply(at, top)), fill);
    } else if (tag.startsWith('<image') && options.picture) {
      const { pixels, x, y, width, height } = options.picture;
      const { scale } = options;
      canvas.draw(pixels, {
        x: x * scale,
        y: y * scale,
        width: width * scale,
        height: height * scale,
      });
    }
  }
  return canvas.raster;
}

function attribute(tag: string, name: string): string {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
}

function colorOf(tag: string): readonly [number, number, number] | null {
  const hex = /^#([0-9a-f]{6})/i.exec(attribute(tag, 'fill'))?.[1];
  if (hex === undefined) return null;
  const value = Number.parseInt(hex, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function transformOf(tag: string): Matrix {
  const text = attribute(tag, 'transform');
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = (text.match(/[-+.\de]+(?=[\s,)])/g) ?? []).map(
    Number,
  );
  if (text.startsWith('matrix')) return [a, b, c, d, e, f];
  if (text.startsWith('translate')) return [1, 0, 0, 1, a, b];
  return [1, 0, 0, 1, 0, 0];
}

/** The first transform, then the second. */
function multiply(a: Matrix, b: Matrix): Matrix {
  return [
    a[0] * b[0] + a[1] * b[2],
    a[0] * b[1] + a[1] * b[3],
    a[2] * b[0] + a[3] * b[2],
    a[2] * b[1] + a[3] * b[3],
    a[4] * b[0] + a[5] * b[2] + b[4],
    a[4] * b[1] + a[5] * b[3] + b[5],
  ];
}

const CURVE_STEPS = 12;
const OPERANDS: Readonly<Record<string, number>> = { m: 2, l: 2, h: 1, v: 1, q: 4, c: 6, z: 0 };

/** A path (SVG 1.1, 8.3: M L H V Q C Z, also relative) as polygons in pixels. */
function flatten(path: string, matrix: Matrix): Point[][] {
  const polygons: Point[][] = [];
  let polygon: Point[] = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  const add = (px: number, py: number) =>
    polygon.push({
      x: px * matrix[0] + py * matrix[2] + matrix[4],
      y: px * matrix[1] + py * matrix[3] + matrix[5],
    });
  for (const match of path.matchAll(/([a-zA-Z])([^a-zA-Z]*(?:e[-+]?\d+[^a-zA-Z]*)*)/g)) {
    const letter = match[1] ?? '';
    const command = letter.toLowerCase();
    const numbers = (match[2] ?? '').match(/[-+]?(?:\d*\.)?\d+(?:e[-+]?\d+)?/gi)?.map(Number) ?? [];
    const count = OPERANDS[command] ?? 0;
    for (let at = 0; at === 0 || at < numbers.length; at += Math.max(1, count)) {
      const isRelative = letter === command;
      const [baseX, baseY] = isRelative ? [x, y] : [0, 0];
      const n = (index: number) => numbers[at + index] ?? 0;
      if (command === 'z') {
        [x, y] = [startX, startY];
        break;
      }
      if (command === 'm') {
        if (polygon.length > 2) polygons.push(polygon);
        polygon = [];
        [x, y] = [baseX + n(0), baseY + n(1)];
        [startX, startY] = [x, y];
      } else if (command === 'l') [x, y] = [baseX + n(0), baseY + n(1)];
      else if (command === 'h') x = baseX + n(0);
      else if (command === 'v') y = baseY + n(0);
      else {
        const [fromX, fromY] = [x, y];
        const isCubic = command === 'c';
        const [x1, y1] = [baseX + n(0), baseY + n(1)];
        const [x2, y2] = isCubic ? [baseX + n(2), baseY + n(3)] : [x1, y1];
        [x, y] = isCubic ? [baseX + n(4), baseY + n(5)] : [baseX + n(2), baseY + n(3)];
        for (let step = 1; step < CURVE_STEPS; step += 1) {
          const t = step / CURVE_STEPS;
          const u = 1 - t;
          const mix = (p0: number, p1: number, p2: number, p3: number) =>
            isCubic
              ? u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3
              : u * u * p0 + 2 * u * t * p1 + t * t * p3;
          add(mix(fromX, x1, x2, x), mix(fromY, y1, y2, y));
        }
      }
      add(x, y);
    }
  }
  if (polygon.length > 2) polygons.push(polygon);
  return polygons;
}

class Canvas {
  readonly raster: Raster;
  readonly #width: number;
  readonly #height: number;

  constructor(widthPx: number, heightPx: number) {
    this.#width = widthPx;
    this.#height = heightPx;
    this.raster = { widthPx, heightPx, rgb: new Uint8Array(widthPx * heightPx * 3).fill(255) };
  }

  /** Fills polygons; what several cover in the same direction is covered once. */
  fill(polygons: readonly Point[][], color: readonly [number, number, number]): void {
    const all = polygons.flat();
    let [left, top, right, bottom] = [this.#width, this.#height, 0, 0];
    for (const { x, y } of all) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    left = Math.max(0, Math.floor(left));
    top = Math.max(0, Math.floor(top));
    right = Math.min(this.#width, Math.ceil(right) + 1);
    bottom = Math.min(this.#height, Math.ceil(bottom) + 1);
    if (right <= left || bottom <= top) return;
    const wide = right - left;
    const cover = new Float32Array(wide * (bottom - top) + 2);
    for (const polygon of polygons) {
      polygon.forEach((from, index) => {
        const to = polygon[(index + 1) % polygon.length] ?? from;
        addEdge(
          cover,
          wide,
          bottom - top,
          { x: from.x - left, y: from.y - top },
          { x: to.x - left, y: to.y - top },
        );
      });
    }
    this.#paint(cover, { left, top, right, bottom }, color);
  }

  #paint(
    cover: Float32Array,
    area: { left: number; top: number; right: number; bottom: number },
    color: readonly [number, number, number],
  ): void {
    const { rgb } = this.raster;
    const wide = area.right - area.left;
    for (let y = area.top; y < area.bottom; y += 1) {
      let sum = 0;
      for (let x = area.left; x < area.right; x += 1) {
        sum += cover[(y - area.top) * wide + x - area.left] ?? 0;
        const share = Math.min(1, Math.abs(sum));
        if (share < 1 / 512) continue;
        const at = (y * this.#width + x) * 3;
        for (let channel = 0; channel < 3; channel += 1) {
          const below = rgb[at + channel] ?? 0;
          rgb[at + channel] = Math.round(below + ((color[channel] ?? 0) - below) * share);
        }
      }
    }
  }

  /** Lays a picture over an area so that it covers it, cut evenly at the sides that reach over. */
  draw(picture: Raster, area: { x: number; y: number; width: number; height: number }): void {
    const zoom = Math.max(area.width / picture.widthPx, area.height / picture.heightPx);
    const fromX = (picture.widthPx - area.width / zoom) / 2;
    const fromY = (picture.heightPx - area.height / zoom) / 2;
    const { rgb } = this.raster;
    const [left, top] = [Math.max(0, Math.round(area.x)), Math.max(0, Math.round(area.y))];
    const right = Math.min(this.#width, Math.round(area.x + area.width));
    const bottom = Math.min(this.#height, Math.round(area.y + area.height));
    for (let y = top; y < bottom; y += 1) {
      for (let x = left; x < right; x += 1) {
        const at = (y * this.#width + x) * 3;
        const sx = fromX + (x + 0.5 - area.x) / zoom - 0.5;
        const sy = fromY + (y + 0.5 - area.y) / zoom - 0.5;
        for (let channel = 0; channel < 3; channel += 1)
          rgb[at + channel] = sample(picture, sx, sy, channel);
      }
    }
  }
}

/** A colour between pixels. */
function sample({ rgb, widthPx, heightPx }: Raster, x: number, y: number, channel: number): number {
  const clampX = (value: number) => Math.max(0, Math.min(widthPx - 1, value));
  const clampY = (value: number) => Math.max(0, Math.min(heightPx - 1, value));
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const at = (px: number, py: number) =>
    rgb[(clampY(py) * widthPx + clampX(px)) * 3 + channel] ?? 0;
  const [tx, ty] = [x - x0, y - y0];
  const upper = at(x0, y0) * (1 - tx) + at(x0 + 1, y0) * tx;
  const lower = at(x0, y0 + 1) * (1 - tx) + at(x0 + 1, y0 + 1) * tx;
  return Math.round(upper * (1 - ty) + lower * ty);
}

/**
 * Adds an edge to a table from which, summed up from the left, the covered share of each pixel comes: signed areas, as
 * in R. Levien’s font-rs.
 */
function addEdge(cover: Float32Array, wide: number, high: number, one: Point, two: Point): void {
  if (one.y === two.y) return;
  const direction = one.y < two.y ? 1 : -1;
  const [upper, lower] = one.y < two.y ? [one, two] : [two, one];
  const slope = (lower.x - upper.x) / (lower.y - upper.y);
  const add = (index: number, value: number) => {
    cover[index] = (cover[index] ?? 0) + value;
  };
  const limit = (x: number) => Math.max(0, Math.min(wide - 1, x));
  const firstRow = Math.max(0, Math.floor(upper.y));
  const lastRow = Math.min(high, Math.ceil(lower.y));
  for (let row = firstRow; row < lastRow; row += 1) {
    const y0 = Math.max(upper.y, row);
    const y1 = Math.min(lower.y, row + 1);
    if (y1 <= y0) continue;
    const part = (y1 - y0) * direction;
    const xa = limit(upper.x + (y0 - upper.y) * slope);
    const xb = limit(upper.x + (y1 - upper.y) * slope);
    const [x0, x1] = xa < xb ? [xa, xb] : [xb, xa];
    const start = row * wide;
    const first = Math.floor(x0);
    const last = Math.ceil(x1);
    if (last <= first + 1) {
      const middle = (x0 + x1) / 2 - first;
      add(start + first, part * (1 - middle));
      add(start + first + 1, part * middle);
      continue;
    }
    const inverse = 1 / (x1 - x0);
    const head = first + 1 - x0;
    const area0 = 0.5 * inverse * head * head;
    const tail = x1 - last + 1;
    const area1 = 0.5 * inverse * tail * tail;
    add(start + first, part * area0);
    if (last === first + 2) add(start + first + 1, part * (1 - area0 - area1));
    else {
      const second = inverse * (1.5 - (x0 - first));
      add(start + first + 1, part * (second - area0));
      for (let x = first + 2; x < last - 1; x += 1) add(start + x, part * inverse);
      const sum = second + (last - first - 3) * inverse;
      add(start + last - 1, part * (1 - sum - area1));
    }
    add(start + last, part * area1);
  }
}
