import type { ObjectId } from '#core/model/entities.ts';
import { cropBox, pictureBox, pictureMatrix } from '#core/render/pictureGeometry.ts';
import { blendOf, type PictureLayer, sourcesOf } from '#core/render/pictureLayers.ts';
import {
  type Blend,
  type Look,
  lookAt,
  nestedFrame,
  pictureLimit,
  type PictureSource,
} from '#core/render/pictureSource.ts';
import type { NestPlan, Span } from '#core/render/planExport.ts';
import { correctionAt, correctionMatrix } from '#core/render/steady/steadyPictures.ts';
import { transitionDrawing } from '#core/render/transitionDrawing.ts';
import { type EffectValues, effectValues } from '#core/render/pixelEffects/effectValues.ts';
import { hasPixelForm } from '#core/render/pixelEffects/pixelEffects.ts';
import { subtractFlicks } from '#core/time/flicks.ts';
import { frameStart, type Rate } from '#core/time/rate.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import { decodingFilters } from '../effectFilters.ts';
import type { FootageFile } from '../sources/footageFile.ts';
import { decodePictures } from './decodePictures.ts';
import type { FrameDrawing, ImageDrawing, LayerDrawing } from './frameDrawing.ts';
import type { Picture } from './picture.ts';
import { readAhead } from './readAhead.ts';

/** What composing reads. */
export type Composing = {
  tools: Ffmpeg;
  files: ReadonlyMap<ObjectId, FootageFile>;
  nests: ReadonlyMap<ObjectId, NestPlan>;
  /** Titles and captions over a frame of a timeline, at the timeline's size. */
  overlayOf: (timelineId: ObjectId, frame: number) => Promise<Picture>;
  signal: AbortSignal;
};

/** A timeline, or a part of one, with the size that it is composed at. */
export type ComposedScene = {
  timelineId: ObjectId;
  spans: readonly Span[];
  frameRate: Rate;
  width: number;
  height: number;
};

type Feed = AsyncGenerator<ImageDrawing['content'], void>;

/** Numbers of frames that are drawn; a frame that is shown again keeps its number. */
let drawings = 0;

/**
 * What is to be drawn for frames of a scene, in the order of the list, which may go backwards and repeat itself.
 * Pictures are decoded as they are wanted, and good until the next frame is asked for. Refuses `export/picture-failed`.
 */
export async function* frameDrawings(
  composing: Composing,
  scene: ComposedScene,
  frames: readonly number[],
): AsyncGenerator<FrameDrawing, void> {
  const { width, height } = scene;
  for (const stretch of stretchesOf(scene.spans, frames)) {
    const feeds = new Map<PictureSource, Feed>();
    const layers = stretch.span?.layers ?? [];
    for (const source of layers.flatMap(sourcesOf))
      feeds.set(source, openFeed(composing, scene, source, stretch.frames));
    try {
      let last: { frame: number; drawing: FrameDrawing } | undefined;
      for (const frame of stretch.frames) {
        if (last?.frame !== frame) {
          const drawn = { composing, scene, frame, feeds };
          const drawing: FrameDrawing = { number: drawings++, width, height, layers: [] };
          for (const layer of layers) drawing.layers.push(await layerDrawing(layer, drawn));
          if (isOverlaid(stretch.span, frame)) {
            const overlay = await composing.overlayOf(scene.timelineId, frame);
            drawing.layers.push({ kind: 'image', image: wholePicture(overlay) });
          }
          last = { frame, drawing };
        }
        yield last.drawing;
      }
    } finally {
      for (const feed of feeds.values()) await feed.return();
    }
  }
}

/** Whether titles or captions are seen over a frame of a span. */
export function isOverlaid(span: Span | undefined, frame: number): boolean {
  return (
    span?.overlays.some((overlay) => overlay.startFrame <= frame && frame < overlay.endFrame) ??
    false
  );
}

type Stretch = { span: Span | undefined; frames: number[] };

/** Frames that follow each other within one span. */
function stretchesOf(spans: readonly Span[], frames: readonly number[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const frame of frames) {
    const last = stretches.at(-1);
    if (last !== undefined && isWithin(last.span, frame)) {
      last.frames.push(frame);
      continue;
    }
    stretches.push({ span: spans.find((span) => isWithin(span, frame)), frames: [frame] });
  }
  return stretches;
}

function isWithin(span: Span | undefined, frame: number): boolean {
  return span !== undefined && span.startFrame <= frame && frame < span.endFrame;
}

