import { describe, expect, it } from 'vitest';
import { createPainter, type Outline, type Painter } from './painter.ts';
import { ellipse, rectangle } from './shapes.ts';

const WHITE = [255, 255, 255] as const;

function painted(outlines: readonly Outline[], alpha?: number): Painter {
  const painter = createPainter(40, 30);
  painter.fill(outlines, WHITE, alpha);
  return painter;
}

function redAt(painter: Painter, x: number, y: number): number {
  return painter.pixels[(y * painter.width + x) * 3] ?? Number.NaN;
}

function area(painter: Painter): number {
  let sum = 0;
  for (let at = 0; at < painter.pixels.length; at += 3) sum += (painter.pixels[at] ?? 0) / 255;
  return sum;
}

describe('the painter', () => {
  it('fills whole pixels wholly and cut pixels by their share', () => {
    const painter = painted([rectangle(4.5, 6, 10, 5.25)]);
    expect(redAt(painter, 3, 8)).toBe(0);
    expect(redAt(painter, 4, 8)).toBe(128);
    expect(redAt(painter, 10, 8)).toBe(255);
    expect(redAt(painter, 14, 8)).toBe(128);
    expect(redAt(painter, 15, 8)).toBe(0);
    expect(redAt(painter, 10, 11)).toBe(64);
  });

  it('covers the area of any shape, whichever way it is wound', () => {
    const triangle = [3.2, 4.1, 35.7, 9.9, 12.4, 27.3];
    expect(area(painted([triangle]))).toBeCloseTo(350.32, 0);
    expect(area(painted([[12.4, 27.3, 35.7, 9.9, 3.2, 4.1]]))).toBeCloseTo(
      area(painted([triangle])),
      3,
    );
    const disc = area(painted([ellipse(20, 15, 14)]));
    const ring = area(painted([ellipse(20, 15, 14), ellipse(20, 15, 7, 7, 'hole')]));
    expect(disc / (Math.PI * 196)).toBeCloseTo(1, 1.5);
    expect(ring / disc).toBeCloseTo(0.75, 1.5);
  });

  it('cuts shapes off at the picture’s edges without a trace', () => {
    const wide = createPainter(160, 30);
    const diamond = (x: number) => [x - 33, 14.3, x + 4, -16, x + 31, 15, x - 2, 47];
    for (const x of [-20, 0, 20, 40, 55]) {
      wide.clear([0, 0, 0]);
      wide.fill([diamond(x + 60)], WHITE);
      const cut = painted([diamond(x)]);
      for (let y = 0; y < 30; y += 1) {
        for (let column = 0; column < 40; column += 1) {
          expect(Math.abs(redAt(cut, column, y) - redAt(wide, column + 60, y))).toBeLessThanOrEqual(
            1,
          );
        }
      }
    }
    const beside = painted([
      rectangle(-30, 5, 20, 10),
      rectangle(50, 5, 20, 10),
      rectangle(5, 40, 9, 9),
    ]);
    expect(area(beside)).toBe(0);
    beside.fill([rectangle(0, 0, 2, 2)], WHITE);
    expect(area(beside)).toBe(4);
  });

  it('mixes by alpha and looks through its view', () => {
    expect(redAt(painted([rectangle(0, 0, 40, 30)], 0.5), 20, 15)).toBe(128);
    const painter = createPainter(40, 30);
    painter.view({ zoom: 2, aroundX: 20, aroundY: 15 });
    painter.fill([rectangle(15, 10, 10, 10)], WHITE);
    expect(area(painter)).toBe(400);
    expect(redAt(painter, 10, 5)).toBe(255);
  });
});
