import { describe, expect, it } from 'vitest';
import type { EditCommand } from '#core/edits/registry.ts';
import { itemDuration, itemStart } from '#core/model/items.ts';
import { createFilmSession, type Tool } from '../filmSession.ts';
import { filmFixture, seconds } from '#tests/support/filmFixture.ts';
import { layLanes } from './lanes.ts';
import { TimelinePointer } from './timelinePointer.ts';

let count = 0;

/** Three clips of two seconds each, of seconds 4 to 6 of ten, seen at 100 pixels per second. */
function setUp(tool: Tool) {
  const film = filmFixture();
  const clip: EditCommand = {
    type: 'clip.append',
    timelineId: film.timeline.id,
    assetId: film.assetId,
    in: '120f',
    out: '180f',
  };
  film.edit(clip, clip, clip);
  const session = createFilmSession({
    // Another project each time: the place where a timeline was left is kept.
    projectId: `tools-${++count}`,
    timelineId: film.timeline.id,
    project: () => film.project,
  });
  session.view.resize(1000);
  const frameRate = { num: 30, den: 1 };
  session.view.zoom({ flicksPerPixel: seconds(1) / 100, x: 0, frameRate });
  session.state.setState({ isSnapping: false, tool });
  const refusals: string[] = [];
  const lanes = layLanes(film.project, film.timeline.id);
  const pointer = new TimelinePointer({
    session,
    project: () => film.project,
    timeline: () => film.timeline,
    lanes: () => lanes,
    edit: (commands) => void film.edit(...commands),
    refuse: (words) => refusals.push(words),
  });
  const top = lanes.find((lane) => lane.track.name === 'V1')?.top ?? 0;
  const at = (x: number, mod = false) => ({ x, y: top + 30, shift: false, mod });
  const drag = (from: number, to: number, mod = false) => {
    pointer.press(at(from, mod));
    pointer.move(at(to, mod));
    pointer.tick();
    return session.state.getState().gesture;
  };
  const starts = (track = 'V1') => film.itemsOn(track).map((item) => itemStart(item) / seconds(1));
  const lengths = () => film.itemsOn('V1').map((item) => itemDuration(item) / seconds(1));
  const inPoints = () =>
    film
      .itemsOn('V1')
      .map((item) => (item.kind === 'clip' ? item.sourceRange.in / seconds(1) : null));
  return { film, session, pointer, refusals, drag, at, starts, lengths, inPoints };
}

describe('the trim tools', () => {
  it('ripple moves an edge and what follows, picture and sound', () => {
    const { drag, pointer, starts, lengths } = setUp('ripple');
    drag(190, 140);
    pointer.release();
    expect(lengths()).toEqual([1.5, 2, 2]);
    expect(starts()).toEqual([0, 1.5, 3.5]);
    expect(starts('A1')).toEqual([0, 1.5, 3.5]);
  });

  it('ripple is what Ctrl does with an edge while the pointer selects', () => {
    const { drag, pointer, starts } = setUp('select');
    drag(199, 149, true);
    pointer.release();
    expect(starts()).toEqual([0, 1.5, 3.5]);
  });

  it('roll moves the cut and nothing else', () => {
    const { drag, pointer, starts, lengths } = setUp('roll');
    drag(210, 260);
    pointer.release();
    expect(starts()).toEqual([0, 2.5, 4]);
    expect(lengths()).toEqual([2.5, 1.5, 2]);
  });

  it('slip takes the picture along with the pointer', () => {
    const { drag, pointer, starts, inPoints } = setUp('slip');
    drag(300, 350);
    pointer.release();
    expect(starts()).toEqual([0, 2, 4]);
    expect(inPoints()).toEqual([4, 3.5, 4]);
  });

  it('slide moves a clip between its neighbours', () => {
    const { drag, pointer, starts, lengths, inPoints } = setUp('slide');
    drag(300, 330);
    pointer.release();
    expect(starts()).toEqual([0, 2.3, 4.3]);
    expect(lengths()).toEqual([2.3, 2, 1.7]);
    expect(inPoints()[1]).toBe(4);
  });

  it('stops where the media ends, and says so', () => {
    const { drag, pointer, inPoints } = setUp('slip');
    const gesture = drag(300, 990);
    expect(gesture).toMatchObject({ kind: 'tool', preview: { isStopped: true, refusal: null } });
    pointer.release();
    expect(inPoints()).toEqual([4, 0, 4]);
  });

  it('leaves the project as it is while the pointer moves', () => {
    const { film, drag, pointer } = setUp('ripple');
    const before = JSON.stringify(film.project.snapshot());
    expect(drag(190, 100)).toMatchObject({ kind: 'tool' });
    expect(JSON.stringify(film.project.snapshot())).toBe(before);
    pointer.cancel();
    expect(JSON.stringify(film.project.snapshot())).toBe(before);
  });

  it('says why nothing can be done', () => {
    const { film, drag, pointer, refusals } = setUp('ripple');
    film.edit({ type: 'track.set', trackId: film.track('V1').id, locked: true });
    drag(190, 140);
    pointer.release();
    expect(refusals).toEqual([expect.stringContaining('locked')]);
  });
});

describe('the razor', () => {
  it('cuts where it is pressed, on a whole frame', () => {
    const { film, pointer, at, starts } = setUp('razor');
    pointer.press(at(251));
    pointer.release();
    expect(starts().map((start) => start.toFixed(4))).toEqual([
      '0.0000',
      '2.0000',
      '2.5000',
      '4.0000',
    ]);
    expect(film.itemsOn('A1')).toHaveLength(4);
  });

  it('does nothing at an edge', () => {
    const { pointer, at, starts } = setUp('razor');
    pointer.press(at(200));
    pointer.release();
    expect(starts()).toEqual([0, 2, 4]);
  });
});
