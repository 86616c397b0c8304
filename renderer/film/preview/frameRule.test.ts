import { describe, expect, it } from 'vitest';
import { frameStart, rate } from '#core/time/rate.ts';
import { pictureLimit } from './frameRule.ts';

/** The last of a source's frames that starts before the limit; its times rounded to microseconds as decoders do. */
function shown(timelineFrame: number, timelineRate: number, sourceRate: number): number {
  const limit = pictureLimit(frameStart(timelineFrame, rate(timelineRate)), rate(timelineRate));
  let frame = -1;
  while (Math.round(((frame + 1) / sourceRate) * 1e6) / 1e6 < limit) frame += 1;
  return frame;
}

describe('which picture a frame shows', () => {
  it('is the same frame where the rates agree', () => {
    for (const fps of [24, 25, 30, 60]) {
      for (let frame = 0; frame < 2000; frame += 1) expect(shown(frame, fps, fps)).toBe(frame);
    }
  });

  it('is every second one of a source twice as fast, never the one that starts in the middle', () => {
    for (let frame = 0; frame < 2000; frame += 1) expect(shown(frame, 30, 60)).toBe(2 * frame);
  });

  it('shows each frame of a slower source as long as it lasts', () => {
    const frames = Array.from({ length: 10 }, (_, frame) => shown(frame, 50, 25));
    expect(frames).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
  });
});
