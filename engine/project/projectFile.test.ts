import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Fault, settle } from '#core/fault.ts';
import { rate } from '#core/time/rate.ts';
import { ProjectFile } from './projectFile.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkreel-project-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const format = { frameRate: rate(30), width: 1280, height: 720, sampleRateHz: 48_000 };

function refusal(work: () => unknown): Fault | null {
  const result = settle(work);
  return result.ok ? null : result.error;
}

describe('a project file', () => {
  it('keeps edits, undo and redo over restarts', () => {
    const path = join(folder, 'film.inkreel');
    let file = ProjectFile.create(path, 'Film');
    file.edit([{ type: 'timeline.create', name: 'Main', format }], { idSeed: 'seed-one' });
    file.edit([{ type: 'track.add', timelineId: 'seed-one-1', trackKind: 'video', name: 'Over' }], {
      idSeed: 'seed-two',
    });
    const full = file.project.snapshot();
    file.close();

    file = ProjectFile.open(path);
    expect(file.project.snapshot()).toEqual(full);
    expect(file.history()).toEqual({ undo: 'Add track', redo: null });
    expect(file.undo().undone).toEqual(['Add track']);
    const undone = file.project.snapshot();
    file.close();

    file = ProjectFile.open(path);
    expect(file.project.snapshot()).toEqual(undone);
    expect(file.history()).toEqual({ undo: 'New timeline', redo: 'Add track' });
    expect(file.redo().redone).toEqual(['Add track']);
    expect(file.project.snapshot()).toEqual(full);
    expect(file.integrityProblems()).toEqual([]);
    file.close();
  });

  it('goes over many steps at once to the state that one at a time gives', () => {
    const file = ProjectFile.create(join(folder, 'steps.inkreel'), 'Start');
    file.edit([{ type: 'project.rename', name: 'One' }]);
    const one = file.project.snapshot();
    file.edit([{ type: 'timeline.create', name: 'Main', format }]);
    file.edit([{ type: 'project.rename', name: 'Two' }]);
    file.edit([{ type: 'project.rename', name: 'Three' }]);
    const three = file.project.snapshot();
    expect(file.undo(3).undone).toHaveLength(3);
    expect(file.project.snapshot()).toEqual(one);
    expect(file.integrityProblems()).toEqual([]);
    expect(file.redo(100).redone).toHaveLength(3);
    expect(file.project.snapshot()).toEqual(three);
    expect(file.integrityProblems()).toEqual([]);
    file.close();
  });

  it('redoes the youngest branch after an edit on an undone state', () => {
    const file = ProjectFile.create(join(folder, 'branch.inkreel'), 'Start');
    file.edit([{ type: 'project.rename', name: 'Old branch' }]);
    file.undo();
    file.edit([{ type: 'project.rename', name: 'New branch' }]);
    file.undo();
    expect(file.name).toBe('Start');
    file.redo();
    expect(file.name).toBe('New branch');
    expect(
      file.entries(10).filter((entry) => entry.kind === 'edit' && !entry.applied),
    ).toHaveLength(1);
    file.close();
  });

  it('leaves everything as it was when one of several commands is refused', () => {
    const file = ProjectFile.create(join(folder, 'refused.inkreel'), 'Film');
    const before = file.project.snapshot();
    const fault = refusal(() =>
      file.edit([
        { type: 'project.rename', name: 'Changed' },
        { type: 'clip.delete', clipIds: ['nowhere'] },
      ]),
    );
    expect(fault?.code).toBe('edit/no-such-item');
    expect(file.project.snapshot()).toEqual(before);
    expect(file.history().undo).toBe('Rename project');
    file.close();
  });

  it('is written to by one at a time; others read what that one writes', () => {
    const path = join(folder, 'shared.inkreel');
    const first = ProjectFile.create(path, 'Film', { program: 'The first program' });
    const second = ProjectFile.open(path);
    expect(second.readOnlyReason?.code).toBe('project/open-elsewhere');
    expect(second.readOnlyReason?.message).toContain('The first program');
    const fault = refusal(() => second.edit([{ type: 'project.rename', name: 'Theirs' }]));
    expect(fault).toEqual(second.readOnlyReason);

    first.edit([{ type: 'project.rename', name: 'One' }]);
    first.edit([{ type: 'project.rename', name: 'Two' }]);
    expect(second.refresh().map(({ revision }) => revision)).toEqual([2, 3]);
    expect(second.name).toBe('Two');
    expect(second.history()).toEqual(first.history());
    expect(second.project.snapshot()).toEqual(first.project.snapshot());

    second.tryToWrite();
    expect(second.readOnlyReason?.code).toBe('project/open-elsewhere');
    first.close();
    second.tryToWrite();
    expect(second.readOnlyReason).toBeNull();
    second.undo();
    expect(second.name).toBe('One');
    second.close();
    expect(readdirSync(folder)).toEqual(['shared.inkreel']);
  });

  it('is taken for writing with the first change where that is enough', () => {
    const path = join(folder, 'later.inkreel');
    ProjectFile.create(path, 'Film').close();
    const options = { writing: 'when-needed' } as const;
    const [one, other] = [ProjectFile.open(path, options), ProjectFile.open(path, options)];
    one.edit([{ type: 'project.rename', name: 'Mine' }]);
    expect(refusal(() => other.edit([{ type: 'project.rename', name: 'Yours' }]))?.code).toBe(
      'project/open-elsewhere',
    );
    one.close();
    other.edit([{ type: 'project.rename', name: 'Yours' }]);
    expect(other.history().undo).toBe('Rename project');
    expect(other.revision).toBe(3);
    other.close();
  });

  it('does not mind a lock file that was left behind, whatever is in it', () => {
    const path = join(folder, 'left.inkreel');
    ProjectFile.create(path, 'Film').close();
    for (const left of ['', 'Nothing that SQLite knows', 'SQLite format 3\0'.padEnd(5000, 'x')]) {
      writeFileSync(`${path}-lock`, left);
      const file = ProjectFile.open(path);
      expect(file.readOnlyReason).toBeNull();
      file.edit([{ type: 'project.rename', name: `After ${left.length}` }]);
      file.close();
      expect(readdirSync(folder)).toEqual(['left.inkreel']);
    }
  });

  it('names what is wrong with a file it cannot open', () => {
    const textFile = join(folder, 'letter.inkreel');
    writeFileSync(textFile, 'Dear reader');
    expect(refusal(() => ProjectFile.open(textFile))?.code).toBe('project/not-a-project');
    expect(refusal(() => ProjectFile.open(join(folder, 'gone.inkreel')))?.code).toBe(
      'file/missing',
    );
    expect(refusal(() => ProjectFile.open(folder))?.code).toBe('project/not-a-project');
    const taken = ProjectFile.create(join(folder, 'taken.inkreel'), 'Film');
    expect(refusal(() => ProjectFile.create(taken.path, 'Film'))?.code).toBe('file/exists');
    taken.close();
  });
});
