import { setTimeout as delay } from 'node:timers/promises';
import { settleAsync } from '#core/fault.ts';
import type { Asset } from '#core/model/entities.ts';
import type { JobRunner } from '../jobs/jobRunner.ts';
import { Cancelled } from '../process/run.ts';
import type { ProjectFile } from '../project/projectFile.ts';
import type { Services } from '../services.ts';
import type { DerivedStore } from './derivedStore.ts';
import { hashWholeFile } from './identity.ts';
import { mediaState } from './mediaState.ts';

type HashServices = Pick<Services, 'projects' | 'derived' | 'jobs' | 'emit'>;

const CONTENT = 'content';
/** Files up to here are hashed in full while they are imported; it takes no longer than probing them. */
const AT_ONCE_BYTES = 32 << 20;
/** A program that does one thing and ends is gone by then, and reads nothing for nobody. */
const BEGIN_AFTER_MS = 2_000;
const LOOK_AGAIN_MS = 500;
/** Between MiBs the disk and this thread belong to everybody else for as long as the last one took. */
const LONGEST_REST_MS = 200;

/** The hash of the whole file of an asset, from the project or made on this computer; undefined while not known. */
export async function contentHashOf(
  asset: Pick<Asset, 'identity' | 'contentHash'>,
  derived: DerivedStore,
): Promise<string | undefined> {
  if (asset.contentHash !== undefined) return asset.contentHash;
  const kept = await derived.read(derived.place(asset).folder, CONTENT);
  const hash = (kept as { hash?: unknown } | null)?.hash;
  return typeof hash === 'string' ? hash : undefined;
}

/**
 * The hash of the whole file for an asset that is about to be written: made now when the file is small, otherwise only
 * if it is known.
 */
export async function contentHashNow(
  asset: Pick<Asset, 'identity'>,
  path: string,
  derived: DerivedStore,
): Promise<string | undefined> {
  if (asset.identity.sizeBytes <= AT_ONCE_BYTES) return hashWholeFile(path);
  return contentHashOf(asset, derived);
}

/** The projects whose media is still to be read, for each engine; one file is read at a time. */
const queues = new WeakMap<JobRunner, Set<ProjectFile>>();

/**
 * Reads the media of a project in full, where that was not done yet, to know each file by all of its bytes. It happens
 * behind everything else: a file at a time, slowly, not while a job runs, and only as long as the project is open.
 * What was being read when the program ended is read again next time.
 */
export function startContentHashes(services: HashServices, file: ProjectFile): void {
  const waiting = queues.get(services.jobs);
  if (waiting !== undefined) {
    waiting.add(file);
    return;
  }
  const queue = new Set([file]);
  queues.set(services.jobs, queue);
  void (async () => {
    await delay(BEGIN_AFTER_MS, undefined, { ref: false });
    for (const next of queue) {
      queue.delete(next);
      await hashContents(services, next);
    }
    queues.delete(services.jobs);
  })();
}

/** Reads what is still to be read of one project; ends early, without a word, when the project is closed. */
export async function hashContents(services: HashServices, file: ProjectFile): Promise<void> {
  const { projects, derived, jobs } = services;
  const refuseClosed = () => {
    if (projects.find(file.projectId) !== file) throw new Cancelled();
  };
  const isBusy = () => jobs.list().some(({ state }) => state === 'queued' || state === 'running');
  let restUntilMs = 0;
  const between = async () => {
    const now = performance.now();
    const rest = Math.min(LONGEST_REST_MS, now - restUntilMs);
    await delay(rest, undefined, { ref: false });
    while (isBusy()) {
      await delay(LOOK_AGAIN_MS, undefined, { ref: false });
      refuseClosed();
    }
    refuseClosed();
    restUntilMs = performance.now();
  };
  try {
    refuseClosed();
    for (const asset of file.project.all('asset')) {
      if (asset.contentHash !== undefined) continue;
      const known = await contentHashOf(asset, derived);
      if (known === undefined) await between();
      const hash = known ?? (await readWhole(asset, file, { derived, between }));
      refuseClosed();
      if (hash !== undefined) keepHash(services, file, { assetId: asset.id, hash });
    }
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
  }
}

/** Reads the file of an asset; a hash of it is kept on this computer too. Undefined for one that cannot be read now. */
async function readWhole(
  asset: Asset,
  file: ProjectFile,
  { derived, between }: { derived: DerivedStore; between: () => Promise<void> },
): Promise<string | undefined> {
  const found = await mediaState(asset, file.path, derived);
  if (found.state !== 'online') return undefined;
  // A file that cannot be read, or changes meanwhile, is tried again when the project is opened next.
  const read = await settleAsync(() => hashWholeFile(found.path, between));
  if (!read.ok) return undefined;
  const { folder } = derived.place(asset);
  await derived.note(folder, CONTENT, { hash: read.value }).catch(() => undefined);
  return read.value;
}

/** Writes the hash into the project, so that it travels with it; a project that can only be read goes without. */
function keepHash(
  { emit }: Pick<Services, 'emit'>,
  file: ProjectFile,
  { assetId, hash }: { assetId: string; hash: string },
): void {
  // The asset may have been removed while its file was read.
  if (file.readOnlyReason !== null || file.project.find('asset', assetId) === undefined) return;
  const writes = [{ object: assetId, register: 'contentHash', value: hash }];
  const { projectId } = file;
  emit({
    type: 'project.changed',
    projectId,
    ...file.note('Media identified', writes),
    history: file.history(),
  });
}
