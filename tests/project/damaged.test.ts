import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import type { EngineClient } from '#core/contract/contract.ts';
import { createEngine } from '#engine/engine.ts';
import { engineFolders } from '#engine/folders.ts';
import { ProjectFile } from '#engine/project/projectFile.ts';
import { cliEnvironment, cliJson, runCli, startCli } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';

const folder = testFolder('damaged');
const env = cliEnvironment(folder);
const engine = await createEngine({ ...engineFolders(folder, env), appVersion: '0.0.0' });
afterAll(() => engine.close());

/** A project of some size that was edited twice, closed in between and afterwards. */
async function editedProject(name: string): Promise<{ path: string; projectId: string }> {
  const path = join(folder, `${name}.inkreel`);
  const { projectId } = await value(engine.call('project.new', { path, name }));
  await value(engine.call('project.close', { projectId }));
  await value(engine.call('project.open', { path }));
  const commands = Array.from({ length: 200 }, (_, index) => ({
    type: 'project.rename',
    name: `${name} ${index} ${'and so on '.repeat(20)}`,
  }));
  for (const command of commands) {
    await value(engine.call('project.edit', { projectId, commands: [command] }));
  }
  const renamed = { type: 'project.rename', name: `${name}, edited` };
  await value(engine.call('project.edit', { projectId, commands: [renamed] }));
  await value(engine.call('project.close', { projectId }));
  return { path, projectId };
}

async function value<T>(
  answer: Promise<{ ok: true; value: T } | { ok: false; error: { message: string } }>,
): Promise<T> {
  const settled = await answer;
  if (settled.ok) return settled.value;
  throw new Error(settled.error.message);
}

/** Overwrites the middle of a file, whole pages of it. */
function damage(path: string): void {
  const start = Math.floor(statSync(path).size / 2 / 4096) * 4096;
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(3 * 4096, 0xa5), 0, 3 * 4096, start);
  closeSync(file);
}

const open = (path: string): ReturnType<EngineClient['call']> =>
  engine.call('project.open', { path });

function nameOf(path: string): string {
  const file = ProjectFile.open(path);
  try {
    expect(file.integrityProblems()).toEqual([]);
    return file.name;
  } finally {
    file.close();
  }
}

