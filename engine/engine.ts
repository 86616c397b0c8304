import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Answer,
  type CallInput,
  type CallName,
  type CallOutput,
  contract,
  type EngineClient,
  type EngineEvent,
  isCallName,
} from '#core/contract/contract.ts';
import { type Result, settleAsync } from '#core/fault.ts';
import type { EngineOptions } from './engineOptions.ts';
import { ExportPace } from './export/exportPace.ts';
import { removeAbandonedWork } from './export/workFolder.ts';
import { appHandlers } from './handlers/app.ts';
import { bookHandlers } from './handlers/books.ts';
import { captionHandlers } from './handlers/captions.ts';
import { exportHandlers } from './handlers/exports.ts';
import { filmHandlers } from './handlers/films.ts';
import { historyHandlers } from './handlers/history.ts';
import { jobHandlers } from './handlers/jobs.ts';
import { libraryHandlers } from './handlers/library.ts';
import { mediaHandlers } from './handlers/media.ts';
import { narrationHandlers } from './handlers/narration.ts';
import { projectHandlers } from './handlers/projects.ts';
import { readingHandlers } from './handlers/reading.ts';
import type { Handlers } from './handlers/handlers.ts';
import { ExportQueue } from './jobs/exportQueue.ts';
import { JobRunner } from './jobs/jobRunner.ts';
import { KeptExports } from './jobs/keptExports.ts';
import { DerivedStore } from './media/derivedStore.ts';
import { OpenProjects } from './project/openProjects.ts';
import type { ProjectOptions } from './project/projectFile.ts';
import { RecentProjects } from './project/recentProjects.ts';
import type { BookFile } from './reading/bookFile.ts';
import { ReadingRoom } from './reading/readingRoom.ts';
import type { Services } from './services.ts';
import { Programs } from './tools/programs.ts';

/** The engine: answers the calls of the contract and tells what happens. */
export interface Engine extends EngineClient {
  /** A call as it comes off a wire: nothing about it is known yet. */
  callUnchecked(name: string, input: unknown): Promise<Answer>;
  /** The file behind a media address: `media/<projectId>/<assetId>` or `derived/<…>`; null when there is none. */
  mediaFile(address: string): string | null;
  /** The book that is being read in a session; null when there is none. */
  readBook(sessionId: string): BookFile | null;
  /** Waits for a job to end. */
  jobEnd: JobRunner['end'];
  /** Stops all work and closes every project. */
  close(): Promise<void>;
}

/** Starts an engine. Only one call at a time changes a project; long work runs as jobs. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  for (const folder of [options.dataDir, options.cacheDir])
    await mkdir(folder, { recursive: true });
  await removeAbandonedWork(options.cacheDir);
  const listeners = new Set<(event: EngineEvent) => void>();
  const emit = (event: EngineEvent) => {
    for (const listener of listeners) listener(event);
  };
  const jobs = new JobRunner(
    (job) => {
      emit({ type: 'job.changed', job });
      exports.follow(job);
    },
    (jobId) => emit({ type: 'job.removed', jobId }),
  );
  const tools = new Programs(options);
  const projects = new OpenProjects(projectOptions(options));
  const kept = options.keepsExports ? new KeptExports(options.dataDir) : null;
  const pace = new ExportPace(join(options.dataDir, 'export-pace.json'));
  const { cacheDir } = options;
  const exports = new ExportQueue({ jobs, projects, tools, cacheDir, kept, pace });
  exports.takeLeftOver();
  const services: Services = {
    ...options,
    emit,
    jobs,
    exports,
    tools,
    projects,
    recent: new RecentProjects(join(options.dataDir, 'recent.json')),
    derived: new DerivedStore(options.cacheDir),
    reading: new ReadingRoom(options.dataDir),
  };
  const handlers: Handlers = {
    ...appHandlers(services),
    ...projectHandlers(services),
    ...historyHandlers(services),
    ...mediaHandlers(services),
    ...filmHandlers(services),
    ...exportHandlers(services),
    ...captionHandlers(services),
    ...bookHandlers(services),
    ...narrationHandlers(services),
    ...libraryHandlers(services),
    ...readingHandlers(services),
    ...jobHandlers(services),
  };

  const callUnchecked = async (name: string, input: unknown): Promise<Answer> => {
    if (!isCallName(name)) {
      return {
        ok: false,
        error: { code: 'contract/unknown-call', message: `There is no call “${name}”.` },
      };
    }
    const parsed = contract[name].input.safeParse(input);
    if (!parsed.success) {
      return {
        ok: false,
        error: {
          code: 'contract/bad-input',
          message: `The call “${name}” was given something that does not fit.`,
          details: {
            issues: parsed.error.issues.map(({ path, message }) => ({
              path: path.join('.'),
              message,
            })),
          },
        },
      };
    }
    const handler = handlers[name] as (input: unknown) => unknown;
    return settleAsync(async () => handler(parsed.data));
  };

  return {
    callUnchecked,
    call: <N extends CallName>(name: N, input: CallInput<N>) =>
      callUnchecked(name, input) as Promise<Result<CallOutput<N>>>,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    mediaFile(address) {
      const [area, first, second] = address.split('/');
      if (area === 'derived') return services.derived.resolve(`${first}/${second}`);
      return area === 'media' && first && second
        ? services.projects.assetFile(first, second)
        : null;
    },
    readBook: (sessionId) => services.reading.find(sessionId)?.book ?? null,
    jobEnd: (jobId) => jobs.end(jobId),
    async close() {
      exports.close();
      await jobs.close();
      await services.tools.close();
      services.projects.closeAll();
      await services.reading.closeAll();
    },
  };
}

function projectOptions({
  author,
  program,
  writing,
  waitForWriterMs,
}: EngineOptions): ProjectOptions {
  return {
    ...(author !== undefined && { author }),
    ...(program !== undefined && { program }),
    ...(writing !== undefined && { writing }),
    ...(waitForWriterMs !== undefined && { waitMs: waitForWriterMs }),
  };
}
