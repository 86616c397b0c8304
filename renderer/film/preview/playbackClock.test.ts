import { describe, expect, it } from 'vitest';
import { PlaybackClock } from './playbackClock.ts';

describe('the clock of playback', () => {
  it('stands still until it has begun, then follows the source at its speed', () => {
    const source = { currentTime: 100 };
    const clock = new PlaybackClock(source, { from: 4, speed: 2, delay: 0.1 });
    source.currentTime = 100.05;
    expect(clock.now()).toBe(4);
    source.currentTime = 101.1;
    expect(clock.now()).toBeCloseTo(6, 9);
  });

  it('tells when the source will be at a time of the film', () => {
    const source = { currentTime: 100 };
    const clock = new PlaybackClock(source, { from: 4, speed: 2, delay: 0.1 });
    source.currentTime = clock.sourceTimeOf(9);
    expect(clock.now()).toBeCloseTo(9, 9);
  });

  it('runs backwards at a negative speed', () => {
    const source = { currentTime: 0 };
    const clock = new PlaybackClock(source, { from: 4, speed: -1, delay: 0 });
    source.currentTime = 1.5;
    expect(clock.now()).toBe(2.5);
  });
});
