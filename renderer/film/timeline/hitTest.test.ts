import { describe, expect, it } from 'vitest';
import { filmFixture, seconds } from '#tests/support/filmFixture.ts';
import { hitLane } from './hitTest.ts';

describe('what lies under the pointer', () => {
  const film = filmFixture();
  const source = { timelineId: film.timeline.id, assetId: film.assetId };
  film.edit(
    { type: 'clip.append', ...source, out: '60f' },
    { type: 'clip.append', ...source, out: '60f' },
  );
  const [first, second] = film.itemsOn('V1');
  const near = seconds(1) / 100;
  const at = (time: number) => hitLane(film.itemsOn('V1'), seconds(time), near);

  it('is the handle at an edge and the body between', () => {
    expect(at(0.05)).toEqual({ item: first, part: 'head' });
    expect(at(1)).toEqual({ item: first, part: 'body' });
    expect(at(1.95)).toEqual({ item: first, part: 'tail' });
    expect(at(2)).toEqual({ item: second, part: 'head' });
  });

  it('is nothing behind the last item', () => {
    expect(at(4)).toBeNull();
  });

  it('is only the body where the handles would cover the clip', () => {
    expect(hitLane(film.itemsOn('V1'), seconds(0), seconds(1) / 5)?.part).toBe('body');
  });
});
