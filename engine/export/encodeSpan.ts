import { basename } from 'node:path';
import { refuse } from '#core/fault.ts';
import type { ExportPlan, Span } from '#core/render/planExport.ts';
import type { ExportSettings } from '#core/render/settings.ts';
import { formatRate } from '#core/time/rate.ts';
import { runFfmpeg } from '../process/runFfmpeg.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';
import { type ComposedScene, type Composing, composeFrames } from './compose/composeFrames.ts';
import type { Picture } from './compose/picture.ts';
import type { FootageFile } from './footageFile.ts';
import { footageGraph, isPlainFootage } from './footageGraph.ts';
import type { OverlayPictures } from './overlayPictures.ts';

/** x264 makes different bytes for different numbers of threads; a fixed number makes the film the same everywhere. */
const ENCODER_THREADS = 4;

export type SpanJob = {
  tools: Ffmpeg;
  plan: ExportPlan;
  span: Span;
  files: ReadonlyMap<string, FootageFile>;
  overlays: OverlayPictures;
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

/** How the picture of a span comes about: what ffmpeg reads and filters, up to `film`, and what is written to it. */
type SpanGraph = {
  inputs: string[];
  filters: string[];
  film: string;
  feed?: (stdin: NodeJS.WritableStream) => Promise<void>;
};

async function runSpan(job: SpanJob, outputOptions: readonly string[]): Promise<void> {
  const { tools, span, files, output, signal } = job;
  const graph = isPlainFootage(span) ? plainGraph(job) : composedGraph(job);
  const { feed } = graph;
  const failure = await runFfmpeg(
    tools,
    [
      ...graph.inputs,
      ...['-filter_complex', graph.filters.join(';')],
      ...['-map', graph.film],
      ...outputOptions,
    ],
    output,
    {
      signal,
      progress: { frame: job.onFrame },
      ...(feed ? { writeStdin: feed } : {}),
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

/** ffmpeg draws the footage; graphics are laid over it. */
function plainGraph(job: SpanJob): SpanGraph {
  const { plan, span, files } = job;
  const graph = footageGraph(plan, span, files);
  if (span.overlays.length === 0) return { ...graph, film: '[picture]' };
  const rate = formatRate(plan.frameRate);
  return {
    inputs: [
      ...graph.inputs,
      ...['-f', 'image2pipe', '-framerate', rate, '-c:v', 'png', '-i', 'pipe:0'],
    ],
    filters: [
      ...graph.filters,
      `[${graph.inputCount}:v]scale=${plan.width}:${plan.height}:out_color_matrix=bt709:out_range=tv,format=yuva420p[over]`,
      '[picture][over]overlay=format=yuv420:eof_action=repeat[film]',
    ],
    film: '[film]',
    feed: (stdin) => feedOverlays(job, stdin),
  };
}

/** Pictures are composed here, graphics included, and ffmpeg only encodes them. */
function composedGraph(job: SpanJob): SpanGraph {
  const { width, height, frameRate } = job.plan;
  return {
    inputs: [
      ...['-f', 'rawvideo', '-pix_fmt', 'rgb0', '-video_size', `${width}x${height}`],
      ...['-framerate', formatRate(frameRate), '-i', 'pipe:0'],
    ],
    filters: [
      '[0:v]scale=out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd+full_chroma_int,format=yuv420p,setsar=1[picture]',
    ],
    film: '[picture]',
    feed: (stdin) => feedComposed(job, stdin),
  };
}

async function feedComposed(job: SpanJob, stdin: NodeJS.WritableStream): Promise<void> {
  const { tools, plan, span, files, overlays, signal } = job;
  const nests = new Map(plan.nests.map((nest) => [nest.timelineId, nest]));
  const composing: Composing = { tools, files, nests, overlayOf: overlays.pictureOf, signal };
  const frames = Array.from(
    { length: span.endFrame - span.startFrame },
    (_, index) => span.startFrame + index,
  );
  const scene: ComposedScene = { ...plan, spans: [span] };
  for await (const picture of composeFrames(composing, scene, frames)) {
    if (!stdin.writable) return;
    await written(stdin, overBlack(picture));
  }
}

/** Colours are multiplied by their alpha already, which is what they are over black; alpha is not looked at. */
function overBlack({ data }: Picture): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

async function feedOverlays(job: SpanJob, stdin: NodeJS.WritableStream): Promise<void> {
  for (let frame = job.span.startFrame; frame < job.span.endFrame; frame++) {
    if (job.signal.aborted || !stdin.writable) return;
    await written(stdin, await job.overlays.pngOf(frame));
  }
}

async function written(stdin: NodeJS.WritableStream, bytes: Buffer): Promise<void> {
  await new Promise<void>((resolve) => {
    // A child that is gone closes its pipe; then there is nobody left to wait for.
    stdin.once('close', resolve);
    stdin.write(bytes, () => {
      stdin.off('close', resolve);
      resolve();
    });
  });
}

/** Two seconds between sync frames: seeking stays quick, the cost stays small. */
function syncFrameInterval(plan: ExportPlan): number {
  return Math.max(1, Math.round((2 * plan.frameRate.num) / plan.frameRate.den));
}
