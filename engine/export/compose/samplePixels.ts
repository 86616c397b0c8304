import type { Matrix } from '#core/render/pictureGeometry.ts';
import type { Drawing } from './drawing.ts';
import { type LayPixel, pixelLayer } from './layPixel.ts';
import { opaqueTable } from './opaqueTable.ts';
import { type Picture, wordsOf } from './picture.ts';

/** Where the pixels of a canvas are in a picture, and how many pixels of the picture one of them is wide and high. */
export type Sampling = { inverse: Matrix; across: number; down: number };

/** Draws a picture that stands between pixels: values in straight lines between four, edges smooth. */
export function samplePixels(canvas: Picture, drawing: Drawing, sampling: Sampling): void {
  const rows = boundsOf(drawing, canvas);
  const row: SampledRow = {
    y: 0,
    from: wordsOf(drawing.picture),
    to: wordsOf(canvas),
    start: 0,
    drawing,
    sampling,
    lay: pixelLayer(drawing.blend),
    table: tableFor(drawing),
  };
  for (let y = rows.top; y < rows.bottom; y++) {
    row.y = y;
    row.start = y * canvas.width;
    const seen = seenPart(row, rows);
    const inner = innerPart(row, seen);
    sampleEdge(row, seen.from, inner.from);
    sampleInside(row, inner.from, inner.to);
    sampleEdge(row, inner.to, seen.to);
  }
}

type SampledRow = {
  y: number;
  from: Int32Array;
  to: Int32Array;
  /** The first pixel of the row on the canvas. */
  start: number;
  drawing: Drawing;
  sampling: Sampling;
  lay: LayPixel;
  table: Table;
};

/** How an opaque pixel comes on an opaque one: it replaces it, by a table, or by no short cut. */
type Table = 'replaces' | Uint8Array | null;

function tableFor({ blend, opacity }: Drawing): Table {
  if (blend === 'normal' && opacity === 1) return 'replaces';
  // It may double what is rounded away between the pixels.
  return blend === 'hard-light' ? null : opaqueTable(blend, opacity);
}

/** Columns of a row, `to` exclusive. */
type Columns = { from: number; to: number };

/** The columns in which something of the picture can be seen, and at most one more on each side. */
function seenPart(row: SampledRow, bounds: { left: number; right: number }): Columns {
  const { crop } = row.drawing;
  const { across, down } = row.sampling;
  const seen = columnsWithin(
    row,
    {
      left: crop.x - across / 2,
      right: crop.x + crop.width + across / 2,
      top: crop.y - down / 2,
      bottom: crop.y + crop.height + down / 2,
    },
    1,
  );
  const from = Math.min(bounds.right, Math.max(bounds.left, seen.from));
  return { from, to: Math.max(from, Math.min(bounds.right, seen.to)) };
}

/** The columns whose pixels are wholly inside and have four neighbours in the picture. */
function innerPart(row: SampledRow, seen: Columns): Columns {
  const { crop, picture } = row.drawing;
  const { across, down } = row.sampling;
  const inner = columnsWithin(
    row,
    {
      left: Math.max(0.5, crop.x + across / 2),
      right: Math.min(picture.width - 0.5, crop.x + crop.width - across / 2),
      top: Math.max(0.5, crop.y + down / 2),
      bottom: Math.min(picture.height - 0.5, crop.y + crop.height - down / 2),
    },
    -1,
  );
  const from = Math.min(seen.to, Math.max(seen.from, inner.from));
  return { from, to: Math.max(from, Math.min(seen.to, inner.to)) };
}

type Edges = { left: number; right: number; top: number; bottom: number };

/** The columns whose middles lie within edges in the picture, and `more` on each side (less where it is negative). */
function columnsWithin(
  { y, sampling: { inverse } }: SampledRow,
  edges: Edges,
  more: number,
): Columns {
  const u = inverse.a * 0.5 + inverse.c * (y + 0.5) + inverse.e;
  const v = inverse.b * 0.5 + inverse.d * (y + 0.5) + inverse.f;
  const across = columnsBetween(u, inverse.a, { least: edges.left, most: edges.right, more });
  const down = columnsBetween(v, inverse.b, { least: edges.top, most: edges.bottom, more });
  const from = Math.max(across.from, down.from);
  const to = Math.min(across.to, down.to);
  if (!(from <= to)) return { from: 0, to: 0 };
  return { from: Math.ceil(from) - more, to: Math.floor(to) + 1 + more };
}

