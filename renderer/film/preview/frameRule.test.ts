import { describe, expect, it } from 'vitest';
import type { SourceRange } from '#core/model/sourceRange.ts';
import { rangeAtSpeed } from '#core/model/sourceRange.ts';
import type { PictureSource } from '#core/render/pictureSource.ts';
import { FLICKS_PER_SECOND, flicks, ZERO } from '#core/time/flicks.ts';
import { rate } from '#core/time/rate.ts';
import { limitSeconds, runsBackwards } from './frameRule.ts';

const HOUR = flicks(3600 * FLICKS_PER_SECOND);

function playing(range: SourceRange): PictureSource {
  return {
    clipId: 'clip',
    content: { kind: 'asset', assetId: 'asset' },
    start: ZERO,
    duration: HOUR,
    range,
    parameters: {},
    blend: 'normal',
    effects: [],
  };
}
const atSpeed = (num: number, den = 1) => playing(rangeAtSpeed(ZERO, HOUR, { num, den }));
const backwards = playing({
  in: ZERO,
  out: flicks(10 * FLICKS_PER_SECOND),
  retime: {
    kind: 'constant',
    duration: flicks(10 * FLICKS_PER_SECOND),
    speed: { num: -1, den: 1 },
  },
});

/** The last of a source's frames that starts before the limit; its times rounded to microseconds as decoders do. */
function shown(source: PictureSource, frame: number, fps: number, sourceFps: number): number {
  const limit = limitSeconds(source, frame, rate(fps));
  let found = -1;
  while (Math.round(((found + 1) / sourceFps) * 1e6) / 1e6 < limit) found += 1;
  return found;
}

describe('which picture a frame shows', () => {
  it('is the same frame where the rates agree', () => {
    for (const fps of [24, 25, 30, 60]) {
      for (let frame = 0; frame < 1000; frame += 1)
        expect(shown(atSpeed(1), frame, fps, fps)).toBe(frame);
    }
  });

  it('is every second one of a source twice as fast, never the one that starts in the middle', () => {
    for (let frame = 0; frame < 1000; frame += 1) {
      expect(shown(atSpeed(1), frame, 30, 60)).toBe(2 * frame);
      expect(shown(atSpeed(2), frame, 30, 30)).toBe(2 * frame);
    }
  });

  it('shows each frame of a slower source as long as it lasts', () => {
    const of = (source: PictureSource, fps: number, sourceFps: number) =>
      Array.from({ length: 8 }, (_, frame) => shown(source, frame, fps, sourceFps));
    expect(of(atSpeed(1), 50, 25)).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
    expect(of(atSpeed(1, 2), 30, 30)).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
  });

  it('counts down to the first frame backwards', () => {
    expect(shown(backwards, 0, 30, 30)).toBe(299);
    expect(shown(backwards, 298, 30, 30)).toBe(1);
    expect(shown(backwards, 299, 30, 30)).toBe(0);
  });
});

describe('which way a source runs', () => {
  it('follows its speed', () => {
    expect(runsBackwards(atSpeed(1), 5, rate(30))).toBe(false);
    expect(runsBackwards(atSpeed(0), 5, rate(30))).toBe(false);
    expect(runsBackwards(backwards, 5, rate(30))).toBe(true);
  });

  it('turns around where a curve does', () => {
    const second = FLICKS_PER_SECOND;
    const curve = playing({
      in: ZERO,
      out: flicks(2 * second),
      retime: {
        kind: 'curve',
        duration: flicks(4 * second),
        keys: [
          { time: ZERO, source: ZERO, easing: 'linear' },
          { time: flicks(2 * second), source: flicks(2 * second), easing: 'linear' },
          { time: flicks(4 * second), source: ZERO, easing: 'linear' },
        ],
      },
    });
    expect(runsBackwards(curve, 30, rate(30))).toBe(false);
    expect(runsBackwards(curve, 90, rate(30))).toBe(true);
  });
});
