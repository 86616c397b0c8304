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
import { transitionDrawing } from '#core/render/transitionDrawing.ts';
import { effectValues } from '#core/render/pixelEffects/effectValues.ts';
import { hasPixelForm, pixelEffect } from '#core/render/pixelEffects/pixelEffects.ts';
import { subtractFlicks } from '#core/time/flicks.ts';
import { frameStart, type Rate } from '#core/time/rate.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import { decodingFilters } from '../effectFilters.ts';
import type { FootageFile } from '../footageFile.ts';
import { decodePictures } from './decodePictures.ts';
import { drawPicture } from './drawPicture.ts';
import { joinTransition } from './joinTransition.ts';
import { clearPicture, type Picture } from './picture.ts';

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

type Feed = AsyncGenerator<Picture, void>;

/**
 * Composes frames of a scene on clear, in the order of the list, which may go backwards and repeat itself. Each picture
 * is good until the next is asked for.
 */
export async function* composeFrames(
  composing: Composing,
  scene: ComposedScene,
  frames: readonly number[],
): Feed {
  const canvas = clearPicture(scene.width, scene.height);
  for (const stretch of stretchesOf(scene.spans, frames)) {
    const feeds = new Map<PictureSource, Feed>();
    const layers = stretch.span?.layers ?? [];
    for (const source of layers.flatMap(sourcesOf))
      feeds.set(source, openFeed(composing, scene, source, stretch.frames));
    try {
      for (const [index, frame] of stretch.frames.entries()) {
        if (stretch.frames[index - 1] !== frame || index === 0) {
          canvas.data.fill(0);
          for (const layer of layers)
            await drawLayer(canvas, layer, { composing, scene, frame, feeds });
          await drawOverlays(canvas, stretch.span, { composing, scene, frame });
        }
        yield canvas;
      }
    } finally {
      for (const feed of feeds.values()) await feed.return();
    }
  }
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
    return composeFrames(composing, { timelineId, spans, ...format }, nested);
  }
  const file = composing.files.get(content.assetId);
  if (file === undefined) throw new Error(`No file was given for asset ${content.assetId}`);
  const looks = frames.map((frame) => lookAt(source, frame, frameRate));
  const limits = frames.map((frame) => pictureLimit(source, frame, frameRate));
  const size = decodedSize(file, looks, scene);
  const filters = decodingFilters(source.effects);
  return decodePictures({ ...composing, file, ...size, filters }, limits);
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

async function drawLayer(canvas: Picture, layer: PictureLayer, drawn: Drawn): Promise<void> {
  if (layer.kind === 'clip') {
    await drawSource(canvas, layer.source, layer.source.blend, drawn);
    return;
  }
  const from = clearPicture(canvas.width, canvas.height);
  const to = clearPicture(canvas.width, canvas.height);
  await drawSource(from, layer.from, 'normal', drawn);
  await drawSource(to, layer.to, 'normal', drawn);
  const joined = joinTransition(transitionDrawing(layer, drawn.frame, canvas), from, to);
  drawWhole(canvas, joined, blendOf(layer));
}

/** A picture as its effects leave it; the one given stays as it is, since other frames may show it too. */
function withEffects(
  picture: Picture,
  source: PictureSource,
  frame: number,
  frameRate: Rate,
): Picture {
  const effects = source.effects.filter(({ effect }) => hasPixelForm(effect));
  if (effects.length === 0) return picture;
  const time = subtractFlicks(frameStart(frame, frameRate), source.start);
  return effects.reduce<Picture>(
    (pixels, effect) => {
      const values = effectValues(effect, time);
      return values ? pixelEffect(values)(pixels) : pixels;
    },
    { ...picture, data: Uint8Array.from(picture.data) },
  );
}

async function drawSource(
  canvas: Picture,
  source: PictureSource,
  blend: Blend,
  { composing, scene, frame, feeds }: Drawn,
): Promise<void> {
  const step = await feeds.get(source)?.next();
  if (step === undefined || step.done) throw new Error(`Clip ${source.clipId} ran out of pictures`);
  const picture = withEffects(step.value, source, frame, scene.frameRate);
  const look = lookAt(source, frame, scene.frameRate);
  const size = shownSize(composing, source);
  const { a, b, c, d, e, f } = pictureMatrix(look, size, canvas);
  const x = size.width / picture.width;
  const y = size.height / picture.height;
  drawPicture(canvas, {
    picture,
    matrix: { a: a * x, b: b * x, c: c * y, d: d * y, e, f },
    crop: cropBox(look, picture),
    opacity: look.opacity,
    blend,
  });
}

/** The size of a source's picture as it is seen, whatever size it was decoded at. */
function shownSize(composing: Composing, { content }: PictureSource): Size {
  if (content.kind === 'timeline') return content.format;
  const file = composing.files.get(content.assetId);
  if (file === undefined) throw new Error(`No file was given for asset ${content.assetId}`);
  return file;
}

async function drawOverlays(
  canvas: Picture,
  span: Span | undefined,
  { composing, scene, frame }: { composing: Composing; scene: ComposedScene; frame: number },
): Promise<void> {
  const isOver = span?.overlays.some(
    (overlay) => overlay.startFrame <= frame && frame < overlay.endFrame,
  );
  if (isOver) drawWhole(canvas, await composing.overlayOf(scene.timelineId, frame), 'normal');
}

/** Draws a picture of the canvas's own size. */
function drawWhole(canvas: Picture, picture: Picture, blend: Blend): void {
  drawPicture(canvas, {
    picture,
    matrix: { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 },
    crop: { x: 0, y: 0, width: picture.width, height: picture.height },
    opacity: 1,
    blend,
  });
}
