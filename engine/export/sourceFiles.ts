import { basename } from 'node:path';
import { refuse } from '#core/fault.ts';
import { audioStreamOf, videoStreamOf } from '#core/media/facts.ts';
import type { ProjectReader } from '#core/model/project.ts';
import type { ExportPlan } from '#core/render/planExport.ts';
import { findAssetFile } from '../media/assetLocation.ts';
import type { FootageFile } from './footageGraph.ts';
import type { SoundFile } from './mixSound.ts';

export type SourceFiles = {
  pictures: Map<string, FootageFile>;
  sounds: Map<string, SoundFile>;
  paths: string[];
};

/** The files that a plan reads. Refuses `export/media-missing` with the names of all that are nowhere. */
export function sourceFiles(
  project: ProjectReader,
  plan: ExportPlan,
  projectPath: string,
): SourceFiles {
  const files: SourceFiles = { pictures: new Map(), sounds: new Map(), paths: [] };
  const missing: string[] = [];
  for (const assetId of plan.assetIds) {
    const asset = project.find('asset', assetId);
    const path = asset ? findAssetFile(asset, projectPath) : null;
    if (asset === undefined || path === null) {
      missing.push(asset ? basename(asset.location.absolute) : assetId);
      continue;
    }
    const video = videoStreamOf(asset.facts);
    const audio = audioStreamOf(asset.facts);
    files.paths.push(path);
    if (video) {
      files.pictures.set(assetId, {
        path,
        isStill: asset.facts.mediaKind === 'image',
        streamIndex: video.index,
      });
    }
    if (audio) files.sounds.set(assetId, { path, streamIndex: audio.index });
  }
  if (missing.length > 0) {
    refuse(
      'export/media-missing',
      `${missing.length === 1 ? 'A file of the film is' : `${missing.length} files of the film are`} missing: ${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ' …' : ''}. Find ${missing.length === 1 ? 'it' : 'them'} in the media list, then export again.`,
      { missing },
    );
  }
  return files;
}
