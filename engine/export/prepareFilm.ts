import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { ParsedInput } from '#core/contract/contract.ts';
import type { FilmResult } from '#core/contract/films.ts';
import { Refusal } from '#core/fault.ts';
import { outputSettings } from '#core/render/outputSettings.ts';
import { presetFaults } from '#core/render/presets.ts';
import { planExport } from '#core/render/planExport.ts';
import { findTimeline } from '../handlers/findTimeline.ts';
import type { JobContext } from '../jobs/jobRunner.ts';
import type { ProjectFile } from '../project/projectFile.ts';
import type { Programs } from '../tools/programs.ts';
import { FilmReports } from './check/filmReports.ts';
import { exportFilm } from './exportFilm.ts';
import type { ExportPace } from './exportPace.ts';
import { checkFilmTarget } from './filmTarget.ts';
import { refuseLostRange } from './sources/highRange.ts';
import { sourceFiles } from './sources/sourceFiles.ts';

/** What `film.export` is given. */
export type FilmExportInput = ParsedInput<'film.export'>;

/**
 * Finds everything that a film is made with and gives the work of making it, of the project as it is at this moment:
 * the journal goes on meanwhile. What can be refused is refused now, before anyone waits for it.
 */
export async function prepareFilm(
  services: { tools: Programs; cacheDir: string; pace: ExportPace },
  file: ProjectFile,
  input: FilmExportInput,
): Promise<(context: JobContext) => Promise<FilmResult>> {
  const { tools, cacheDir } = services;
  const timeline = findTimeline(file, input.timelineId);
  const output = resolve(input.output);
  const settings = outputSettings(timeline.format, {
    preset: input.preset,
    overrides: input.settings,
    output,
  });
  const plan = planExport(file.project, timeline.id, settings);
  const [stop] = presetFaults(input.preset, plan).stops;
  if (stop !== undefined) throw new Refusal(stop);
  const folders = { projectPath: file.path, cacheDir };
  const { paths, pictures } = await sourceFiles(file.project, plan, folders);
  refuseLostRange(plan, settings, pictures);
  await checkFilmTarget(settings, output, { force: input.force, sources: [...paths, file.path] });
  const film = {
    project: file.frozen(),
    projectPath: file.path,
    timelineId: timeline.id,
    title: file.name,
    settings,
    output,
    force: input.force,
    workers: input.workers ?? defaultWorkers(),
    cacheDir,
    tools: await tools.ffmpeg(),
    overlays: () => tools.overlays(),
    overlayBuild: () => tools.overlayBuild(),
  };
  return async (context) => {
    const made = await exportFilm(film, context);
    const pixels = plan.width * plan.height * framesMade(made);
    services.pace.note(settings, pixels, made.elapsedMs);
    const reports = new FilmReports(cacheDir, file.projectId);
    await reports.keep({ madeAtMs: Date.now(), result: made });
    return made;
  };
}

/** Frames that were neither taken over from the sources nor kept from an earlier export. */
function framesMade({ spans }: FilmResult): number {
  return spans
    .filter((span) => span.kind !== 'copy' && !span.cached)
    .reduce((sum, span) => sum + span.endFrame - span.startFrame, 0);
}

/** Two workers keep the processors busy between spans; many more only compete, since each encodes with threads. */
function defaultWorkers(): number {
  return Math.max(2, Math.min(4, Math.floor(availableParallelism() / 2)));
}
