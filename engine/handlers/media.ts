import type { z } from 'zod';
import { peaksSchema, thumbnailStripSchema } from '#core/contract/media.ts';
import { refuse } from '#core/fault.ts';
import type { Asset } from '#core/model/entities.ts';
import type { Rate } from '#core/time/rate.ts';
import { contentHashOf } from '../media/contentHashes.ts';
import { startDerivedJobs } from '../media/derivedJobs.ts';
import type { SearchProgress } from '../media/findMedia.ts';
import { importMedia } from '../media/importMedia.ts';
import { mediaStates } from '../media/mediaState.ts';
import { findNumbered } from '../media/numbered/findNumbered.ts';
import { numberedImportJob } from '../media/numbered/importNumbered.ts';
import { movieBeside } from '../media/numbered/movieName.ts';
import { findInFolders, locateAsset } from '../media/relinkMedia.ts';
import { Cancelled } from '../process/run.ts';
import type { Commit, ProjectFile } from '../project/projectFile.ts';
import type { Services } from '../services.ts';
import type { HandlersOf } from './handlers.ts';

const layoutSchema = thumbnailStripSchema.omit({ path: true });
const peaksLayoutSchema = peaksSchema.omit({ path: true });

type Search = { progress: SearchProgress; cancelled: boolean };

export function mediaHandlers(services: Services): HandlersOf<'media'> {
  const { projects, derived, emit } = services;
  const searches = new Map<string, Search>();

  const changed = (file: ProjectFile, { revision, writes }: Commit) => {
    const { projectId } = file;
    emit({ type: 'project.changed', projectId, revision, writes, history: file.history() });
    startDerivedJobs(services, file);
  };

  const find = async (file: ProjectFile, folders: readonly string[], searchId?: string) => {
    const search: Search = { progress: { files: 0, toRead: 0, read: 0 }, cancelled: false };
    const id = searchId ?? crypto.randomUUID();
    searches.set(id, search);
    try {
      return await findInFolders(derived, file, folders, (progress) => {
        search.progress = progress;
        if (search.cancelled || projects.find(file.projectId) !== file) throw new Cancelled();
      });
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
      refuse('media/search-cancelled', 'The search was stopped. Nothing was changed.');
    } finally {
      searches.delete(id);
    }
  };

  return {
    'media.import': async ({ projectId, paths }) => {
      const file = projects.need(projectId);
      const { assetIds, failed, commit } = await importMedia(services, file, paths);
      if (commit) changed(file, commit);
      return { assets: assetIds.flatMap((id) => file.project.find('asset', id) ?? []), failed };
    },
    'media.findNumbered': async ({ path }) => {
      const pictures = await findNumbered(path);
      const { names, first, last, beyondGaps } = pictures;
      const output = movieBeside(pictures);
      return { first: first.name, last: last.name, count: names.length, beyondGaps, output };
    },
    'media.importNumbered': async ({ projectId, frameRate, ...input }) => {
      const file = projects.need(projectId);
      const job = await numberedImportJob(
        services,
        file,
        { ...input, frameRate: frameRate ?? usualRate(file) },
        (commit) => changed(file, commit),
      );
      return { jobId: services.jobs.start(job).id };
    },
    'media.status': async ({ projectId }) => {
      const file = projects.need(projectId);
      const states = await mediaStates(file.project.all('asset'), file.path, derived);
      const assets = [...states].map(async ([asset, { state, path, reason }]) => ({
        assetId: asset.id,
        state,
        missing: state === 'offline',
        path,
        reason,
        contentHash: (await contentHashOf(asset, derived)) ?? null,
        ...(await madeOf(asset, services)),
      }));
      return { assets: await Promise.all(assets) };
    },
    'media.relink': async ({ projectId, folders, searchId }) => {
      const file = projects.need(projectId);
      const { commands, report } = await find(file, folders, searchId);
      if (commands.length > 0) changed(file, file.edit(commands));
      const relinked = report.found.map(({ assetId }) => assetId);
      const left = [...report.ambiguous, ...report.notFound];
      return { relinked, missing: left.map(({ assetId }) => assetId), ...report };
    },
    'media.search': ({ searchId }) => ({ progress: searches.get(searchId)?.progress ?? null }),
    'media.cancelSearch': ({ searchId }) => {
      const search = searches.get(searchId);
      if (search) search.cancelled = true;
      return {};
    },
    'media.locate': async ({ projectId, ...input }) => {
      const file = projects.need(projectId);
      const commands = await locateAsset(services, file, input);
      const { outcomes, ...commit } = file.edit(commands);
      changed(file, commit);
      return {
        relinked: commands.map((command) => String(command['assetId'])),
        trimmedClipIds: outcomes.flatMap((outcome) => outcome['trimmedClipIds'] as string[]),
      };
    },
  };
}

/** The rate of the first timeline. Refuses `media/no-frame-rate`. */
function usualRate({ project }: ProjectFile): Rate {
  return (
    project.all('timeline')[0]?.format.frameRate ??
    refuse(
      'media/no-frame-rate',
      'This project has no timeline to take a frame rate from. Say how many pictures show in a second.',
    )
  );
}

/** What was made of an asset for showing it. */
async function madeOf(asset: Asset, { derived }: Pick<Services, 'derived'>) {
  const { folder, name } = derived.place(asset);
  const [strip, peaks] = await Promise.all([
    derived.read(folder, 'thumbnails'),
    derived.read(folder, 'peaks'),
  ]);
  return {
    thumbnails: withPath(layoutSchema, strip, `/derived/${name}/thumbnails.jpg`),
    peaks: withPath(peaksLayoutSchema, peaks, `/derived/${name}/peaks.bin`),
  };
}

function withPath<T>(
  schema: z.ZodType<T>,
  value: unknown,
  path: string,
): (T & { path: string }) | null {
  const parsed = schema.safeParse(value);
  return parsed.success ? { ...parsed.data, path } : null;
}
