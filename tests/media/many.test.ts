import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { EngineEvent } from '#core/contract/contract.ts';
import { contentHashOf, hashContents } from '#engine/media/contentHashes.ts';
import { DerivedStore } from '#engine/media/derivedStore.ts';
import { identify } from '#engine/media/identity.ts';
import { locationOf } from '#engine/media/assetLocation.ts';
import { mediaStates } from '#engine/media/mediaState.ts';
import { JobRunner } from '#engine/jobs/jobRunner.ts';
import { findInFolders } from '#engine/media/relinkMedia.ts';
import { OpenProjects } from '#engine/project/openProjects.ts';
import { ProjectFile } from '#engine/project/projectFile.ts';
import { flicks } from '#core/time/flicks.ts';
import { testFolder } from '../support/folder.ts';

const folder = testFolder('media-many');

/** Adds files to a library as importing does, without asking ffprobe what they are. */
async function libraryOf(path: string, files: readonly string[]): Promise<ProjectFile> {
  const file = ProjectFile.create(path, 'Many');
  const facts = {
    mediaKind: 'audio',
    container: 'wav',
    duration: flicks(1),
    streams: [{ index: 0, kind: 'audio', codec: 'pcm_s16le', sampleRateHz: 8_000, channels: 1 }],
  };
  const commands = files.map(async (one, index) => ({
    type: 'asset.add',
    name: `${index}`,
    location: locationOf(one, path),
    identity: await identify(one),
    facts,
  }));
  file.edit(await Promise.all(commands));
  return file;
}

it('finds a thousand of ten thousand files in seconds, in one edit', async () => {
  const card = join(folder, 'card');
  const files: string[] = [];
  for (let part = 0; part < 100; part += 1) {
    mkdirSync(join(card, `${part}`), { recursive: true });
    for (let index = 0; index < 100; index += 1) {
      const path = join(card, `${part}`, `${index}.wav`);
      // A tenth has the size of the media, with other content; so size alone decides nothing.
      writeFileSync(path, `${part}/${index}`.padEnd(index % 5 === 0 ? 4_000 : 3_000 + index, '.'));
      if (index % 10 === 0) files.push(path);
    }
  }
  const file = await libraryOf(join(folder, 'many.inkreel'), files);
  const derived = new DerivedStore(join(folder, 'cache'));
  renameSync(card, join(folder, 'moved'));
  const startedAt = performance.now();
  const { commands, report } = await findInFolders(
    derived,
    file,
    [join(folder, 'moved')],
    () => {},
  );
  const before = file.revision;
  file.edit(commands);
  const tookMs = performance.now() - startedAt;
  expect(report.files).toBe(10_000);
  expect(report.found).toHaveLength(1_000);
  expect(file.revision).toBe(before + 1);
  expect(tookMs).toBeLessThan(10_000);
  const states = await mediaStates(file.project.all('asset'), file.path, derived);
  expect([...states.values()].every(({ state }) => state === 'online')).toBe(true);
  file.close();
});

it('reads whole files in the background, again after a restart, and stops when the project closes', async () => {
  const paths = ['one', 'two'].map((name) => join(folder, `${name}.wav`));
  for (const path of paths) writeFileSync(path, path.padEnd(100_000, '.'));
  const projects = new OpenProjects();
  const file = projects.add(await libraryOf(join(folder, 'two.inkreel'), paths));
  const jobs = new JobRunner(() => {});
  const derived = new DerivedStore(join(folder, 'cache-2'));
  const [first] = file.project.all('asset');
  if (first === undefined) throw new Error('The library is empty');

  let finishJob: () => void = () => {};
  const job = jobs.start({
    kind: 'export',
    title: 'An export',
    lane: 'export',
    work: () => new Promise<void>((resolve) => (finishJob = resolve)),
  });
  const revisions: number[] = [];
  const emit = (event: EngineEvent) => {
    if (event.type === 'project.changed') revisions.push(event.revision);
  };
  const hashing = hashContents({ projects, derived, jobs, emit }, file);
  while (jobs.list()[0]?.state !== 'running') await new Promise(setImmediate);
  expect(await contentHashOf(first, derived)).toBeUndefined();
  finishJob();
  await jobs.end(job.id);
  await hashing;
  for (const asset of file.project.all('asset'))
    expect(asset.contentHash).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(revisions).toHaveLength(2);
  expect(file.history().undo).toBe('Import media and 1 more');

  const empty = new DerivedStore(join(folder, 'cache-3'));
  file.edit([{ type: 'asset.remove', assetId: first.id }]);
  file.undo();
  const again = hashContents({ projects, derived: empty, jobs, emit }, file);
  projects.closeAll();
  await again;
  expect(revisions).toHaveLength(2);
});
