import { expect } from 'vitest';
import type { Clip, Item, ObjectId } from '#core/model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '#core/model/items.ts';
import { assetOf } from '#core/model/project.ts';
import { sourceTimeAt } from '#core/model/sourceRange.ts';
import { flicks } from '#core/time/flicks.ts';
import { shownThrough, momentsOf } from '../invariants.ts';
import { FILM_DURATION } from '../sampleProject.ts';
import { anyTime, linkedTracks, type Moment, pick, timeWithin, type Wish } from '../wish.ts';

/** What a command may write that moves, covers or cuts other items. */
const ARRANGING = [
  'placement',
  'sourceRange',
  'fades',
  'duration',
  'motion',
  'words',
  'deleted',
  'linkId',
  'span',
  'ownerId',
];

const SPEEDS = [
  '50%',
  '200%',
  '33.3333%',
  { num: 3, den: 2 },
  { num: 24_000, den: 25_025 },
  '1000%',
  '100%',
  '12.5%',
  { num: 1, den: 1000 },
] as const;

const scopeOf = ({ chances }: Moment) => (chances.other % 4 === 0 ? 'alone' : 'linked');

/** Everything on the timeline: what follows moves along on all tracks. */
const everything = ({ tracks, timeline, items }: Moment): ObjectId[] => [
  timeline.id,
  ...tracks.map((track) => track.id),
  ...items.map((item) => item.id),
];

/** The tracks of the named item and its linked clips, and what stands on them. */
function ownTracks(moment: Moment, ids: readonly ObjectId[]): ObjectId[] {
  const trackIds = linkedTracks(moment, ids);
  const items = moment.items.filter((item) => trackIds.includes(item.placement.trackId));
  return [...trackIds, ...items.map((item) => item.id)];
}

/** A clip whose source has a time of its own, rather than any item. */
function runningId(moment: Moment): ObjectId {
  const { project } = moment.sample;
  const clips = moment.items.filter(
    (item): item is Clip =>
      item.kind === 'clip' &&
      item.assetId !== undefined &&
      assetOf(project, item)?.facts.mediaKind !== 'image',
  );
  return (
    pick(moment.chances.amount % 9 === 0 ? moment.items : clips, moment.chances.which)?.id ??
    'nothing'
  );
}

function signedSpeed(clip: Clip): number {
  const { retime } = clip.sourceRange;
  if (retime === undefined) return 1;
  return retime.kind === 'constant' ? retime.speed.num / retime.speed.den : Number.NaN;
}

const speedAsNumber = (speed: unknown): number | undefined => {
  if (typeof speed === 'string') return Number(speed.replace('%', '')) / 100;
  if (typeof speed !== 'object' || speed === null) return undefined;
  return 'num' in speed && 'den' in speed ? Number(speed.num) / Number(speed.den) : undefined;
};

/** Whether everything linked with a clip begins and ends with it, as the project was before. */
function isAligned(before: ReadonlyMap<ObjectId, Item>, clip: Clip): boolean {
  return [...before.values()]
    .filter((item) => item.kind === 'clip' && clip.linkId && item.linkId === clip.linkId)
    .every((item) => itemStart(item) === itemStart(clip) && itemEnd(item) === itemEnd(clip));
}

