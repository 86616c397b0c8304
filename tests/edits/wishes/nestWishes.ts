import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { EditCommand } from '#core/edits/registry.ts';
import type { Clip, ObjectId } from '#core/model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '#core/model/items.ts';
import { CLIP_PARAMETERS } from '#core/model/parameters.ts';
import { nestedTimelines } from '#core/model/nestedTimelines.ts';
import { brokenInvariants, isThere, momentsOf, shownThrough } from '../invariants.ts';
import { anyItemId, anyTime, type Moment, pick, type Wish } from '../wish.ts';

type Shown = { time: number; shown: ReturnType<typeof shownThrough> };

/** What was seen and heard before a command, by its moment. */
const remembered = new WeakMap<Moment, Shown[]>();

function remember(moment: Moment): void {
  const { project } = moment.sample;
  const times = momentsOf(moment.sample).filter((time) => time >= 0);
  remembered.set(
    moment,
    times.map((time) => ({ time, shown: shownThrough(project, moment.timeline.id, time) })),
  );
}

/** Fails where something is seen or heard that was not, or in another order; a cut may round source times by a flick. */
function expectSameFilm(moment: Moment, isExempt: (time: number) => boolean = () => false): void {
  const { project } = moment.sample;
  const before = remembered.get(moment);
  if (before === undefined) throw new Error('Nothing was remembered');
  for (const { time, shown } of before) {
    if (isExempt(time)) continue;
    const now = shownThrough(project, moment.timeline.id, time);
    for (const half of ['pictures', 'sounds'] as const) {
      expect({ time, [half]: now[half].map(withoutTime) }).toEqual({
        time,
        [half]: shown[half].map(withoutTime),
      });
      now[half].forEach((text, index) => {
        expect(Math.abs(timeIn(text) - timeIn(shown[half][index] ?? ''))).toBeLessThanOrEqual(2);
      });
    }
  }
}

const SOURCE_TIME = /@(-?\d+) /;
const withoutTime = (text: string) => text.replace(SOURCE_TIME, '');
const timeIn = (text: string) => Number(SOURCE_TIME.exec(text)?.[1] ?? 0);

function expectSoundTimelines({ sample }: Moment): void {
  for (const { id } of sample.project.all('timeline')) {
    expect(brokenInvariants({ ...sample, timelineId: id })).toEqual([]);
    expect(nestedTimelines(sample.project, id)).not.toContain(id);
  }
}

/** All timelines with what is on them. */
const everything = ({ sample: { project } }: Moment): ObjectId[] => [
  ...project.all('timeline').map(({ id }) => id),
  ...project.all('track').flatMap(({ id }) => [id, ...project.itemsOn(id).map((item) => item.id)]),
];

const ARRANGING = [
  'placement',
  'sourceRange',
  'fades',
  'duration',
  'motion',
  'words',
  'deleted',
  'linkId',
  'groupId',
  'span',
  'ownerId',
];

const chosen = ({ items, chances }: Moment): ObjectId[] => {
  const { which, other, amount } = chances;
  const index = which % Math.max(1, items.length);
  // Mostly neighbours, which can be nested; sometimes any two.
  return amount % 4 === 0
    ? [pick(items, which)?.id ?? 'nothing', pick(items, other)?.id ?? 'nothing']
    : items.slice(index, index + 1 + (other % 3)).map((item) => item.id);
};

const makeNest: Wish = {
  command: (moment) => ({
    type: 'nest.make',
    clipIds: moment.items.length === 0 ? ['nothing'] : chosen(moment),
    newTimelineId: 'inner',
    scope: moment.chances.flag ? 'linked' : 'alone',
  }),
  // Inside, handles of a transition show more of the source, before which keyframes and effects keep their times.
  registers: [...ARRANGING, ...Object.keys(CLIP_PARAMETERS), 'effects'],
  scope: (moment) => {
    remember(moment);
    return everything(moment);
  },
  expectDefinition: ({ moment, command, before }) => {
    if (command.type !== 'nest.make') return;
    expectSameFilm(moment);
    expectSoundTimelines(moment);
    const { project } = moment.sample;
    for (const id of command.clipIds) {
      const track = project.find('track', project.item(id)?.placement.trackId ?? '');
      expect(track?.timelineId).toBe('inner');
    }
    // Nothing else has moved.
    for (const [id, item] of before) {
      const now = project.item(id);
      const track = project.find('track', now?.placement.trackId ?? '');
      if (track?.timelineId !== 'inner') expect(now?.placement).toEqual(item.placement);
    }
    const nests = project.nestsOf('inner');
    expect(nests.length).toBeGreaterThan(0);
    expect(nests.length).toBeLessThanOrEqual(2);
    if (nests.length > 1) expect(nests[0]?.linkId).toBe(nests[1]?.linkId);
  },
};

/** A nested clip to have, made of neighbours. */
const nested = (moment: Moment): EditCommand[] =>
  moment.items.length === 0
    ? []
    : [{ type: 'nest.make', clipIds: chosen(moment), newTimelineId: 'inner' }];

const nestId = ({ sample, chances }: Moment): ObjectId =>
  pick(sample.project.nestsOf('inner'), chances.other)?.id ??
  pick(sample.project.all('clip'), chances.which)?.id ??
  'nothing';

/** Transitions at the edges of clips that show `inner`, before a command, by its moment. */
const bridgesBefore = new WeakMap<Moment, Bridge[]>();
type Bridge = { id: ObjectId; nest: Clip; edge: 'head' | 'tail'; at: number; reach: Reach };
type Reach = { before: number; after: number };

