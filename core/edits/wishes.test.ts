import { env } from 'node:process';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { brokenInvariants } from '#tests/edits/invariants.ts';
import { commandFor, EDIT_RATES, intents, itemsOf } from '#tests/edits/randomCommands.ts';
import { type SampleProject, sampleProject } from '#tests/edits/sampleProject.ts';
import { type Chances, momentOf, type Wish } from '#tests/edits/wish.ts';
import { WISHES } from '#tests/edits/wishes/wishes.ts';
import type { ObjectId } from '../model/entities.ts';
import type { Project } from '../model/project.ts';
import type { Write } from '../model/write.ts';
import { applyEdit } from './applyEdit.ts';
import { idsFrom } from './ids.ts';
import { editDefinitions } from './registry.ts';

/** Cases a kind of command; the long run asks for 10,000. */
const RUNS = Number(env['INKREEL_EDIT_RUNS'] ?? '120');
vi.setConfig({ testTimeout: 60_000 + RUNS * 100 });

const chances = fc.record<Chances>({
  which: fc.nat(1000),
  other: fc.nat(1000),
  amount: fc.nat(1000),
  flag: fc.boolean(),
});
const earlier = fc.array(fc.tuple(fc.constantFrom(...Object.values(WISHES)), chances), {
  maxLength: 6,
  size: 'max',
});
/** The types of commands that were accepted, over all wishes. */
const acceptedTypes = new Set<string>();
const snapshotOf = (project: Project) => JSON.stringify(project.snapshot());

describe.each(Object.entries(WISHES))('%s', (_name, wish) => {
  test('keeps the timeline sound, stays in its scope, and undo gives back every byte', () => {
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...EDIT_RATES),
        intents(8),
        earlier,
        chances,
        (frameRate, basics, others, chance) => {
          const sample = sampleProject(frameRate);
          const twin = sampleProject(frameRate);
          const both = (make: () => Parameters<typeof applyEdit>[1][number], seed: string) => {
            const command = make();
            applyEdit(twin.project, [structuredClone(command)], idsFrom(seed));
            return applyEdit(sample.project, [command], idsFrom(seed));
          };
          basics.forEach((intent, index) => {
            both(() => commandFor(sample, intent), `basic${index}`);
          });
          others.forEach(([other, otherChance], index) => {
            both(() => other.command(momentOf(sample, otherChance)), `other${index}`);
          });

          // Twice, so that what it makes at first can be built on.
          for (const round of [1, 2])
            wish.prepare?.(momentOf(sample, chance)).forEach((command, index) => {
              both(() => command, `prepared${round}-${index}`);
            });
          const moment = momentOf(sample, chance);
          const command = wish.command(moment);
          const state = snapshotOf(sample.project);
          const before = new Map(itemsOf(sample).map((item) => [item.id, item]));
          const isInScope = scopeOf(sample, wish.scope(moment, command));
          const result = applyEdit(sample.project, [command], idsFrom('it'));
          expect(applyEdit(twin.project, [structuredClone(command)], idsFrom('it'))).toEqual(
            result,
          );
          if (result.ok) {
            accepted += 1;
            acceptedTypes.add(command.type);
            expect(brokenInvariants(sample)).toEqual([]);
            expect(writesOutside(sample, wish, isInScope, result.value.writes)).toEqual([]);
            const now = (id: ObjectId) => sample.project.item(id);
            wish.expectDefinition?.({ moment, command, before, now });
            sample.project.apply(result.value.inverse);
          }
          expect(snapshotOf(sample.project)).toBe(state);
        },
      ),
      { numRuns: RUNS },
    );
    expect(accepted).toBeGreaterThan(RUNS / 20);
  });
});

test('every command there is was wished for, and accepted at least once', () => {
  const types = editDefinitions().map(({ type }) => type);
  expect(types.filter((type) => !acceptedTypes.has(type))).toEqual([]);
});

/** Tells of each object that exists now whether a command may write to it: by its own id, or by its track. */
function scopeOf(sample: SampleProject, ids: readonly ObjectId[]): (id: ObjectId) => boolean {
  const scope = new Set(ids);
  const { project } = sample;
  const tracks = new Map(itemsOf(sample).map((item) => [item.id, item.placement.trackId]));
  const markers = new Map(project.all('marker').map((marker) => [marker.id, marker.ownerId]));
  return (id) => {
    const home = tracks.get(id) ?? markers.get(id);
    return scope.has(id) || (home !== undefined && scope.has(home));
  };
}

/** What was written that the command says it does not change. New objects must be on tracks of its scope. */
function writesOutside(
  sample: SampleProject,
  wish: Wish,
  isInScope: (id: ObjectId) => boolean,
  writes: readonly Write[],
): string[] {
  const { project } = sample;
  const made = new Set(writes.filter(({ register }) => register === 'kind').map((w) => w.object));
  const outside = writes.filter(({ object, register }) => {
    if (made.has(object)) {
      const item = project.item(object);
      return item !== undefined && !made.has(item.placement.trackId)
        ? !isInScope(item.placement.trackId)
        : false;
    }
    if (['reach', 'cut'].includes(register)) return false;
    if (register === 'deleted' && !isInScope(object)) return !isTransition(sample, object);
    // The text of a chapter lies in a register for each time that it was written.
    const name = register.startsWith('text:') ? 'text' : register;
    return !isInScope(object) || !wish.registers.includes(name);
  });
  return outside.map(({ object, register }) => `${object} ${register}`);
}

/** Transitions are removed with the edit points that they bridge. */
function isTransition({ project }: SampleProject, id: ObjectId): boolean {
  return project
    .snapshot()
    .some(
      ({ object, register, value }) =>
        object === id && register === 'kind' && value === 'transition',
    );
}