const setSpeed: Wish = {
  command: (moment) => {
    const { other, amount, flag } = moment.chances;
    return {
      type: 'clip.setSpeed',
      clipIds: [runningId(moment)],
      ...(other % 7 === 0 ? {} : { speed: SPEEDS[other % SPEEDS.length] ?? '50%' }),
      ...(amount % 3 === 0 ? {} : { reverse: flag }),
      mode: (['ripple', 'keep-duration', 'overwrite'] as const)[amount % 3] ?? 'ripple',
      scope: scopeOf(moment),
    };
  },
  registers: ARRANGING,
  scope: (moment, command) =>
    'mode' in command && command.mode === 'ripple'
      ? everything(moment)
      : ownTracks(moment, [runningId(moment)]),
  expectDefinition: ({ moment, command, before, now }) => {
    if (command.type !== 'clip.setSpeed') return;
    const id = command.clipIds[0] ?? '';
    const [old, clip] = [before.get(id), now(id)];
    if (old?.kind !== 'clip' || clip?.kind !== 'clip') throw new Error('The clip is gone');
    const size = speedAsNumber(command.speed) ?? (Math.abs(signedSpeed(old)) || 1);
    const sign = (command.reverse ?? signedSpeed(old) < 0) ? -1 : 1;
    const wanted = sign * (Number.isNaN(size) ? 1 : size);
    // As much source passes as the speed says, at any two moments.
    const duration = itemDuration(clip);
    const [first, second] = [Math.floor(duration / 7), Math.floor(duration / 2)];
    const passed =
      sourceTimeAt(clip.sourceRange, flicks(second)) -
      sourceTimeAt(clip.sourceRange, flicks(first));
    expect(Math.abs(passed - (second - first) * wanted)).toBeLessThanOrEqual(
      1.5 + duration * Math.abs(wanted) * 1e-9,
    );
    if (wanted === 1) expect(clip.sourceRange.retime).toBeUndefined();
    if (command.scope !== 'alone' && !isAligned(before, old)) return;
    expect(itemStart(clip)).toBe(itemStart(old));
    const used = old.sourceRange.out - old.sourceRange.in;
    const beginning = sourceTimeAt(clip.sourceRange, flicks(0));
    expect(
      Math.abs(beginning - (sign < 0 ? old.sourceRange.out : old.sourceRange.in)),
    ).toBeLessThanOrEqual(1);
    if (command.mode === 'keep-duration' || used === 0) expect(duration).toBe(itemDuration(old));
    else expect(Math.abs(duration - used / Math.abs(wanted))).toBeLessThan(moment.frame);
    if (command.mode !== 'ripple') return;
    const by = itemEnd(clip) - itemEnd(old);
    for (const other of before.values()) {
      if (other.placement.trackId !== old.placement.trackId) continue;
      const moved = itemStart(other) >= itemEnd(old) ? by : 0;
      expect(itemStart(now(other.id) ?? other)).toBe(itemStart(other) + moved);
    }
  },
};

const resetTime: Wish = {
  prepare: (moment) => [setSpeed.command({ ...moment, chances: { ...moment.chances, amount: 1 } })],
  command: (moment) => ({
    type: 'clip.resetTime',
    clipIds: [runningId(moment)],
    mode: moment.chances.flag ? 'ripple' : 'keep-duration',
    scope: scopeOf(moment),
  }),
  registers: ARRANGING,
  scope: everything,
  expectDefinition: ({ command, now }) => {
    if (command.type !== 'clip.resetTime') return;
    const clip = now(command.clipIds[0] ?? '');
    if (clip?.kind !== 'clip') throw new Error('The clip is gone');
    expect(clip.sourceRange).toEqual({
      in: clip.sourceRange.in,
      out: clip.sourceRange.in + itemDuration(clip),
    });
  },
};

