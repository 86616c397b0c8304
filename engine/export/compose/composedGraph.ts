import { availableParallelism } from 'node:os';
import { SCREEN_COLOR } from '#core/media/sourceColor.ts';
import type { ObjectId } from '#core/model/entities.ts';
import { formatRate } from '#core/time/rate.ts';
import { nestFrames } from '../encode/nestFrames.ts';
import type { SpanGraph, SpanJob } from '../encode/spanJob.ts';
import { rangeFilters } from '../sources/rangeFilters.ts';
import { pixelsOf, toWorkingColors, type WorkingFormat } from '../sources/workingFormat.ts';
import { writeBytes } from '../../process/writeBytes.ts';
import { composeFrames } from './composeFrames.ts';
import { composeInThreads } from './composeInThreads.ts';
import { type ComposedScene, isOverlaid } from './frameDrawings.ts';
import { type OverlayPaths, overlaysByPath } from './overlaysByPath.ts';

/** So few frames are composed sooner than threads are started. */
const FEW_FRAMES = 3;
/** More threads than these draw faster than an encoder takes. */
const MOST_THREADS = 4;
/** Frames under way take as much memory as this at most, with what they are drawn from, and are two at least. */
const MOST_BYTES_UNDER_WAY = 256 * 1024 * 1024;
/** A frame and what it is drawn from, in most films. */
const PICTURES_A_FRAME = 3;

/** Pictures are composed here, graphics included, and ffmpeg only encodes them. */
export function composedGraph(job: SpanJob): SpanGraph {
  const { width, height, frameRate } = job.plan;
  const { background } = job.format;
  return {
    inputs: [
      ...[
        '-f',
        'rawvideo',
        '-pix_fmt',
        background === 'clear' ? 'rgba' : 'rgb0',
        '-video_size',
        `${width}x${height}`,
      ],
      ...['-framerate', formatRate(frameRate), '-i', 'pipe:0'],
    ],
    filters: [`[0:v]${workingFilters(job.format).join(',')},setsar=1[picture]`],
    film: '[picture]',
    feed: (stdin) => feedComposed(job, stdin),
  };
}

/** Filters from composed pixels, which are for usual screens, to the working format of the film. */
function workingFilters(format: WorkingFormat): string[] {
  const { background, transfer } = format;
  const mapped = rangeFilters(SCREEN_COLOR, transfer);
  const scale = `scale=${toWorkingColors(format)}:flags=bicubic+accurate_rnd+full_chroma_int`;
  const pixels = `format=${pixelsOf(format, background === 'clear' ? 'clear' : 'opaque')}`;
  // Colours are multiplied by their alpha, and films are not.
  if (background === 'clear') return ['format=gbrap', 'unpremultiply=inplace=1', scale, pixels];
  return [...(mapped.length > 0 ? ['format=gbrp16le', ...mapped] : []), scale, pixels];
}

async function feedComposed(job: SpanJob, stdin: NodeJS.WritableStream): Promise<void> {
  for await (const data of composed(job)) {
    if (!stdin.writable) return;
    // Colours are multiplied by their alpha already, which is what they are over black; there alpha is not looked at.
    await writeBytes(stdin, data);
  }
}

/** The pixels of each frame of a span; each good until the next are asked for. */
async function* composed(job: SpanJob): AsyncGenerator<Uint8Array, void> {
  const { tools, plan, span, files, signal } = job;
  const nests = new Map(plan.nests.map((nest) => [nest.timelineId, nest]));
  const frames = Array.from(
    { length: span.endFrame - span.startFrame },
    (_, index) => span.startFrame + index,
  );
  const { timelineId, frameRate, width, height } = plan;
  const scene: ComposedScene = { timelineId, frameRate, width, height, spans: [span] };
  const overlays = overlayPaths(job);
  if (frames.length <= FEW_FRAMES) {
    const composing = { tools, files, nests, overlayOf: overlaysByPath(overlays), signal };
    for await (const { data } of composeFrames(composing, scene, frames)) yield data;
    return;
  }
  const threads = Math.max(1, Math.min(MOST_THREADS, Math.floor(availableParallelism() / 2)));
  const bytes = PICTURES_A_FRAME * width * height * 4;
  const affordable = Math.max(2, Math.floor(MOST_BYTES_UNDER_WAY / bytes));
  const framesUnderWay = Math.min(threads + 2, affordable);
  const work = { tools, files, nests, scene, frames, overlays, threads, framesUnderWay };
  yield* composeInThreads(work, signal);
}

/** The files of the graphics over the frames that a span shows, those of nested timelines included. */
function overlayPaths({ plan, span, overlays }: SpanJob): OverlayPaths {
  const paths = new Map<ObjectId, Map<number, string>>();
  const add = (timelineId: ObjectId, frame: number) => {
    const own = paths.get(timelineId) ?? new Map<number, string>();
    paths.set(timelineId, own.set(frame, overlays.pathOf(timelineId, frame)));
  };
  for (let frame = span.startFrame; frame < span.endFrame; frame++)
    if (isOverlaid(span, frame)) add(plan.timelineId, frame);
  for (const [timelineId, frames] of nestFrames({ ...plan, spans: [span] })) {
    const spans = plan.nests.find((nest) => nest.timelineId === timelineId)?.spans ?? [];
    for (const frame of frames) {
      const shown = spans.find((one) => one.startFrame <= frame && frame < one.endFrame);
      if (isOverlaid(shown, frame)) add(timelineId, frame);
    }
  }
  return paths;
}
