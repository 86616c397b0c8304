import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settle } from '#core/fault.ts';
import { ProjectFile } from './projectFile.ts';

let folder: string;
let path: string;
let file: ProjectFile;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkreel-history-'));
  path = join(folder, 'film.inkreel');
  file = ProjectFile.create(path, 'Start', { author: 'ana' });
});
afterEach(() => {
  file.close();
  rmSync(folder, { recursive: true, force: true });
});

function rename(name: string, gesture?: string): number {
  return file.edit([{ type: 'project.rename', name }], { ...(gesture && { gesture }) }).revision;
}

function reopen(options: Parameters<typeof ProjectFile.open>[1] = {}): void {
  file.close();
  file = ProjectFile.open(path, options);
}

function codeOf(work: () => unknown): string | null {
  const result = settle(work);
  return result.ok ? null : result.error.code;
}

describe('going through the history', () => {
  it('makes one commit of a whole way, and leads to any branch', () => {
    const names = ['One', 'Two', 'Three'].map((name) => rename(name));
    file.undo(2);
    const other = rename('Other way');
    rename('Further');
    expect(file.goTo(names[2] ?? 0).revision).toBe(8);
    expect(file.name).toBe('Three');
    reopen();
    expect(file.name).toBe('Three');
    file.goTo(other);
    expect(file.name).toBe('Other way');
    expect(file.redo().redone).toEqual(['Rename project']);
    expect(file.name).toBe('Further');
    file.goTo(0);
    expect(file.project.snapshot()).toEqual([]);
    expect(file.integrityProblems()).toEqual([]);
  });

  it('comes back by redo the way it went by undo, on an old branch too', () => {
    const old = rename('Old');
    const older = rename('Older branch');
    file.undo(2);
    rename('New');
    file.goTo(older);
    file.undo();
    expect(file.head).toBe(old);
    file.redo();
    expect(file.name).toBe('Older branch');
  });

  it('follows the youngest branch by redo from where it never came back from', () => {
    const old = rename('Old');
    rename('Eldest');
    file.goTo(old);
    rename('Youngest');
    rename('Its end');
    file.goTo(1);
    rename('Elsewhere');
    file.goTo(old);
    expect(file.redo(100).redone).toHaveLength(2);
    expect(file.name).toBe('Its end');
  });

  it('says no to a step that is not there', () => {
    expect(codeOf(() => file.goTo(99))).toBe('project/no-such-step');
    expect(file.name).toBe('Start');
  });

  it('brings back every state there ever was, by whatever way', () => {
    type Step =
      | { do: 'edit'; name: string; gesture: string | null }
      | { do: 'undo' | 'redo'; steps: number }
      | { do: 'goTo'; share: number }
      | { do: 'reopen' };
    const step: fc.Arbitrary<Step> = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          do: fc.constant('edit' as const),
          name: fc.string({ minLength: 1, maxLength: 4, unit: 'grapheme-ascii' }),
          gesture: fc.option(fc.constantFrom('a', 'b')),
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({
          do: fc.constantFrom('undo' as const, 'redo' as const),
          steps: fc.integer({ min: 1, max: 6 }),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          do: fc.constant('goTo' as const),
          share: fc.double({ min: 0, max: 1, noNaN: true }),
        }),
      },
      { weight: 1, arbitrary: fc.constant({ do: 'reopen' as const }) },
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        const known = new Map<number, string>();
        const see = () => {
          const shown = JSON.stringify(file.project.snapshot());
          expect(known.get(file.head) ?? shown).toBe(shown);
          known.set(file.head, shown);
        };
        see();
        for (const one of steps) {
          if (one.do === 'edit') {
            settle(() => rename(one.name, one.gesture ?? undefined));
          } else if (one.do === 'undo') {
            const before = JSON.stringify(file.project.snapshot());
            const { length } = file.undo(one.steps).undone;
            see();
            if (length > 0) {
              file.redo(length);
              expect(JSON.stringify(file.project.snapshot())).toBe(before);
              file.undo(length);
            }
          } else if (one.do === 'redo') file.redo(one.steps);
          else if (one.do === 'goTo') file.goTo(Math.floor(one.share * file.revision));
          else reopen();
          see();
        }
        for (const [head, shown] of known) {
          file.goTo(head);
          expect(JSON.stringify(file.project.snapshot())).toBe(shown);
        }
        expect(file.integrityProblems()).toEqual([]);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

describe('a note', () => {
  const note = (value: string) =>
    file.note('Noted', [{ object: 'asset', register: 'contentHash', value }]);
  const noted = () =>
    file.project.snapshot().find(({ register }) => register === 'contentHash')?.value;

  it('is on disk, and neither undo nor redo nor the list knows of it', () => {
    rename('One');
    rename('Two');
    file.undo();
    expect(note('sha256:1').revision).toBe(5);
    expect(file.redo().redone).toEqual(['Rename project']);
    expect(file.undo(10).undone).toHaveLength(3);
    expect(noted()).toBe('sha256:1');
    reopen();
    expect(noted()).toBe('sha256:1');
    expect(file.entries(10).map(({ kind }) => kind)).not.toContain('note');
    expect(file.integrityProblems()).toEqual([]);
  });
});

describe('a gesture', () => {
  it('is one step of undo, though each edit of it is on disk', () => {
    rename('Before');
    for (const name of ['D', 'Dr', 'Dra', 'Drag']) rename(name, 'drag-1');
    rename('After');
    reopen();
    expect(file.revision).toBe(7);
    expect(file.undo().undone).toHaveLength(1);
    expect(file.name).toBe('Drag');
    expect(file.undo().undone).toHaveLength(1);
    expect(file.name).toBe('Before');
    file.redo();
    expect(file.name).toBe('Drag');
    expect(file.redo(5).redone).toHaveLength(1);
    expect(file.name).toBe('After');
    const steps = file.entries(100).filter((entry) => entry.kind === 'edit');
    expect(new Set(steps.map((entry) => entry.step)).size).toBe(4);
  });

  it('ends where another edit or another branch begins', () => {
    rename('One', 'a');
    rename('Two', 'b');
    rename('Three', 'a');
    file.undo();
    expect(file.name).toBe('Two');
    file.undo();
    rename('Four', 'a');
    file.undo();
    expect(file.name).toBe('Start');
  });

  it('can be gone into the middle of, and back out', () => {
    rename('A', 'drag');
    const middle = rename('B', 'drag');
    rename('C', 'drag');
    file.goTo(middle);
    expect(file.name).toBe('B');
    file.redo();
    expect(file.name).toBe('C');
    file.goTo(middle);
    file.undo();
    expect(file.name).toBe('Start');
  });
});

describe('the list of changes', () => {
  it('says who, when, on which branch, and where the project stands', () => {
    const before = Date.now();
    rename('One');
    reopen({ author: 'ben' });
    rename('Two');
    file.undo();
    rename('Three');
    const [third, undone, second, first] = file.entries(10);
    expect(third).toMatchObject({
      kind: 'edit',
      author: 'ben',
      parent: 2,
      branch: 5,
      applied: true,
    });
    expect(undone).toMatchObject({ kind: 'undo', parent: 3, head: 2, branch: null });
    expect(second).toMatchObject({ label: 'Rename project', branch: 1, applied: false });
    expect(first).toMatchObject({ author: 'ana', branch: 1, applied: true });
    expect(first?.atMs).toBeGreaterThanOrEqual(before);
    expect(file.head).toBe(5);
    expect(file.entries(10, 3).map((entry) => entry.revision)).toEqual([2, 1]);
  });
});

describe('named versions', () => {
  it('bring a state back as a step that undo takes back', () => {
    rename('First cut');
    file.saveVersion('First cut');
    rename('Second cut');
    file.undo(2);
    rename('Another way');
    reopen();
    expect(file.restoreVersion('First cut').writes).toHaveLength(1);
    expect(file.name).toBe('First cut');
    expect(file.history().undo).toBe('Restore “First cut”');
    file.undo();
    expect(file.name).toBe('Another way');
    expect(file.integrityProblems()).toEqual([]);
  });

  it('are renamed and forgotten without touching the state', () => {
    const saved = file.saveVersion(' Rough ');
    expect(saved).toMatchObject({ name: 'Rough', revision: 1, author: 'ana' });
    file.renameVersion('Rough', 'Fine');
    rename('Changed');
    expect(file.versions().map(({ name, revision }) => [name, revision])).toEqual([['Fine', 1]]);
    file.deleteVersion('Fine');
    expect(file.versions()).toEqual([]);
    expect(codeOf(() => file.restoreVersion('Fine'))).toBe('project/no-such-version');
    file.goTo(1);
    expect(file.name).toBe('Start');
  });

  it('say no to names that are taken, missing or no names', () => {
    file.saveVersion('Café');
    // The same letters, put together in another way.
    expect(codeOf(() => file.saveVersion('Cafe\u0301'))).toBe('project/version-exists');
    for (const name of ['', '   ', 'two\nlines', 'x'.repeat(201), 'turned \u202e round'])
      expect(codeOf(() => file.saveVersion(name))).toBe('project/bad-version-name');
    file.saveVersion('Other');
    expect(codeOf(() => file.renameVersion('Other', 'Café'))).toBe('project/version-exists');
    expect(codeOf(() => file.renameVersion('None', 'Some'))).toBe('project/no-such-version');
    expect(codeOf(() => file.deleteVersion('None'))).toBe('project/no-such-version');
    expect(file.versions()).toHaveLength(2);
  });
});
