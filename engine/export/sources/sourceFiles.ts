import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { refuse } from '#core/fault.ts';
import { audioStreamOf, videoStreamOf } from '#core/media/facts.ts';
import type { Asset, ObjectId } from '#core/model/entities.ts';
import type { ProjectReader } from '#core/model/project.ts';
import { fitInside } from '#core/render/pictureGeometry.ts';
import type { ExportPlan } from '#core/render/planExport.ts';
import { startLag } from './openSource.ts';
import { DerivedStore } from '../../media/derivedStore.ts';
import { mediaStates } from '../../media/mediaState.ts';
import { type FootageFile, footageFile, stillFile } from './footageFile.ts';
import { slatePicture } from './slate.ts';
import { encodePng } from '../compose/png.ts';
import type { SoundFile } from '../sound/decodeSound.ts';

export type SourceFiles = {
  pictures: Map<ObjectId, FootageFile>;
  sounds: Map<ObjectId, SoundFile>;
  paths: string[];
  /** Assets whose files are nowhere, by the names of their files; empty unless slates may stand for them. */
  missing: Map<ObjectId, string>;
  /** Likewise those in whose places other files are than were imported. */
  changed: Map<ObjectId, string>;
};

/**
 * The files that a plan reads. Refuses `export/media-missing` with the names of all that are nowhere, and
 * `export/media-changed` with those that are not the imported ones any more, unless the plan has slates for them:
 * `drawSlates` makes those.
 */
export async function sourceFiles(
  project: ProjectReader,
  plan: ExportPlan,
  { projectPath, cacheDir }: { projectPath: string; cacheDir: string },
): Promise<SourceFiles> {
  const files: SourceFiles = {
    ...{ pictures: new Map(), sounds: new Map(), paths: [] },
    ...{ missing: new Map(), changed: new Map() },
  };
  const assets = plan.assetIds.flatMap((id) => project.find('asset', id) ?? []);
  const states = await mediaStates(assets, projectPath, new DerivedStore(cacheDir));
  for (const assetId of plan.assetIds) {
    const asset = project.find('asset', assetId);
    const found = asset && states.get(asset);
    if (asset !== undefined && found?.state === 'online') addFiles(files, asset, found.path);
    else {
      const unusable = found?.state === 'changed' ? files.changed : files.missing;
      unusable.set(assetId, asset ? basename(asset.location.absolute) : assetId);
    }
  }
  if (plan.offline === 'refuse') refuseUnusable(files);
  return files;
}

/** Draws a still picture in `folder` for each picture that cannot be used, and adds it to the files; sound stays silent. */
export async function drawSlates(
  files: SourceFiles,
  options: { project: ProjectReader; plan: ExportPlan; folder: string },
): Promise<void> {
  const { project, plan, folder } = options;
  const unusable = [
    ...Array.from(files.missing, ([assetId, name]) => ({
      assetId,
      name,
      state: 'offline' as const,
    })),
    ...Array.from(files.changed, ([assetId, name]) => ({
      assetId,
      name,
      state: 'changed' as const,
    })),
  ];
  for (const { assetId, name, state } of unusable) {
    const size = slateSize(project.find('asset', assetId), plan);
    const path = join(folder, `slate-${files.pictures.size}.png`);
    await writeFile(path, encodePng(slatePicture(size, { name, state })));
    files.pictures.set(assetId, stillFile(path, size));
  }
}

function addFiles(files: SourceFiles, asset: Asset, path: string): void {
  const video = videoStreamOf(asset.facts);
  const audio = audioStreamOf(asset.facts);
  files.paths.push(path);
  if (video) files.pictures.set(asset.id, footageFile(path, asset.facts, video));
  if (audio) {
    files.sounds.set(asset.id, {
      path,
      streamIndex: audio.index,
      channels: audio.channels,
      startLag: startLag(asset.facts.container, audio),
    });
  }
}

/** The shape of the missing picture, no larger than it can be seen. */
function slateSize(asset: Asset | undefined, frame: Size): Size {
  const video = asset && videoStreamOf(asset.facts);
  if (!video) return { width: frame.width, height: frame.height };
  const { displayWidth: width, displayHeight: height } = video;
  const side = Math.max(frame.width, frame.height);
  return width <= side && height <= side ? { width, height } : fitInside(width, height, side, side);
}

type Size = { width: number; height: number };

function refuseUnusable(files: Pick<SourceFiles, 'missing' | 'changed'>): void {
  const [missing, changed] = [[...files.missing.values()], [...files.changed.values()]];
  if (missing.length > 0) {
    refuse(
      'export/media-missing',
      `${missing.length === 1 ? 'A file of the film is' : `${missing.length} files of the film are`} missing: ${listed(missing)}. Find ${missing.length === 1 ? 'it' : 'them'} in the media list, then export again.`,
      { missing, changed },
    );
  }
  if (changed.length > 0) {
    refuse(
      'export/media-changed',
      `${changed.length === 1 ? 'A file of the film is' : `${changed.length} files of the film are`} not what was imported any more: ${listed(changed)}. Use the changed ${changed.length === 1 ? 'file' : 'files'} or find the ${changed.length === 1 ? 'original' : 'originals'} in the media list, then export again.`,
      { changed },
    );
  }
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, 3).join(', ')}${names.length > 3 ? ' …' : ''}`;
}
