import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { OpenProject } from '#core/contract/projects.ts';
import { Refusal } from '#core/fault.ts';
import { rate } from '#core/time/rate.ts';
import { writeOutput } from '../files/outputFile.ts';
import { Backups } from '../project/backups.ts';
import { checkProject } from '../project/checkProject.ts';
import { ProjectFile } from '../project/projectFile.ts';
import { projectIdOfFile } from '../project/projectIdOf.ts';
import { repairProject } from '../project/repairProject.ts';
import { restoreBackup } from '../project/restoreBackup.ts';
import { summarise } from '../project/summarise.ts';
import { openSampleProject } from '../sample/sampleProject.ts';
import type { Services } from '../services.ts';
import type { HandlersOf } from './handlers.ts';
import { startDerivedJobs } from '../media/derivedJobs.ts';

const USUAL_FORMAT = { frameRate: rate(30), width: 1920, height: 1080, sampleRateHz: 48_000 };

export function projectHandlers(services: Services): HandlersOf<'project'> {
  const { projects, recent, emit } = services;
  const backupsRoot = join(services.dataDir, 'backups');
  projects.keepBackups(backupsRoot);

  /** A fault of damage with the backup to open instead; what is damaged may not know its own identity any more. */
  const withBackup = async (error: unknown, path: string): Promise<unknown> => {
    if (!(error instanceof Refusal) || error.fault.code !== 'project/damaged') return error;
    const file = resolve(path);
    const noted = (await recent.list()).find((project) => project.path === file);
    const projectId = projectIdOfFile(file) ?? noted?.projectId;
    const backup = projectId && new Backups(backupsRoot, projectId).list()[0]?.path;
    if (!backup) return error;
    const details = { ...error.fault.details, projectId, backup };
    return new Refusal({ ...error.fault, details }, error);
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
      readOnly: file.readOnly,
      history: file.history(),
      writes: file.project.snapshot(),
    };
  };

  const changed = (
    file: ProjectFile,
    commit: Pick<ReturnType<ProjectFile['undo']>, 'revision' | 'writes'>,
  ) => {
    const { revision, writes } = commit;
    const change = { revision, writes, history: file.history() };
    if (writes.length > 0) emit({ type: 'project.changed', projectId: file.projectId, ...change });
    return change;
  };

  return {
    'project.new': async ({ path, name, format, start }) => {
      const target = path ?? freePath(services.projectsDir, name);
      await mkdir(dirname(target), { recursive: true }).catch(() => undefined);
      const file = projects.add(ProjectFile.create(target, name));
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
    'project.edit': ({ projectId, commands, idSeed }) => {
      const file = projects.need(projectId);
      const { outcomes, ...commit } = file.edit(commands, idSeed);
      return { ...changed(file, commit), outcomes };
    },
    'project.undo': ({ projectId, steps }) => {
      const file = projects.need(projectId);
      const { undone, ...commit } = file.undo(steps);
      return { ...changed(file, commit), undone };
    },
    'project.redo': ({ projectId, steps }) => {
      const file = projects.need(projectId);
      const { redone, ...commit } = file.redo(steps);
      return { ...changed(file, commit), redone };
    },
    'project.history': ({ projectId, limit }) => ({
      entries: projects.need(projectId).entries(limit),
    }),
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
