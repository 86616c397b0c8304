import { expect } from 'vitest';
import { MARKER_COLORS, type Marker, type ObjectId } from '#core/model/entities.ts';
import { clipMarkerTimes } from '#core/model/markerTimes.ts';
import { flicks } from '#core/time/flicks.ts';
import { type Context, frameTime } from '../inStep.ts';
import { anyTime, type Moment, pick, timeWithin, type Wish } from '../wish.ts';

const KINDS = ['standard', 'to-do', 'chapter'] as const;

function markersOf({ sample }: Moment): Marker[] {
  return sample.project.all('marker');
}

function anyMarkerId(moment: Moment): ObjectId {
  return pick(markersOf(moment), moment.chances.which)?.id ?? 'nothing';
}

/** Expects that no item changed, and no marker but those named. */
function expectOnly({ moment, before, now }: Context, ids: readonly ObjectId[]): void {
  for (const [id, old] of before) expect(now(id)).toEqual(old);
  const known = markersBefore.get(moment) ?? [];
  for (const marker of known) {
    if (ids.includes(marker.id)) continue;
    expect(moment.sample.project.find('marker', marker.id)).toEqual(marker);
  }
}

const markersBefore = new WeakMap<Moment, Marker[]>();

function scopeOf(moment: Moment, ids: readonly ObjectId[]): readonly ObjectId[] {
  markersBefore.set(moment, markersOf(moment));
  return ids;
}

/** Where the timeline shows a marker. */
function shownAt(moment: Moment, id: ObjectId): number | undefined {
  const { project } = moment.sample;
  const marker = project.find('marker', id);
  if (marker === undefined) return undefined;
  const clip = project.find('clip', marker.ownerId);
  if (clip === undefined) return marker.span.time;
  return clipMarkerTimes(project, clip).find((shown) => shown.marker.id === id)?.time;
}

export const MARKER_WISHES: Record<string, Wish> = {
  markerAdd: {
    command: (moment) => {
      const { chances, timeline, items } = moment;
      const item = chances.flag ? undefined : pick(items, chances.which);
      return {
        type: 'marker.add',
        ownerId: item?.id ?? timeline.id,
        at: item === undefined ? anyTime(moment) : timeWithin(item, moment),
        markerKind: KINDS[chances.other % (chances.flag ? 3 : 2)] ?? 'standard',
        name: `Marker ${chances.amount}`,
        ...(chances.amount % 3 === 0 ? { duration: `${chances.other % 30}f` } : {}),
        ...(chances.amount % 2 === 0 ? { color: pick(MARKER_COLORS, chances.other) } : {}),
      };
    },
    registers: [],
    scope: (moment) => scopeOf(moment, []),
    expectDefinition: (context) => {
      const { command, moment } = context;
      if (command.type !== 'marker.add') return;
      expectOnly(context, []);
      const known = new Set((markersBefore.get(moment) ?? []).map(({ id }) => id));
      const [marker] = markersOf(moment).filter(({ id }) => !known.has(id));
      expect(marker).toMatchObject({ ownerId: command.ownerId, name: command.name });
      const clip = moment.sample.project.find('clip', command.ownerId);
      const isCurve = clip?.sourceRange.retime?.kind === 'curve';
      // A curve may show a moment twice; the first time counts.
      if (isCurve || marker === undefined) return;
      expect(shownAt(moment, marker.id)).toBe(frameTime(moment, command.at));
    },
  },
  markerMove: {
    command: (moment) => {
      const id = anyMarkerId(moment);
      const { project } = moment.sample;
      const clip = project.find('clip', project.find('marker', id)?.ownerId ?? '');
      const to = clip && !moment.chances.flag ? timeWithin(clip, moment) : anyTime(moment);
      return { type: 'marker.move', markerId: id, to: flicks(to) };
    },
    registers: ['span'],
    scope: (moment, command) =>
      scopeOf(moment, command.type === 'marker.move' ? [command.markerId] : []),
    expectDefinition: (context) => {
      const { command, moment } = context;
      if (command.type !== 'marker.move') return;
      expectOnly(context, [command.markerId]);
      const { project } = moment.sample;
      const marker = project.find('marker', command.markerId);
      if (project.find('clip', marker?.ownerId ?? '') !== undefined) return;
      expect(marker?.span.time).toBe(frameTime(moment, command.to));
    },
  },
  markerSet: {
    command: (moment) => {
      const { amount, flag } = moment.chances;
      return {
        type: 'marker.set',
        markerIds: [anyMarkerId(moment)],
        name: `Name ${amount}`,
        note: flag ? 'Note' : null,
        color: flag ? null : 'green',
        ...(amount % 2 === 0 ? { duration: `${amount % 50}f` } : {}),
        ...(amount % 3 === 0 ? { markerKind: pick(KINDS, amount) } : {}),
      };
    },
    registers: ['name', 'note', 'color', 'markerKind', 'span'],
    scope: (moment, command) =>
      scopeOf(moment, command.type === 'marker.set' ? command.markerIds : []),
    expectDefinition: (context) => {
      const { command, moment } = context;
      if (command.type !== 'marker.set') return;
      expectOnly(context, command.markerIds);
      for (const id of command.markerIds) {
        const marker = moment.sample.project.find('marker', id);
        const old = (markersBefore.get(moment) ?? []).find((each) => each.id === id);
        expect(marker?.name).toBe(command.name);
        expect(marker?.note).toBe(command.note ?? undefined);
        expect(marker?.color).toBe(command.color ?? undefined);
        expect(marker?.markerKind).toBe(command.markerKind ?? old?.markerKind);
        expect(marker?.span.time).toBe(old?.span.time);
      }
    },
  },
  markerRemove: {
    command: (moment) => ({ type: 'marker.remove', markerIds: [anyMarkerId(moment)] }),
    registers: ['deleted'],
    scope: (moment, command) =>
      scopeOf(moment, command.type === 'marker.remove' ? command.markerIds : []),
    expectDefinition: (context) => {
      const { command, moment } = context;
      if (command.type !== 'marker.remove') return;
      expectOnly(context, command.markerIds);
      for (const id of command.markerIds) {
        expect(moment.sample.project.find('marker', id)).toBeUndefined();
      }
    },
  },
};
