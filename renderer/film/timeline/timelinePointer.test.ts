import { describe, expect, it } from 'vitest';
import type { EditCommand } from '#core/edits/registry.ts';
import { itemStart } from '#core/model/items.ts';
import { createFilmSession } from '../filmSession.ts';
import { filmFixture, seconds } from '#tests/support/filmFixture.ts';
import { layLanes } from './lanes.ts';
import { TimelinePointer } from './timelinePointer.ts';

/** Two clips of two seconds on V1 and A1, seen at 100 pixels per second. Snapping is off. */
function setUp() {
  const film = filmFixture();
  const source = { timelineId: film.timeline.id, assetId: film.assetId };
  film.edit(
    { type: 'clip.append', ...source, in: '30f', out: '90f' },
    { type: 'clip.append', ...source, in: '30f', out: '90f' },
  );
  const session = createFilmSession({
    projectId: 'p',
    timelineId: film.timeline.id,
    project: () => film.project,
  });
  session.view.resize(1000);
  session.view.zoom({
    flicksPerPixel: seconds(1) / 100,
    x: 0,
    frameRate: film.timeline.format.frameRate,
  });
  session.state.setState({ isSnapping: false });
  const edits: (readonly EditCommand[])[] = [];
  const refusals: string[] = [];
  const lanes = layLanes(film.project, film.timeline.id);
  const pointer = new TimelinePointer({
    session,
    project: () => film.project,
    timeline: () => film.timeline,
    lanes: () => lanes,
    edit: (commands) => {
      edits.push(commands);
      film.edit(...commands);
    },
    refuse: (words) => refusals.push(words),
  });
  const y = (name: string) => (lanes.find((lane) => lane.track.name === name)?.top ?? 0) + 30;
  const at = (x: number, lane = 'V1', keys: { shift?: boolean; mod?: boolean } = {}) => ({
    x,
    y: y(lane),
    shift: false,
    mod: false,
    ...keys,
  });
  const drag = (from: ReturnType<typeof at>, ...to: ReturnType<typeof at>[]) => {
    pointer.press(from);
    for (const place of to) {
      pointer.move(place);
      pointer.tick();
    }
  };
  return { film, session, pointer, edits, refusals, at, drag };
}

describe('the pointer on the timeline', () => {
  it('selects a clip together with its sound, and nothing on an empty place', () => {
    const { film, session, pointer, at, edits } = setUp();
    pointer.press(at(50));
    pointer.release();
    const ids = [...film.itemsOn('V1'), ...film.itemsOn('A1')].map((item) => item.id);
    expect(session.state.getState().selection).toEqual(new Set([ids[2], ids[0]]));
    pointer.press(at(700));
    pointer.release();
    expect(session.state.getState().selection.size).toBe(0);
    expect(edits).toEqual([]);
  });

  it('adds to the selection with shift and takes away again', () => {
    const { session, pointer, at } = setUp();
    const click = (x: number, shift: boolean) => {
      pointer.press(at(x, 'V1', { shift }));
      pointer.release();
      return session.state.getState().selection.size;
    };
    expect([click(50, false), click(250, true), click(50, true)]).toEqual([2, 4, 2]);
  });

  it('makes one edit of a drag, however many steps it has', () => {
    const { film, pointer, edits, at, drag } = setUp();
    drag(at(250), at(300), at(400), at(451));
    pointer.release();
    expect(edits).toHaveLength(1);
    expect(film.itemsOn('V1').map(itemStart)).toEqual([0, seconds(4)]);
  });

  it('makes no edit when it is cancelled', () => {
    const { session, pointer, edits, at, drag } = setUp();
    drag(at(250), at(500));
    expect(session.state.getState().gesture?.kind).toBe('move');
    pointer.cancel();
    pointer.release();
    expect(session.state.getState().gesture).toBeNull();
    expect(edits).toEqual([]);
  });

  it('does not move a clip by a trembling click', () => {
    const { pointer, edits, at, drag } = setUp();
    drag(at(250), at(252), at(250));
    pointer.release();
    expect(edits).toEqual([]);
  });

  it('trims at an edge', () => {
    const { film, pointer, edits, at, drag } = setUp();
    drag(at(397), at(350), at(297));
    pointer.release();
    expect(edits[0]).toEqual([
      { type: 'clip.trim', clipId: film.itemsOn('V1')[1]?.id, edge: 'tail', to: seconds(3) },
    ]);
  });

  it('selects what a frame is drawn around, on the lanes that it touches', () => {
    const { film, session, pointer, at, drag } = setUp();
    drag({ ...at(600), y: 1000 }, at(250, 'A1'));
    pointer.release();
    expect(session.state.getState().selection).toEqual(new Set([film.itemsOn('A1')[1]?.id]));
  });

  it('inserts instead of overwriting while the key is held', () => {
    const { film, pointer, at, drag } = setUp();
    drag(at(250), at(100, 'V1', { mod: true }), at(50, 'V1', { mod: true }));
    pointer.release();
    expect(film.itemsOn('V1')).toHaveLength(2);
    expect(film.itemsOn('V1').map(itemStart)).toEqual([seconds(0), seconds(2)]);
  });

  it('says why a clip on a locked track stays', () => {
    const { film, pointer, refusals, edits, at, drag } = setUp();
    film.edit({ type: 'track.set', trackId: film.track('A1').id, locked: true });
    drag(at(250), at(500), at(600));
    pointer.release();
    expect(refusals).toEqual(['Track “A1” is locked. Unlock it to edit what stands on it.']);
    expect(edits).toEqual([]);
  });

  it('drops a file where it is shown', () => {
    const { film, session, pointer, at } = setUp();
    pointer.dragOver({ kind: 'asset', assetId: film.assetId }, at(500));
    expect(session.state.getState().gesture?.kind).toBe('drop');
    pointer.drop();
    expect(film.itemsOn('V1').map(itemStart)).toEqual([0, 2, 5].map(seconds));
    expect(session.state.getState().gesture).toBeNull();
  });
});
