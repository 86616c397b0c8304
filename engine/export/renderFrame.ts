import { planExport } from '#core/render/planExport.ts';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { writeOutput } from '../files/outputFile.ts';
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
  const plan = planExport(project, request.timelineId, exportSettingsSchema.parse({ range }));
  const files = sourceFiles(project, plan, projectPath);
  const target = { force: request.force, sources: [...files.paths, projectPath] };
  await inWorkFolder(request.cacheDir, (folder) =>
    writeOutput(request.output, target, async (temporary) => {
      const spans = plan.spans.filter((span) => span.kind === 'graphics');
      const pictures = await drawOverlayPictures({
        plan,
        spans,
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
          overlayOf: pictures.pngOf,
          output: temporary,
          signal,
          onFrame: () => undefined,
        });
      }
    }),
  );
}
