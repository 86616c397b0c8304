import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { brokenInvariants, momentsOf, shownAt } from '#tests/edits/invariants.ts';
import {
  commandFor,
  EDIT_RATES,
  type IntentKind,
  intentOf,
  intents,
  itemsOf,
} from '#tests/edits/randomCommands.ts';
import { type SampleProject, sampleProject } from '#tests/edits/sampleProject.ts';
import type { Item } from '../model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '../model/items.ts';
import type { Project } from '../model/project.ts';
import { resolveTime, type TimeInput } from '../time/timeInput.ts';
import { type AppliedEdit, applyEdit } from './applyEdit.ts';
import { idsFrom } from './ids.ts';
import type { EditCommand } from './registry.ts';

vi.setConfig({ testTimeout: 60_000 });

const RUNS = 120;
const editRate = fc.constantFrom(...EDIT_RATES);
const snapshotOf = (project: Project) => JSON.stringify(project.snapshot());

/** What a command may write, beside transitions and new objects. */
const ITEM_REGISTERS: Partial<Record<IntentKind, readonly string[]>> = {
  rippleTrim: ['placement', 'sourceRange', 'duration'],
  roll: ['placement', 'sourceRange', 'duration'],
  slip: ['sourceRange'],
  slide: ['placement', 'sourceRange', 'duration'],
  nudge: ['placement', 'sourceRange', 'duration', 'deleted'],
  moveSeveral: ['placement', 'sourceRange', 'duration', 'deleted', 'linkId'],
  lift: ['sourceRange', 'duration', 'deleted', 'linkId'],
  extract: ['placement', 'sourceRange', 'duration', 'deleted', 'linkId'],
  closeGap: ['placement'],
  duplicate: ['placement', 'sourceRange', 'duration', 'deleted', 'linkId'],
  replace: ['assetId', 'sourceRange', 'name'],
  splitAll: ['sourceRange', 'duration', 'linkId'],
  enable: ['disabled'],
  link: ['linkId'],
  unlink: ['linkId'],
  removeTrack: ['deleted'],
  reorder: ['order'],
};

/** The tracks that a command may change, as the project was before it. */
function tracksInScope(sample: SampleProject, command: EditCommand): string[] {
  const { project } = sample;
  const all = project.tracksOf(sample.timelineId);
  if ('trackIds' in command && command.trackIds) return command.trackIds;
  if ('trackId' in command && !('clipId' in command)) return [command.trackId ?? ''];
  if (command.type === 'clip.splitAll')
    return all.filter((track) => !track.locked).map((track) => track.id);
  const named = [
    'clipId' in command ? [command.clipId] : [],
    'clipIds' in command ? (command.clipIds ?? []) : [],
  ].flat();
  if (named.length === 0) return all.map((track) => track.id);
  const isAlone = 'scope' in command && command.scope === 'alone';
  // The clip on the other side of an edit point brings what is linked with it.
  const sides = command.type === 'clip.roll' && !isAlone ? touching(sample, named[0] ?? '') : [];
  return [...named, ...sides].flatMap((id) => {
    const item = project.item(id);
    if (item === undefined) return [];
    return (isAlone ? [item] : project.linkedWith(item)).map((each) => each.placement.trackId);
  });
}

function touching(sample: SampleProject, id: string): string[] {
  const item = sample.project.item(id);
  return itemsOf(sample)
    .filter(
      (other) =>
        item !== undefined &&
        other.placement.trackId === item.placement.trackId &&
        (itemEnd(other) === itemStart(item) || itemStart(other) === itemEnd(item)),
    )
    .map((other) => other.id);
}

/** Writes that lie outside of what the command says it changes. */
function writesOutside(
  before: ReadonlyMap<string, string>,
  sample: SampleProject,
  kind: IntentKind,
  scope: readonly string[],
  edit: AppliedEdit,
): string[] {
  const registers = ITEM_REGISTERS[kind] ?? [];
  const made = new Set(
    edit.writes.filter(({ register }) => register === 'kind').map((w) => w.object),
  );
  const outside = edit.writes.filter(({ object, register }) => {
    if (made.has(object)) return false;
    const trackId = before.get(object);
    // Only transitions have no track of their own.
    if (trackId === undefined) return !['deleted', 'reach', 'cut'].includes(register);
    return !scope.includes(trackId) || !registers.includes(register);
  });
  const elsewhere = itemsOf(sample).filter(
    (item) => made.has(item.id) && !scope.includes(item.placement.trackId),
  );
  return [...outside.map((w) => `${w.object} ${w.register}`), ...elsewhere.map((item) => item.id)];
}

/** Track of every item, the track itself for tracks, and nowhere for assets and the like. */
function homes(sample: SampleProject): Map<string, string> {
  const { project } = sample;
  const objects = new Set(project.snapshot().map(({ object }) => object));
  for (const transition of project.all('transition')) objects.delete(transition.id);
  return new Map(
    [...objects].map((id) => [
      id,
      project.item(id)?.placement.trackId ?? project.find('track', id)?.id ?? 'nowhere',
    ]),
  );
}

