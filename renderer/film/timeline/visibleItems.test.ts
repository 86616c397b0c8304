import { describe, expect, it } from 'vitest';
import type { Item } from '#core/model/entities.ts';
import { filmFixture, seconds } from '#tests/support/filmFixture.ts';
import { endOfLanes, itemAt, laneContents, narrowestItem } from './visibleItems.ts';

const nobody: ReadonlySet<string> = new Set();

/** `count` captions of half a second each, one after the other. */
function captions(count: number): Item[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `cue-${index}`,
    kind: 'cue',
    placement: { trackId: 'c', start: seconds(index / 2) },
    duration: seconds(0.5),
    text: String(index),
  }));
}

describe('what of a lane is drawn', () => {
  const window = { from: seconds(10), to: seconds(20) };

  it('is what reaches into the window, and nothing else', () => {
    const { items, runs } = laneContents(captions(100_000), window, {
      narrowest: 0,
      always: nobody,
    });
    expect(items.map((item) => item.id)).toEqual(
      Array.from({ length: 20 }, (_, index) => `cue-${index + 20}`),
    );
    expect(runs).toEqual([]);
  });

  it('merges items that are too narrow into bars that cover the same time', () => {
    const { items, runs } = laneContents(captions(100_000), window, {
      narrowest: seconds(3),
      always: nobody,
    });
    expect(items).toEqual([]);
    expect(runs).toHaveLength(4);
    expect(runs[0]?.start).toBe(seconds(10));
    for (const [index, run] of runs.slice(1).entries()) expect(run.start).toBe(runs[index]?.end);
  });

  it('keeps the selected item an element of its own, however narrow', () => {
    const { items, runs } = laneContents(captions(100_000), window, {
      narrowest: seconds(3),
      always: new Set(['cue-24']),
    });
    expect(items.map((item) => item.id)).toEqual(['cue-24']);
    expect(runs.some((run) => run.start < seconds(12.5) && run.end > seconds(12))).toBe(false);
  });

  it('mounts no more than the budget over a whole film of 100,000 items', () => {
    const lanes = [captions(100_000), captions(100_000)];
    const whole = { from: seconds(0), to: seconds(50_000) };
    const narrowest = narrowestItem(lanes, whole, { floor: seconds(0.2), budget: 300 });
    const mounted = lanes.map((items) => laneContents(items, whole, { narrowest, always: nobody }));
    expect(mounted.flatMap(({ items }) => items).length).toBeLessThanOrEqual(300);
  });

  it('shows everything while the budget allows it', () => {
    const lanes = [captions(40)];
    const narrowest = narrowestItem(lanes, window, { floor: seconds(0.2), budget: 300 });
    expect(narrowest).toBe(seconds(0.2));
  });
});

describe('finding items on a lane', () => {
  it('finds the item that covers a time, its end excluded', () => {
    const film = filmFixture();
    film.edit(
      { type: 'clip.append', timelineId: film.timeline.id, assetId: film.assetId, out: '60f' },
      {
        type: 'clip.overwrite',
        timelineId: film.timeline.id,
        assetId: film.assetId,
        out: '60f',
        at: '90f',
      },
    );
    const [first, second] = film.itemsOn('V1');
    expect(itemAt(film.itemsOn('V1'), seconds(1.9))).toBe(first);
    expect(itemAt(film.itemsOn('V1'), seconds(2))).toBeUndefined();
    expect(itemAt(film.itemsOn('V1'), seconds(3))).toBe(second);
    expect(endOfLanes([film.itemsOn('V1'), film.itemsOn('A1')])).toBe(seconds(5));
  });
});
