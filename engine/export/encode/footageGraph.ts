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
  subtractFlicks,
  ZERO,
} from '#core/time/flicks.ts';
import { fitInside } from '#core/render/pictureGeometry.ts';
import { formatRate, frameDuration, frameStart, type Rate } from '#core/time/rate.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import { openEarly, openingArguments } from '../sources/earlyOpening.ts';
import type { FootageFile } from '../sources/footageFile.ts';
import type { Opening } from '../sources/openSource.ts';
import { pictureFilters, wholePictures } from '../sources/pictureFilters.ts';
import {
  overlayFormat,
  pixelsOf,
  USUAL_FORMAT,
  type WorkingFormat,
} from '../sources/workingFormat.ts';

/** What ffmpeg needs to draw the picture of a span: inputs, and a filter graph that ends in `[picture]`. */
export type FootageGraph = { inputs: string[]; filters: string[]; inputCount: number };

/** Where files say how long they are, they may be off by this much. */
const END_SLACK: Flicks = flicks(FLICKS_PER_SECOND / 2);

/**
 * Whether a span is plain as far as its plan says: pictures that run forwards evenly, only fitted into the frame, cut or
 * dissolved. All others are composed here, picture by picture.
 */
function isPlain(span: Span): boolean {
  return span.layers.every(
    (layer) =>
      (layer.kind === 'clip' || layer.transition === 'dissolve') &&
      sourcesOf(layer).every((source) => isUnchanged(source) && forwardSpeed(source) !== null),
  );
}

/**
 * Whether ffmpeg alone can draw a span. Of plain ones it cannot draw dissolves of what is clear in places, whose colours
 * must be mixed by their alpha, nor what begins where a file is ending or over: its last picture must be looked for.
 */
export function isPlainFootage(
  plan: Pick<ExportPlan, 'frameRate' | 'width' | 'height'>,
  span: Span,
  files: ReadonlyMap<string, FootageFile>,
  { background, transfer }: Pick<WorkingFormat, 'background' | 'transfer'> = USUAL_FORMAT,
): boolean {
  const start = frameStart(span.startFrame, plan.frameRate);
  const isMixed = (layer: PictureLayer, index: number) =>
    layer.kind === 'transition' &&
    sourcesOf(layer).some((source) => {
      const file = fileOf(source, files);
      const isOnGround = index > 0 || background === 'clear';
      return file.hasAlpha || (isOnGround && !isFull(file, plan));
    });
  const isEnding = (source: PictureSource) => {
    const file = fileOf(source, files);
    const time = sourceTime(source, start);
    // Composing would cost high dynamic range its light; what is opened a second before has a last picture then.
    if (transfer !== 'sdr') return !file.isStill && time >= file.end;
    return !file.isStill && isNearEnd(file, time);
  };
  return (
    isPlain(span) && !span.layers.some(isMixed) && !span.layers.flatMap(sourcesOf).some(isEnding)
  );
}

function isNearEnd(file: FootageFile, time: Flicks): boolean {
  return time > 0 && time >= subtractFlicks(file.end, END_SLACK);
}

/** Whether nothing of the frame is left beside a picture. */
function isFull(file: FootageFile, { width, height }: Size): boolean {
  const box = fitInside(file.width, file.height, width, height);
  return box.width === width && box.height === height;
}

type Size = { width: number; height: number };

function fileOf(
  { clipId, content }: PictureSource,
  files: ReadonlyMap<string, FootageFile>,
): FootageFile {
  const file = content.kind === 'asset' ? files.get(content.assetId) : undefined;
  if (file === undefined) throw new Error(`No file was given for clip ${clipId}`);
  return file;
}

/** How each source of a span is opened. */
export type Openings = ReadonlyMap<PictureSource, Opening>;

/** Finds out how the sources of a span are opened, none of them later than at what it shows first. */
export async function findOpenings(
  plan: Pick<ExportPlan, 'frameRate'>,
  span: Span,
  files: ReadonlyMap<string, FootageFile>,
  options: { tools: Ffmpeg; signal: AbortSignal },
): Promise<Openings> {
  const sources = span.layers.flatMap(sourcesOf);
  const opened = sources.map(async (source) => {
    const wanted = firstTimeOf(source, plan, span);
    return [source, await openEarly(fileOf(source, files), wanted, options)] as const;
  });
  return new Map(await Promise.all(opened));
}

/** The time in its file of what a source shows at the beginning of a span. */
function firstTimeOf(
  source: PictureSource,
  { frameRate }: Pick<ExportPlan, 'frameRate'>,
  { startFrame }: Span,
): Flicks {
  return sourceTime(source, frameStart(startFrame, frameRate));
}

/**
 * The picture of a span, bottom layer first over black or over nothing. A frame of the film shows the last source picture that starts
 * before its middle.
 */
