/** A colour as red, green and blue from 0 to 255. */
export type Colour = readonly [number, number, number];

/** A closed outline: x and y in turn, in picture coordinates. Outlines wound the other way cut holes. */
export type Outline = readonly number[];

/** Where the picture is looked at from: everything grows by `zoom` around one point. */
export type View = { zoom: number; aroundX: number; aroundY: number };

type Box = { left: number; top: number; right: number; bottom: number };

/** A picture being painted: flat shapes with smooth edges on packed 8-bit RGB. */
export type Painter = {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  view: (view: View) => void;
  clear: (colour: Colour) => void;
  fill: (outlines: readonly Outline[], colour: Colour, alpha?: number) => void;
};

/**
 * A software painter. Shapes are filled by exact area coverage: every edge leaves its signed area in a buffer, whose
 * running sum along a row is how much of each pixel the shape covers.
 */
export function createPainter(width: number, height: number): Painter {
  const pixels = new Uint8Array(width * height * 3);
  const cover = new Float32Array((width + 2) * height);
  const stride = width + 2;
  const solid = new Uint8Array(width * 3);
  let current: View = { zoom: 1, aroundX: 0, aroundY: 0 };

  function addEdge(x0: number, y0: number, x1: number, y1: number): void {
    if (y0 === y1) return;
    const direction = y0 < y1 ? 1 : -1;
    const [topX, topY, endX, endY] = y0 < y1 ? [x0, y0, x1, y1] : [x1, y1, x0, y0];
    const slope = (endX - topX) / (endY - topY);
    const firstY = Math.max(0, topY);
    const lastY = Math.min(height, endY);
    for (let row = Math.floor(firstY); row < lastY; row += 1) {
      const from = Math.max(firstY, row);
      const to = Math.min(lastY, row + 1);
      const span = (to - from) * direction;
      const a = topX + (from - topY) * slope;
      const b = topX + (to - topY) * slope;
      addClipped(row * stride, Math.min(a, b), Math.max(a, b), span);
    }
  }

  /** What an edge does left of the picture counts for the whole row; what it does right of it counts for nothing. */
  function addClipped(row: number, left: number, right: number, span: number): void {
    if (left >= width) return;
    if (right <= 0) return addSpan(row, 0, 0, span);
    const [from, to] = [Math.max(0, left), Math.min(width, right)];
    const perColumn = right > left ? span / (right - left) : 0;
    if (from > left) addSpan(row, 0, 0, (from - left) * perColumn);
    addSpan(row, from, to, perColumn === 0 ? span : (to - from) * perColumn);
  }

  /** Spreads the height `span` of an edge over the columns that it crosses between `left` and `right`. */
  function addSpan(row: number, left: number, right: number, span: number): void {
    const first = Math.floor(left);
    const last = Math.floor(right);
    if (first === last) {
      const covered = span * (1 - ((left + right) / 2 - first));
      deposit(row + first, covered);
      deposit(row + first + 1, span - covered);
      return;
    }
    const perColumn = span / (right - left);
    let areaBefore = 0;
    let coveredBefore = 0;
    for (let column = first; column <= last + 1; column += 1) {
      const area = areaUpTo(column + 1, left, right) * perColumn;
      const covered = area - areaBefore;
      deposit(row + column, covered - coveredBefore);
      areaBefore = area;
      coveredBefore = covered;
    }
  }

  function deposit(at: number, amount: number): void {
    cover[at] = (cover[at] ?? 0) + amount;
  }

  /** Sums the coverage along each row of `box` and lays the colour, run by run of equal coverage. */
  function compose(colour: Colour, alpha: number, box: Box): void {
    const left = Math.min(width, Math.max(0, Math.floor(box.left)));
    const right = Math.min(width, Math.max(0, Math.ceil(box.right)) + 1);
    const bottom = Math.min(height, Math.ceil(box.bottom));
    fillPixels(solid, 0, (right - left) * 3, colour);
    for (let y = Math.max(0, Math.floor(box.top)); y < bottom; y += 1) {
      const row = y * stride;
      let sum = 0;
      for (let x = left; x < right; ) {
        sum += cover[row + x] ?? 0;
        const from = x;
        do x += 1;
        while (x < right && cover[row + x] === 0);
        const coverage = Math.abs(sum);
        if (coverage < 0.002) continue;
        const weight = (coverage > 0.998 ? 1 : coverage) * alpha;
        const at = (y * width + from) * 3;
        const end = (y * width + x) * 3;
        if (weight === 1) pixels.set(solid.subarray(0, end - at), at);
        else mixPixels(pixels, at, end, colour, weight);
      }
      cover.fill(0, row + left, row + Math.min(stride, right + 2));
    }
  }

  return {
    width,
    height,
    pixels,
    view: (view) => {
      current = view;
    },
    clear: (colour) => fillPixels(pixels, 0, pixels.length, colour),
    fill: (outlines, colour, alpha = 1) => {
      const { zoom, aroundX, aroundY } = current;
      const box: Box = { left: width, top: height, right: 0, bottom: 0 };
      for (const outline of outlines) {
        let x0 = ((outline.at(-2) ?? 0) - aroundX) * zoom + aroundX;
        let y0 = ((outline.at(-1) ?? 0) - aroundY) * zoom + aroundY;
        for (let at = 0; at + 1 < outline.length; at += 2) {
          const x1 = ((outline[at] ?? 0) - aroundX) * zoom + aroundX;
          const y1 = ((outline[at + 1] ?? 0) - aroundY) * zoom + aroundY;
          addEdge(x0, y0, x1, y1);
          box.left = Math.min(box.left, x1);
          box.right = Math.max(box.right, x1);
          box.top = Math.min(box.top, y1);
          box.bottom = Math.max(box.bottom, y1);
          [x0, y0] = [x1, y1];
        }
      }
      compose(colour, alpha, box);
    },
  };
}

/** Integral from `left` to `until` of how far a unit ramp between `left` and `right` has risen, plus what lies beyond. */
function areaUpTo(until: number, left: number, right: number): number {
  if (until <= left) return 0;
  const inside = Math.min(until, right) - left;
  const ramp = (inside * inside) / 2;
  return ramp + (until > right ? (right - left) * (until - right) : 0);
}

function fillPixels(
  target: Uint8Array,
  from: number,
  to: number,
  [red, green, blue]: Colour,
): void {
  for (let at = from; at < to; at += 3) {
    target[at] = red;
    target[at + 1] = green;
    target[at + 2] = blue;
  }
}

function mixPixels(
  target: Uint8Array,
  from: number,
  to: number,
  colour: Colour,
  weight: number,
): void {
  const keep = 1 - weight;
  const red = colour[0] * weight + 0.5;
  const green = colour[1] * weight + 0.5;
  const blue = colour[2] * weight + 0.5;
  for (let at = from; at < to; at += 3) {
    target[at] = (target[at] ?? 0) * keep + red;
    target[at + 1] = (target[at + 1] ?? 0) * keep + green;
    target[at + 2] = (target[at + 2] ?? 0) * keep + blue;
  }
}
