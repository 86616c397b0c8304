import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OpenProject } from '#core/contract/projects.ts';
import { rate } from '#core/time/rate.ts';
import { checkProject } from '../project/checkProject.ts';
import { ProjectFile } from '../project/projectFile.ts';
import { summarise } from '../project/summarise.ts';
import { openSampleProject } from '../sample/sampleProject.ts';
import type { Services } from '../services.ts';
import type { HandlersOf } from './handlers.ts';
import { startDerivedJobs } from '../media/derivedJobs.ts';

const USUAL_FORMAT = { frameRate: rate(30), width: 1920, height: 1080, sampleRateHz: 48_000 };

export function projectHandlers(services: Services): HandlersOf<'project'> {
  const { projects, recent, emit } = services;

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
    'project.open': ({ path }) => opened(projects.open(path)),
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
  };
}

/** A file name in `folder` that nothing has yet, made of a project's name. */
function freePath(folder: string, name: string): string {
  const safe =
    name
      .replaceAll(/[^\p{L}\p{N} ._-]/gu, '')
      .replaceAll(/^[. ]+|[. ]+$/g, '')
      .slice(0, 80) || 'Untitled';
  for (let number = 1; ; number++) {
    const path = join(folder, `${safe}${number === 1 ? '' : ` ${number}`}.inkreel`);
    if (!existsSync(path)) return path;
  }
}
