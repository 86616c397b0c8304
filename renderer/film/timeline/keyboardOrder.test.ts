import { describe, expect, it } from 'vitest';
import { type FilmFixture, filmFixture, seconds } from '#tests/support/filmFixture.ts';
import { type Direction, editPoint, firstStop, lanesOf, neighbourOf } from './keyboardOrder.ts';

/** V1/A1: clips at 0–2, 2–4 and 6–8; G1: a title at 3–7. */
function film(): FilmFixture {
  const made = filmFixture();
  const source = { timelineId: made.timeline.id, assetId: made.assetId };
  made.edit(
    { type: 'clip.append', ...source, out: '60f' },
    { type: 'clip.append', ...source, out: '60f' },
    { type: 'clip.overwrite', ...source, out: '60f', at: '180f' },
    { type: 'title.add', timelineId: made.timeline.id, at: '90f' },
  );
  return made;
}

describe('going from clip to clip by keyboard', () => {
  it('lists tracks as they lie on the screen: graphics, picture, sound', () => {
    const { project, timeline } = film();
    expect(lanesOf(project, timeline.id).map((track) => track.name)).toEqual(['G1', 'V1', 'A1']);
  });

  it('follows the arrows along a track and across tracks, and stops at the ends', () => {
    const { project, timeline, itemsOn } = film();
    const [a, b, c] = itemsOn('V1');
    const [title] = itemsOn('G1');
    const [soundA] = itemsOn('A1');
    if (!a || !b || !c || !title || !soundA) throw new Error('Items are missing');
    const go = (from: typeof a, direction: Direction) =>
      neighbourOf(project, timeline.id, from, direction)?.id;
    expect(go(a, 'right')).toBe(b.id);
    expect(go(c, 'left')).toBe(b.id);
    expect(go(a, 'left')).toBeUndefined();
    expect(go(a, 'up')).toBe(title.id);
    expect(go(title, 'down')).toBe(b.id);
    expect(go(a, 'down')).toBe(soundA.id);
    expect(go(soundA, 'down')).toBeUndefined();
  });

  it('begins at the playhead', () => {
    const { project, timeline, itemsOn } = film();
    expect(firstStop(project, timeline.id, seconds(5))?.id).toBe(itemsOn('G1')[0]?.id);
    const empty = filmFixture();
    expect(firstStop(empty.project, empty.timeline.id, seconds(5))).toBeUndefined();
  });

  it('seeks the edit points of all tracks in both directions', () => {
    const { project, timeline } = film();
    const points: number[] = [];
    for (let time = editPoint(project, timeline.id, seconds(0), 'next'); time !== undefined; ) {
      points.push(time);
      time = editPoint(project, timeline.id, time, 'next');
    }
    expect(points).toEqual([2, 3, 4, 6, 7, 8].map(seconds));
    const back: number[] = [];
    for (let time = editPoint(project, timeline.id, seconds(8), 'previous'); time !== undefined; ) {
      back.push(time);
      time = editPoint(project, timeline.id, time, 'previous');
    }
    expect(back).toEqual([7, 6, 4, 3, 2, 0].map(seconds));
  });
});
