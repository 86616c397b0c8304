import { beforeEach, describe, expect, it } from 'vitest';
import { rate } from '#core/time/rate.ts';
import { type FilmFixture, filmFixture, seconds } from '#tests/support/filmFixture.ts';
import {
  filePictures,
  hasEffects,
  nestedWithOverlays,
  picturesOf,
  sceneTree,
} from './sceneTree.ts';

let film: FilmFixture;
const at = (frame: number) => {
  const tree = sceneTree(film.project, film.timeline.id, frame);
  if (tree === null) throw new Error('The film is gone');
  return tree;
};
const append = (id: string, on = film.timeline.id) =>
  film.edit({
    type: 'clip.append',
    timelineId: on,
    assetId: film.assetId,
    in: seconds(2),
    out: seconds(6),
    use: 'picture',
    clipIds: [id],
  });

beforeEach(() => {
  film = filmFixture();
});

describe('what a frame is made of', () => {
  it('needs nothing looked up for a plain clip', () => {
    append('plain');
    const [layer] = at(10).layers;
    expect(layer).toMatchObject({ kind: 'clip', blend: 'normal', picture: { look: null } });
    expect(filePictures(at(10)).map(({ key }) => key)).toEqual(['/plain']);
  });

  it('lists both sides of a transition with how they are drawn', () => {
    append('a');
    append('b');
    film.edit({
      type: 'transition.add',
      clipId: 'b',
      duration: seconds(1),
      transitionKind: 'push',
      direction: 'left',
    });
    const [layer] = at(120).layers;
    if (layer?.kind !== 'transition') throw new Error('No transition there');
    expect(picturesOf(layer).map(({ key }) => key)).toEqual(['/a', '/b']);
    expect(layer.drawing.operation).toBe('sum');
    expect(layer.drawing.to.x - layer.drawing.from.x).toBe(1280);
  });

  it('goes into nested timelines at their own rate, one key for each place', () => {
    const format = { frameRate: rate(25), width: 640, height: 360, sampleRateHz: 48_000 };
    film.edit({ type: 'timeline.create', name: 'Inner', format, timelineId: 'inner' });
    append('inside', 'inner');
    film.edit(
      { type: 'title.add', timelineId: 'inner', at: seconds(0), fields: { title: 'Inside' } },
      {
        type: 'nest.add',
        timelineId: film.timeline.id,
        nestedTimelineId: 'inner',
        clipIds: ['first'],
        use: 'picture',
      },
      {
        type: 'nest.add',
        timelineId: film.timeline.id,
        nestedTimelineId: 'inner',
        clipIds: ['second'],
        use: 'picture',
      },
    );
    const [first] = filePictures(at(60));
    expect(first).toMatchObject({ key: '/first/inside', frame: 50, frameRate: rate(25) });
    expect(nestedWithOverlays(at(60)).map(({ key }) => key)).toEqual(['/first']);
    expect(filePictures(at(125)).map(({ key }) => key)).toEqual(['/second/inside']);
    expect(at(60).overlays).toEqual([]);
  });

  it('is clear inside a timeline that a merge made show itself', () => {
    append('plain');
    film.project.apply([
      { object: 'plain', register: 'assetId', value: null },
      { object: 'plain', register: 'nestedTimelineId', value: film.timeline.id },
    ]);
    expect(filePictures(at(10))).toEqual([]);
  });

  it('knows of effects at any depth', () => {
    append('plain');
    expect(hasEffects(at(10))).toBe(false);
    film.edit({ type: 'effect.add', clipIds: ['plain'], effect: 'blur' });
    expect(hasEffects(at(10))).toBe(true);
    expect(hasEffects(at(500))).toBe(false);
  });

  it('is nothing for a timeline that is gone', () => {
    expect(sceneTree(film.project, 'gone', 0)).toBeNull();
  });
});
