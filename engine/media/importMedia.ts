import { basename } from 'node:path';
import { settleAsync } from '#core/fault.ts';
import type { Asset } from '#core/model/entities.ts';
import type { Commit, ProjectFile } from '../project/projectFile.ts';
import type { Services } from '../services.ts';
import { locationOf } from './assetLocation.ts';
import { contentHashNow } from './contentHashes.ts';
import { identify } from './identity.ts';
import { listFiles } from './listFiles.ts';
import { probeMedia } from './probe.ts';

type Imported = {
  assetIds: string[];
  failed: { path: string; code: string; message: string }[];
  commit: Commit | null;
};

/** Probes files and adds those that are media as one edit; a file that is in the project already stays one asset. */
export async function importMedia(
  services: Pick<Services, 'tools' | 'derived'>,
  file: ProjectFile,
  paths: readonly string[],
): Promise<Imported> {
  const tools = await services.tools.ffmpeg();
  const failed: Imported['failed'] = [];
  const known = new Map(file.project.all('asset').map((asset) => [asset.identity.hash, asset.id]));
  const commands: ({ type: string } & Omit<Asset, 'id' | 'kind'>)[] = [];
  const order: (string | number)[] = [];
  for (const path of await listFiles(paths)) {
    const probed = await settleAsync(async () => {
      const facts = await probeMedia(tools, path);
      const identity = await identify(path);
      return {
        facts,
        identity,
        contentHash: await contentHashNow({ identity }, path, services.derived),
      };
    });
    if (!probed.ok) {
      failed.push({ path, code: probed.error.code, message: probed.error.message });
      continue;
    }
    const { facts, identity, contentHash } = probed.value;
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
      ...(contentHash !== undefined && { contentHash }),
    });
    known.set(identity.hash, '');
  }
  const commit = commands.length === 0 ? null : file.edit(commands);
  const assetIds = order.flatMap((entry) => {
    const id = typeof entry === 'number' ? commit?.outcomes[entry]?.['assetId'] : entry;
    return typeof id === 'string' && id !== '' ? [id] : [];
  });
  return { assetIds, failed, commit };
}
