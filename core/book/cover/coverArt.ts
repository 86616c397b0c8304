import type { CoverTemplateId } from './coverDesign.ts';

/** A filled shape; coordinates are shares of the width and height of the cover’s front. */
export type Shape = {
  color: 'paper' | 'ink' | 'accent';
  /** 0 to 1: mixed into the paper, never seen through, so that printers have nothing to flatten. */
  strength: number;
  points: readonly (readonly [number, number])[];
};

/** Numbers from a seed, the same everywhere (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Height over width of the page the art is drawn for, so that circles are round. */
export type ArtInput = { template: CoverTemplateId; seed: number; aspect: number };

/** The art of a template: shapes in the order they are painted. */
export function coverArt({ template, seed, aspect }: ArtInput): Shape[] {
  const next = numbersFrom(seed * 7_919 + 17);
  const circle = (x: number, y: number, radius: number, corners = 96) =>
    Array.from({ length: corners }, (_, index): [number, number] => {
      const angle = (index / corners) * 2 * Math.PI;
      return [x + radius * Math.cos(angle), y + (radius * Math.sin(angle)) / aspect];
    });
  const ring = (x: number, y: number, outer: number, inner: number): [number, number][] => [
    ...circle(x, y, outer),
    [x + outer, y],
    [x + inner, y],
    ...circle(x, y, inner).reverse(),
    [x + inner, y],
  ];
  const box = (x: number, y: number, width: number, height: number): [number, number][] => [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
  switch (template) {
    case 'lamp': {
      const [x, y] = [0.5 + (next() - 0.5) * 0.16, 0.24 + next() * 0.03];
      const rings = Array.from({ length: 7 }, (_, index) => {
        const radius = 0.09 + index * index * 0.011 + index * 0.05;
        return shape('accent', 0.9 - index * 0.115, ring(x, y, radius, radius - 0.0045));
      });
      return [
        shape('ink', 1, box(0, 0, 1, 0.44)),
        ...rings.map((one) => ({ ...one, color: 'accent' as const })),
        shape('accent', 1, circle(x, y, 0.042)),
        shape('paper', 1, box(0, 0.44, 1, 0.56)),
        shape('accent', 1, box(0, 0.44, 1, 0.0055)),
      ];
    }
    case 'horizon': {
      const sun = shape('accent', 1, circle(0.3 + next() * 0.4, 0.5, 0.17 + next() * 0.06));
      const hills = Array.from({ length: 5 }, (_, index) => {
        const base = 0.56 + index * 0.085;
        const [phase, rise] = [next() * 6.28, 0.022 + next() * 0.02];
        const crest = Array.from({ length: 61 }, (_, step): [number, number] => {
          const x = step / 60;
          const y =
            base + rise * Math.sin(x * 5.1 + phase) + rise * 0.5 * Math.sin(x * 11.3 + phase * 2);
          return [x, y];
        });
        return shape('ink', 0.28 + index * 0.18, [...crest, [1, 1], [0, 1]]);
      });
      return [sun, ...hills];
    }
    case 'mosaic': {
      const columns = 6;
      const rows = Math.round(columns * aspect * 0.52);
      const width = 1 / columns;
      const height = 0.52 / rows;
      return Array.from({ length: columns * rows }, (_, index) => {
        const x = (index % columns) * width;
        const y = Math.floor(index / columns) * height;
        const color = next() > 0.55 ? 'accent' : 'ink';
        const strength = 0.18 + 0.82 * next();
        const turn = Math.floor(next() * 4);
        const corners = box(x, y, width, height);
        const kind = next();
        if (kind < 0.42) {
          const triangle = corners.filter((_corner, at) => at !== turn);
          return shape(color, strength, triangle);
        }
        if (kind < 0.8) {
          const [cx, cy] = corners[turn] ?? [x, y];
          const quarter = Array.from({ length: 25 }, (_arc, step): [number, number] => {
            const angle = ((turn + 0) * Math.PI) / 2 + (step / 24) * (Math.PI / 2);
            return [cx + width * Math.cos(angle), cy + height * Math.sin(angle)];
          });
          return shape(color, strength, [[cx, cy], ...quarter]);
        }
        return shape(color, strength * 0.4, corners);
      });
    }
    case 'botanic': {
      const stems = Array.from({ length: 7 }, (_, index) => ({
        x: 0.08 + index * 0.14 + (next() - 0.5) * 0.05,
        high: 0.16 + next() * 0.24,
        lean: (next() - 0.5) * 0.12,
        tone: next(),
      }));
      return stems.flatMap(({ x, high, lean, tone }) => {
        const at = (share: number): [number, number] => [
          x + lean * share * share,
          1 - high * share,
        ];
        const stem = Array.from({ length: 21 }, (_, step) => at(step / 20));
        const back = [...stem].reverse().map(([sx, sy]): [number, number] => [sx + 0.006, sy]);
        const color = tone > 0.62 ? ('accent' as const) : ('ink' as const);
        const leaves = Array.from({ length: 8 }, (_, leaf) => {
          const [lx, ly] = at(0.22 + leaf * 0.105);
          const side = leaf % 2 === 0 ? 1 : -1;
          const long = 0.085 * (1.15 - leaf * 0.09);
          const outline = Array.from({ length: 17 }, (_leaf, step): [number, number] => {
            const share = step / 16;
            const across = Math.sin(share * Math.PI) * 0.021;
            return [
              lx + side * long * share,
              ly - (long * share * 0.75) / aspect - across / aspect,
            ];
          });
          const under = [...outline]
            .reverse()
            .map(([ox, oy], step): [number, number] => [
              ox,
              oy + (Math.sin((step / 16) * Math.PI) * 0.042) / aspect,
            ]);
          return shape(color, 0.55 + tone * 0.4, [...outline, ...under]);
        });
        return [shape(color, 0.6 + tone * 0.4, [...stem, ...back]), ...leaves];
      });
    }
    case 'night': {
      const stars = Array.from({ length: 90 }, () => {
        const [x, y, size] = [next(), next() * 0.62, 0.0016 + next() ** 3 * 0.006];
        return shape(next() > 0.8 ? 'accent' : 'ink', 0.5 + next() * 0.5, circle(x, y, size, 12));
      });
      const moon = [0.68 + next() * 0.12, 0.17 + next() * 0.06] as const;
      return [
        ...stars,
        shape('accent', 1, circle(moon[0], moon[1], 0.105)),
        shape('paper', 1, circle(moon[0] - 0.05, moon[1] - 0.014, 0.095)),
      ];
    }
    case 'band':
      return [
        shape('ink', 1, box(0, 0.3, 1, 0.4)),
        shape('accent', 1, box(0, 0.292, 1, 0.008)),
        shape('accent', 1, box(0, 0.7, 1, 0.008)),
      ];
    case 'bold': {
      const bars = Array.from({ length: 9 }, (_, index) => {
        const x = -0.3 + index * 0.2 + next() * 0.05;
        const wide = 0.02 + next() * 0.075;
        return shape(next() > 0.5 ? 'accent' : 'ink', 0.14 + next() * 0.3, [
          [x, 1],
          [x + 0.55, 0],
          [x + 0.55 + wide, 0],
          [x + wide, 1],
        ]);
      });
      return bars;
    }
    case 'frame': {
      const edge = (inset: number, thick: number): Shape[] => {
        const [dx, dy] = [inset, inset / aspect];
        const [tx, ty] = [thick, thick / aspect];
        return [
          shape('ink', 1, box(dx, dy, 1 - 2 * dx, ty)),
          shape('ink', 1, box(dx, 1 - dy - ty, 1 - 2 * dx, ty)),
          shape('ink', 1, box(dx, dy, tx, 1 - 2 * dy)),
          shape('ink', 1, box(1 - dx - tx, dy, tx, 1 - 2 * dy)),
        ];
      };
      const corners = [
        [0.095, 0.095],
        [0.905, 0.095],
        [0.095, 0],
        [0.905, 0],
      ].map(([x = 0, y = 0], index) => {
        const cy = index < 2 ? y / aspect : 1 - 0.095 / aspect;
        return shape('accent', 1, [
          [x, cy - 0.022 / aspect],
          [x + 0.022, cy],
          [x, cy + 0.022 / aspect],
          [x - 0.022, cy],
        ]);
      });
      return [...edge(0.07, 0.006), ...edge(0.086, 0.002), ...corners];
    }
    case 'plain':
    case 'photo':
      return [];
  }
}

function shape(
  color: Shape['color'],
  strength: number,
  points: readonly (readonly [number, number])[],
): Shape {
  return { color, strength: Math.max(0, Math.min(1, strength)), points };
}