const freeze: Wish = {
  command: (moment) => {
    const item = moment.sample.project.item(runningId(moment));
    const mode = (['rest', 'whole', 'insert'] as const)[moment.chances.other % 3] ?? 'rest';
    return {
      type: 'clip.freeze',
      clipId: item?.id ?? 'nothing',
      at: item ? timeWithin(item, moment) : 0,
      mode,
      ...(moment.chances.flag ? { duration: `${(moment.chances.other % 40) + 1}f` as const } : {}),
      scope: scopeOf(moment),
    };
  },
  registers: ARRANGING,
  scope: (moment, command) =>
    'mode' in command && command.mode === 'insert'
      ? everything(moment)
      : ownTracks(moment, [runningId(moment)]),
  expectDefinition: ({ moment, command, before, now }) => {
    if (command.type !== 'clip.freeze') return;
    const { project } = moment.sample;
    const old = before.get(command.clipId);
    if (old?.kind !== 'clip') throw new Error('There was no clip');
    const at = Number(command.at);
    const shown = (time: number) => {
      const clip = project
        .itemsOn(old.placement.trackId)
        .find((item) => itemStart(item) <= time && time < itemEnd(item));
      if (clip?.kind !== 'clip') throw new Error('There is a hole');
      return sourceTimeAt(clip.sourceRange, flicks(time - itemStart(clip)));
    };
    const was = (time: number) => sourceTimeAt(old.sourceRange, flicks(time - itemStart(old)));
    const held = was(at + Math.floor(moment.frame / 2));
    const frozen = project
      .itemsOn(old.placement.trackId)
      .find((item) => itemStart(item) <= at && at < itemEnd(item));
    if (frozen === undefined) throw new Error('Nothing is there');
    for (const time of [itemStart(frozen), at, itemEnd(frozen) - 1]) expect(shown(time)).toBe(held);
    if (command.mode !== 'whole' && at > itemStart(old)) {
      expect(shown(itemStart(old))).toBe(was(itemStart(old)));
      expect(shown(at - 1)).toBe(was(at - 1));
    }
    if (command.mode === 'insert') {
      expect(itemStart(frozen)).toBe(at);
      expect(Math.abs(shown(itemEnd(frozen)) - was(at))).toBeLessThanOrEqual(1);
    } else {
      expect(itemStart(frozen)).toBe(command.mode === 'whole' ? itemStart(old) : at);
      expect(itemEnd(frozen)).toBe(itemEnd(old));
    }
    if (command.scope === 'alone' || old.linkId === undefined) return;
    for (const sound of before.values()) {
      const track = project.find('track', sound.placement.trackId);
      if (sound.kind !== 'clip' || sound.linkId !== old.linkId || track?.trackKind !== 'audio')
        continue;
      const heard = project
        .itemsOn(track.id)
        .filter((item) => itemStart(item) < itemEnd(frozen) && itemEnd(item) > itemStart(frozen))
        .filter((item) => item.id === sound.id || now(item.id) !== before.get(item.id))
        .filter((item) => !before.has(item.id) || item.id === sound.id);
      expect(heard.map((item) => item.id)).toEqual([]);
    }
  },
};

/** Keys within the film, forwards and backwards, before, inside and past the clip. */
function keysFor(moment: Moment) {
  const { which, other, amount, flag } = moment.chances;
  const frame = moment.frame;
  const source = (value: number) =>
    flicks(Math.floor((FILM_DURATION / 8) * (1 + (value % 997) / 400)));
  const gap = (value: number) => ((value % 20) + 1) * frame;
  const first = flag ? 0 : -gap(which);
  return [
    { time: flicks(first), source: source(which), easing: 'ease-in' as const },
    {
      time: flicks(first + gap(other)),
      source: source(other),
      easing: [0.2, 0.1, 0.6, 0.9] as [number, number, number, number],
    },
    { time: flicks(first + gap(other) + gap(amount)), source: source(amount) },
  ];
}

