import type { CallOutput } from '#core/contract/contract.ts';
import { Cancelled } from '../../process/run.ts';
import { type Command, type CommandContext, unwrap, wrongUsage } from '../command.ts';
import { mediaImportNumbered } from './importNumbered.ts';
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

const mediaList: Command = {
  name: 'media list',
  usage: 'FILE',
  summary: 'Lists the library: which files are there, which are missing or were changed, and why.',
  positionals: [1, 1],
  async run(context) {
    const [file = ''] = context.positionals;
    const { projectId, project } = await openProject(context, file);
    const { assets } = unwrap(await context.engine.call('media.status', { projectId }));
    const listed = assets.map(({ assetId, state, path, reason, contentHash }) => {
      const asset = project.find('asset', assetId);
      return {
        id: assetId,
        name: asset?.name ?? assetId,
        state,
        path: path ?? asset?.location.absolute ?? null,
        code: reason?.code ?? null,
        message: reason?.message ?? null,
        contentHash,
      };
    });
    const lines = listed.flatMap(({ id, name, state, path, message, code }) => [
      `${state.padEnd(7)}  ${id}  ${name}`,
      ...(message === null ? [] : [`         ${message} (${code})`, `         ${path}`]),
    ]);
    return { json: { assets: listed }, lines };
  },
};

const mediaRelink: Command = {
  name: 'media relink',
  usage: 'FILE DIR… [--folder DIR]…',
  summary: 'Finds missing and changed media in folders by its content; one step to undo.',
  options: { folder: { type: 'string', multiple: true } },
  positionals: [1, Number.MAX_SAFE_INTEGER],
  async run(context) {
    const [file = '', ...named] = context.positionals;
    const folders = [...named, ...textOptions(context, 'folder')];
    if (folders.length === 0) wrongUsage('Say in which folder to look: --folder DIR.');
    const { projectId, project } = await openProject(context, file);
    const result = await searchFolders(context, projectId, folders);
    const nameOf = (id: string) => project.find('asset', id)?.name ?? id;
    const lines = [
      ...result.found.map(({ assetId, path }) => `relinked   ${nameOf(assetId)}  →  ${path}`),
      ...result.ambiguous.flatMap(({ reason, paths }) => [
        `ambiguous  ${reason.message} (${reason.code})`,
        ...paths.map((path) => `           ${path}`),
      ]),
      ...result.notFound.flatMap(({ reason, sameName }) => [
        `missing    ${reason.message} (${reason.code})`,
        ...(sameName === null ? [] : [`           ${sameName}`]),
      ]),
      ...result.skipped.map(({ message, code }) => `not read   ${message} (${code})`),
      ...(result.complete
        ? []
        : ['The folder holds more than is looked through. Name a smaller one.']),
      `${result.relinked.length} relinked, ${result.missing.length} still missing, ${result.files} files looked at`,
    ];
    return { json: result, lines };
  },
};

const mediaLocate: Command = {
  name: 'media locate',
  usage: 'FILE ASSET [PATH] [--use-different] [--trim]',
  summary:
    'Says where the file of an asset is; media that moved with it follows. Without PATH: the changed file in its place.',
  options: { 'use-different': { type: 'boolean' }, trim: { type: 'boolean' } },
  positionals: [2, 3],
  async run(context) {
    const [file = '', assetId = '', path] = context.positionals;
    const { projectId } = await openProject(context, file);
    const result = unwrap(
      await context.engine.call('media.locate', {
        projectId,
        assetId,
        ...(path !== undefined && { path }),
        ifDifferent: context.options['use-different'] === true ? 'use' : 'refuse',
        longClips: context.options['trim'] === true ? 'trim' : 'refuse',
      }),
    );
    const { relinked, trimmedClipIds } = result;
    const trimmed = trimmedClipIds.length === 0 ? '' : `, ${trimmedClipIds.length} clips shortened`;
    return { json: result, lines: [`${relinked.length} relinked${trimmed}`] };
  },
};

const FOLLOW_EVERY_MS = 200;

/** Relinks, showing how far the search is; an interrupt stops it before anything is changed. */
async function searchFolders(
  { engine, output, signal }: CommandContext,
  projectId: string,
  folders: string[],
): Promise<CallOutput<'media.relink'>> {
  const searchId = crypto.randomUUID();
  const cancel = () => void engine.call('media.cancelSearch', { searchId });
  const follow = async () => {
    if (signal.aborted) cancel();
    const { progress } = unwrap(await engine.call('media.search', { searchId }));
    if (progress === null) return;
    const share = progress.toRead === 0 ? 0 : progress.read / progress.toRead;
    output.progress('Looking for media', share, `${progress.files} files looked at`);
  };
  const following = setInterval(() => void follow(), FOLLOW_EVERY_MS);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const answer = await engine.call('media.relink', { projectId, folders, searchId });
    if (!answer.ok && answer.error.code === 'media/search-cancelled') throw new Cancelled();
    return unwrap(answer);
  } finally {
    clearInterval(following);
    signal.removeEventListener('abort', cancel);
    output.progressEnd();
  }
}

function textOptions({ options }: CommandContext, name: string): string[] {
  return [options[name] ?? []].flat().filter((value) => typeof value === 'string');
}

export const mediaCommands = [
  mediaImport,
  mediaImportNumbered,
  mediaList,
  mediaRelink,
  mediaLocate,
];
