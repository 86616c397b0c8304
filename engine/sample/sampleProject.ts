import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readManuscript } from '../book/readManuscript.ts';
import { locationOf } from '../media/assetLocation.ts';
import { identify } from '../media/identity.ts';
import { probeMedia } from '../media/probe.ts';
import type { ProjectFile } from '../project/projectFile.ts';
import type { Services } from '../services.ts';
import { sampleFilm } from './sampleFilm.ts';

const SAMPLE_NAME = 'Harbour light';
const MEDIA = [
  'lighthouse.mp4',
  'sea.mp4',
  'ink.mp4',
  'reel.mp4',
  'dawn.mp4',
  'music.m4a',
] as const;

/**
 * The sample project, opened: a folder with the footage, the manuscript and a project of both,
 * made when it is not there yet. It is an ordinary project, so whatever is done to it stays.
 */
export async function openSampleProject(
  services: Pick<Services, 'projects' | 'projectsDir' | 'resourcesDir' | 'tools'>,
  folder = join(services.projectsDir, SAMPLE_NAME),
): Promise<ProjectFile> {
  const path = join(folder, `${SAMPLE_NAME}.inkreel`);
  if (existsSync(path)) return services.projects.open(path);
  return makeSampleProject(services, folder, path);
}

/** Makes the sample project at `path`, its media beside it in `folder`. */
async function makeSampleProject(
  services: Pick<Services, 'projects' | 'resourcesDir' | 'tools'>,
  folder: string,
  path: string,
): Promise<ProjectFile> {
  const from = join(services.resourcesDir, 'sample');
  await mkdir(folder, { recursive: true });
  for (const name of [...MEDIA, 'manuscript.md'])
    await copyFile(join(from, name), join(folder, name));
  const tools = await services.tools.ffmpeg();
  const assets = await Promise.all(
    MEDIA.map(async (name) => ({
      name,
      location: locationOf(join(folder, name), path),
      identity: await identify(join(folder, name)),
      facts: await probeMedia(tools, join(folder, name)),
    })),
  );
  let count = 0;
  const manuscript = await readManuscript(join(folder, 'manuscript.md'), () => `sample-${++count}`);
  const file = services.projects.create(path, SAMPLE_NAME);
  try {
    const added = file.edit(assets.map((asset) => ({ type: 'asset.add', ...asset })));
    const idOf = new Map(
      added.outcomes.map((outcome, index) => [MEDIA[index], String(outcome['assetId'])]),
    );
    for (const commands of sampleFilm((name) => idOf.get(name as (typeof MEDIA)[number]) ?? ''))
      file.edit(commands);
    const chapters = manuscript.chapters.map(({ title, blocks }) => ({ title, blocks }));
    const metadata = {
      title: SAMPLE_NAME,
      authors: ['Inkreel'],
      language: 'en',
      identifier: 'urn:uuid:6f2d9a7e-3c0b-4f7f-9b1e-8a5d0c7e2b41',
      ...manuscript.metadata,
    };
    file.edit([{ type: 'book.create', metadata, chapters }]);
    return file;
  } catch (error) {
    services.projects.close(file.projectId);
    throw error;
  }
}
