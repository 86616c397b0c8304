import { resolve } from 'node:path';
import { FilmReports } from '../export/check/filmReports.ts';
import { renderFrame } from '../export/renderFrame.ts';
import { exportTimeline } from '../interchange/exportTimeline.ts';
import { importTimeline } from '../interchange/importTimeline.ts';
import type { Services } from '../services.ts';
import { findTimeline } from './findTimeline.ts';
import type { HandlersOf } from './handlers.ts';
import { startDerivedJobs } from '../media/derivedJobs.ts';

export function filmHandlers(services: Services): HandlersOf<'film'> & HandlersOf<'timeline'> {
  const { projects, tools, emit, cacheDir } = services;
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
    'film.export': async (input) => {
      const job = await services.exports.start(projects.need(input.projectId), input);
      return { jobId: job.id };
    },
    'film.reports': async ({ projectId }) => {
      const reports = new FilmReports(cacheDir, projects.need(projectId).projectId);
      return { reports: await reports.list() };
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
