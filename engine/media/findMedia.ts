import { basename } from 'node:path';
import { type Fault, settleAsync } from '#core/fault.ts';
import type { Asset } from '#core/model/entities.ts';
import { contentHashOf } from './contentHashes.ts';
import type { DerivedStore } from './derivedStore.ts';
import { hashWholeFile, identify } from './identity.ts';
import { type WalkLimits, walkFiles } from './walkFiles.ts';

/** How far a search is: `files` looked at, of `toRead` files of a fitting size `read` ones read. */
export type SearchProgress = { files: number; toRead: number; read: number };

export type FoundMedia = { asset: Asset; path: string };

export type MediaSearch = {
  found: FoundMedia[];
  /** Several files could be it, and what is known of it does not tell which. */
  ambiguous: { asset: Asset; paths: string[] }[];
  /** Nowhere; perhaps with a file of the same name that holds something else. */
  missing: { asset: Asset; sameName: string | null }[];
  /** What could not be looked at. */
  skipped: Fault[];
  files: number;
  /** False when there was more in the folders than is ever looked through. */
  complete: boolean;
};

type SearchOptions = {
  derived: DerivedStore;
  /** Called often; ends the search by throwing. */
  goOn: (progress: SearchProgress) => void;
  limits?: WalkLimits;
};

const READ_AT_A_TIME = 4;

/**
 * Looks for media in folders by content: files of the right size are read in three places, and only where several agree
 * in that, in full. A name is never enough; files that only have the name are told.
 */
export async function findMedia(
  wanted: readonly Asset[],
  folders: readonly string[],
  options: SearchOptions,
): Promise<MediaSearch> {
  const progress: SearchProgress = { files: 0, toRead: 0, read: 0 };
  const goOn = () => options.goOn({ ...progress });
  const sizes = new Set(wanted.map((asset) => asset.identity.sizeBytes));
  const names = new Set(wanted.map((asset) => comparableName(asset.location.absolute)));
  const fitting = new Set<string>();
  const namesakes = new Map<string, string>();
  const { files, skipped, complete } = await walkFiles(
    folders,
    (path, stats) => {
      progress.files += 1;
      if (sizes.has(stats.size)) fitting.add(path);
      const name = comparableName(path);
      if (names.has(name) && !namesakes.has(name)) namesakes.set(name, path);
    },
    { goOn, ...(options.limits && { limits: options.limits }) },
  );
  progress.toRead = fitting.size;
  const byHash = new Map<string, string[]>();
  const waiting = [...fitting];
  const read = async () => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      goOn();
      const one = path;
      const identity = await settleAsync(() => identify(one));
      progress.read += 1;
      if (!identity.ok) skipped.push(identity.error);
      else byHash.set(identity.value.hash, [...(byHash.get(identity.value.hash) ?? []), one]);
    }
  };
  await Promise.all(Array.from({ length: READ_AT_A_TIME }, read));
  goOn();
  const search: MediaSearch = { found: [], ambiguous: [], missing: [], skipped, files, complete };
  for (const asset of wanted) {
    const paths = (byHash.get(asset.identity.hash) ?? []).sort();
    if (paths.length === 0) {
      const sameName = namesakes.get(comparableName(asset.location.absolute)) ?? null;
      search.missing.push({ asset, sameName });
      continue;
    }
    const path = paths.length === 1 ? paths[0] : await theOne(asset, paths, options.derived, goOn);
    if (path === undefined) search.ambiguous.push({ asset, paths });
    else search.found.push({ asset, path });
  }
  return search;
}

/**
 * Of several files with the same size and samples the one that is the asset: the one with its whole content, where that
 * is known; else any, if they are all the same. Undefined when they differ and nothing tells which it is.
 */
async function theOne(
  asset: Asset,
  paths: readonly string[],
  derived: DerivedStore,
  goOn: () => void,
): Promise<string | undefined> {
  const known = await contentHashOf(asset, derived);
  const hashes = new Map<string, string>();
  const likeliest = [...paths].sort((a, b) => likeness(asset, b) - likeness(asset, a));
  for (const path of likeliest) {
    const hashed = await settleAsync(() => hashWholeFile(path, goOn));
    if (!hashed.ok) continue;
    if (hashed.value === known) return path;
    hashes.set(path, hashed.value);
  }
  const areCopies = new Set(hashes.values()).size === 1 && hashes.size === paths.length;
  return known === undefined && areCopies ? likeliest[0] : undefined;
}

/** How many of the last parts of a path are those of the place where the asset lay. */
function likeness(asset: Asset, path: string): number {
  const was = parts(asset.location.absolute);
  const is = parts(path);
  const differs = is.findIndex((part, index) => part !== was[index]);
  return differs === -1 ? is.length : differs;
}

/** The parts of a path of either kind of system, last first. */
function parts(path: string): string[] {
  return path
    .split(/[\\/]/)
    .filter((part) => part !== '')
    .reverse();
}

/** A file name as people see it: systems write accents in two ways, and some take upper and lower case for the same. */
function comparableName(path: string): string {
  return (parts(path)[0] ?? basename(path)).normalize('NFC').toLowerCase();
}