const NOWHERE: Columns = { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY };

/** Where a value that starts with `first` and grows by `step` lies between two limits. */
function columnsBetween(
  first: number,
  step: number,
  { least, most, more }: { least: number; most: number; more: number },
): Columns {
  if (most < least) return NOWHERE;
  // So small a step keeps the value within a thousandth over the widest canvas there is.
  if (Math.abs(step) < 1e-8) {
    const slack = more / 1000;
    const isBetween = least - slack <= first && first <= most + slack;
    return isBetween ? { from: -1e9, to: 1e9 } : NOWHERE;
  }
  const one = (least - first) / step;
  const other = (most - first) / step;
  return { from: Math.min(one, other), to: Math.max(one, other) };
}

/** Pixels that are only partly covered or have no neighbour on one side. */
function sampleEdge(row: SampledRow, left: number, end: number): void {
  const { y, from, to, start, lay } = row;
  const { picture, crop, opacity } = row.drawing;
  const { inverse, across, down } = row.sampling;
  const { width, height } = picture;
  const right = crop.x + crop.width;
  const bottom = crop.y + crop.height;
  for (let x = left; x < end; x++) {
    const u = inverse.a * (x + 0.5) + inverse.c * (y + 0.5) + inverse.e;
    const v = inverse.b * (x + 0.5) + inverse.d * (y + 0.5) + inverse.f;
    const cover =
      inside((u - crop.x) / across) *
      inside((right - u) / across) *
      inside((v - crop.y) / down) *
      inside((bottom - v) / down);
    if (cover <= 0) continue;
    const column = Math.max(0, Math.min(width - 1, u - 0.5));
    const line = Math.max(0, Math.min(height - 1, v - 0.5));
    const x0 = Math.floor(column);
    const y0 = Math.floor(line);
    const upper = y0 * width + x0;
    const lower = upper + (y0 + 1 < height ? width : 0);
    const next = x0 + 1 < width ? 1 : 0;
    to[start + x] = between(
      { from, upper, lower, next, shareX: column - x0, shareY: line - y0 },
      opacity * cover,
      to[start + x] as number,
      lay,
    );
  }
}

/** How much of a pixel is inside an edge that its middle is `distance` pixels within. */
function inside(distance: number): number {
  return distance >= 0.5 ? 1 : distance <= -0.5 ? 0 : distance + 0.5;
}

type Four = {
  from: Int32Array;
  upper: number;
  lower: number;
  next: number;
  shareX: number;
  shareY: number;
};

function between(
  { from, upper, lower, next, shareX, shareY }: Four,
  weight: number,
  under: number,
  lay: LayPixel,
): number {
  const a = from[upper] as number;
  const b = from[upper + next] as number;
  const c = from[lower] as number;
  const d = from[lower + next] as number;
  const wa = (1 - shareX) * (1 - shareY) * weight;
  const wb = shareX * (1 - shareY) * weight;
  const wc = (1 - shareX) * shareY * weight;
  const wd = shareX * shareY * weight;
  return lay(
    under,
    wa * (a & 255) + wb * (b & 255) + wc * (c & 255) + wd * (d & 255),
    wa * ((a >>> 8) & 255) +
      wb * ((b >>> 8) & 255) +
      wc * ((c >>> 8) & 255) +
      wd * ((d >>> 8) & 255),
    wa * ((a >>> 16) & 255) +
      wb * ((b >>> 16) & 255) +
      wc * ((c >>> 16) & 255) +
      wd * ((d >>> 16) & 255),
    wa * (a >>> 24) + wb * (b >>> 24) + wc * (c >>> 24) + wd * (d >>> 24),
  );
}

/** Parts of a pixel that places in the picture are told apart by, where pixels are opaque; their bits. */
const PARTS = 2048;
const PART_BITS = 11;

