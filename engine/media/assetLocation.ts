import { statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Asset } from '#core/model/entities.ts';

/** Where an asset's file lies, as the project keeps it: absolute, and relative to the project where that is possible. */
export function locationOf(path: string, projectPath: string): Asset['location'] {
  const absolute = resolve(path);
  const fromProject = relative(dirname(projectPath), absolute);
  return isAbsolute(fromProject)
    ? { absolute }
    : { absolute, relative: fromProject.split(sep).join('/') };
}

/** The places where an asset's file may lie: beside the project first, since the two may have moved together. */
export function placesOf(asset: Pick<Asset, 'location'>, projectPath: string): string[] {
  const { absolute, relative: fromProject } = asset.location;
  const places =
    fromProject === undefined ? [absolute] : [resolve(dirname(projectPath), fromProject), absolute];
  return [...new Set(places)];
}

/**
 * The asset's file: of its places the first that holds a file of its size, else the first that holds a file at all,
 * which is then not the one that was imported; null when it is nowhere. `mediaState` says which, and why.
 */
export function findAssetFile(asset: Asset, projectPath: string): string | null {
  const files = filesOf(asset, projectPath);
  return (files.find((file) => hasSizeOf(asset, file)) ?? files[0])?.path ?? null;
}

/** Whether a file of the asset's size is in one of its places. Quick, for deciding whether to look closer. */
export function hasLikelyFile(asset: Asset, projectPath: string): boolean {
  return filesOf(asset, projectPath).some((file) => hasSizeOf(asset, file));
}

type FoundFile = { path: string; size: number };

function filesOf(asset: Asset, projectPath: string): FoundFile[] {
  return placesOf(asset, projectPath).flatMap((path) => {
    try {
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats?.isFile() ? [{ path, size: stats.size }] : [];
    } catch {
      return [];
    }
  });
}

function hasSizeOf(asset: Asset, file: FoundFile): boolean {
  return file.size === asset.identity.sizeBytes;
}
