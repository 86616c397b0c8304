import { existsSync } from 'node:fs';
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

/** The asset's file: beside the project first, since the two may have moved together; null when it is nowhere. */
export function findAssetFile(asset: Asset, projectPath: string): string | null {
  const { absolute, relative: fromProject } = asset.location;
  const candidates =
    fromProject === undefined ? [absolute] : [resolve(dirname(projectPath), fromProject), absolute];
  return candidates.find((candidate) => existsSync(candidate)) ?? null;
}
