import type { EngineEvent } from '#core/contract/contract.ts';
import type { EngineOptions } from './engineOptions.ts';
import type { ExportQueue } from './jobs/exportQueue.ts';
import type { JobRunner } from './jobs/jobRunner.ts';
import type { DerivedStore } from './media/derivedStore.ts';
import type { OpenProjects } from './project/openProjects.ts';
import type { RecentProjects } from './project/recentProjects.ts';
import type { ReadingRoom } from './reading/readingRoom.ts';
import type { Programs } from './tools/programs.ts';

/** What the handlers of the contract work with. */
export type Services = EngineOptions & {
  emit: (event: EngineEvent) => void;
  jobs: JobRunner;
  exports: ExportQueue;
  tools: Programs;
  projects: OpenProjects;
  recent: RecentProjects;
  derived: DerivedStore;
  reading: ReadingRoom;
};
