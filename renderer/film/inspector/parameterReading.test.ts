import { describe, expect, it } from 'vitest';
import { FLICKS_PER_SECOND, type Flicks, flicks } from '#core/time/flicks.ts';
import { rate } from '#core/time/rate.ts';
import { readingAt, type Target } from './parameterReading.ts';

const RATE = rate(30);

function seconds(value: number): Flicks {
  return flicks(value * FLICKS_PER_SECOND);
}

/** A clip from second 10 to second 14 that fades in from its first second to its third. */
function fading(change: Partial<Target> = {}): Target {
  return {
    clipId: 'clip',
    parameter: 'opacity',
    start: seconds(10),
    duration: seconds(4),
    value: {
      keyframes: [
        { time: seconds(-1), value: 0.5, easing: 'hold' },
        { time: seconds(1), value: 0, easing: 'linear' },
        { time: seconds(3), value: 1, easing: 'hold' },
      ],
    },
    ...change,
  };
}

describe('what a row of the inspector says', () => {
  it('is the value at the playhead, and that of the nearer end beside the clip', () => {
    expect(readingAt([fading()], seconds(12), RATE).value).toBe(0.5);
    expect(readingAt([fading()], seconds(2), RATE)).toMatchObject({ value: 0.5, isInside: false });
    expect(readingAt([fading()], seconds(99), RATE)).toMatchObject({ value: 1, isInside: false });
  });

  it('leads to the keyframes beside the playhead, but not to those that a trim has hidden', () => {
    expect(readingAt([fading()], seconds(12), RATE)).toMatchObject({
      isHere: false,
      previous: seconds(11),
      next: seconds(13),
    });
    expect(readingAt([fading()], seconds(11), RATE)).toMatchObject({
      isHere: true,
      previous: null,
      next: seconds(13),
    });
  });

  it('finds the keyframe of a frame from anywhere in it that is nearest', () => {
    const early = flicks(seconds(11) - FLICKS_PER_SECOND / 100);
    expect(readingAt([fading()], early, RATE).isHere).toBe(true);
  });

  it('tells the way that the playhead is on, which the last keyframe has not', () => {
    expect(readingAt([fading()], seconds(12), RATE)).toMatchObject({
      easing: 'linear',
      leadsOn: true,
    });
    expect(readingAt([fading()], seconds(13.5), RATE)).toMatchObject({
      easing: 'hold',
      leadsOn: false,
    });
  });

  it('is mixed where clips differ', () => {
    const steady = fading({ clipId: 'other', value: 0.5 });
    expect(readingAt([fading(), steady], seconds(12), RATE)).toMatchObject({
      value: 0.5,
      isAnimated: true,
      isHere: false,
    });
    expect(readingAt([fading(), steady], seconds(13), RATE)).toMatchObject({
      value: null,
      isHere: false,
    });
  });
});
