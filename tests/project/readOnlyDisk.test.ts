import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { settle } from '#core/fault.ts';
import { ProjectFile } from '#engine/project/projectFile.ts';
import { cliEnvironment, cliJson, runCli } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { mountLoopDisk, mountSmallDisk } from '../support/smallDisk.ts';

const folder = testFolder('read-only-disk');
const env = cliEnvironment(folder);
const NEEDS_MOUNT =
  'A disk that turns read-only can only be mounted by the administrator of Linux.';
const mounted: { unmount: () => void }[] = [];
afterEach(() => {
  for (const disk of mounted.splice(0)) disk.unmount();
});

const rename = (name: string) => [{ type: 'project.rename', name }];

it('a project on a disk that only reads is opened, says why it cannot change, and leaves no trace', async ({
  skip,
}) => {
  const disk = mountSmallDisk(join(folder, 'protected'), 4_000);
  if (disk === null) return skip(NEEDS_MOUNT);
  mounted.push(disk);
  const path = join(disk.path, 'film.inkreel');
  const made = ProjectFile.create(path, 'Film');
  made.edit(rename('Kept'));
  made.close();
  expect(spawnSync('mount', ['-o', 'remount,ro', disk.path]).status).toBe(0);

  const file = ProjectFile.open(path);
  expect(file.name).toBe('Kept');
  expect(file.readOnlyReason).toMatchObject({ code: 'project/read-only' });
  expect(settle(() => file.undo())).toMatchObject({
    ok: false,
    error: { code: 'project/read-only' },
  });
  file.close();
  expect(readdirSync(disk.path)).toEqual(['film.inkreel']);

  expect(await cliJson(['project', 'info', path], env)).toMatchObject({ name: 'Kept' });
  const { exitCode, stdout } = await runCli(['undo', path, '--json'], env);
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'project/read-only' } });
});

it('a disk that turns read-only while a project is open loses nothing that was acknowledged', ({
  skip,
}) => {
  const disk = mountLoopDisk(join(folder, 'turning'), 16_000);
  if (disk === null) return skip(NEEDS_MOUNT);
  mounted.push(disk);
  const path = join(disk.path, 'film.inkreel');
  const file = ProjectFile.create(path, 'Film');
  file.edit(rename('Acknowledged'));
  // What the kernel does to a file system in which it finds an error.
  disk.turnReadOnly();
  const refused = settle(() => file.edit(rename('Refused')));
  expect(refused.ok ? '' : refused.error.code).toMatch(/^file\/(no-permission|unreadable)$/);
  expect(refused.ok ? '' : refused.error.message).toMatch(/safe/);
  file.close();

  disk.turnWritable();
  const again = ProjectFile.open(path);
  expect(again.name).toBe('Acknowledged');
  expect(again.integrityProblems()).toEqual([]);
  again.edit(rename('Goes on'));
  again.close();
});
