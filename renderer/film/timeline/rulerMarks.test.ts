import { describe, expect, it } from 'vitest';
import { FLICKS_PER_SECOND } from '#core/time/flicks.ts';
import { rate } from '#core/time/rate.ts';
import { labelStep, rulerMarks } from './rulerMarks.ts';

const at = (pixelsPerSecond: number, origin = 0) => ({
  origin,
  flicksPerPixel: FLICKS_PER_SECOND / pixelsPerSecond,
});

describe('the ruler', () => {
  it('labels frames when zoomed in and hours when zoomed out', () => {
    const steps = [1200, 240, 120, 60, 20, 2, 0.2, 0.02].map((pps) => labelStep(at(pps), rate(30)));
    expect(steps).toEqual([5, 15, 30, 60, 300, 1800, 18_000, 216_000]);
  });

  it('keeps labels at least 112 pixels apart at every zoom and rate', () => {
    for (const frameRate of [rate(24), rate(25), rate(30_000, 1001), rate(60)]) {
      for (let pps = 1000; pps > 0.001; pps /= 1.37) {
        const scale = at(pps, 3.3 * FLICKS_PER_SECOND);
        const labels = rulerMarks(scale, 1600, frameRate).filter((mark) => mark.label !== null);
        for (const [index, mark] of labels.slice(1).entries()) {
          expect(mark.x - (labels[index]?.x ?? 0)).toBeGreaterThanOrEqual(111.99);
        }
      }
    }
  });

  it('puts labels on round timecodes at broken rates too', () => {
    const labels = rulerMarks(at(120), 600, rate(30_000, 1001)).flatMap((mark) => mark.label ?? []);
    expect(labels.slice(0, 4)).toEqual([
      '00:00:00:00',
      '00:00:01:00',
      '00:00:02:00',
      '00:00:03:00',
    ]);
  });

  it('begins at or before the left edge, so that no label pops in late', () => {
    const marks = rulerMarks(at(60, 125.5 * FLICKS_PER_SECOND), 600, rate(25));
    expect(marks[0]?.x).toBeLessThanOrEqual(0);
    expect(marks[0]?.label).toBe('00:02:04:00');
  });

  it('never shows time before the beginning', () => {
    expect(rulerMarks(at(60), 600, rate(25))[0]).toEqual({ frame: 0, x: 0, label: '00:00:00:00' });
  });
});