const setTimeKeys: Wish = {
  command: (moment) => ({
    type: 'clip.setTimeKeys',
    clipId: runningId(moment),
    keys: keysFor(moment),
    scope: scopeOf(moment),
  }),
  registers: ['sourceRange'],
  scope: (moment) => linkedTracks(moment, [runningId(moment)]),
  expectDefinition: ({ command, before, now }) => {
    if (command.type !== 'clip.setTimeKeys') return;
    const [old, clip] = [before.get(command.clipId), now(command.clipId)];
    if (old?.kind !== 'clip' || clip?.kind !== 'clip') throw new Error('The clip is gone');
    expect(itemDuration(clip)).toBe(itemDuration(old));
    for (const { time, source } of command.keys) {
      expect(sourceTimeAt(clip.sourceRange, flicks(Number(time)))).toBe(source);
    }
    if (command.scope === 'alone') return;
    // Linked clips stay as far apart in their sources as they were where this clip begins.
    for (const other of before.values()) {
      const linked = now(other.id);
      if (other.kind !== 'clip' || linked?.kind !== 'clip' || other.linkId !== old.linkId) continue;
      if (old.linkId === undefined || linked.sourceRange.retime?.kind !== 'curve') continue;
      const distance = (of: Clip, from: Clip, at: number) =>
        sourceTimeAt(of.sourceRange, flicks(at - itemStart(of))) -
        sourceTimeAt(from.sourceRange, flicks(at - itemStart(from)));
      const apart = distance(other, old, itemStart(old));
      expect(
        Math.abs(distance(linked, clip, itemStart(clip) + 12_345_678) - apart),
      ).toBeLessThanOrEqual(1);
    }
  },
};

const remapped = (moment: Moment) => [{ ...setTimeKeys.command(moment), scope: 'linked' as const }];

/** The source times of a clip, all along it. */
function courseOf(clip: Clip): number[] {
  const duration = itemDuration(clip);
  return Array.from({ length: 21 }, (_, step) =>
    sourceTimeAt(clip.sourceRange, flicks(Math.floor((duration * step) / 20))),
  );
}

const addTimeKey: Wish = {
  prepare: (moment) => (moment.chances.flag ? remapped(moment) : []),
  command: (moment) => ({
    type: 'timeKey.add',
    clipId: runningId(moment),
    time: `${moment.chances.other % 60}f`,
  }),
  registers: ['sourceRange'],
  scope: (moment) => linkedTracks(moment, [runningId(moment)]),
  expectDefinition: ({ moment, command, before, now }) => {
    if (command.type !== 'timeKey.add') return;
    const [old, clip] = [before.get(command.clipId), now(command.clipId)];
    if (old?.kind !== 'clip' || clip?.kind !== 'clip') throw new Error('The clip is gone');
    const time = (moment.chances.other % 60) * moment.frame;
    const { retime } = clip.sourceRange;
    expect(retime?.kind === 'curve' && retime.keys.some((key) => key.time === time)).toBe(true);
    const [was, is] = [courseOf(old), courseOf(clip)];
    // A hundred-thousandth of a second is far below a frame.
    is.forEach((source, step) => {
      expect(Math.abs(source - (was[step] ?? Number.NaN))).toBeLessThan(7056);
    });
  },
};

const moveTimeKey: Wish = {
  prepare: remapped,
  command: (moment) => ({
    type: 'timeKey.move',
    clipId: runningId(moment),
    index: moment.chances.which % 4,
    ...(moment.chances.flag ? { time: `${moment.chances.other % 50}f` as const } : {}),
    source: flicks(Math.floor((FILM_DURATION * moment.chances.amount) / 1000)),
  }),
  registers: ['sourceRange'],
  scope: (moment) => linkedTracks(moment, [runningId(moment)]),
  expectDefinition: ({ command, before, now }) => {
    if (command.type !== 'timeKey.move') return;
    const [old, clip] = [before.get(command.clipId), now(command.clipId)];
    const keys = (item: Item | undefined) =>
      item?.kind === 'clip' && item.sourceRange.retime?.kind === 'curve'
        ? item.sourceRange.retime.keys
        : [];
    expect(keys(clip)[command.index]?.source).toBe(command.source);
    expect(keys(clip).toSpliced(command.index, 1)).toEqual(keys(old).toSpliced(command.index, 1));
  },
};

const removeTimeKey: Wish = {
  prepare: remapped,
  command: (moment) => ({
    type: 'timeKey.remove',
    clipId: runningId(moment),
    index: moment.chances.which % 4,
  }),
  registers: ['sourceRange'],
  scope: (moment) => linkedTracks(moment, [runningId(moment)]),
};

