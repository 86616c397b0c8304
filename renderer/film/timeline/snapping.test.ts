import { describe, expect, it } from 'vitest';
import { filmFixture, seconds } from '#tests/support/filmFixture.ts';
import { secondsCatch, snapEdges, snapTargets } from './snapping.ts';

const frameRate = { num: 30, den: 1 };
const settings = { isOn: true, reach: seconds(0.2), seconds: false, frameRate };

describe('snapping', () => {
  it('catches the nearest target within reach', () => {
    const targets = [seconds(0), seconds(4), seconds(4.4)];
    expect(snapEdges([seconds(4.1)], targets, settings)).toEqual({
      shift: -seconds(0.1),
      at: seconds(4),
    });
    expect(snapEdges([seconds(5)], targets, settings)).toBeNull();
    expect(snapEdges([seconds(4.1)], targets, { ...settings, isOn: false })).toBeNull();
  });

  it('lets whichever edge of the clip is nearer catch', () => {
    const caught = snapEdges([seconds(1.9), seconds(4.1)], [seconds(1.7), seconds(4)], settings);
    expect(caught?.at).toBe(seconds(4));
  });

  it('catches whole seconds only where nothing nearer stands', () => {
    const withSeconds = { ...settings, seconds: true };
    expect(snapEdges([seconds(2.9)], [], withSeconds)?.at).toBe(seconds(3));
    expect(snapEdges([seconds(2.9)], [seconds(2.8)], withSeconds)?.at).toBe(seconds(2.8));
    expect(snapEdges([seconds(2.9)], [seconds(2.9)], withSeconds)?.shift).toBe(0);
  });

  it('catches seconds only when they stand apart on the screen', () => {
    expect(secondsCatch(seconds(1) / 100)).toBe(true);
    expect(secondsCatch(seconds(1) / 20)).toBe(false);
  });

  it('offers the edges of other items in the window, the playhead and the beginning', () => {
    const film = filmFixture();
    const source = { timelineId: film.timeline.id, assetId: film.assetId };
    film.edit(
      { type: 'clip.append', ...source, out: '60f' },
      { type: 'clip.append', ...source, out: '90f' },
      { type: 'clip.overwrite', ...source, out: '60f', at: '9000f' },
    );
    const window = { from: seconds(0), to: seconds(60) };
    const moved = film.itemsOn('V1')[1];
    const except = new Set(moved ? film.project.linkedWith(moved).map(({ id }) => id) : []);
    const options = { window, except, playhead: seconds(3.5) };
    expect(snapTargets(film.project, film.timeline.id, options)).toEqual([0, 2, 3.5].map(seconds));
  });
});
