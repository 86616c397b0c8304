import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { refuse } from '#core/fault.ts';
import type { ExportSettings } from '#core/render/settings.ts';
import { formatRate } from '#core/time/rate.ts';
import { inputArguments } from '../../media/probe.ts';
import { runFfmpeg } from '../../process/runFfmpeg.ts';
import { SCREEN_COLOR } from '#core/media/sourceColor.ts';
import type { ExportPlan } from '#core/render/planExport.ts';
import { rangeFilters } from '../sources/rangeFilters.ts';
import {
  overlayFormat,
  pixelsOf,
  toWorkingColors,
  type WorkingFormat,
} from '../sources/workingFormat.ts';
import { composedGraph } from '../compose/composedGraph.ts';
import { pictureEncoding } from './encoders.ts';
import { findOpenings, footageGraph, isPlainFootage } from './footageGraph.ts';
import { writeOverlayMovie } from './overlayMovie.ts';
import type { SpanGraph, SpanJob } from './spanJob.ts';

/**
 * Encodes one span as a file of its own that starts with a sync frame, see `pictureEncoding`.
 * Refuses `export/encoder-failed` with the encoder's last words.
 */
export async function encodeSpan(job: SpanJob, settings: ExportSettings): Promise<void> {
  const { plan, span } = job;
  const encoding = pictureEncoding(plan, settings);
  if (encoding === null) throw new Error('Sound alone has no pieces');
  await runSpan(
    job,
    [
      ...['-r', formatRate(plan.frameRate)],
      ...['-frames:v', String(span.endFrame - span.startFrame)],
      ...encoding.arguments,
    ],
    encoding.filter,
  );
}

/** Writes the first frame of a span as PNG. */
export async function drawFirstFrame(job: SpanJob): Promise<void> {
  await runSpan(job, ['-frames:v', '1', '-f', 'image2', '-c:v', 'png', '-update', '1']);
}

/** Writes the frames of a span as raw 4:2:0 pixels of another size, to compare films with. */
export async function drawSmallFrames(
  job: SpanJob,
  { width, height }: { width: number; height: number },
): Promise<void> {
  const frames = job.span.endFrame - job.span.startFrame;
  await runSpan(job, [
    ...['-frames:v', String(frames), '-s', `${width}x${height}`, '-sws_flags', 'area'],
    ...['-f', 'rawvideo', '-c:v', 'rawvideo', '-pix_fmt', 'yuv420p'],
  ]);
}

async function runSpan(
  job: SpanJob,
  outputOptions: readonly string[],
  lastFilter = 'null',
): Promise<void> {
  const { tools, span, files, output, signal } = job;
  const isPlain = isPlainFootage(job.plan, span, files, job.format);
  const graph = isPlain ? await plainGraph(job) : composedGraph(job);
  const { feed, end } = graph;
  const failure = await runFfmpeg(
    tools,
    [
      ...graph.inputs,
      ...['-filter_complex', [...graph.filters, `${graph.film}${lastFilter}[coded]`].join(';')],
      // A timecode of a source would become a track of its own.
      ...['-map', '[coded]', '-map_metadata', '-1'],
      ...outputOptions,
    ],
    output,
    {
      signal,
      // What is encoded meanwhile on one processor, the sound, takes longer than its share of the pictures.
      isPatient: true,
      progress: { frame: job.onFrame },
      ...(feed ? { writeStdin: feed } : {}),
    },
  ).finally(end);
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
async function plainGraph(job: SpanJob): Promise<SpanGraph> {
  const { plan, span, files, format, overlays, signal } = job;
  const openings = await findOpenings(plan, span, files, job);
  const graph = footageGraph(plan, span, files, { openings, format });
  if (span.overlays.length === 0) return { ...graph, film: '[picture]' };
  const drawn = await writeOverlayMovie(plan, span, overlays, signal);
  return {
    inputs: [...graph.inputs, ...inputArguments(drawn)],
    filters: [
      ...graph.filters,
      `[${graph.inputCount}:v]${graphicsFilters(plan, format).join(',')}[over]`,
      `[picture][over]overlay=format=${overlayFormat(format)}:eof_action=repeat[film]`,
    ],
    film: '[film]',
    end: () => rm(drawn, { force: true }),
  };
}

/** Filters that bring drawn graphics, which are for usual screens, to the size and the colours of the film. */
function graphicsFilters({ width, height }: ExportPlan, format: WorkingFormat): string[] {
  const pixels = pixelsOf(format, 'clear');
  const mapped = rangeFilters(SCREEN_COLOR, format.transfer);
  const colors = toWorkingColors(format);
  if (mapped.length === 0) return [`scale=${width}:${height}:${colors}`, `format=${pixels}`];
  return [
    `scale=${width}:${height}`,
    'format=gbrap16le',
    ...mapped,
    `scale=${colors}`,
    `format=${pixels}`,
  ];
}