describe('a damaged project', () => {
  it('is refused with the newest backup of it, which is whole', async () => {
    const { path } = await editedProject('Refused');
    damage(path);
    const answer = await open(path);
    expect(answer).toMatchObject({ ok: false, error: { code: 'project/damaged' } });
    const backup = answer.ok ? undefined : answer.error.details?.['backup'];
    expect(nameOf(String(backup))).toBe('Refused, edited');
  });

  it('names the newest backup too when the damage is met by an edit', async () => {
    const { path, projectId } = await editedProject('Met');
    await value(open(path));
    // Another program that writes makes SQLite read the file again.
    const other = new Database(path);
    other.exec("UPDATE meta SET value = '0' WHERE key = 'created_at_ms'");
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(statSync(path).size - 4096, 0xa5), 0, undefined, 4096);
    closeSync(file);
    const renamed = { type: 'project.rename', name: 'Not written' };
    const answer = await engine.call('project.edit', { projectId, commands: [renamed] });
    expect(answer).toMatchObject({ ok: false, error: { code: 'project/damaged' } });
    const backup = answer.ok ? undefined : answer.error.details?.['backup'];
    expect(nameOf(String(backup))).toBe('Met, edited');
    other.close();
    await value(engine.call('project.close', { projectId }));
  });

  it('is known by its path when it has forgotten who it is', async () => {
    const { path, projectId } = await editedProject('Forgotten');
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(statSync(path).size - 4096, 0xa5), 0, undefined, 4096);
    closeSync(file);
    expect(await open(path)).toMatchObject({
      ok: false,
      error: { code: 'project/damaged', details: { projectId } },
    });
  });

  it('is repaired beside itself by the command line', async () => {
    const { path } = await editedProject('Repaired');
    damage(path);
    const before = readFileSync(path);
    const refused = await runCli(['project', 'check', path, '--json'], env);
    expect(refused.exitCode).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'project/damaged' } });
    const { repaired } = await cliJson<{ repaired: { path: string; registers: number } }>(
      ['project', 'check', path, '--repair'],
      env,
    );
    expect(repaired.path).toBe(join(folder, 'Repaired (repaired).inkreel'));
    expect(repaired.registers).toBeGreaterThan(0);
    expect(nameOf(repaired.path)).toBe('Repaired, edited');
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe('a project that a killed program left behind damaged', () => {
  it('is repaired with what was acknowledged last, which only the log holds', async () => {
    const { path } = await editedProject('Log');
    const names = Array.from({ length: 400 }, (_, index) => `Acknowledged ${index}`);
    const commands = names.map((name) => ({ type: 'project.rename', name }));
    writeFileSync(join(folder, 'log.json'), JSON.stringify(commands));
    const child = startCli(['edit', path, '--commands', join(folder, 'log.json'), '--each'], env);
    let lines = '';
    for await (const chunk of child.stdout ?? []) {
      lines += String(chunk);
      if (lines.split('\n').length > 40) child.kill('SIGKILL');
    }
    const acknowledged = lines.split('\n').length - 1;
    const log = readFileSync(`${path}-wal`);
    damage(path);
    const { repaired } = await cliJson<{ repaired: { path: string } }>(
      ['project', 'check', path, '--repair'],
      env,
    );
    // The one after the last acknowledged may have been written as well.
    expect(names.slice(acknowledged - 1)).toContain(nameOf(repaired.path));
    expect(readFileSync(`${path}-wal`).equals(log)).toBe(true);
  });
});

describe('the command line', () => {
  it('lists the backups of a damaged project and restores one', async () => {
    const { path } = await editedProject('Listed');
    damage(path);
    const { backups } = await cliJson<{ backups: { name: string }[] }>(
      ['project', 'backups', path],
      env,
    );
    expect(backups).toHaveLength(2);
    const restored = await cliJson<{ path: string }>(
      ['project', 'backups', path, '--restore', backups[0]?.name ?? ''],
      env,
    );
    expect(dirname(restored.path)).toBe(folder);
    expect(nameOf(restored.path)).toBe('Listed, edited');
  });
});

describe('backups', () => {
  it('are listed, and one is opened beside the project, which stays', async () => {
    const { path, projectId } = await editedProject('Kept');
    const { backups } = await value(engine.call('project.backups', { projectId }));
    expect(backups.length).toBe(2);
    await value(open(path));
    const restored = await value(
      engine.call('project.restoreBackup', { projectId, name: backups[1]?.name ?? '' }),
    );
    expect(restored.name).toBe('Kept');
    expect(dirname(restored.path)).toBe(folder);
    expect(restored.path).toMatch(/Kept \(restored \d{4}-\d{2}-\d{2} \d{2}\.\d{2}\)\.inkreel$/);
    // Both are open at once: the restored one is a project of its own.
    const renamed = { type: 'project.rename', name: 'Another way' };
    await value(
      engine.call('project.edit', { projectId: restored.projectId, commands: [renamed] }),
    );
    await value(engine.call('project.close', { projectId }));
    expect(nameOf(path)).toBe('Kept, edited');
    expect(nameOf(backups[1]?.path ?? '')).toBe('Kept');
  });

  it('that are not there are refused, whatever path they name', async () => {
    const { projectId } = await editedProject('Path');
    for (const name of ['../Path.inkreel', '2026-11-20T12-05-00.000Z.inkreel', '']) {
      expect(await engine.call('project.restoreBackup', { projectId, name })).toMatchObject({
        ok: false,
        error: { code: 'project/no-such-backup' },
      });
    }
  });
});
