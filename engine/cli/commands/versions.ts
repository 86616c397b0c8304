import { type Command, textOption, unwrap, wrongUsage } from '../command.ts';
import { formatMoment, openProject } from './shared.ts';

export const projectVersions: Command = {
  name: 'project versions',
  usage: 'FILE [--save NAME | --restore NAME | --rename NAME --to NAME | --delete NAME]',
  summary: 'Lists the named versions of a project; or saves, restores, renames or forgets one.',
  options: {
    save: { type: 'string' },
    restore: { type: 'string' },
    rename: { type: 'string' },
    to: { type: 'string' },
    delete: { type: 'string' },
  },
  positionals: [1, 1],
  async run(context) {
    const [save, restore, rename, newName, forget] = [
      textOption(context, 'save'),
      textOption(context, 'restore'),
      textOption(context, 'rename'),
      textOption(context, 'to'),
      textOption(context, 'delete'),
    ];
    const asked = [save, restore, rename, forget].filter((name) => name !== undefined);
    if (asked.length > 1 || (rename === undefined) !== (newName === undefined))
      wrongUsage('Say one thing to do: --save, --restore, --rename with --to, or --delete.');
    const { engine, positionals } = context;
    const { projectId } = await openProject(context, positionals[0] ?? '');
    if (save !== undefined) {
      const saved = unwrap(await engine.call('project.saveVersion', { projectId, name: save }));
      return { json: saved, lines: [`Saved this state as “${saved.version.name}”.`] };
    }
    if (restore !== undefined) {
      const input = { projectId, name: restore };
      const { revision } = unwrap(await engine.call('project.restoreVersion', input));
      return {
        json: { revision },
        lines: [`Restored “${restore}”. “inkreel undo” takes it back.`],
      };
    }
    if (rename !== undefined && newName !== undefined) {
      const input = { projectId, name: rename, newName };
      const renamed = unwrap(await engine.call('project.renameVersion', input));
      return { json: renamed, lines: [`It is called “${renamed.version.name}” now.`] };
    }
    if (forget !== undefined) {
      unwrap(await engine.call('project.deleteVersion', { projectId, name: forget }));
      return { json: {}, lines: [`The name “${forget}” is gone; its state stays in the history.`] };
    }
    const { versions } = unwrap(await engine.call('project.versions', { projectId }));
    const lines = versions.map(
      ({ name, revision, author, savedAtMs }) =>
        `${String(revision).padStart(6)}  ${formatMoment(savedAtMs)}  ${name}${author === '' ? '' : `  ${author}`}`,
    );
    return { json: { versions }, lines: lines.length === 0 ? ['There are no versions.'] : lines };
  },
};
