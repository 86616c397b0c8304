import { basename } from 'node:path';
import { z } from 'zod';
import { type Fault, settleAsync } from '#core/fault.ts';
import type { Asset } from '#core/model/entities.ts';
import { placesOf } from './assetLocation.ts';
import type { DerivedStore } from './derivedStore.ts';
import { type FileStamp, identify, sameStamp } from './identity.ts';
import { needMediaFile } from './readFault.ts';

/**
 * Whether the file of an asset can be used: `online` is the file that was imported, `changed` another one in its place,
 * `offline` none that can be read. The reason is a sentence for people with a stable code.
 */
export type MediaState =
  | { state: 'online'; path: string; reason: null }
  | { state: 'changed'; path: string; reason: Fault }
  | { state: 'offline'; path: null; reason: Fault };

/** What was read at a path before, so that it is read again only when the file has been touched since. */
const seenSchema = z.record(
  z.string(),
  z.object({
    size: z.number(),
    mtimeMs: z.number(),
    ctimeMs: z.number(),
    ino: z.number(),
    dev: z.number(),
    hash: z.string(),
  }),
);
type Seen = z.infer<typeof seenSchema>;

const SEEN = 'seen';
const SEEN_PLACES = 8;

/**
 * Looks for the file of an asset. Size and times are compared first; only a file that was touched since it was last
 * looked at is read, and then in three places.
 */
export async function mediaState(
  asset: Asset,
  projectPath: string,
  derived: DerivedStore,
): Promise<MediaState> {
  let changed: MediaState | null = null;
  let unusable: Fault | null = null;
  for (const path of placesOf(asset, projectPath)) {
    const looked = await settleAsync(() => looksLike(asset, path, derived));
    if (looked.ok) {
      if (looked.value === null) return { state: 'online', path, reason: null };
      changed ??= { state: 'changed', path, reason: looked.value };
    } else if (looked.error.code === 'media/changing') {
      changed ??= { state: 'changed', path, reason: looked.error };
    } else if (looked.error.code !== 'file/missing') unusable ??= looked.error;
  }
  if (changed) return changed;
  return { state: 'offline', path: null, reason: unusable ?? missingFault(asset) };
}

/** The states of all of the assets, a few at a time. */
export async function mediaStates(
  assets: readonly Asset[],
  projectPath: string,
  derived: DerivedStore,
): Promise<Map<Asset, MediaState>> {
  const states = new Map<Asset, MediaState>();
  const waiting = [...assets];
  const work = async () => {
    for (let asset = waiting.shift(); asset !== undefined; asset = waiting.shift())
      states.set(asset, await mediaState(asset, projectPath, derived));
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return states;
}

/** Null when the file at `path` is the one that was imported; otherwise what is different. Refuses what reading refuses. */
async function looksLike(asset: Asset, path: string, derived: DerivedStore): Promise<Fault | null> {
  const stats = await needMediaFile(path);
  const { sizeBytes, hash } = asset.identity;
  const details = { path, expectedBytes: sizeBytes, foundBytes: stats.size };
  if (stats.size !== sizeBytes) {
    const more = stats.size > sizeBytes ? 'longer' : 'shorter';
    return {
      code: 'media/changed',
      message: `“${basename(path)}” is ${more} on disk than the file that was imported. Use the changed file, or find the original.`,
      details,
    };
  }
  const found = await hashAt(asset, path, stats, derived);
  if (found === hash) return null;
  return {
    code: 'media/changed',
    message: `“${basename(path)}” has other content than the file that was imported. Use the changed file, or find the original.`,
    details,
  };
}

async function hashAt(
  asset: Asset,
  path: string,
  stats: FileStamp,
  derived: DerivedStore,
): Promise<string> {
  const { folder } = derived.place(asset);
  const parsed = seenSchema.safeParse(await derived.read(folder, SEEN));
  const seen: Seen = parsed.success ? parsed.data : {};
  const before = seen[path];
  if (before !== undefined && sameStamp(before, stats)) return before.hash;
  const { hash } = await identify(path);
  const { size, mtimeMs, ctimeMs, ino, dev } = stats;
  const others = Object.entries(seen).filter(([other]) => other !== path);
  const next = [
    ...others.slice(1 - SEEN_PLACES),
    [path, { size, mtimeMs, ctimeMs, ino, dev, hash }],
  ];
  // Without the note the file is only read again next time.
  await derived.note(folder, SEEN, Object.fromEntries(next)).catch(() => undefined);
  return hash;
}

function missingFault(asset: Asset): Fault {
  return {
    code: 'file/missing',
    message: `“${asset.name}” was not found. It may have been moved or renamed.`,
    details: { path: asset.location.absolute },
  };
}
