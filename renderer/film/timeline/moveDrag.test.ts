import { describe, expect, it } from 'vitest';
import type { Item } from '#core/model/entities.ts';
import { itemEnd, itemStart } from '#core/model/items.ts';
import { type FilmFixture, filmFixture, seconds } from '#tests/support/filmFixture.ts';
import { beginMove, moveCommands, previewMove } from './moveDrag.ts';

const free = {
  targets: [],
  settings: { isOn: false, reach: 0, seconds: false, frameRate: { num: 30, den: 1 } },
};
const linked = { mode: 'overwrite', scope: 'linked' } as const;

/** Two clips of two seconds that touch, with picture and sound, and an empty V2. */
function twoClips(): FilmFixture {
  const film = filmFixture();
  const source = { timelineId: film.timeline.id, assetId: film.assetId };
  film.edit(
    { type: 'clip.append', ...source, in: '60f', out: '120f' },
    { type: 'clip.append', ...source, in: '60f', out: '120f' },
    { type: 'track.add', timelineId: film.timeline.id, trackKind: 'video' },
  );
  return film;
}

function nth(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new Error(`No item ${index}`);
  return item;
}

function grab(film: FilmFixture, item: Item, selection: string[] = []) {
  const drag = beginMove(film.project, {
    primary: item,
    selection,
    scope: 'linked',
    grabbedAt: itemStart(item),
  });
  if (drag === null) throw new Error('Nothing was grabbed');
  return drag;
}

describe('dragging a clip', () => {
  it('takes the linked sound along and moves both by one command', () => {
    const film = twoClips();
    const clip = nth(film.itemsOn('V1'), 1);
    const drag = grab(film, clip);
    const pointer = {
      time: seconds(6),
      trackId: clip.placement.trackId,
      mode: 'overwrite',
    } as const;
    const preview = previewMove(film.project, film.timeline, drag, pointer, free);
    expect(preview.placed.map(({ start }) => start)).toEqual([seconds(6), seconds(6)]);
    const commands = moveCommands(film.project, drag, preview, linked);
    expect(commands).toEqual([{ type: 'clip.move', clipId: clip.id, to: seconds(6) }]);
    film.edit(...commands);
    expect(film.itemsOn('A1').map(itemStart)).toEqual([seconds(0), seconds(6)]);
  });

  it('shows what it would replace, and the edit replaces exactly that', () => {
    const film = twoClips();
    const clip = nth(film.itemsOn('V1'), 1);
    const drag = grab(film, clip);
    const pointer = { time: seconds(1.5), trackId: null, mode: 'overwrite' } as const;
    const preview = previewMove(film.project, film.timeline, drag, pointer, free);
    expect(preview.replaced).toHaveLength(2);
    for (const { start, end } of preview.replaced) {
      expect([start, end]).toEqual([seconds(1.5), seconds(2)]);
    }
    film.edit(...moveCommands(film.project, drag, preview, linked));
    expect(itemEnd(nth(film.itemsOn('V1'), 0))).toBe(seconds(1.5));
  });

  it('lies on frames, and never before the beginning', () => {
    const film = twoClips();
    const drag = grab(film, nth(film.itemsOn('V1'), 1));
    const at = (time: number) =>
      previewMove(
        film.project,
        film.timeline,
        drag,
        { time, trackId: null, mode: 'overwrite' },
        free,
      ).placed[0]?.start;
    expect(at(seconds(3) + 7_000_000)).toBe(seconds(3));
    expect(at(-seconds(9))).toBe(0);
  });

  it('changes to another track of its kind, and stays when the other is of another kind', () => {
    const film = twoClips();
    const clip = nth(film.itemsOn('V1'), 0);
    const drag = grab(film, clip);
    const over = (name: string) =>
      previewMove(
        film.project,
        film.timeline,
        drag,
        { time: 0, trackId: film.track(name).id, mode: 'overwrite' },
        free,
      );
    expect(moveCommands(film.project, drag, over('A1'), linked)).toEqual([]);
    expect(moveCommands(film.project, drag, over('V2'), linked)).toEqual([
      { type: 'clip.move', clipId: clip.id, to: 0, trackId: film.track('V2').id },
    ]);
  });

  it('refuses a locked track with its name', () => {
    const film = twoClips();
    film.edit({ type: 'track.set', trackId: film.track('V2').id, locked: true });
    const drag = grab(film, nth(film.itemsOn('V1'), 0));
    const pointer = { time: 0, trackId: film.track('V2').id, mode: 'overwrite' } as const;
    const preview = previewMove(film.project, film.timeline, drag, pointer, free);
    expect(preview.refusal).toContain('“V2” is locked');
    expect(moveCommands(film.project, drag, preview, linked)).toEqual([]);
  });

  it('does not begin on a locked track', () => {
    const film = twoClips();
    film.edit({ type: 'track.set', trackId: film.track('A1').id, locked: true });
    const primary = nth(film.itemsOn('V1'), 0);
    const options = { primary, selection: [], grabbedAt: seconds(0) };
    expect(beginMove(film.project, { ...options, scope: 'linked' })).toBeNull();
    expect(beginMove(film.project, { ...options, scope: 'alone' })).not.toBeNull();
  });

  it('moves a selection in either direction without one clip eating another', () => {
    for (const target of [seconds(1), seconds(3), seconds(20)]) {
      const film = twoClips();
      film.edit({ type: 'clip.move', clipId: nth(film.itemsOn('V1'), 1).id, to: seconds(4) });
      film.edit({ type: 'clip.move', clipId: nth(film.itemsOn('V1'), 0).id, to: seconds(2) });
      const [a, b] = [nth(film.itemsOn('V1'), 0), nth(film.itemsOn('V1'), 1)];
      const drag = grab(film, a, [a.id, b.id]);
      const pointer = { time: target, trackId: null, mode: 'overwrite' } as const;
      const preview = previewMove(film.project, film.timeline, drag, pointer, free);
      film.edit(...moveCommands(film.project, drag, preview, linked));
      for (const lane of ['V1', 'A1']) {
        expect(film.itemsOn(lane).map(itemStart)).toEqual([target, target + seconds(2)]);
      }
    }
  });

  it('keeps the dissolve between two clips that move together', () => {
    const film = twoClips();
    const [a, b] = [nth(film.itemsOn('V1'), 0), nth(film.itemsOn('V1'), 1)];
    film.edit({ type: 'transition.add', clipId: b.id, duration: '20f' });
    const drag = grab(film, a, [a.id, b.id]);
    const pointer = { time: seconds(5), trackId: null, mode: 'overwrite' } as const;
    const preview = previewMove(film.project, film.timeline, drag, pointer, free);
    film.edit(...moveCommands(film.project, drag, preview, linked));
    const after = film.project.all('transition');
    expect(after.map(({ reach }) => reach.before + reach.after)).toEqual([
      seconds(20 / 30),
      seconds(20 / 30),
    ]);
  });

  it('does nothing when it is let go where it was', () => {
    const film = twoClips();
    const clip = nth(film.itemsOn('V1'), 0);
    const drag = grab(film, clip);
    const pointer = { time: 0, trackId: clip.placement.trackId, mode: 'overwrite' } as const;
    const preview = previewMove(film.project, film.timeline, drag, pointer, free);
    expect(moveCommands(film.project, drag, preview, linked)).toEqual([]);
  });
});