const easeTimeKey: Wish = {
  prepare: remapped,
  command: (moment) => ({
    type: 'timeKey.setEasing',
    clipId: runningId(moment),
    index: moment.chances.other % 3,
    easing: moment.chances.flag ? 'ease-in-out' : 'linear',
  }),
  registers: ['sourceRange'],
  scope: (moment) => linkedTracks(moment, [runningId(moment)]),
};

const place: Wish = {
  prepare: (moment) => [
    {
      type: 'timeline.setMarkedRange',
      timelineId: moment.timeline.id,
      in: anyTime(moment),
      ...(moment.chances.flag ? { out: flicks(anyTime(moment) + 33 * moment.frame) } : {}),
    },
  ],
  command: (moment) => {
    const { which, other, amount } = moment.chances;
    const assets = Object.values(moment.sample.assets);
    const from = (other % 50) * moment.frame;
    return {
      type: 'clip.place',
      timelineId: moment.timeline.id,
      assetId: assets[which % assets.length] ?? '',
      ...(which % 2 === 0 ? { in: flicks((amount % 20) * moment.frame) } : {}),
      ...(amount % 2 === 0 ? { out: flicks((25 + (amount % 20)) * moment.frame) } : {}),
      ...(other % 2 === 0 ? { from: flicks(from) } : {}),
      ...(other % 3 === 0 ? { to: flicks(from + ((which % 30) + 1) * moment.frame) } : {}),
      mode: amount % 5 < 3 ? 'overwrite' : 'insert',
      ...(other % 5 === 0
        ? {}
        : {
            fit: (['fill', 'trim-source-end', 'trim-source-start', 'ignore-timeline-out'] as const)[
              other % 4
            ],
          }),
    };
  },
  registers: ARRANGING,
  scope: everything,
  expectDefinition: ({ moment, command, before }) => {
    if (command.type !== 'clip.place') return;
    const made = moment.sample.project
      .all('clip')
      .filter(
        (clip) => !before.has(clip.id) && clip.name === assetOf(moment.sample.project, clip)?.name,
      )
      .filter((clip) => clip.id.startsWith('it-'));
    const points = [command.in, command.out, command.from, command.to];
    const isGiven = points.filter((point) => point !== undefined).length >= 3;
    const marked = isGiven ? {} : (moment.timeline.markedRange ?? {});
    const from = command.from ?? marked.in;
    const to = command.to ?? marked.out;
    // Cut halves of other clips are new as well; what was placed begins or ends at a point of the place.
    const placed = made.find(
      (clip) =>
        clip.assetId === command.assetId &&
        (from === undefined
          ? itemEnd(clip) === round(Number(to), moment)
          : itemStart(clip) === round(Number(from), moment)),
    );
    if (placed === undefined) throw new Error('Nothing was placed');
    const isStill = assetOf(moment.sample.project, placed)?.facts.mediaKind === 'image';
    if (from !== undefined && to !== undefined && command.fit !== 'ignore-timeline-out') {
      expect(itemEnd(placed)).toBe(round(Number(to), moment));
    }
    if (isStill) return;
    const beginning = sourceTimeAt(placed.sourceRange, flicks(0));
    const end = sourceTimeAt(placed.sourceRange, itemDuration(placed));
    const areFour =
      from !== undefined &&
      to !== undefined &&
      command.in !== undefined &&
      command.out !== undefined;
    if (areFour && command.fit === 'trim-source-start') {
      expect(end).toBe(command.out);
      return;
    }
    if (command.in !== undefined) expect(beginning).toBe(command.in);
    if (areFour && command.fit === 'fill') {
      expect(Math.abs(end - Number(command.out))).toBeLessThanOrEqual(1);
    }
    if (
      command.in === undefined &&
      command.out !== undefined &&
      to !== undefined &&
      from !== undefined
    ) {
      expect(end).toBe(command.out);
    }
  },
};

const round = (time: number, { frame }: Moment) => Math.floor(time / frame + 0.5) * frame;

