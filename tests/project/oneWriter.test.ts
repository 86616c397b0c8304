import { once } from 'node:events';
import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { EngineEvent } from '#core/contract/contract.ts';
import { createEngine, type Engine } from '#engine/engine.ts';
import { engineFolders } from '#engine/folders.ts';
import { ProjectFile } from '#engine/project/projectFile.ts';
import { cliEnvironment, cliJson, runCli, startCli } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';

const folder = testFolder('one-writer');
const env = cliEnvironment(folder);
const at = (name: string) => join(folder, name);
const engines: Engine[] = [];
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
});

/** An engine as the studio has it: it takes what it opens for itself. */
async function studio(): Promise<Engine> {
  const engine = await createEngine({
    ...engineFolders(folder, env),
    appVersion: '0.0.0',
    program: 'Inkreel studio',
  });
  engines.push(engine);
  return engine;
}

async function value<T>(
  answer: Promise<{ ok: true; value: T } | { ok: false; error: { message: string } }>,
): Promise<T> {
  const settled = await answer;
  if (settled.ok) return settled.value;
  throw new Error(settled.error.message);
}

const rename = (name: string) => ({ type: 'project.rename', name });

function nextChange(engine: Engine): Promise<Extract<EngineEvent, { type: 'project.changed' }>> {
  return new Promise((resolve) => {
    const stop = engine.listen((event) => {
      if (event.type !== 'project.changed') return;
      stop();
      resolve(event);
    });
  });
}

/** A command that goes on writing until it is ended; it has begun when this returns. */
async function startWriting(path: string) {
  writeFileSync(
    at('many.json'),
    JSON.stringify(Array.from({ length: 100_000 }, (_, index) => rename(`Name ${index}`))),
  );
  const child = startCli(['edit', path, '--commands', at('many.json'), '--each'], env);
  await once(child.stdout ?? child, 'data');
  return child;
}

describe('a project that the studio has open', () => {
  it('is read by the command line but not changed, and the refusal says who has it', async () => {
    const path = at('open.inkreel');
    const engine = await studio();
    const { projectId } = await value(engine.call('project.new', { path, name: 'Open' }));
    await value(engine.call('project.edit', { projectId, commands: [rename('In the studio')] }));

    expect(await cliJson(['project', 'info', path], env)).toMatchObject({ name: 'In the studio' });
    expect(await cliJson(['project', 'check', path], env)).toMatchObject({ ok: true });
    const { entries } = await cliJson<{ entries: unknown[] }>(['history', path], env);
    expect(entries).toHaveLength(3);

    const { exitCode, stdout } = await runCli(['undo', path, '--json'], env);
    expect(exitCode).toBe(1);
    const { error } = JSON.parse(stdout) as { error: { code: string; message: string } };
    expect(error).toMatchObject({
      code: 'project/open-elsewhere',
      details: { writer: { pid: process.pid, program: 'Inkreel studio' } },
    });
    expect(error.message).toContain('is open in Inkreel studio');
    expect(error.message).toContain('Close it there');

    await value(engine.call('project.close', { projectId }));
    expect(existsSync(`${path}-lock`)).toBe(false);
    expect(await cliJson(['undo', path], env)).toMatchObject({ undone: ['Rename project'] });
  });
});

describe('a studio that comes second', () => {
  it('reads at once, says why, follows what is written, and takes over when it is free', async () => {
    const path = at('second.inkreel');
    const [first, second] = [await studio(), await studio()];
    const { projectId } = await value(first.call('project.new', { path, name: 'Second' }));
    const opened = await value(second.call('project.open', { path }));
    expect(opened.readOnly).toBe(true);
    expect(opened.readOnlyReason).toMatchObject({ code: 'project/open-elsewhere' });
    expect(opened.readOnlyReason?.message).toContain('Inkreel studio');
    const mine = await second.call('project.edit', { projectId, commands: [rename('Mine')] });
    expect(mine).toMatchObject({ ok: false, error: { code: 'project/open-elsewhere' } });

    const change = nextChange(second);
    await value(first.call('project.edit', { projectId, commands: [rename('Theirs')] }));
    expect(await change).toMatchObject({
      revision: opened.revision + 1,
      writes: [{ register: 'name', value: 'Theirs' }],
      history: { undo: 'Rename project' },
    });

    expect((await value(second.call('project.open', { path }))).readOnly).toBe(true);
    await value(first.call('project.close', { projectId }));
    const again = await value(second.call('project.open', { path }));
    expect(again).toMatchObject({ readOnly: false, readOnlyReason: null });
    await value(second.call('project.edit', { projectId, commands: [rename('Mine')] }));
  });

  it('still refuses a copy of a project that it has open', async () => {
    const path = at('twin.inkreel');
    const engine = await studio();
    const { projectId } = await value(engine.call('project.new', { path, name: 'Twin' }));
    await value(engine.call('project.close', { projectId }));
    copyFileSync(path, at('twin copy.inkreel'));
    await value(engine.call('project.open', { path }));
    expect(await engine.call('project.open', { path: at('twin copy.inkreel') })).toMatchObject({
      ok: false,
      error: { code: 'project/open-twice', details: { path } },
    });
    // The copy is nobody's: it was not kept from others.
    expect(existsSync(`${at('twin copy.inkreel')}-lock`)).toBe(false);
  });
});

describe('a writer that is killed', () => {
  it('keeps nobody out', async () => {
    const path = at('killed.inkreel');
    await cliJson(['project', 'new', path], env);
    const child = await startWriting(path);
    const reader = ProjectFile.open(path);
    expect(reader.readOnlyReason).toMatchObject({
      code: 'project/open-elsewhere',
      details: { writer: { pid: child.pid, program: '“inkreel edit”' } },
    });
    reader.close();
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(existsSync(`${path}-lock`)).toBe(true);
    const file = ProjectFile.open(path);
    expect(file.readOnlyReason).toBeNull();
    expect(file.integrityProblems()).toEqual([]);
    file.close();
    expect(existsSync(`${path}-lock`)).toBe(false);
  });

  it('is waited for by those that are done in a moment', async () => {
    const path = at('crowd.inkreel');
    await cliJson(['project', 'new', path], env);
    const edits = Array.from({ length: 6 }, (_, index) => {
      writeFileSync(at(`${index}.json`), JSON.stringify([rename(`Writer ${index}`)]));
      return cliJson<{ revision: number }>(['edit', path, '--commands', at(`${index}.json`)], env);
    });
    const revisions = (await Promise.all(edits)).map(({ revision }) => revision);
    expect(revisions.sort((a, b) => a - b)).toEqual([3, 4, 5, 6, 7, 8]);
    expect(await cliJson(['project', 'check', path], env)).toMatchObject({ ok: true, revision: 8 });
  });
});
