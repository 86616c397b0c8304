import type { Job } from '#core/contract/jobs.ts';
import { Refusal } from '#core/fault.ts';
import { audioStreamOf, type MediaFacts } from '#core/media/facts.ts';
import type { Asset } from '#core/model/entities.ts';
import type { JobContext } from '../jobs/jobRunner.ts';
import type { ProjectFile } from '../project/projectFile.ts';
import type { Services } from '../services.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';
import { hasLikelyFile } from './assetLocation.ts';
import { startContentHashes } from './contentHashes.ts';
import type { DerivedStore } from './derivedStore.ts';
import { makePeaks } from './makePeaks.ts';
import { makePoster, makeThumbnails, stripLayout } from './makeThumbnails.ts';
import { mediaState } from './mediaState.ts';

/** Something that is made of an asset for showing it, as a job of its own. */
type Recipe = {
  kind: Extract<Job['kind'], 'thumbnails' | 'peaks'>;
  title: string;
  /** Names under which the derived store keeps the results. */
  pieces: readonly string[];
  make: (store: DerivedStore, folder: string, source: Source) => Promise<void>;
};

type Source = {
  tools: Ffmpeg;
  path: string;
  facts: MediaFacts;
  signal: AbortSignal;
  onProgress: JobContext['report'];
};

/**
 * Starts what is still to be made of the media of a project: posters, thumbnails and peaks, and, behind them, the hashes
 * of whole files. Nothing where nobody looks.
 */
export function startDerivedJobs(services: Services, file: ProjectFile): void {
  if (services.isUnattended === true) return;
  for (const asset of file.project.all('asset')) {
    if (!hasLikelyFile(asset, file.path)) continue;
    for (const recipe of recipesFor(asset)) startRecipe(services, file, asset, recipe);
  }
  startContentHashes(services, file);
}

function startRecipe(services: Services, file: ProjectFile, asset: Asset, recipe: Recipe): void {
  const { jobs, derived, tools, emit } = services;
  const { projectId } = file;
  const { folder } = derived.place(asset);
  const isUnderWay = jobs
    .list()
    .some(
      (job) =>
        job.kind === recipe.kind &&
        job.assetId === asset.id &&
        (job.state === 'queued' || job.state === 'running'),
    );
  if (isUnderWay || recipe.pieces.every((piece) => derived.has(folder, piece))) return;
  jobs.start({
    projectId,
    assetId: asset.id,
    lane: 'background',
    kind: recipe.kind,
    title: recipe.title,
    work: async ({ signal, report }) => {
      const found = await mediaState(asset, file.path, derived);
      // What is kept under the identity of an asset is never made of another file.
      if (found.state !== 'online') throw new Refusal(found.reason);
      const source = {
        tools: await tools.ffmpeg(),
        path: found.path,
        facts: asset.facts,
        signal,
        onProgress: report,
      };
      await recipe.make(derived, folder, source);
      emit({ type: 'media.derived', projectId, assetId: asset.id });
    },
  });
}

function recipesFor(asset: Asset): Recipe[] {
  const recipes: Recipe[] = [];
  const layout = stripLayout(asset.facts);
  if (layout) {
    recipes.push({
      kind: 'thumbnails',
      title: `Thumbnails of ${asset.name}`,
      pieces: ['poster', 'thumbnails'],
      async make(store, folder, source) {
        await store.write(folder, 'poster', 'poster.jpg', (output) =>
          makePoster({ ...source, output }),
        );
        await store.write(folder, 'thumbnails', 'thumbnails.jpg', async (output) => {
          await makeThumbnails({ ...source, layout, output });
          return layout;
        });
      },
    });
  }
  if (audioStreamOf(asset.facts)) {
    recipes.push({
      kind: 'peaks',
      title: `Waveform of ${asset.name}`,
      pieces: ['peaks'],
      async make(store, folder, source) {
        await store.write(folder, 'peaks', 'peaks.bin', (output) =>
          makePeaks({ ...source, output }),
        );
      },
    });
  }
  return recipes;
}
