import { type PictureLayer, sourcesOf } from '#core/render/pictureLayers.ts';
import {
  forwardSpeed,
  isUnchanged,
  type PictureSource,
  sourceTime,
} from '#core/render/pictureSource.ts';
import type { Speed } from '#core/model/sourceRange.ts';
import type { ExportPlan, Span } from '#core/render/planExport.ts';
import {
  decimalSeconds,
  type Flicks,
  FLICKS_PER_SECOND,
  flicks,
  maxFlicks,
  subtractFlicks,
  ZERO,
} from '#core/time/flicks.ts';
import { formatRate, frameStart, type Rate } from '#core/time/rate.ts';
import { inputArguments } from '../media/probe.ts';
import type { FootageFile } from './footageFile.ts';

/** What ffmpeg needs to draw the picture of a span: inputs, and a filter graph that ends in `[picture]`. */
export type FootageGraph = { inputs: string[]; filters: string[]; inputCount: number };

/** How far before its first frame a source is opened, so that the picture on screen at that moment is decoded too. */
const PREROLL: Flicks = flicks(FLICKS_PER_SECOND);

/** Everything is composed in BT.709, limited range: what players assume of video. */
const TO_BT709 = 'out_color_matrix=bt709:out_range=tv';

/**
 * Whether ffmpeg alone can draw a span: pictures that run forwards evenly, only fitted into the frame, cut or dissolved.
 * All others are composed here, picture by picture.
 */
export function isPlainFootage(span: Span): boolean {
  return span.layers.every(
    (layer) =>
      (layer.kind === 'clip' || layer.transition === 'dissolve') &&
      sourcesOf(layer).every((source) => isUnchanged(source) && forwardSpeed(source) !== null),
  );
}

/**
 * The picture of a span, bottom layer first over black. A frame of the film shows the last source frame that starts
 * before its middle, which is what rounding to nearest in the `fps` filter gives.
 */
export function footageGraph(
  plan: ExportPlan,
  span: Span,
  files: ReadonlyMap<string, FootageFile>,
): FootageGraph {
  const graph: FootageGraph = { inputs: [], filters: [], inputCount: 0 };
  const frames = span.endFrame - span.startFrame;
  const size = `${plan.width}x${plan.height}`;
  const black = `color=black:size=${size}:rate=${formatRate(plan.frameRate)},trim=end_frame=${frames},setsar=1,format=yuv420p`;
  if (span.layers.length === 0) {
    graph.filters.push(`${black}[picture]`);
    return graph;
  }
  const labels = span.layers.map((layer, index) => {
    const label = `layer${index}`;
    addLayer(graph, { plan, span, layer, label, files, isBottom: index === 0 });
    return label;
  });
  labels.slice(1).forEach((label, index) => {
    const below = index === 0 ? labels[0] : `stack${index}`;
    graph.filters.push(
      `[${below}][${label}]overlay=format=yuv420:eof_action=pass[stack${index + 1}]`,
    );
  });
  const top = labels.length === 1 ? labels[0] : `stack${labels.length - 1}`;
  graph.filters.push(`[${top}]format=yuv420p,setsar=1[picture]`);
  return graph;
}

type LayerContext = {
  plan: ExportPlan;
  span: Span;
  layer: PictureLayer;
  label: string;
  files: ReadonlyMap<string, FootageFile>;
  isBottom: boolean;
};

function addLayer(graph: FootageGraph, context: LayerContext): void {
  const { layer, label, plan, span } = context;
  if (layer.kind === 'clip') {
    addSource(graph, context, layer.source, label);
    return;
  }
  addSource(graph, context, layer.from, `${label}from`);
  addSource(graph, context, layer.to, `${label}to`);
  // Steps of one part in n + 1, so that neither end shows a pure picture: see `dissolveMix`.
  const step = (frames: number) => decimalSeconds(frameStart(frames, plan.frameRate));
  const offset = step(layer.startFrame - 1 - span.startFrame);
  graph.filters.push(
    `[${label}from][${label}to]xfade=transition=fade:duration=${step(layer.durationFrames + 1)}:offset=${offset}[${label}]`,
  );
}

function addSource(
  graph: FootageGraph,
  context: LayerContext,
  source: PictureSource,
  label: string,
): void {
  const { plan, span, files } = context;
  const { content } = source;
  const file = content.kind === 'asset' ? files.get(content.assetId) : undefined;
  if (file === undefined) throw new Error(`No file was given for clip ${source.clipId}`);
  const input = graph.inputCount;
  graph.inputCount += 1;
  const opened = openSource(file, {
    sourceIn: sourceTime(source, frameStart(span.startFrame, plan.frameRate)),
    speed: forwardSpeed(source) ?? { num: 1, den: 1 },
    frameRate: plan.frameRate,
    frames: span.endFrame - span.startFrame,
  });
  graph.inputs.push(...opened.inputs);
  graph.filters.push(
    [`[${input}:${file.streamIndex}]${opened.timing}`, ...fit(plan, context.isBottom)].join(',') +
      `[${label}]`,
  );
}

/** Input options and the filters that turn a source into exactly `frames` frames from `sourceIn` on. */
function openSource(
  file: FootageFile,
  shown: { sourceIn: Flicks; speed: Speed; frameRate: Rate; frames: number },
): { inputs: string[]; timing: string } {
  const { sourceIn, speed, frameRate, frames } = shown;
  const exactly = `tpad=stop_mode=clone:stop=-1,trim=end_frame=${frames},setpts=N/(${formatRate(frameRate)})/TB`;
  if (file.isStill) {
    return {
      inputs: ['-loop', '1', '-framerate', formatRate(frameRate), ...inputArguments(file.path)],
      timing: exactly,
    };
  }
  const opened = maxFlicks(ZERO, subtractFlicks(sourceIn, PREROLL));
  const wait = subtractFlicks(sourceIn, opened);
  return {
    inputs: [...(opened > 0 ? ['-ss', decimalSeconds(opened)] : []), ...inputArguments(file.path)],
    timing: `settb=1/${FLICKS_PER_SECOND},setpts=${timesSpeed(wait, speed)},fps=${formatRate(frameRate)}:start_time=0:round=near:eof_action=pass,${exactly}`,
  };
}

/** Time on the timeline from the beginning of the stretch, for a picture whose source begins `wait` before it. */
function timesSpeed(wait: Flicks, { num, den }: Speed): string {
  return num === den ? `PTS-${wait}` : `(PTS-${wait})*${den}/${num}`;
}

/** Fits a picture into the frame. Only the bottom layer brings its own black; above it the rest stays clear. */
function fit(plan: ExportPlan, isBottom: boolean): string[] {
  const { width, height } = plan;
  const scale = `scale=${width}:${height}:force_original_aspect_ratio=decrease:flags=bicubic:${TO_BT709}`;
  const square = "scale=w='round(iw*if(sar,sar,1))':h=ih:flags=bicubic";
  const pad = `pad=${width}:${height}:-1:-1:color=${isBottom ? 'black' : 'black@0'}`;
  const format = isBottom ? 'format=yuv420p' : 'format=yuva420p';
  return [square, scale, format, pad, 'setsar=1'];
}
