import { planExport } from '#core/render/planExport.ts';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { writeOutput } from '../files/outputFile.ts';
import { refuseUnavailableEffects } from './effectFilters.ts';
import { drawFirstFrame } from './encodeSpan.ts';
import type { FilmExport } from './exportFilm.ts';
import { drawOverlayPictures } from './overlayPictures.ts';
import { sourceFiles } from './sourceFiles.ts';
import { inWorkFolder } from './workFolder.ts';

export type FrameRequest = Omit<FilmExport, 'settings' | 'workers' | 'title'> & {
  frame: number;
  signal: AbortSignal;
};

/** Writes one frame as PNG by the very steps of an export. Refuses what an export of that frame refuses. */
export async function renderFrame(request: FrameRequest): Promise<void> {
  const { project, projectPath, frame, signal } = request;
  const range = { startFrame: frame, endFrame: frame + 1 };
  const settings = exportSettingsSchema.parse({ range });
  const plan = planExport(project, request.timelineId, settings);
  refuseUnavailableEffects(project, plan);
  const files = sourceFiles(project, plan, projectPath);
  const target = { force: request.force, sources: [...files.paths, projectPath] };
  await inWorkFolder(request.cacheDir, (folder) =>
    writeOutput(request.output, target, async (temporary) => {
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
          output: temporary,
          signal,
          onFrame: () => undefined,
        });
      }
    }),
  );
}
