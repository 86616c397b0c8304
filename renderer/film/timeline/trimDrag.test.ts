import { describe, expect, it } from 'vitest';
import { itemEnd, itemStart } from '#core/model/items.ts';
import { filmFixture, seconds } from '#tests/support/filmFixture.ts';
import { beginTrim, previewTrim, trimCommands } from './trimDrag.ts';

const frameRate = { num: 30, den: 1 };
const free = { targets: [], settings: { isOn: false, reach: 0, seconds: false, frameRate } };

/** One clip from second 2 to 5 that uses seconds 1 to 4 of ten. */
function oneClip() {
  const film = filmFixture();
  film.edit({
    type: 'clip.overwrite',
    timelineId: film.timeline.id,
    assetId: film.assetId,
    in: '30f',
    out: '120f',
    at: '60f',
  });
  const [item] = film.itemsOn('V1');
  if (item === undefined) throw new Error('No clip');
  return { film, item };
}

describe('trimming by the pointer', () => {
  it('stops where the media begins and ends', () => {
    const { film, item } = oneClip();
    const head = beginTrim(film.project, film.timeline, { item, edge: 'head', scope: 'linked' });
    const tail = beginTrim(film.project, film.timeline, { item, edge: 'tail', scope: 'linked' });
    if (head === null || tail === null) throw new Error('No edge');
    expect(previewTrim(film.timeline, head, -seconds(9), free)).toMatchObject({
      to: seconds(1),
      stoppedAt: 'min',
    });
    expect(previewTrim(film.timeline, tail, seconds(90), free)).toMatchObject({
      to: seconds(11),
      stoppedAt: 'max',
    });
  });

  it('leaves at least one frame', () => {
    const { film, item } = oneClip();
    const head = beginTrim(film.project, film.timeline, { item, edge: 'head', scope: 'linked' });
    if (head === null) throw new Error('No edge');
    expect(previewTrim(film.timeline, head, seconds(8), free).to).toBe(
      seconds(5) - seconds(1 / 30),
    );
  });

  it('becomes one command that the project accepts at every limit', () => {
    for (const edge of ['head', 'tail'] as const) {
      for (const delta of [-seconds(30), seconds(30), seconds(0.5)]) {
        const { film, item } = oneClip();
        const drag = beginTrim(film.project, film.timeline, { item, edge, scope: 'linked' });
        if (drag === null) throw new Error('No edge');
        const { to } = previewTrim(film.timeline, drag, delta, free);
        film.edit(...trimCommands(drag, to, 'linked'));
        const edgeOf = edge === 'head' ? itemStart : itemEnd;
        expect(film.itemsOn('V1').map(edgeOf)).toEqual([to]);
        expect(film.itemsOn('A1').map(edgeOf)).toEqual([to]);
      }
    }
  });

  it('snaps to the playhead and says where, but not past a limit', () => {
    const { film, item } = oneClip();
    const tail = beginTrim(film.project, film.timeline, { item, edge: 'tail', scope: 'linked' });
    if (tail === null) throw new Error('No edge');
    const settings = { isOn: true, reach: seconds(0.2), seconds: false, frameRate };
    const near = { targets: [seconds(6.1)], settings };
    expect(previewTrim(film.timeline, tail, seconds(1), near)).toEqual({
      to: seconds(6.1),
      snappedAt: seconds(6.1),
      stoppedAt: null,
    });
    const beyond = { targets: [seconds(11.1)], settings };
    expect(previewTrim(film.timeline, tail, seconds(6), beyond)).toMatchObject({
      to: seconds(11),
      snappedAt: null,
    });
  });

  it('does nothing when the edge is back where it was, and nothing on a locked track', () => {
    const { film, item } = oneClip();
    const tail = beginTrim(film.project, film.timeline, { item, edge: 'tail', scope: 'linked' });
    if (tail === null) throw new Error('No edge');
    expect(trimCommands(tail, tail.from, 'linked')).toEqual([]);
    film.edit({ type: 'track.set', trackId: film.track('V1').id, locked: true });
    expect(
      beginTrim(film.project, film.timeline, { item, edge: 'tail', scope: 'linked' }),
    ).toBeNull();
  });
});
