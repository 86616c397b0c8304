import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { brokenInvariants, momentsOf, shownAt } from '#tests/edits/invariants.ts';
import { commandFor, EDIT_RATES, intents, itemsOf } from '#tests/edits/randomCommands.ts';
import { apply, sampleProject } from '#tests/edits/sampleProject.ts';
import { itemDuration, itemStart } from '../model/items.ts';
import { Project } from '../model/project.ts';
import { applyEdit } from './applyEdit.ts';
import { idsFrom } from './ids.ts';
import type { EditCommand } from './registry.ts';

vi.setConfig({ testTimeout: 60_000 });

const editRate = fc.constantFrom(...EDIT_RATES);
const snapshotOf = (project: Project) => JSON.stringify(project.snapshot());

describe('any sequence of edits', () => {
  test('keeps the timeline sound, and undo gives back each state exactly', () => {
    fc.assert(
      fc.property(editRate, intents(30), (frameRate, wishes) => {
        const sample = sampleProject(frameRate);
        const states = [snapshotOf(sample.project)];
        const inverses = [];
        for (const [index, wish] of wishes.entries()) {
          const command = commandFor(sample, wish);
          const result = applyEdit(sample.project, [command], idsFrom(`edit${index}`));
          if (result.ok) {
            expect(brokenInvariants(sample)).toEqual([]);
            inverses.push(result.value.inverse);
            states.push(snapshotOf(sample.project));
          } else expect(snapshotOf(sample.project)).toBe(states.at(-1));
        }
        while (inverses.length > 0) {
          states.pop();
          sample.project.apply(inverses.pop() ?? []);
          expect(snapshotOf(sample.project)).toBe(states.at(-1));
        }
      }),
      { numRuns: 200 },
    );
  });

  test('as one edit is all or nothing', () => {
    fc.assert(
      fc.property(editRate, intents(12), intents(8), (frameRate, before, wishes) => {
        const sample = sampleProject(frameRate);
        for (const [index, wish] of before.entries()) {
          applyEdit(sample.project, [commandFor(sample, wish)], idsFrom(`before${index}`));
        }
        const state = snapshotOf(sample.project);
        const commands = wishes.map((wish) => commandFor(sample, wish));
        const result = applyEdit(sample.project, commands, idsFrom('all'));
        if (result.ok) {
          expect(brokenInvariants(sample)).toEqual([]);
          sample.project.apply(result.value.inverse);
        }
        expect(snapshotOf(sample.project)).toBe(state);
      }),
      { numRuns: 100 },
    );
  });

  test('gives the same writes on two computers, and the writes alone give the same project', () => {
    fc.assert(
      fc.property(editRate, intents(20), (frameRate, wishes) => {
        const [here, there] = [sampleProject(frameRate), sampleProject(frameRate)];
        const follower = new Project(here.project.snapshot());
        for (const [index, wish] of wishes.entries()) {
          const command = commandFor(here, wish);
          const seed = `edit${index}`;
          const result = applyEdit(here.project, [command], idsFrom(seed));
          expect(applyEdit(there.project, [structuredClone(command)], idsFrom(seed))).toEqual(
            result,
          );
          if (result.ok) follower.apply(JSON.parse(JSON.stringify(result.value.writes)) as never);
        }
        expect(snapshotOf(follower)).toBe(snapshotOf(here.project));
        expect(brokenInvariants({ ...here, project: follower })).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('never changes a locked track', () => {
    fc.assert(
      fc.property(editRate, intents(30), (frameRate, wishes) => {
        const sample = sampleProject(frameRate);
        for (const [index, wish] of wishes.entries()) {
          const locked = sample.project
            .tracksOf(sample.timelineId)
            .filter((track) => track.locked === true)
            .map((track) => track.id);
          const contentOf = (trackId: string) =>
            JSON.stringify(
              sample.project
                .itemsOn(trackId)
                .map((item) => [item, sample.project.transitionsOf(item.id)]),
            );
          const before = locked.map(contentOf);
          applyEdit(sample.project, [commandFor(sample, wish)], idsFrom(`edit${index}`));
          expect(locked.map(contentOf)).toEqual(before);
        }
      }),
      { numRuns: 100 },
    );
  });
});

test('a split never changes what is shown', () => {
  fc.assert(
    fc.property(
      editRate,
      intents(25),
      fc.nat(1000),
      fc.nat(999),
      (frameRate, wishes, which, at) => {
        const sample = sampleProject(frameRate);
        for (const [index, wish] of wishes.entries()) {
          applyEdit(sample.project, [commandFor(sample, wish)], idsFrom(`edit${index}`));
        }
        const items = itemsOf(sample);
        const item = items[which % Math.max(1, items.length)];
        fc.pre(item !== undefined);
        const time = itemStart(item) + Math.floor((itemDuration(item) * at) / 1000);
        const moments = momentsOf(sample);
        const before = moments.map((moment) => shownAt(sample, moment));
        const split: EditCommand = { type: 'clip.split', clipId: item.id, at: time };
        fc.pre(applyEdit(sample.project, [split], idsFrom('split')).ok);
        const after = moments.map((moment) => shownAt(sample, moment));
        expect(after).toEqual(before);
      },
    ),
    { numRuns: 200 },
  );
});

describe('a list of commands', () => {
  test('may name what its earlier commands make', () => {
    const { project, assets } = sampleProject();
    apply(project, 'list', [
      {
        type: 'timeline.create',
        name: 'Second',
        format: { frameRate: { num: 25, den: 1 }, width: 640, height: 360, sampleRateHz: 48_000 },
        tracks: 'none',
        timelineId: 'second',
      },
      { type: 'track.add', timelineId: 'second', trackKind: 'video', trackId: 'picture' },
      { type: 'track.add', timelineId: 'second', trackKind: 'audio', trackId: 'sound' },
      {
        type: 'clip.append',
        timelineId: 'second',
        assetId: assets.film,
        out: '50f',
        name: 'Opening',
        clipIds: ['opening', 'opening-sound'],
        linkId: 'together',
      },
      { type: 'clip.split', clipId: 'opening', at: '20f' },
    ]);
    expect(project.tracksOf('second').map((track) => track.id)).toEqual(['sound', 'picture']);
    expect(project.find('clip', 'opening')).toMatchObject({ name: 'Opening', linkId: 'together' });
    expect(project.itemsOn('sound').map((item) => item.id)).toContain('opening-sound');
    expect(project.itemsOn('picture')).toHaveLength(2);
    expect(project.itemsOn('sound')).toHaveLength(2);
  });

  test('cannot take an id that was ever used, of whatever kind, deleted or not', () => {
    const { project, timelineId, assets, videoTrackId } = sampleProject();
    const append = (clipId: string): EditCommand => ({
      type: 'clip.append',
      timelineId,
      assetId: assets.still,
      clipIds: [clipId],
    });
    apply(project, 'first', [append('title-card')]);
    apply(project, 'gone', [{ type: 'clip.delete', clipIds: ['title-card'] }]);
    for (const taken of ['title-card', videoTrackId, timelineId]) {
      const state = snapshotOf(project);
      const result = applyEdit(project, [append(taken)], idsFrom('again'));
      expect(result).toMatchObject({ error: { code: 'edit/id-taken' } });
      expect(snapshotOf(project)).toBe(state);
    }
  });

  test('says which command was wrong', () => {
    const { project, timelineId, assets } = sampleProject();
    const good: EditCommand = { type: 'clip.append', timelineId, assetId: assets.film };
    expect(applyEdit(project, [good, { type: 'clip.juggle' }], idsFrom('a'))).toMatchObject({
      error: { code: 'edit/unknown-command', details: { index: 1 } },
    });
    expect(
      applyEdit(project, [good, { type: 'clip.split', clipId: 'x' }], idsFrom('a')),
    ).toMatchObject({
      error: { code: 'edit/bad-command', details: { index: 1 } },
    });
  });
});
