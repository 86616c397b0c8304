import { useEffect, useMemo } from 'react';
import type { CallOutput } from '#core/contract/contract.ts';
import type { ObjectId } from '#core/model/entities.ts';
import { engine } from '../client/engineClient.ts';
import { useOpenProject, useProject } from '../client/project.ts';
import { refresh, useEngineQuery } from '../client/query.ts';

/** Whether the file of an asset is there, changed or gone, and what was made of it so far. */
export type AssetStatus = CallOutput<'media.status'>['assets'][number];

const NONE: ReadonlyMap<ObjectId, AssetStatus> = new Map();

/** The state of every asset, by id; follows imports and finished thumbnails. */
export function useMediaStatus(): ReadonlyMap<ObjectId, AssetStatus> {
  const { projectId } = useOpenProject();
  const { data } = useEngineQuery('media.status', { projectId }, { keepPrevious: true });
  return useMemo(
    () => (data === undefined ? NONE : new Map(data.assets.map((one) => [one.assetId, one]))),
    [data],
  );
}

/**
 * Asks again when media was imported, relinked, or something was made of it, and when the person comes back from
 * another program, which may have changed files. Once, in the film room.
 */
export function useFreshMediaStatus(): void {
  const assets = useProject((project) => project.all('asset'));
  useEffect(() => refresh('media.status'), [assets]);
  useEffect(
    () =>
      engine.listen((event) => {
        if (event.type === 'media.derived') refresh('media.status');
      }),
    [],
  );
  useEffect(() => {
    const look = () => refresh('media.status');
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, []);
}
