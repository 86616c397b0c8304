import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemStart } from './items.ts';
import { Project } from './project.ts';
import type { Json, Write } from './write.ts';

const CLIPS = ['c1', 'c2', 'c3', 'c4'];
const TRACKS = ['t1', 't2'];
const SETS = ['s1', 's2', null];

const registers = (object: string, values: Record<string, Json>): Write[] =>
  Object.entries(values).map(([register, value]) => ({ object, register, value }));
const placement = (trackId: string, start: number) => ({ trackId, start });
const clip = (id: string, trackId: string, start: number) =>
  registers(id, {
    kind: 'clip',
    name: id,
    assetId: 'a1',
    placement: placement(trackId, start),
    sourceRange: { in: 0, out: 100 },
  });

/** Everything that a project lists, by the look-ups that edits and views use. */
function lists(project: Project) {
  const ids = (objects: readonly { id: string }[]) => objects.map(({ id }) => id);
  return {
    snapshot: project.snapshot(),
    clips: project.all('clip'),
    onTracks: TRACKS.map((trackId) => project.itemsOn(trackId)),
    linked: project.all('clip').map((one) => ids(project.linkedWith(one))),
    grouped: project.all('clip').map((one) => ids(project.groupedWith(one))),
    nests: ['n1', 'n2'].map((timelineId) => ids(project.nestsOf(timelineId))),
    markers: CLIPS.map((id) => ids(project.markersOf(id))),
  };
}

const change = fc.oneof(
  fc.record({
    object: fc.constantFrom(...CLIPS),
    register: fc.constant('placement'),
    value: fc
      .tuple(fc.constantFrom(...TRACKS), fc.integer({ min: 0, max: 3 }))
      .map(([trackId, at]) => placement(trackId, at * 100)),
  }),
  fc.record({
    object: fc.constantFrom(...CLIPS),
    register: fc.constantFrom('linkId', 'groupId'),
    value: fc.constantFrom(...SETS),
  }),
  fc.record({
    object: fc.constantFrom(...CLIPS),
    register: fc.constant('name'),
    value: fc.string({ maxLength: 4 }),
  }),
  fc.record({
    object: fc.constantFrom(...CLIPS),
    register: fc.constant('nestedTimelineId'),
    value: fc.constantFrom('n1', 'n2', null),
  }),
  fc.record({
    object: fc.constantFrom(...CLIPS, 'm1'),
    register: fc.constant('deleted'),
    value: fc.constantFrom(true, null),
  }),
  fc.record({
    object: fc.constant('m1'),
    register: fc.constant('ownerId'),
    value: fc.constantFrom(...CLIPS),
  }),
) as fc.Arbitrary<Write>;

function start(): Write[] {
  return [
    ...CLIPS.flatMap((id, index) => clip(id, 't1', index * 100)),
    ...registers('m1', {
      kind: 'marker',
      ownerId: 'c1',
      markerKind: 'standard',
      name: 'Here',
      color: 'red',
      note: '',
      span: { time: 0, duration: 0 },
    }),
  ];
}

describe('the lists of a project', () => {
  it('are after any writes what they are in a project that is made anew', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(change, { minLength: 1, maxLength: 6 }), { maxLength: 12 }),
        (edits) => {
          const project = new Project(start());
          const before = lists(project);
          const inverses = edits.map((writes) => project.apply(writes));
          expect(lists(project)).toEqual(lists(new Project(project.snapshot())));
          for (const inverse of inverses.reverse()) project.apply(inverse);
          expect(lists(project)).toEqual(before);
        },
      ),
    );
  });

  it('hold a clip that was renamed in its old place, with its new name', () => {
    const project = new Project(start());
    project.apply([{ object: 'c2', register: 'name', value: 'Renamed' }]);
    const items = project.itemsOn('t1');
    expect(items.map((item) => item.id)).toEqual(CLIPS);
    expect(items[1]).toBe(project.find('clip', 'c2'));
    expect(project.find('clip', 'c2')?.name).toBe('Renamed');
  });

  it('follow clips that change places in one edit', () => {
    const project = new Project(start());
    project.apply([
      { object: 'c1', register: 'placement', value: placement('t1', 300) },
      { object: 'c4', register: 'placement', value: placement('t1', 0) },
    ]);
    expect(project.itemsOn('t1').map((item) => [item.id, itemStart(item)])).toEqual([
      ['c4', 0],
      ['c2', 100],
      ['c3', 200],
      ['c1', 300],
    ]);
  });
});
