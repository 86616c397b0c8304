import { type Command, unwrap } from '../command.ts';
import { openProject } from './shared.ts';

const mediaImport: Command = {
  name: 'media import',
  usage: 'FILE PATH…',
  summary: 'Adds files and folders to the library; a bad file is reported and the rest go on.',
  positionals: [2, Number.MAX_SAFE_INTEGER],
  async run(context) {
    const [file = '', ...paths] = context.positionals;
    const { projectId } = await openProject(context, file);
    const { assets, failed } = unwrap(
      await context.engine.call('media.import', { projectId, paths }),
    );
    const json = {
      assets: assets.map((asset) => ({
        id: asset.id,
        path: asset.location.absolute,
        kind: asset.facts.mediaKind,
        durationFlicks: asset.facts.duration,
        streams: asset.facts.streams,
      })),
      failed,
    };
    const lines = [
      ...assets.map((asset) => `${asset.id}  ${asset.name}`),
      ...failed.map(
        (failure) => `not imported: ${failure.path}\n  ${failure.message} (${failure.code})`,
      ),
    ];
    // Only when nothing came in at all has the command failed.
    return { json, lines, failed: assets.length === 0 && failed.length > 0 };
  },
};

const mediaRelink: Command = {
  name: 'media relink',
  usage: 'FILE DIR…',
  summary: 'Finds missing media in folders by its content.',
  positionals: [2, Number.MAX_SAFE_INTEGER],
  async run(context) {
    const [file = '', ...folders] = context.positionals;
    const { projectId } = await openProject(context, file);
    const result = unwrap(await context.engine.call('media.relink', { projectId, folders }));
    return {
      json: result,
      lines: [`${result.relinked.length} relinked, ${result.missing.length} still missing`],
    };
  },
};

export const mediaCommands = [mediaImport, mediaRelink];