const markRange: Wish = {
  command: (moment) => ({
    type: 'timeline.setMarkedRange',
    timelineId: moment.timeline.id,
    ...(moment.chances.flag ? { in: anyTime(moment) } : {}),
    ...(moment.chances.other % 2 === 0 ? { out: `${moment.chances.other}f` as const } : {}),
    ...(moment.chances.which % 3 === 0 ? { clear: 'both' as const } : {}),
  }),
  registers: ['markedRange'],
  scope: ({ timeline }) => [timeline.id],
  expectDefinition: ({ moment, command }) => {
    if (command.type !== 'timeline.setMarkedRange') return;
    const range = moment.sample.project.find('timeline', moment.timeline.id)?.markedRange;
    if (typeof command.in === 'number') expect(range?.in).toBe(round(command.in, moment));
    if (range?.in !== undefined && range.out !== undefined) {
      expect(range.out).toBeGreaterThan(range.in);
    }
    if (command.clear === 'both' && command.in === undefined) expect(range?.in).toBeUndefined();
  },
};

const renameTimeline: Wish = {
  command: ({ timeline, chances }) => ({
    type: 'timeline.rename',
    timelineId: timeline.id,
    name: `Film ${chances.amount}`,
  }),
  registers: ['name'],
  scope: ({ timeline }) => [timeline.id],
};

const duplicateTimeline: Wish = {
  command: ({ timeline }) => ({
    type: 'timeline.duplicate',
    timelineId: timeline.id,
    newTimelineId: 'copy',
  }),
  registers: [],
  scope: () => [],
  expectDefinition: ({ moment }) => {
    const { sample, timeline } = moment;
    const { project } = sample;
    for (const time of momentsOf(sample)) {
      expect(shownThrough(project, 'copy', time)).toEqual(shownThrough(project, timeline.id, time));
    }
    // Those of one moment stand in the order of their ids, which are others in the copy.
    const markers = (id: ObjectId) =>
      project
        .markersOf(id)
        .map(({ span }) => `${span.time} ${span.duration}`)
        .sort();
    expect(markers('copy')).toEqual(markers(timeline.id));
    const ofCopy = project
      .tracksOf('copy')
      .map(({ name, order, trackKind }) => [name, order, trackKind]);
    const ofOriginal = project
      .tracksOf(timeline.id)
      .map(({ name, order, trackKind }) => [name, order, trackKind]);
    expect(ofCopy).toEqual(ofOriginal);
  },
};

const removeTimeline: Wish = {
  prepare: ({ timeline }) => [
    { type: 'timeline.duplicate', timelineId: timeline.id, newTimelineId: 'removed' },
  ],
  command: ({ chances }) => ({
    type: 'timeline.remove',
    timelineId: chances.amount % 9 === 0 ? 'nothing' : 'removed',
  }),
  registers: ['deleted'],
  scope: ({ sample: { project } }) => [
    'removed',
    ...project
      .tracksOf('removed')
      .flatMap((track) => [
        track.id,
        ...project
          .itemsOn(track.id)
          .flatMap((item) => [item.id, ...project.markersOf(item.id).map((marker) => marker.id)]),
      ]),
    ...project.markersOf('removed').map((marker) => marker.id),
  ],
  expectDefinition: ({ moment }) => {
    const { project } = moment.sample;
    const lost = [...project.all('clip'), ...project.all('graphic'), ...project.all('cue')].filter(
      (item) => project.find('track', item.placement.trackId) === undefined,
    );
    expect(lost).toEqual([]);
    expect(project.find('timeline', 'removed')).toBeUndefined();
  },
};

export const TIME_WISHES: Record<string, Wish> = {
  setSpeed,
  resetTime,
  freeze,
  setTimeKeys,
  addTimeKey,
  moveTimeKey,
  removeTimeKey,
  easeTimeKey,
  place,
  markRange,
  renameTimeline,
  duplicateTimeline,
  removeTimeline,
};
