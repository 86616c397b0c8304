import { basename, resolve } from 'node:path';
import { type Fault, refuse, settleAsync } from '#core/fault.ts';
import type { Asset } from '#core/model/entities.ts';
import type { CallOutput, ParsedInput } from '#core/contract/contract.ts';
import type { AnyCommand } from '#core/edits/applyEdit.ts';
import type { ProjectFile } from '../project/projectFile.ts';
import type { Services } from '../services.ts';
import { locationOf, placesOf } from './assetLocation.ts';
import { contentHashNow, contentHashOf } from './contentHashes.ts';
import type { DerivedStore } from './derivedStore.ts';
import { findMedia, type FoundMedia, type MediaSearch, type SearchProgress } from './findMedia.ts';
import { followMove } from './followMove.ts';
import { identify } from './identity.ts';
import { mediaStates } from './mediaState.ts';
import { probeMedia } from './probe.ts';

/** What a search came to, and the commands that point the assets at what was found: one edit. */
export type Relinking = {
  commands: AnyCommand[];
  report: Omit<CallOutput<'media.relink'>, 'relinked' | 'missing'>;
};

/** Looks in folders for all media of a project that is missing or changed. Changes nothing. */
export async function findInFolders(
  derived: DerivedStore,
  file: ProjectFile,
  folders: readonly string[],
  goOn: (progress: SearchProgress) => void,
): Promise<Relinking> {
  const wanted = await notOnline(file, derived);
  if (wanted.length === 0) {
    const nothing = { found: [], ambiguous: [], notFound: [], skipped: [], files: 0 };
    return { commands: [], report: { ...nothing, complete: true } };
  }
  const search = await findMedia(wanted, folders, { derived, goOn });
  // Somebody may have removed an asset meanwhile.
  const found = search.found.filter(({ asset }) => file.project.find('asset', asset.id));
  return {
    commands: await Promise.all(found.map((one) => relinkCommand(one, file, derived))),
    report: { ...reportOf(search), found: found.map(placeFound) },
  };
}

/**
 * The commands that point an asset at a file that was chosen by hand, and others at theirs when those were moved the
 * same way. Refuses `media/different` for another file, unless the asset is to become what it is, and what probing
 * refuses.
 */
export async function locateAsset(
  services: Pick<Services, 'derived' | 'tools'>,
  file: ProjectFile,
  input: Omit<ParsedInput<'media.locate'>, 'projectId'>,
): Promise<AnyCommand[]> {
  const { derived } = services;
  const asset =
    file.project.find('asset', input.assetId) ??
    refuse('edit/no-such-object', 'That is no longer in the project.', { id: input.assetId });
  const chosen = input.path === undefined ? null : resolve(input.path);
  const path = chosen ?? (await changedFile(asset, file, derived));
  const identity = await identify(path);
  const others = chosen === null ? [] : await movedAlong(asset, chosen, file, derived);
  const along = await Promise.all(others.map((one) => relinkCommand(one, file, derived)));
  if (identity.hash === asset.identity.hash)
    return [await relinkCommand({ asset, path }, file, derived), ...along];
  if (input.ifDifferent === 'refuse') refuseDifferent(asset, path, identity.sizeBytes);
  const facts = await probeMedia(await services.tools.ffmpeg(), path);
  const contentHash = await contentHashNow({ identity }, path, derived);
  const become: AnyCommand = {
    type: 'asset.relink',
    assetId: asset.id,
    location: locationOf(path, file.path),
    file: { identity, facts },
    longClips: input.longClips,
    ...(contentHash !== undefined && { contentHash }),
  };
  return [become, ...along];
}

/** Assets whose file is missing or changed. */
async function notOnline(file: ProjectFile, derived: DerivedStore): Promise<Asset[]> {
  const states = await mediaStates(file.project.all('asset'), file.path, derived);
  return [...states].filter(([, { state }]) => state !== 'online').map(([asset]) => asset);
}

async function changedFile(
  asset: Asset,
  file: ProjectFile,
  derived: DerivedStore,
): Promise<string> {
  const found = (await mediaStates([asset], file.path, derived)).get(asset);
  if (found?.path) return found.path;
  refuse(
    'media/nowhere',
    `There is no file in the place of “${asset.name}”. Say where it is now.`,
    found?.reason?.details,
  );
}

/** Other missing media that lies where it would be if it was moved as this asset was. */
async function movedAlong(
  asset: Asset,
  path: string,
  file: ProjectFile,
  derived: DerivedStore,
): Promise<FoundMedia[]> {
  const moves = placesOf(asset, file.path).map((place) => followMove(place, path));
  const found: FoundMedia[] = [];
  for (const other of await notOnline(file, derived)) {
    if (other.id === asset.id) continue;
    const places = placesOf(other, file.path).flatMap((place) => moves.flatMap((to) => to(place)));
    for (const place of new Set(places)) {
      const identity = await settleAsync(() => identify(place));
      if (!identity.ok || identity.value.hash !== other.identity.hash) continue;
      found.push({ asset: other, path: place });
      break;
    }
  }
  return found;
}

async function relinkCommand(
  { asset, path }: FoundMedia,
  file: ProjectFile,
  derived: DerivedStore,
): Promise<AnyCommand> {
  const contentHash = await contentHashOf(asset, derived);
  return {
    type: 'asset.relink',
    assetId: asset.id,
    location: locationOf(path, file.path),
    ...(contentHash !== undefined && { contentHash }),
  };
}

function refuseDifferent(asset: Asset, path: string, foundBytes: number): never {
  refuse(
    'media/different',
    `“${basename(path)}” is not the file that was imported as “${asset.name}”. Choose another, or use this one in its place.`,
    { assetId: asset.id, path, expectedBytes: asset.identity.sizeBytes, foundBytes },
  );
}

function reportOf(search: MediaSearch): Omit<Relinking['report'], 'found'> {
  const { skipped, files, complete } = search;
  return {
    ambiguous: search.ambiguous.map(({ asset, paths }) => ({
      assetId: asset.id,
      paths,
      reason: {
        code: 'media/ambiguous',
        message: `${paths.length} different files could be “${asset.name}”. Choose the right one by hand.`,
        details: { paths },
      },
    })),
    notFound: search.missing.map(({ asset, sameName }) => ({
      assetId: asset.id,
      sameName,
      reason: sameName === null ? notThere(asset) : onlyNamed(asset, sameName),
    })),
    skipped,
    files,
    complete,
  };
}

function notThere(asset: Asset): Fault {
  return {
    code: 'media/not-found',
    message: `“${asset.name}” is not in the folder, under any name.`,
  };
}

function onlyNamed(asset: Asset, path: string): Fault {
  return {
    code: 'media/only-name',
    message: `“${asset.name}” is not in the folder. A file with its name is, but holds something else.`,
    details: { path },
  };
}

function placeFound({ asset, path }: FoundMedia): { assetId: string; path: string } {
  return { assetId: asset.id, path };
}
