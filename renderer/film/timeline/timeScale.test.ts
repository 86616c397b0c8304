import { describe, expect, it } from 'vitest';
import { FLICKS_PER_SECOND, flicks } from '#core/time/flicks.ts';
import { rate } from '#core/time/rate.ts';
import {
  fittedScale,
  pixelsOf,
  revealing,
  scrolledBy,
  timeAtX,
  xOfTime,
  zoomedAround,
} from './timeScale.ts';

const second = FLICKS_PER_SECOND;
const frameRate = rate(30);
const scale = { origin: 10 * second, flicksPerPixel: second / 100 };

describe('the scale of the timeline', () => {
  it('turns times into pixels and back', () => {
    expect(xOfTime(scale, 12 * second)).toBe(200);
    expect(timeAtX(scale, 200)).toBe(12 * second);
    expect(pixelsOf(scale, second / 2)).toBe(50);
  });

  it('gives no time before the beginning', () => {
    expect(timeAtX({ origin: 0, flicksPerPixel: second }, -5)).toBe(0);
  });

  it('keeps what is under the pointer in place while zooming', () => {
    const before = timeAtX(scale, 337);
    const closer = zoomedAround(scale, { flicksPerPixel: second / 250, x: 337, frameRate });
    expect(Math.abs(timeAtX(closer, 337) - before)).toBeLessThanOrEqual(1);
    expect(closer.flicksPerPixel).toBe(second / 250);
  });

  it('zooms in to one frame of 40 pixels and no further', () => {
    const closest = zoomedAround(scale, { flicksPerPixel: 1, x: 0, frameRate });
    expect(pixelsOf(closest, second / 30)).toBeCloseTo(40, 6);
  });

  it('does not scroll before the beginning', () => {
    expect(scrolledBy(scale, -5_000).origin).toBe(0);
    expect(scrolledBy(scale, 50).origin).toBe(10.5 * second);
  });

  it('fits a film with a little room, and an empty timeline to ten seconds', () => {
    const fitted = fittedScale({ duration: flicks(60 * second), widthPx: 1000, frameRate });
    expect(xOfTime(fitted, 60 * second)).toBeCloseTo(940, 6);
    const empty = fittedScale({ duration: flicks(0), widthPx: 1000, frameRate });
    expect(xOfTime(empty, 10 * second)).toBeCloseTo(940, 6);
  });

  it('turns the page when the playhead leaves the view, and only then', () => {
    expect(revealing(scale, { time: flicks(12 * second), widthPx: 500 })).toBe(scale);
    const next = revealing(scale, { time: flicks(15 * second), widthPx: 500 });
    expect(xOfTime(next, 15 * second)).toBeCloseTo(40, 6);
  });
});
