import { describe, expect, it } from 'vitest';
import { flicks } from '#core/time/flicks.ts';
import { rate } from '#core/time/rate.ts';
import { seconds } from '#tests/support/filmFixture.ts';
import { TimelineView } from './timelineView.ts';

function view() {
  const made = new TimelineView();
  made.resize(1000);
  made.fit(flicks(seconds(100)), rate(30));
  return made;
}

describe('what of the timeline is mounted', () => {
  it('stays the same while scrolling within it and follows when the view leaves it', () => {
    const timeline = view();
    const first = timeline.mounted;
    timeline.scrollBy(200);
    expect(timeline.mounted).toBe(first);
    timeline.scrollBy(200);
    expect(timeline.mounted).not.toBe(first);
    expect(timeline.mounted.from).toBeLessThanOrEqual(timeline.scale.origin);
  });

  it('always covers what is seen', () => {
    const timeline = view();
    for (let step = 0; step < 200; step += 1) {
      timeline.scrollBy(((step * 7919) % 900) - 400);
      if (step % 5 === 0)
        timeline.zoom({
          flicksPerPixel: timeline.scale.flicksPerPixel * (step % 2 ? 1.3 : 0.8),
          x: 300,
          frameRate: rate(30),
        });
      const { origin, flicksPerPixel } = timeline.scale;
      expect(timeline.mounted.from).toBeLessThanOrEqual(origin);
      expect(timeline.mounted.to).toBeGreaterThanOrEqual(origin + 1000 * flicksPerPixel);
      expect(timeline.mounted.flicksPerPixel).toBe(flicksPerPixel);
    }
  });

  it('does not scroll when the time is in view', () => {
    const timeline = view();
    const before = timeline.scale;
    timeline.reveal(seconds(50));
    expect(timeline.scale).toBe(before);
  });
});
