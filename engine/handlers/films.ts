import { availableParallelism } from 'node:os';
import { basename, resolve } from 'node:path';
import { refuse } from '#core/fault.ts';
import type { Timeline } from '#core/model/entities.ts';
import {
  type ExportOverrides,
  type ExportSettings,
  exportSettingsSchema,
  settingsOfPreset,
} from '#core/render/settings.ts';
import { planExport } from '#core/render/planExport.ts';
import { exportFilm } from '../export/exportFilm.ts';
import { renderFrame } from '../export/renderFrame.ts';
import { sourceFiles } from '../export/sourceFiles.ts';
import { checkTarget } from '../files/outputFile.ts';
import { exportTimeline } from '../interchange/exportTimeline.ts';
import { importTimeline } from '../interchange/importTimeline.ts';
import type { Services } from '../services.ts';
import { findTimeline } from './findTimeline.ts';
import type { HandlersOf } from './handlers.ts';
import { startDerivedJobs } from '../media/derivedJobs.ts';

export function filmHandlers(services: Services): HandlersOf<'film'> & HandlersOf<'timeline'> {
  const { projects, jobs, tools, emit, cacheDir } = services;
  return {
    'timeline.import': async ({ projectId, path }) => {
      const file = projects.need(projectId);
      const { timelineId, commands, losses } = await importTimeline(
        await tools.ffmpeg(),
        file,
        path,
      );
      const { revision, writes } = file.edit(commands);
      emit({ type: 'project.changed', projectId, revision, writes, history: file.history() });
      startDerivedJobs(services, file);
      return { timelineId, losses };
    },
    'timeline.export': ({ projectId, timelineId, path, force }) => {
      const file = projects.need(projectId);
      return exportTimeline(file.project, findTimeline(file, timelineId).id, { path, force });
    },
    'film.export': async ({ projectId, timelineId, output, force, preset, settings, workers }) => {
      const file = projects.need(projectId);
      const timeline = findTimeline(file, timelineId);
      const chosen = exportSettings(timeline, preset, settings);
      const target = resolve(output);
      // What can be refused is refused now, before anyone waits for it.
      const files = sourceFiles(
        file.project,
        planExport(file.project, timeline.id, chosen),
        file.path,
      );
      await checkTarget(target, { force, sources: [...files.paths, file.path] });
      const film = {
        // The journal goes on while a film is made; the film is that of this moment.
        project: file.frozen(),
        projectPath: file.path,
        timelineId: timeline.id,
        title: file.name,
        settings: chosen,
        output: target,
        force,
        workers: workers ?? defaultWorkers(),
        cacheDir,
        tools: await tools.ffmpeg(),
        overlays: () => tools.overlays(),
      };
      const job = jobs.start({
        kind: 'export',
        title: `Export ${basename(target)}`,
        projectId,
        lane: 'export',
        work: (context) => exportFilm(film, context),
      });
      return { jobId: job.id };
    },
    'film.frame': async ({ projectId, timelineId, frame, output, force }) => {
      const file = projects.need(projectId);
      const target = resolve(output);
      await renderFrame({
        project: file.frozen(),
        projectPath: file.path,
        timelineId: findTimeline(file, timelineId).id,
        frame,
        output: target,
        force,
        cacheDir,
        tools: await tools.ffmpeg(),
        overlays: () => tools.overlays(),
        signal: new AbortController().signal,
      });
      return { output: target };
    },
  };
}

function exportSettings(
  timeline: Timeline,
  preset: string | undefined,
  overrides: ExportOverrides,
): ExportSettings {
  if (preset === undefined) return exportSettingsSchema.parse(overrides);
  return (
    settingsOfPreset(preset, timeline.format, overrides) ??
    refuse('export/no-such-preset', `There is no export preset “${preset}”.`, { preset })
  );
}

/** Two workers keep the processors busy between spans; many more only compete, since each encodes with threads. */
function defaultWorkers(): number {
  return Math.max(2, Math.min(4, Math.floor(availableParallelism() / 2)));
}
