import { copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ProjectFile } from '#engine/project/projectFile.ts';
import { testFolder } from '../support/folder.ts';

const EDITS = 40;
const CUTS = 150;

const folder = testFolder('power-loss');
const path = join(folder, 'film.inkreel');
const cut = join(folder, 'cut.inkreel');

type Acknowledged = { walBytes: number; revision: number; name: string };

/**
 * A project whose changes all lie in SQLite's log, as they do between two checkpoints, with the length of the log after
 * each acknowledged change: what the log had then is what a power cut leaves.
 */
function editedProject(): { acknowledged: Acknowledged[]; log: Buffer } {
  ProjectFile.create(path, 'Film').close();
  const file = ProjectFile.open(path);
  const acknowledged: Acknowledged[] = [{ walBytes: 0, revision: 1, name: 'Film' }];
  for (let index = 0; index < EDITS; index++) {
    const name = `Name ${index} ${'of some length '.repeat((index * 7) % 12)}`.trim();
    const { revision } =
      index % 9 === 8 ? file.undo() : file.edit([{ type: 'project.rename', name }]);
    acknowledged.push({ walBytes: statSync(`${path}-wal`).size, revision, name: file.name });
  }
  const log = readFileSync(`${path}-wal`);
  copyFileSync(path, cut);
  copyFileSync(path, `${path}-before`);
  file.close();
  return { acknowledged, log };
}

function expectWhole(log: Buffer, safe: Acknowledged): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${cut}${suffix}`, { force: true });
  copyFileSync(`${path}-before`, cut);
  writeFileSync(`${cut}-wal`, log);
  const file = ProjectFile.open(cut);
  try {
    expect(file.readOnlyReason).toBeNull();
    expect(file.revision).toBeGreaterThanOrEqual(safe.revision);
    if (file.revision === safe.revision) expect(file.name).toBe(safe.name);
    expect(file.integrityProblems()).toEqual([]);
    file.undo();
    file.edit([{ type: 'project.rename', name: 'Goes on' }]);
    expect(file.integrityProblems()).toEqual([]);
  } finally {
    file.close();
  }
}

it('a power cut loses nothing that was acknowledged, wherever it cuts the log', () => {
  const { acknowledged, log } = editedProject();
  expect(log.length).toBe(acknowledged.at(-1)?.walBytes);
  const safeAt = (length: number) =>
    acknowledged.filter(({ walBytes }) => walBytes <= length).at(-1) ?? acknowledged[0];
  const anywhere = fc.integer({ min: 0, max: log.length });
  fc.assert(
    fc.property(anywhere, fc.constantFrom('cut', 'zeros', 'rubbish'), (length, tail) => {
      const safe = safeAt(length);
      if (safe === undefined) throw new Error('The project was never written.');
      const kept = log.subarray(0, length);
      // A disk may have made room for the rest of the log and not yet written it, or written something else.
      const rest = Buffer.alloc(log.length - length, tail === 'rubbish' ? 0xa5 : 0);
      expectWhole(tail === 'cut' ? kept : Buffer.concat([kept, rest]), safe);
    }),
    { numRuns: CUTS },
  );
  for (const safe of acknowledged) expectWhole(log.subarray(0, safe.walBytes), safe);
});
