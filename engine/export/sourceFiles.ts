import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { refuse } from '#core/fault.ts';
import { audioStreamOf, videoStreamOf } from '#core/media/facts.ts';
import type { Asset, ObjectId } from '#core/model/entities.ts';
import type { ProjectReader } from '#core/model/project.ts';
import { hasAlpha } from '#core/render/pictureLayers.ts';
import type { ExportPlan } from '#core/render/planExport.ts';
import { findAssetFile } from '../media/assetLocation.ts';
import type { FootageFile } from './footageFile.ts';
import { slatePicture } from './slate.ts';
import { encodePng } from './compose/png.ts';
import type { SoundFile } from './decodeSound.ts';

export type SourceFiles = {
  pictures: Map<ObjectId, FootageFile>;
  sounds: Map<ObjectId, SoundFile>;
  paths: string[];
  /** Assets whose files are nowhere, by the names of their files; empty unless slates may stand for them. */
  missing: Map<ObjectId, string>;
};

/**
 * The files that a plan reads. Refuses `export/media-missing` with the names of all that are nowhere, unless the plan
 * has slates for them: `drawSlates` makes those.
 */
export function sourceFiles(
  project: ProjectReader,
  plan: ExportPlan,
  projectPath: string,
): SourceFiles {
  const missing = new Map<ObjectId, string>();
  const files: SourceFiles = { pictures: new Map(), sounds: new Map(), paths: [], missing };
  for (const assetId of plan.assetIds) {
    const asset = project.find('asset', assetId);
    const path = asset ? findAssetFile(asset, projectPath) : null;
    if (asset !== undefined && path !== null) addFiles(files, asset, path);
    else missing.set(assetId, asset ? basename(asset.location.absolute) : assetId);
  }
  if (plan.offline === 'refuse') refuseMissing([...missing.values()]);
  return files;
}

/** Draws a still picture in `folder` for each picture that is missing, and adds it to the files; sound stays silent. */
export async function drawSlates(
  files: SourceFiles,
  options: { project: ProjectReader; plan: ExportPlan; folder: string },
): Promise<void> {
  const { project, plan, folder } = options;
  for (const [assetId, name] of files.missing) {
    const size = sizeOf(project.find('asset', assetId)) ?? plan;
    const path = join(folder, `slate-${files.pictures.size}.png`);
    await writeFile(path, encodePng(slatePicture(size, name)));
    const slate = { path, isStill: true, streamIndex: 0, hasAlpha: false };
    files.pictures.set(assetId, { ...slate, width: size.width, height: size.height });
  }
}

function addFiles(files: SourceFiles, asset: Asset, path: string): void {
  const video = videoStreamOf(asset.facts);
  const audio = audioStreamOf(asset.facts);
  files.paths.push(path);
  if (video) {
    files.pictures.set(asset.id, {
      path,
      isStill: asset.facts.mediaKind === 'image',
      streamIndex: video.index,
      width: video.displayWidth,
      height: video.displayHeight,
      hasAlpha: hasAlpha(video.pixelFormat),
    });
  }
  if (audio) files.sounds.set(asset.id, { path, streamIndex: audio.index });
}

function sizeOf(asset: Asset | undefined): { width: number; height: number } | null {
  const video = asset && videoStreamOf(asset.facts);
  return video ? { width: video.displayWidth, height: video.displayHeight } : null;
}

function refuseMissing(missing: readonly string[]): void {
  if (missing.length === 0) return;
  refuse(
    'export/media-missing',
    `${missing.length === 1 ? 'A file of the film is' : `${missing.length} files of the film are`} missing: ${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ' …' : ''}. Find ${missing.length === 1 ? 'it' : 'them'} in the media list, then export again.`,
    { missing },
  );
}
