import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { OpenProject, projectCalls } from '#core/contract/projects.ts';
import { Refusal } from '#core/fault.ts';
import { rate } from '#core/time/rate.ts';
import { writeOutput } from '../files/outputFile.ts';
import { Backups, withNewestBackup } from '../project/backups.ts';
import { checkProject } from '../project/checkProject.ts';
import type { ProjectFile } from '../project/projectFile.ts';
import { projectIdOfFile } from '../project/projectIdOf.ts';
import { repairProject } from '../project/repairProject.ts';
import { restoreBackup } from '../project/restoreBackup.ts';
import { summarise } from '../project/summarise.ts';
import { openSampleProject } from '../sample/sampleProject.ts';
import type { Services } from '../services.ts';
import type { Handlers } from './handlers.ts';
import { announced } from './history.ts';
import { startDerivedJobs } from '../media/derivedJobs.ts';

const USUAL_FORMAT = { frameRate: rate(30), width: 1920, height: 1080, sampleRateHz: 48_000 };

export function projectHandlers(services: Services): Pick<Handlers, keyof typeof projectCalls> {
  const { projects, recent, emit } = services;
  const backupsRoot = join(services.dataDir, 'backups');
  projects.keepBackups(backupsRoot);
  projects.onChangeElsewhere((file, { revision, writes }) => {
    const history = file.history();
    emit({ type: 'project.changed', projectId: file.projectId, revision, writes, history });
  });

  /** A fault of damage with the backup to open instead; what is damaged may not know its own identity any more. */
  const withBackup = async (error: unknown, path: string): Promise<unknown> => {
    if (!(error instanceof Refusal) || error.fault.code !== 'project/damaged') return error;
    const file = resolve(path);
    const noted = (await recent.list()).find((project) => project.path === file);
    const projectId = projectIdOfFile(file) ?? noted?.projectId;
    return projectId === undefined
      ? error
      : withNewestBackup(error, projectId, new Backups(backupsRoot, projectId));
  };

  const opened = async (file: ProjectFile): Promise<OpenProject> => {
    // The list of recent projects is a convenience: if it cannot be written, the project opens all the same.
    await recent.note(summarise(file, services.derived)).catch(() => undefined);
    startDerivedJobs(services, file);
    return {
      projectId: file.projectId,
      path: file.path,
      name: file.name,
      revision: file.revision,
      readOnly: file.readOnlyReason !== null,
      readOnlyReason: file.readOnlyReason,
      history: file.history(),
      writes: file.project.snapshot(),
    };
  };

  return {
    'project.new': async ({ path, name, format, start }) => {
      const target = path ?? freePath(services.projectsDir, name);
      await mkdir(dirname(target), { recursive: true }).catch(() => undefined);
      const file = projects.create(target, name);
      file.edit([
        start === 'film'
          ? { type: 'timeline.create', name: 'Timeline 1', format: format ?? USUAL_FORMAT }
          : {
              type: 'book.create',
              metadata: {
                title: name,
                authors: [],
                language: 'en',
                identifier: `urn:uuid:${crypto.randomUUID()}`,
              },
              chapters: [{ title: 'Chapter 1', blocks: [] }],
            },
      ]);
      return opened(file);
    },
    'project.open': async ({ path }) => {
      let file: ProjectFile;
      try {
        file = projects.open(path);
      } catch (error) {
        throw await withBackup(error, path);
      }
      return opened(file);
    },
    'project.openSample': async ({ folder }) => opened(await openSampleProject(services, folder)),
    'project.close': async ({ projectId }) => {
      await recent
        .note(summarise(projects.need(projectId), services.derived))
        .catch(() => undefined);
      projects.close(projectId);
      return {};
    },
    'project.recent': async () => {
      const list = await recent.list();
      return {
        projects: list.map((project) => ({ ...project, missing: !existsSync(project.path) })),
      };
    },
    'project.forget': async ({ path }) => {
      await recent.forget(path);
      return {};
    },
    'project.edit': ({ projectId, commands, idSeed, gesture }) => {
      const file = projects.need(projectId);
      const options = { ...(idSeed && { idSeed }), ...(gesture && { gesture }) };
      const { change, done } = announced(services, file, () => file.edit(commands, options));
      return { ...change, outcomes: done.outcomes };
    },
    'project.check': ({ projectId }) => checkProject(projects.need(projectId)),
    'project.repair': async ({ path }) => {
      const name = basename(path).replace(/\.inkreel$/i, '');
      const target = freePath(dirname(resolve(path)), `${name} (repaired)`);
      const saved = await writeOutput(target, { sources: [path] }, async (temporary) =>
        repairProject(resolve(path), temporary),
      );
      return { path: target, ...saved };
    },
    'project.backups': ({ projectId }) => ({
      backups: new Backups(backupsRoot, projectId).list(),
    }),
    'project.restoreBackup': async ({ projectId, name }) => {
      const noted = (await recent.list()).find((project) => project.projectId === projectId);
      const original = projects.find(projectId)?.path ?? noted?.path;
      const copy = await restoreBackup(new Backups(backupsRoot, projectId), name, (label) =>
        original === undefined
          ? freePath(services.projectsDir, label)
          : freePath(
              dirname(original),
              `${basename(original).replace(/\.inkreel$/i, '')} ${label}`,
            ),
      );
      return opened(projects.open(copy));
    },
  };
}

/** A file name in `folder` that nothing has yet, made of a name for people. */
function freePath(folder: string, name: string): string {
  const safe =
    name
      .replaceAll(/[^\p{L}\p{N} ._()-]/gu, '')
      .replaceAll(/^[. ]+|[. ]+$/g, '')
      .slice(0, 80) || 'Untitled';
  for (let number = 1; ; number++) {
    const path = join(folder, `${safe}${number === 1 ? '' : ` ${number}`}.inkreel`);
    if (!existsSync(path)) return path;
  }
}
