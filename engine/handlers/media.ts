import { basename } from 'node:path';
import { type z } from 'zod';
import { peaksSchema, thumbnailStripSchema } from '#core/contract/media.ts';
import { settleAsync } from '#core/fault.ts';
import type { Asset } from '#core/model/entities.ts';
import { findAssetFile, locationOf } from '../media/assetLocation.ts';
import { startDerivedJobs } from '../media/derivedJobs.ts';
import { identify } from '../media/identity.ts';
import { listFiles } from '../media/listFiles.ts';
import { probeMedia } from '../media/probe.ts';
import type { ProjectFile } from '../project/projectFile.ts';
import type { Services } from '../services.ts';
import type { HandlersOf } from './handlers.ts';

const layoutSchema = thumbnailStripSchema.omit({ path: true });
const peaksLayoutSchema = peaksSchema.omit({ path: true });

export function mediaHandlers(services: Services): HandlersOf<'media'> {
  const { projects, derived, emit } = services;
  return {
    'media.import': async ({ projectId, paths }) => {
      const file = projects.need(projectId);
      const imported = await importMedia(services, file, paths);
      const { commit } = imported;
      if (commit) {
        emit({
          type: 'project.changed',
          projectId,
          revision: commit.revision,
          writes: commit.writes,
          history: file.history(),
        });
      }
      startDerivedJobs(services, file);
      return {
        assets: imported.assetIds.flatMap((id) => {
          const asset = file.project.find('asset', id);
          return asset ? [asset] : [];
        }),
        failed: imported.failed,
      };
    },
    'media.status': async ({ projectId }) => {
      const file = projects.need(projectId);
      const assets = file.project.all('asset').map(async (asset) => {
        const { folder, name } = derived.place(asset);
        const [strip, peaks] = await Promise.all([
          derived.read(folder, 'thumbnails'),
          derived.read(folder, 'peaks'),
        ]);
        return {
          assetId: asset.id,
          missing: findAssetFile(asset, file.path) === null,
          thumbnails: withPath(layoutSchema, strip, `/derived/${name}/thumbnails.jpg`),
          peaks: withPath(peaksLayoutSchema, peaks, `/derived/${name}/peaks.bin`),
        };
      });
      return { assets: await Promise.all(assets) };
    },
    'media.relink': async ({ projectId, folders }) => {
      const file = projects.need(projectId);
      const found = await findByContent(file, folders);
      if (found.size > 0) {
        const commands = [...found].map(([assetId, path]) => ({
          type: 'asset.relink',
          assetId,
          location: locationOf(path, file.path),
        }));
        const { revision, writes } = file.edit(commands);
        emit({ type: 'project.changed', projectId, revision, writes, history: file.history() });
        startDerivedJobs(services, file);
      }
      const missing = missingAssets(file).map((asset) => asset.id);
      return { relinked: [...found.keys()], missing };
    },
  };
}

type Imported = {
  assetIds: string[];
  failed: { path: string; code: string; message: string }[];
  commit: { revision: number; writes: ReturnType<ProjectFile['edit']>['writes'] } | null;
};

/** Probes files and adds those that are media as one edit; a file that is in the project already stays one asset. */
async function importMedia(
  services: Services,
  file: ProjectFile,
  paths: readonly string[],
): Promise<Imported> {
  const tools = await services.tools.ffmpeg();
  const failed: Imported['failed'] = [];
  const known = new Map(file.project.all('asset').map((asset) => [asset.identity.hash, asset.id]));
  const commands: ({ type: string } & Omit<Asset, 'id' | 'kind'>)[] = [];
  const order: (string | number)[] = [];
  for (const path of await listFiles(paths)) {
    const probed = await settleAsync(async () => ({
      facts: await probeMedia(tools, path),
      identity: await identify(path),
    }));
    if (!probed.ok) {
      failed.push({ path, code: probed.error.code, message: probed.error.message });
      continue;
    }
    const { facts, identity } = probed.value;
    const existing = known.get(identity.hash);
    if (existing !== undefined) {
      order.push(existing);
      continue;
    }
    order.push(commands.length);
    commands.push({
      type: 'asset.add',
      name: basename(path),
      location: locationOf(path, file.path),
      identity,
      facts,
    });
    known.set(identity.hash, '');
  }
  if (commands.length === 0)
    return {
      assetIds: order.filter((id) => typeof id === 'string' && id !== ''),
      failed,
      commit: null,
    } as Imported;
  const { outcomes, revision, writes } = file.edit(commands);
  const assetIds = order.flatMap((entry) => {
    const id = typeof entry === 'number' ? outcomes[entry]?.['assetId'] : entry;
    return typeof id === 'string' && id !== '' ? [id] : [];
  });
  return { assetIds, failed, commit: { revision, writes } };
}

function missingAssets(file: ProjectFile): Asset[] {
  return file.project.all('asset').filter((asset) => findAssetFile(asset, file.path) === null);
}

/** Files in `folders` that are the missing media: the same size first, then the same content. */
async function findByContent(
  file: ProjectFile,
  folders: readonly string[],
): Promise<Map<string, string>> {
  const missing = missingAssets(file);
  const found = new Map<string, string>();
  for (const path of missing.length > 0 ? await listFiles(folders) : []) {
    const identity = await settleAsync(() => identify(path).catch(() => null));
    const hash = identity.ok ? identity.value?.hash : undefined;
    for (const asset of missing) if (asset.identity.hash === hash) found.set(asset.id, path);
  }
  return found;
}

function withPath<T>(
  schema: z.ZodType<T>,
  value: unknown,
  path: string,
): (T & { path: string }) | null {
  const parsed = schema.safeParse(value);
  return parsed.success ? { ...parsed.data, path } : null;
}