export function footageGraph(
  plan: ExportPlan,
  span: Span,
  files: ReadonlyMap<string, FootageFile>,
  { openings, format = USUAL_FORMAT }: { openings: Openings; format?: WorkingFormat },
): FootageGraph {
  const graph: FootageGraph = { inputs: [], filters: [], inputCount: 0 };
  const frames = span.endFrame - span.startFrame;
  const isClear = format.background === 'clear';
  const pixels = pixelsOf(format, isClear ? 'clear' : 'opaque');
  const color = isClear ? 'black@0' : 'black';
  const empty = `color=${color}:size=${plan.width}x${plan.height}:rate=${formatRate(plan.frameRate)},${isClear ? 'format=rgba,' : ''}trim=end_frame=${frames},setsar=1,format=${pixels}`;
  const [lowest] = span.layers;
  if (lowest === undefined) {
    graph.filters.push(`${empty}[picture]`);
    return graph;
  }
  // A picture without alpha brings its own black; one with alpha lies on some.
  const isOpaque = sourcesOf(lowest).every((source) => !fileOf(source, files).hasAlpha);
  const labels = span.layers.map((layer, index) => {
    const label = `layer${index}`;
    const ground = index === 0 && isOpaque && !isClear ? 'black' : 'clear';
    addLayer(graph, { plan, span, layer, label, files, openings, ground, format });
    return label;
  });
  if (!isOpaque && !isClear) {
    graph.filters.push(`${empty}[ground]`);
    labels.unshift('ground');
  }
  labels.slice(1).forEach((label, index) => {
    const below = index === 0 ? labels[0] : `stack${index}`;
    graph.filters.push(
      `[${below}][${label}]overlay=format=${overlayFormat(format)}:eof_action=repeat[stack${index + 1}]`,
    );
  });
  const top = labels.length === 1 ? labels[0] : `stack${labels.length - 1}`;
  graph.filters.push(`[${top}]format=${pixels},setsar=1[picture]`);
  return graph;
}

type LayerContext = {
  plan: ExportPlan;
  span: Span;
  layer: PictureLayer;
  label: string;
  files: ReadonlyMap<string, FootageFile>;
  openings: Openings;
  /** What is around the picture. */
  ground: 'black' | 'clear';
  format: WorkingFormat;
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
  const { plan, span, files, openings } = context;
  const file = fileOf(source, files);
  const opening = openings.get(source);
  if (opening === undefined) throw new Error(`No opening was found for clip ${source.clipId}`);
  const input = graph.inputCount;
  graph.inputCount += 1;
  const opened = openPictures(file, opening, {
    sourceIn: firstTimeOf(source, plan, span),
    speed: forwardSpeed(source) ?? { num: 1, den: 1 },
    frameRate: plan.frameRate,
  });
  const frames = span.endFrame - span.startFrame;
  const rate = formatRate(plan.frameRate);
  // A still is drawn once and shown as often as it must be, and so is the last picture of a file that is over.
  const exactly = `tpad=stop_mode=clone:stop=-1,trim=end_frame=${frames},setpts=N/(${rate})/TB`;
  graph.inputs.push(...opened.inputs);
  const filters = [...opened.filters, ...fit(file, context), exactly];
  graph.filters.push(`[${input}:${file.streamIndex}]${filters.join(',')}[${label}]`);
}

/** Input options, and the filters after which pictures come at the rate of the film, from `sourceIn` on. */
function openPictures(
  file: FootageFile,
  opening: Opening,
  shown: { sourceIn: Flicks; speed: Speed; frameRate: Rate },
): { inputs: string[]; filters: string[] } {
  const { sourceIn, speed, frameRate } = shown;
  const wait = file.isStill ? ZERO : subtractFlicks(sourceIn, opening.zero);
  // Half a frame later and rounded down is to the nearest frame; and of the last picture, which may be shorter than
  // half a frame, some is left then.
  const half = flicks(Math.floor(frameDuration(frameRate) / 2));
  return {
    inputs: openingArguments(file, opening),
    filters: [
      ...(file.isStill ? ['trim=end_frame=1'] : []),
      ...wholePictures(file),
      `settb=1/${FLICKS_PER_SECOND}`,
      `setpts=${timesSpeed(wait, speed)}+${half}`,
      `fps=${formatRate(frameRate)}:start_time=0:round=down:eof_action=pass`,
    ],
  };
}

/** Time on the timeline from the beginning of the stretch, for a picture whose source begins `wait` before it. */
function timesSpeed(wait: Flicks, { num, den }: Speed): string {
  return num === den ? `PTS-(${wait})` : `(PTS-(${wait}))*${den}/${num}`;
}

/** Fits a picture into the frame. */
function fit(file: FootageFile, { plan, ground, format }: LayerContext): string[] {
  const { width, height } = plan;
  const box = fitInside(file.width, file.height, width, height);
  const pixels = pixelsOf(format, ground === 'black' ? 'opaque' : 'clear');
  return [
    ...pictureFilters(file, { ...box, pixels, transfer: format.transfer }),
    `pad=${width}:${height}:-1:-1:color=${ground === 'black' ? 'black' : 'black@0'}`,
    'setsar=1',
  ];
}
