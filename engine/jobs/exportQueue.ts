import { basename, resolve } from 'node:path';
import { contract } from '#core/contract/contract.ts';
import type { Job } from '#core/contract/jobs.ts';
import { refuse } from '#core/fault.ts';
import type { ExportPace } from '../export/exportPace.ts';
import { type FilmExportInput, prepareFilm } from '../export/prepareFilm.ts';
import type { OpenProjects } from '../project/openProjects.ts';
import { ProjectFile } from '../project/projectFile.ts';
import type { Programs } from '../tools/programs.ts';
import type { JobRunner } from './jobRunner.ts';
import type { KeptExport, KeptExports } from './keptExports.ts';

type ExportQueueOptions = {
  jobs: JobRunner;
  projects: OpenProjects;
  tools: Programs;
  cacheDir: string;
  /** Null where nothing is kept: a command ends with its export. */
  kept: KeptExports | null;
  pace: ExportPace;
};

/**
 * The exports of films that wait, run or are paused. They are written down while they are not over, so that the next
 * run of the engine can offer to go on with them.
 */
export class ExportQueue {
  readonly #options: ExportQueueOptions;
  readonly #given = new Map<string, Pick<KeptExport, 'projectPath' | 'input'>>();
  #isClosed = false;
  readonly pace: ExportPace;

  constructor(options: ExportQueueOptions) {
    this.#options = options;
    this.pace = options.pace;
  }

  /** Puts a film in the queue. Refuses what can be known now. */
  async start(file: ProjectFile, given: FilmExportInput): Promise<Job> {
    const input = { ...given, output: resolve(given.output) };
    const work = await prepareFilm(this.#options, file, input);
    const job = this.#options.jobs.start({
      kind: 'export',
      title: `Export ${basename(input.output)}`,
      projectId: input.projectId,
      output: input.output,
      lane: 'export',
      canPause: true,
      work,
      renew: () => this.#renew(job.id),
    });
    this.#given.set(job.id, { projectPath: file.path, input });
    this.#keep();
    return job;
  }

  /** Takes in what earlier runs left behind; it waits until somebody lets it go on. */
  takeLeftOver(): void {
    for (const { id, title, progress, projectPath, input } of this.#options.kept?.takeLeftOver() ??
      []) {
      this.#given.set(id, { projectPath, input });
      this.#options.jobs.adopt({
        id,
        kind: 'export',
        title,
        projectId: input.projectId,
        output: input.output,
        lane: 'export',
        progress,
        renew: () => this.#renew(id),
      });
    }
  }

  /** Told of every change of a job. */
  follow(job: Job): void {
    if (job.kind === 'export' && this.#given.has(job.id)) this.#keep();
  }

  /** From now on nothing is written: what the closing engine stops is to go on another time. */
  close(): void {
    this.#isClosed = true;
  }

  #keep(): void {
    const { kept, jobs } = this.#options;
    if (kept === null || this.#isClosed) return;
    kept.keep(
      jobs.turns('export').flatMap(({ id, title, state, progress }) => {
        const given = this.#given.get(id);
        // How far a running one is changes all the time and is known again when it goes on.
        return given ? [{ id, title, progress: state === 'paused' ? progress : 0, ...given }] : [];
      }),
    );
  }

  /** The work of an export once more, of its project as it is now, whether that is open or not. */
  async #renew(jobId: string): ReturnType<typeof prepareFilm> {
    const given = this.#given.get(jobId);
    const parsed = contract['film.export'].input.safeParse(given?.input);
    if (given === undefined || !parsed.success) {
      return refuse(
        'export/settings-unknown',
        'The settings of this export are of another version of Inkreel. Remove it from the list and export again.',
      );
    }
    const open = this.#options.projects.find(parsed.data.projectId);
    if (open) return prepareFilm(this.#options, open, parsed.data);
    const file = ProjectFile.open(given.projectPath, { writing: 'when-needed' });
    try {
      if (file.projectId !== parsed.data.projectId) {
        refuse(
          'export/other-project',
          `Another project lies at “${given.projectPath}” now. Open the project of this film and export it again.`,
          { path: given.projectPath },
        );
      }
      return await prepareFilm(this.#options, file, parsed.data);
    } finally {
      file.close();
    }
  }
}
