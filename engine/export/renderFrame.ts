import { planExport } from '#core/render/planExport.ts';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { writeOutput } from '../files/outputFile.ts';
import { refuseUnavailableEffects } from './effectFilters.ts';
import { drawFirstFrame } from './encode/encodeSpan.ts';
import type { FilmExport } from './filmExport.ts';
import { drawOverlayPictures } from './encode/overlayPictures.ts';
import { USUAL_FORMAT } from './sources/workingFormat.ts';
import { sourceFiles } from './sources/sourceFiles.ts';
import { steadyPlan } from './steady/steadyPlan.ts';
import { inWorkFolder } from './workFolder.ts';

export type FrameRequest = Omit<FilmExport, 'settings' | 'workers' | 'title' | 'overlayBuild'> & {
  frame: number;
  signal: AbortSignal;
};

/** Writes one frame as PNG by the very steps of an export. Refuses what an export of that frame refuses. */
export async function renderFrame(request: FrameRequest): Promise<void> {
  const { project, projectPath, frame, signal } = request;
  const range = { startFrame: frame, endFrame: frame + 1 };
  const settings = exportSettingsSchema.parse({ range });
  const planned = planExport(project, request.timelineId, settings);
  refuseUnavailableEffects(project, planned);
  const files = await sourceFiles(project, planned, request);
  const target = { force: request.force, sources: [...files.paths, projectPath] };
  await inWorkFolder(request.cacheDir, (folder) =>
    writeOutput(request.output, target, async (temporary) => {
      const plan = await steadyPlan(planned, files.pictures, { ...request, folder });
      const pictures = await drawOverlayPictures({
        plan,
        renderer: request.overlays,
        folder,
        signal,
        onProgress: () => undefined,
      });
      for (const span of plan.spans) {
        await drawFirstFrame({
          tools: request.tools,
          plan,
          span,
          files: files.pictures,
          overlays: pictures,
          format: USUAL_FORMAT,
          output: temporary,
          signal,
          onFrame: () => undefined,
        });
      }
    }),
  );
}