/**
 * Pixels wholly inside. Where four neighbours are opaque, so is what lies between them, and where they are alike it is
 * like them. Whole numbers are enough there: no value changes by more than an eighth.
 */
function sampleInside(row: SampledRow, left: number, end: number): void {
  const { y, from, to, start, lay, table } = row;
  const { picture, opacity } = row.drawing;
  const { inverse } = row.sampling;
  const { width } = picture;
  const downU = inverse.c * (y + 0.5);
  const downV = inverse.d * (y + 0.5);
  for (let x = left; x < end; x++) {
    const column = inverse.a * (x + 0.5) + downU + inverse.e - 0.5;
    const line = inverse.b * (x + 0.5) + downV + inverse.f - 0.5;
    const x0 = column | 0;
    const y0 = line | 0;
    const upper = y0 * width + x0;
    const lower = upper + width;
    const a = from[upper] as number;
    const b = from[upper + 1] as number;
    const c = from[lower] as number;
    const d = from[lower + 1] as number;
    const under = to[start + x] as number;
    const isOpaque = (a & b & c & d) >>> 24 === 255;
    if (isOpaque && table === 'replaces') {
      to[start + x] = mixed(a, b, c, d, partsOf(column - x0), partsOf(line - y0));
    } else if (isOpaque && under >>> 24 === 255 && table !== null && table !== 'replaces') {
      const above = mixed(a, b, c, d, partsOf(column - x0), partsOf(line - y0));
      to[start + x] =
        (table[((above & 255) << 8) | (under & 255)] as number) |
        ((table[(above & 0xff00) | ((under >>> 8) & 255)] as number) << 8) |
        ((table[((above >>> 8) & 0xff00) | ((under >>> 16) & 255)] as number) << 16) |
        (255 << 24);
    } else if ((a | b | c | d) !== 0) {
      const four = { from, upper, lower, next: 1, shareX: column - x0, shareY: line - y0 };
      to[start + x] = between(four, opacity, under, lay);
    }
  }
}

function partsOf(share: number): number {
  return (share * PARTS + 0.5) | 0;
}

/** What lies between four opaque pixels. */
function mixed(a: number, b: number, c: number, d: number, right: number, down: number): number {
  if (a === b && a === c && a === d) return a;
  return (
    mixedColor(a & 255, b & 255, c & 255, d & 255, right, down) |
    (mixedColor((a >>> 8) & 255, (b >>> 8) & 255, (c >>> 8) & 255, (d >>> 8) & 255, right, down) <<
      8) |
    (mixedColor(
      (a >>> 16) & 255,
      (b >>> 16) & 255,
      (c >>> 16) & 255,
      (d >>> 16) & 255,
      right,
      down,
    ) <<
      16) |
    (255 << 24)
  );
}

function mixedColor(
  a: number,
  b: number,
  c: number,
  d: number,
  right: number,
  down: number,
): number {
  const above = a * PARTS + Math.imul(b - a, right);
  const below = c * PARTS + Math.imul(d - c, right);
  return (
    (above * PARTS + Math.imul(below - above, down) + (1 << (2 * PART_BITS - 1))) >>>
    (2 * PART_BITS)
  );
}

/** The pixels of the canvas that a drawing can touch. */
function boundsOf({ matrix, crop }: Drawing, canvas: Picture) {
  const corners = [0, 1, 2, 3].map((corner) => {
    const x = crop.x + (corner % 2) * crop.width;
    const y = crop.y + (corner > 1 ? crop.height : 0);
    return {
      x: matrix.a * x + matrix.c * y + matrix.e,
      y: matrix.b * x + matrix.d * y + matrix.f,
    };
  });
  const xs = corners.map((corner) => corner.x);
  const ys = corners.map((corner) => corner.y);
  return {
    left: Math.max(0, Math.floor(Math.min(...xs)) - 1),
    right: Math.min(canvas.width, Math.ceil(Math.max(...xs)) + 1),
    top: Math.max(0, Math.floor(Math.min(...ys)) - 1),
    bottom: Math.min(canvas.height, Math.ceil(Math.max(...ys)) + 1),
  };
}