/** The pictures of a source for the different ones of these frames. */
function openFeed(
  composing: Composing,
  scene: ComposedScene,
  source: PictureSource,
  shown: readonly number[],
): Feed {
  const { content } = source;
  const { frameRate } = scene;
  const frames = shown.filter((frame, index) => index === 0 || frame !== shown[index - 1]);
  if (content.kind === 'timeline') {
    const { timelineId, format } = content;
    const nested = frames.map((frame) => nestedFrame(source, format.frameRate, frame, frameRate));
    const spans = composing.nests.get(timelineId)?.spans ?? [];
    return frameDrawings(composing, { timelineId, spans, ...format }, nested);
  }
  const file = composing.files.get(content.assetId);
  if (file === undefined) throw new Error(`No file was given for asset ${content.assetId}`);
  const looks = frames.map((frame) => lookAt(source, frame, frameRate));
  const limits = frames.map((frame) => pictureLimit(source, frame, frameRate));
  const size = decodedSize(file, looks, scene);
  const filters = decodingFilters(source.effects);
  const spare: Uint8Array[] = [];
  const pictures = decodePictures({ ...composing, file, ...size, filters, spare }, limits);
  return returned(readAhead(pictures), spare);
}

/**
 * Gives the memory of each picture back when another one is asked for: a picture that was given once does not come again
 * after others, and what was drawn from it is drawn by then.
 */
async function* returned(
  pictures: AsyncGenerator<Picture, void>,
  spare: Uint8Array[],
): AsyncGenerator<Picture, void> {
  let last: Picture | undefined;
  for await (const picture of pictures) {
    if (last !== undefined && last !== picture) spare.push(last.data);
    last = picture;
    yield picture;
  }
}

type Size = { width: number; height: number };

/**
 * The size that pictures are decoded at: that of the largest drawing, so that shrinking is left to a good scaler, but
 * no larger than the picture itself or the frame.
 */
function decodedSize(file: FootageFile, looks: readonly Look[], frame: Size): Size {
  const box = pictureBox(file, frame);
  const largest = (scales: readonly number[], side: number, limit: number) =>
    Math.max(1, Math.min(limit, Math.round(side * Math.max(...scales))));
  return {
    width: largest(
      looks.map((look) => look.scaleX),
      box.width,
      Math.max(file.width, box.width),
    ),
    height: largest(
      looks.map((look) => look.scaleY),
      box.height,
      Math.max(file.height, box.height),
    ),
  };
}

type Drawn = {
  composing: Composing;
  scene: ComposedScene;
  frame: number;
  feeds: ReadonlyMap<PictureSource, Feed>;
};

async function layerDrawing(layer: PictureLayer, drawn: Drawn): Promise<LayerDrawing> {
  if (layer.kind === 'clip')
    return { kind: 'image', image: await imageDrawing(layer.source, layer.source.blend, drawn) };
  // Both at once, so that they are decoded at the same time.
  const [from, to] = await Promise.all([
    imageDrawing(layer.from, 'normal', drawn),
    imageDrawing(layer.to, 'normal', drawn),
  ]);
  const transition = transitionDrawing(layer, drawn.frame, drawn.scene);
  return { kind: 'transition', transition, from, to, blend: blendOf(layer) };
}

async function imageDrawing(
  source: PictureSource,
  blend: Blend,
  { composing, scene, frame, feeds }: Drawn,
): Promise<ImageDrawing> {
  const step = await feeds.get(source)?.next();
  if (step === undefined || step.done) throw new Error(`Clip ${source.clipId} ran out of pictures`);
  const content = step.value;
  const look = lookAt(source, frame, scene.frameRate);
  const size = shownSize(composing, source);
  const { a, b, c, d, e, f } = pictureMatrix(look, size, scene);
  const x = size.width / content.width;
  const y = size.height / content.height;
  const steady =
    source.steady && correctionAt(source.steady, pictureLimit(source, frame, scene.frameRate));
  return {
    content,
    ...(steady && { steady: correctionMatrix(steady, size, content) }),
    effects: effectsAt(source, frame, scene.frameRate),
    matrix: { a: a * x, b: b * x, c: c * y, d: d * y, e, f },
    crop: cropBox(look, content),
    opacity: look.opacity,
    blend,
  };
}

/** The effects that are reckoned from pixels, as they are on a frame. */
function effectsAt(source: PictureSource, frame: number, frameRate: Rate): EffectValues[] {
  const time = subtractFlicks(frameStart(frame, frameRate), source.start);
  return source.effects
    .filter(({ effect }) => hasPixelForm(effect))
    .map((effect) => effectValues(effect, time))
    .filter((values) => values !== null);
}

/** The size of a source's picture as it is seen, whatever size it was decoded at. */
function shownSize(composing: Composing, { content }: PictureSource): Size {
  if (content.kind === 'timeline') return content.format;
  const file = composing.files.get(content.assetId);
  if (file === undefined) throw new Error(`No file was given for asset ${content.assetId}`);
  return file;
}

/** A picture of the frame's own size, laid over it. */
function wholePicture(content: Picture): ImageDrawing {
  return {
    content,
    effects: [],
    matrix: { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 },
    crop: { x: 0, y: 0, width: content.width, height: content.height },
    opacity: 1,
    blend: 'normal',
  };
}
