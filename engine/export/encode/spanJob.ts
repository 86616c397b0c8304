import type { ExportPlan, Span } from '#core/render/planExport.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import type { FootageFile } from '../sources/footageFile.ts';
import type { WorkingFormat } from '../sources/workingFormat.ts';
import type { OverlayPictures } from './overlayPictures.ts';

/** One span of a film, to be written to a file. */
export type SpanJob = {
  tools: Ffmpeg;
  plan: ExportPlan;
  span: Span;
  files: ReadonlyMap<string, FootageFile>;
  overlays: OverlayPictures;
  /** What pictures are put together in. */
  format: WorkingFormat;
  output: string;
  signal: AbortSignal;
  onFrame: (frames: number) => void;
};

/** How the picture of a span comes about: what ffmpeg reads and filters, up to `film`, and what is written to it. */
export type SpanGraph = {
  inputs: string[];
  filters: string[];
  film: string;
  feed?: (stdin: NodeJS.WritableStream) => Promise<void>;
  /** To be called when ffmpeg has ended. */
  end?: () => Promise<void>;
};
