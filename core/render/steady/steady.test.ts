import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cameraMotion, type Motion } from './cameraMotion.ts';
import { type FieldMotion, readMotionFields } from './motionFields.ts';
import { steadyCamera } from './steadyCamera.ts';

const SIZE = { width: 640, height: 360 };

/** What the fields of a picture do under a movement. */
function fieldsOf({ x, y, angle }: Motion): FieldMotion[] {
  const places = [-240, -80, 80, 240].flatMap((right) =>
    [-130, 0, 130].map((down) => ({ x: right, y: down })),
  );
  return places.map((at) => ({
    ...at,
    byX: Math.round(x * SIZE.height - angle * at.y),
    byY: Math.round(y * SIZE.height + angle * at.x),
  }));
}

const motion = fc.record({
  x: fc.double({ min: -0.1, max: 0.1, noNaN: true }),
  y: fc.double({ min: -0.1, max: 0.1, noNaN: true }),
  angle: fc.double({ min: -0.05, max: 0.05, noNaN: true }),
});

describe('the movement of a camera', () => {
  test('is what its fields agree on, to half a pixel', () => {
    fc.assert(
      fc.property(motion, (moved) => {
        const found = cameraMotion(fieldsOf(moved), SIZE.height);
        expect(Math.abs(found.x - moved.x) * SIZE.height).toBeLessThan(0.5);
        expect(Math.abs(found.y - moved.y) * SIZE.height).toBeLessThan(0.5);
        expect(Math.abs(found.angle - moved.angle) * 240).toBeLessThan(0.5);
      }),
    );
  });

  test('is not that of what passes in front of it', () => {
    fc.assert(
      fc.property(motion, (moved) => {
        const fields = fieldsOf(moved).map((field, index) =>
          index % 4 === 0 ? { ...field, byX: field.byX + 40, byY: field.byY - 25 } : field,
        );
        const found = cameraMotion(fields, SIZE.height);
        expect(Math.abs(found.x - moved.x) * SIZE.height).toBeLessThan(1);
        expect(Math.abs(found.y - moved.y) * SIZE.height).toBeLessThan(1);
      }),
    );
  });

  test('is none where nothing can be told', () => {
    expect(cameraMotion([], 360)).toEqual({ x: 0, y: 0, angle: 0 });
    const same = { x: 5, y: 5, byX: 3, byY: 0 };
    expect(cameraMotion([same, same, same, same], 300)).toEqual({ x: 0.01, y: 0, angle: 0 });
  });
});

describe('reading motion fields', () => {
  test('counts places from the middle', () => {
    const text = [
      'VID.STAB 1',
      '#      accuracy = 15',
      'Frame 1 (List 0 [])',
      'Frame 2 (List 2 [(LM 6 -9 276 66 32 0.679728 2.679688),(LM -13 7 320 180 32 0.56 0.9)])',
      '',
    ].join('\n');
    expect(readMotionFields(text, SIZE)).toEqual([
      [],
      [
        { x: -44, y: -114, byX: -6, byY: 9 },
        { x: 0, y: 0, byX: 13, byY: -7 },
      ],
    ]);
    expect(readMotionFields('TRF1', SIZE)).toBeNull();
  });
});

const seconds = (count: number) => Array.from({ length: count }, (_, index) => index / 25);
const settings = {
  camera: 'moving',
  smoothing: 0.5,
  fills: false,
  extraZoom: 0,
  aspect: 16 / 9,
} as const;

describe('a steadied picture', () => {
  test('does not move at all for a still camera', () => {
    fc.assert(
      fc.property(fc.array(motion, { minLength: 2, maxLength: 40 }), (motions) => {
        const corrections = steadyCamera(motions, seconds(motions.length), {
          ...settings,
          camera: 'still',
        });
        const path = motions.slice(1).reduce(
          (all, step) => {
            const last = all.at(-1) ?? { x: 0, y: 0, angle: 0 };
            return [
              ...all,
              { x: last.x + step.x, y: last.y + step.y, angle: last.angle + step.angle },
            ];
          },
          [{ x: 0, y: 0, angle: 0 }],
        );
        const seen = path.map((at, index) => ({
          x: at.x + (corrections[index]?.x ?? 0),
          angle: at.angle + (corrections[index]?.angle ?? 0),
        }));
        for (const { x, angle } of seen) {
          expect(x).toBeCloseTo(seen[0]?.x ?? 0, 9);
          expect(angle).toBeCloseTo(seen[0]?.angle ?? 0, 9);
        }
      }),
    );
  });

  test('goes along with an even pan, and loses a shake', () => {
    const even = seconds(100).map(() => ({ x: 0.01, y: 0, angle: 0 }));
    for (const { x } of steadyCamera(even, seconds(100), settings)) expect(x).toBeCloseTo(0, 9);
    const shaken = even.map((step, index) => ({ ...step, y: index % 2 === 0 ? 0.02 : -0.02 }));
    const corrections = steadyCamera(shaken, seconds(100), settings);
    let y = 0;
    const seen = shaken.map((step, index) => {
      if (index > 0) y += step.y;
      return y + (corrections[index]?.y ?? 0);
    });
    const inside = seen.slice(25, 75);
    expect(Math.max(...inside) - Math.min(...inside)).toBeLessThan(0.001);
  });

  test('is enlarged just as much as hides its edges', () => {
    fc.assert(
      fc.property(fc.array(motion, { minLength: 2, maxLength: 20 }), (motions) => {
        const aspect = 16 / 9;
        const corrections = steadyCamera(motions, seconds(motions.length), {
          ...settings,
          fills: true,
        });
        // How far inside the frame an edge of the picture comes: where each corner of the frame lies in the picture.
        const worst = Math.max(
          ...corrections.flatMap(({ x, y, angle, zoom }) =>
            [-1, 1].flatMap((right) =>
              [-1, 1].flatMap((down) => {
                const [dx, dy] = [(right * aspect) / 2 - x, down / 2 - y];
                const px = (Math.cos(angle) * dx + Math.sin(angle) * dy) / zoom;
                const py = (Math.cos(angle) * dy - Math.sin(angle) * dx) / zoom;
                return [Math.abs(px) / (aspect / 2), Math.abs(py) / 0.5];
              }),
            ),
          ),
        );
        expect(worst).toBeLessThanOrEqual(1 + 1e-9);
        if ((corrections[0]?.zoom ?? 1) > 1) expect(worst).toBeCloseTo(1, 9);
      }),
    );
  });
});
