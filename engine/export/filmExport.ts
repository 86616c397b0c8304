import type { ObjectId } from '#core/model/entities.ts';
import type { ProjectReader } from '#core/model/project.ts';
import type { ExportSettings } from '#core/render/settings.ts';
import type { OverlayRenderer } from '../graphics/drawOverlays.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';

/** Everything that a film is made with. */
export type FilmExport = {
  project: ProjectReader;
  projectPath: string;
  timelineId: ObjectId;
  title: string;
  settings: ExportSettings;
  output: string;
  force: boolean;
  workers: number;
  cacheDir: string;
  tools: Ffmpeg;
  overlays: () => Promise<OverlayRenderer>;
  /** Changes whenever titles and captions may be drawn differently. */
  overlayBuild: () => Promise<string>;
};