function bridgesOf({ sample: { project } }: Moment): Bridge[] {
  return project.nestsOf('inner').flatMap((nest) =>
    project.transitionsOf(nest.id).map(({ id, cut, reach }): Bridge => {
      const edge = cut.incomingId === nest.id ? 'head' : 'tail';
      return { id, nest, edge, at: edge === 'head' ? itemStart(nest) : itemEnd(nest), reach };
    }),
  );
}

/**
 * The time of bridges that show something else now: those that are shorter or gone, which fails where what stands at the
 * edge has the media for them, and those that went on into what came next in the nested timeline, and go on now with the
 * media of the item at the edge.
 */
function changedBridges(moment: Moment): { from: number; to: number }[] {
  const { project } = moment.sample;
  return (bridgesBefore.get(moment) ?? []).flatMap(({ id, nest, edge, at, reach }) => {
    const now = project.find('transition', id);
    const time = { from: at - reach.before, to: at + reach.after };
    if (project.item(nest.id) !== undefined) return [];
    if (isDeepStrictEqual(now?.reach, reach)) {
      const border = edge === 'head' ? nest.sourceRange.in : nest.sourceRange.out;
      const goesOn = project
        .tracksOf('inner')
        .flatMap((track) => project.itemsOn(track.id))
        .every((inner) => itemStart(inner) !== border && itemEnd(inner) !== border);
      return goesOn ? [] : [time];
    }
    const item = project
      .itemsOn(nest.placement.trackId)
      .find((one) => (edge === 'head' ? itemStart(one) : itemEnd(one)) === at);
    const hasMedia =
      item?.kind === 'clip' &&
      project.transitionsOf(item.id).every((other) => other.id === id) &&
      (edge === 'head'
        ? isThere(project, item, -reach.before) && reach.after <= itemDuration(item)
        : isThere(project, item, itemDuration(item) + reach.after) &&
          reach.before <= itemDuration(item));
    expect({ id, hasMedia }).toEqual({ id, hasMedia: false });
    return [time];
  });
}

const unnest: Wish = {
  prepare: (moment) => [
    ...nested(moment),
    ...(moment.chances.amount % 3 === 0
      ? [{ type: 'clip.splitAll' as const, timelineId: moment.timeline.id, at: anyTime(moment) }]
      : []),
  ],
  command: (moment) => ({
    type: 'nest.unnest',
    clipId: nestId(moment),
    scope: moment.chances.flag ? 'linked' : 'alone',
  }),
  registers: ARRANGING,
  scope: (moment) => {
    remember(moment);
    bridgesBefore.set(moment, bridgesOf(moment));
    return everything(moment);
  },
  expectDefinition: ({ moment, command }) => {
    if (command.type !== 'nest.unnest') return;
    const changed = changedBridges(moment);
    expectSameFilm(moment, (time) => changed.some(({ from, to }) => from <= time && time < to));
    expectSoundTimelines(moment);
    expect(moment.sample.project.item(command.clipId)).toBeUndefined();
  },
};

const addNest: Wish = {
  prepare: (moment) => [
    { type: 'timeline.duplicate', timelineId: moment.timeline.id, newTimelineId: 'other' },
    ...nested(moment),
  ],
  command: (moment) => {
    const { amount, other, flag } = moment.chances;
    // Now and then one that shows this timeline, or itself.
    const into = amount % 8 === 0 ? 'inner' : moment.timeline.id;
    return {
      type: 'nest.add',
      timelineId: into,
      nestedTimelineId: amount % 8 === 0 ? moment.timeline.id : flag ? 'inner' : 'other',
      at: anyTime(moment),
      mode: (['insert', 'overwrite', 'append'] as const)[other % 3] ?? 'append',
      ...(other % 2 === 0 ? { in: `${amount % 30}f` as const } : {}),
      ...(amount % 2 === 0 ? { out: `${30 + (other % 30)}f` as const } : {}),
    };
  },
  registers: ARRANGING,
  scope: everything,
  expectDefinition: ({ moment, command, before }) => {
    if (command.type !== 'nest.add') return;
    expectSoundTimelines(moment);
    const { project } = moment.sample;
    const made = project
      .nestsOf(command.nestedTimelineId)
      .filter((clip) => !before.has(clip.id) && clip.linkId?.startsWith('it-') !== false);
    const clip = made.find(
      (each) => project.find('track', each.placement.trackId)?.timelineId === command.timelineId,
    );
    if (clip === undefined) throw new Error('Nothing was added');
    const shown = shownThrough(project, command.nestedTimelineId, clip.sourceRange.in);
    const here = shownThrough(project, command.timelineId, itemStart(clip));
    const isSound = project.find('track', clip.placement.trackId)?.trackKind === 'audio';
    if (isSound) expect(here.sounds).toEqual(expect.arrayContaining(shown.sounds));
    else expect(here.pictures).toEqual(expect.arrayContaining(shown.pictures));
  },
};

/** A choice of one item only, whatever it is. */
const nestOne: Wish = {
  ...makeNest,
  command: (moment) => ({
    type: 'nest.make',
    clipIds: [anyItemId(moment)],
    newTimelineId: 'inner',
    scope: 'alone',
  }),
};

export const NEST_WISHES: Record<string, Wish> = { makeNest, nestOne, addNest, unnest };
