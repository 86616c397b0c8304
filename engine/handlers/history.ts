import type { historyCalls } from '#core/contract/history.ts';
import type { Commit } from '../project/journal.ts';
import type { ProjectFile } from '../project/projectFile.ts';
import type { Services } from '../services.ts';
import type { Handlers } from './handlers.ts';

type HistoryHandlers = Pick<Handlers, keyof typeof historyCalls>;

/** The calls that lead through the history of a project, and those that name places in it. */
export function historyHandlers(services: Services): HistoryHandlers {
  const { projects } = services;
  const changed = (projectId: string, work: (file: ProjectFile) => Commit) =>
    announced(services, projects.need(projectId), work).change;
  return {
    'project.undo': ({ projectId, steps }) => {
      const file = projects.need(projectId);
      const { change, done } = announced(services, file, () => file.undo(steps));
      return { ...change, undone: done.undone };
    },
    'project.redo': ({ projectId, steps }) => {
      const file = projects.need(projectId);
      const { change, done } = announced(services, file, () => file.redo(steps));
      return { ...change, redone: done.redone };
    },
    'project.goTo': ({ projectId, revision }) => changed(projectId, (file) => file.goTo(revision)),
    'project.history': ({ projectId, limit, before }) => {
      const file = projects.need(projectId);
      return { current: file.head, entries: file.entries(limit, before) };
    },
    'project.versions': ({ projectId }) => ({ versions: projects.need(projectId).versions() }),
    'project.saveVersion': ({ projectId, name }) => ({
      version: projects.need(projectId).saveVersion(name),
    }),
    'project.restoreVersion': ({ projectId, name }) =>
      changed(projectId, (file) => file.restoreVersion(name)),
    'project.renameVersion': ({ projectId, name, newName }) => ({
      version: projects.need(projectId).renameVersion(name, newName),
    }),
    'project.deleteVersion': ({ projectId, name }) => {
      projects.need(projectId).deleteVersion(name);
      return {};
    },
  };
}

/** Makes a change and tells every interface of it; a change that came to nothing has no revision of its own. */
export function announced<T extends Commit>(
  { emit }: Pick<Services, 'emit'>,
  file: ProjectFile,
  work: (file: ProjectFile) => T,
) {
  const before = file.revision;
  const done = work(file);
  const { revision, writes } = done;
  const change = { revision, writes, history: file.history() };
  if (revision !== before) emit({ type: 'project.changed', projectId: file.projectId, ...change });
  return { change, done };
}