describe.each(Object.keys(ITEM_REGISTERS) as IntentKind[])('%s', (kind) => {
  test('keeps the timeline sound, stays in its scope, and undo gives back every byte', () => {
    let accepted = 0;
    fc.assert(
      fc.property(editRate, intents(10), intentOf(kind), (frameRate, wishes, wish) => {
        const sample = sampleProject(frameRate);
        const twin = sampleProject(frameRate);
        for (const [index, earlier] of wishes.entries()) {
          const command = commandFor(sample, earlier);
          applyEdit(sample.project, [command], idsFrom(`edit${index}`));
          applyEdit(twin.project, [command], idsFrom(`edit${index}`));
        }
        const command = commandFor(sample, wish);
        const state = snapshotOf(sample.project);
        const before = new Map(itemsOf(sample).map((item) => [item.id, item]));
        const homesBefore = homes(sample);
        const scope = tracksInScope(sample, command);
        const shown = showing(sample);
        const result = applyEdit(sample.project, [command], idsFrom('it'));
        expect(applyEdit(twin.project, [structuredClone(command)], idsFrom('it'))).toEqual(result);
        if (result.ok) {
          accepted += 1;
          expect(brokenInvariants(sample)).toEqual([]);
          expect(writesOutside(homesBefore, sample, kind, scope, result.value)).toEqual([]);
          expectDefinition(sample, command, before);
          if (kind === 'splitAll') expect(showing(sample, shown.moments)).toEqual(shown);
          sample.project.apply(result.value.inverse);
        }
        expect(snapshotOf(sample.project)).toBe(state);
      }),
      { numRuns: RUNS },
    );
    expect(accepted).toBeGreaterThan(0);
  });
});

function showing(sample: SampleProject, moments = momentsOf(sample)) {
  return { moments, shown: moments.map((moment) => shownAt(sample, moment)) };
}

/** The definition of a command, in terms of the items before and after it. */
function expectDefinition(
  sample: SampleProject,
  command: EditCommand,
  before: ReadonlyMap<string, Item>,
): void {
  const now = (id: string) => sample.project.item(id);
  const timeline = sample.project.find('timeline', sample.timelineId);
  const rate = timeline?.format.frameRate ?? { num: 25, den: 1 };
  const time = (input: TimeInput) => resolveTime(input, rate);
  const beside = (item: Item) =>
    [...before.values()].filter((other) => other.placement.trackId === item.placement.trackId);
  if (!('clipId' in command) || command.clipId === undefined) return;
  const item = before.get(command.clipId);
  const after = now(command.clipId);
  if (item === undefined || after === undefined) return;
  switch (command.type) {
    case 'clip.slip':
      for (const [id, old] of before) {
        expect(now(id)?.placement).toEqual(old.placement);
        expect(now(id) && itemDuration(now(id) ?? old)).toBe(itemDuration(old));
      }
      break;
    case 'clip.roll': {
      const isHead = command.edge === 'head';
      const other = beside(item).find((each) =>
        isHead ? itemEnd(each) === itemStart(item) : itemStart(each) === itemEnd(item),
      );
      const partner = other && now(other.id);
      expect(partner && (isHead ? itemEnd(partner) : itemStart(partner))).toBe(time(command.to));
      expect(isHead ? itemStart(after) : itemEnd(after)).toBe(time(command.to));
      expect(partner && itemDuration(partner) + itemDuration(after)).toBe(
        other && itemDuration(other) + itemDuration(item),
      );
      break;
    }
    case 'clip.slide': {
      expect(itemStart(after)).toBe(itemStart(item) + time(command.by));
      expect(itemDuration(after)).toBe(itemDuration(item));
      const outer = (each: Item | undefined, old: Item) =>
        each && (itemStart(old) < itemStart(item) ? itemStart(each) : itemEnd(each));
      // What lies between two sliding items moves with them.
      const linked = new Set(sample.project.linkedWith(after).map((each) => each.id));
      if (
        command.scope !== 'alone' &&
        beside(item).filter((each) => linked.has(each.id)).length > 1
      )
        break;
      for (const old of beside(item)) {
        if (old.id !== item.id) expect(outer(now(old.id), old)).toBe(outer(old, old));
      }
      break;
    }
    case 'clip.rippleTrim': {
      const isHead = command.edge === 'head';
      const by = isHead ? -time(command.by) : time(command.by);
      expect(itemStart(after)).toBe(itemStart(item));
      expect(itemDuration(after)).toBe(itemDuration(item) + by);
      for (const old of beside(item)) {
        const delta = itemStart(old) >= itemEnd(item) ? by : 0;
        expect(itemStart(now(old.id) ?? old)).toBe(itemStart(old) + delta);
      }
      break;
    }
    default:
  }
}
