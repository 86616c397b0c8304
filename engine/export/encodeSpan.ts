import { basename } from 'node:path';
import { refuse } from '#core/fault.ts';
import type { ExportPlan, Span } from '#core/render/planExport.ts';
import type { ExportSettings } from '#core/render/settings.ts';
import { formatRate } from '#core/time/rate.ts';
import { runFfmpeg } from '../process/runFfmpeg.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';
import { type FootageFile, footageGraph } from './footageGraph.ts';

/** x264 makes different bytes for different numbers of threads; a fixed number makes the film the same everywhere. */
const ENCODER_THREADS = 4;

export type SpanJob = {
  tools: Ffmpeg;
  plan: ExportPlan;
  span: Span;
  files: ReadonlyMap<string, FootageFile>;
  /** PNG of what is drawn over a frame of the timeline. */
  overlayOf: (frame: number) => Promise<Buffer>;
  output: string;
  signal: AbortSignal;
  onFrame: (frames: number) => void;
};

/**
 * Encodes one span as an MP4 of its own that starts with a sync frame.
 * Refuses `export/encoder-failed` with the encoder's last words.
 */
export async function encodeSpan(job: SpanJob, settings: ExportSettings): Promise<void> {
  const { plan, span } = job;
  const encoder = [
    '-c:v',
    'libx264',
    '-preset',
    settings.encoderPreset,
    '-crf',
    String(settings.crf),
    '-profile:v',
    'high',
    '-pix_fmt',
    'yuv420p',
    '-threads:v',
    String(ENCODER_THREADS),
    '-g',
    String(syncFrameInterval(plan)),
    '-colorspace',
    'bt709',
    '-color_primaries',
    'bt709',
    '-color_trc',
    'bt709',
    '-color_range',
    'tv',
    '-video_track_timescale',
    String(plan.frameRate.num),
    '-f',
    'mp4',
  ];
  await runSpan(job, [
    '-r',
    formatRate(plan.frameRate),
    '-frames:v',
    String(span.endFrame - span.startFrame),
    ...encoder,
  ]);
}

/** Writes the first frame of a span as PNG. */
export async function drawFirstFrame(job: SpanJob): Promise<void> {
  await runSpan(job, ['-frames:v', '1', '-f', 'image2', '-c:v', 'png', '-update', '1']);
}

async function runSpan(job: SpanJob, outputOptions: readonly string[]): Promise<void> {
  const { tools, plan, span, files, output, signal } = job;
  const graph = footageGraph(plan, span, files);
  const hasOverlays = span.overlays.length > 0;
  const filters = [...graph.filters];
  const inputs = [...graph.inputs];
  if (hasOverlays) {
    inputs.push(
      '-f',
      'image2pipe',
      '-framerate',
      formatRate(plan.frameRate),
      '-c:v',
      'png',
      '-i',
      'pipe:0',
    );
    filters.push(
      `[${graph.inputCount}:v]scale=${plan.width}:${plan.height}:out_color_matrix=bt709:out_range=tv,format=yuva420p[over]`,
      '[picture][over]overlay=format=yuv420:eof_action=repeat[film]',
    );
  }
  const failure = await runFfmpeg(
    tools,
    [
      ...inputs,
      ...['-filter_complex', filters.join(';')],
      ...['-map', hasOverlays ? '[film]' : '[picture]'],
      ...outputOptions,
    ],
    output,
    {
      signal,
      progress: { frame: job.onFrame },
      ...(hasOverlays ? { writeStdin: (stdin) => feedOverlays(job, stdin) } : {}),
    },
  );
  if (failure !== null) {
    refuse(
      'export/encoder-failed',
      'A stretch of the film could not be made. The project is unchanged; the details say what ffmpeg reported.',
      {
        startFrame: span.startFrame,
        endFrame: span.endFrame,
        sources: [...files.values()].map((file) => basename(file.path)),
        reason: failure,
      },
    );
  }
}

async function feedOverlays(job: SpanJob, stdin: NodeJS.WritableStream): Promise<void> {
  for (let frame = job.span.startFrame; frame < job.span.endFrame; frame++) {
    if (job.signal.aborted || !stdin.writable) return;
    const png = await job.overlayOf(frame);
    await new Promise<void>((resolve) => {
      // A child that is gone closes its pipe; then there is nobody left to wait for.
      stdin.once('close', resolve);
      stdin.write(png, () => {
        stdin.off('close', resolve);
        resolve();
      });
    });
  }
}

/** Two seconds between sync frames: seeking stays quick, the cost stays small. */
function syncFrameInterval(plan: ExportPlan): number {
  return Math.max(1, Math.round((2 * plan.frameRate.num) / plan.frameRate.den));
}
