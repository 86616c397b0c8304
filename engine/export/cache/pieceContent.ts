import { graphicPhase, type OverlayFormat, overlayKey } from '#core/graphics/graphicKey.ts';
import type { ObjectId } from '#core/model/entities.ts';
import type { Effect } from '#core/model/effects.ts';
import { type OverlayItem, overlayLayersAt } from '#core/render/overlays.ts';
import type { PictureLayer } from '#core/render/pictureLayers.ts';
import {
  forwardSpeed,
  lookAt,
  nestedFrame,
  pictureLimit,
  type PictureSource,
  sourceTime,
} from '#core/render/pictureSource.ts';
import { hasPixelForm } from '#core/render/pixelEffects/pixelEffects.ts';
import { effectValues } from '#core/render/pixelEffects/effectValues.ts';
import type { ExportPlan, Span } from '#core/render/planExport.ts';
import { subtractFlicks, ZERO } from '#core/time/flicks.ts';
import { frameStart, type Rate } from '#core/time/rate.ts';
import type { FootageFile } from '../sources/footageFile.ts';
import type { WorkingFormat } from '../sources/workingFormat.ts';
import { isPlainFootage } from '../encode/footageGraph.ts';

/** What the pictures of a piece are made of. */
type PieceContent = {
  /** Plain data that is equal for two pieces exactly when they look the same, wherever they stand on a timeline. */
  pictures: unknown;
  /** Assets that it reads; `pictures` names them by their places in this order. */
  assetIds: Set<ObjectId>;
  /** Files that effects read. */
  effectFiles: Set<string>;
  /** Whether titles or captions are drawn. */
  hasGraphics: boolean;
};

/** Frames of one timeline, in the order in which they are shown, which may go backwards and repeat itself. */
type Scene = {
  spans: readonly Span[];
  frames: readonly number[];
  frameRate: Rate;
  width: number;
  height: number;
};

/**
 * Describes the pictures of a span frame by frame, by the functions that draw them: which source picture, which look,
 * which graphics. Nothing else of the timeline comes in, so moving, trimming or renaming what is not seen here changes
 * nothing.
 */
export function pieceContent(
  plan: ExportPlan,
  span: Span,
  files: ReadonlyMap<ObjectId, FootageFile>,
  format: WorkingFormat,
): PieceContent {
  const found = {
    assetIds: new Set<ObjectId>(),
    effectFiles: new Set<string>(),
    hasGraphics: false,
  };
  const nests = new Map(plan.nests.map((nest) => [nest.timelineId, nest.spans]));

  function sceneContent({ spans, frames, ...format }: Scene): unknown[] {
    return stretchesOf(spans, frames).map((stretch) => {
      const { layers = [], overlays = [] } = stretch.span ?? {};
      const graphics = graphicsContent(overlays, stretch.frames, format);
      if (graphics.some((key) => key !== null)) found.hasGraphics = true;
      return {
        ...unknownOf(stretch.span ?? {}, SPAN_FIELDS),
        count: stretch.frames.length,
        layers: layers.map((layer) => layerContent(layer, stretch.frames, format.frameRate)),
        graphics: runs(graphics),
      };
    });
  }

  function layerContent(layer: PictureLayer, frames: readonly number[], frameRate: Rate): unknown {
    if (layer.kind === 'clip') {
      const { source, ...rest } = layer;
      return { ...rest, source: sourceContent(source, frames, frameRate) };
    }
    const { from, to, startFrame, ...rest } = layer;
    return {
      ...rest,
      steps: changes(frames.map((frame) => frame - startFrame)),
      from: sourceContent(from, frames, frameRate),
      to: sourceContent(to, frames, frameRate),
    };
  }

  function sourceContent(
    source: PictureSource,
    frames: readonly number[],
    frameRate: Rate,
  ): unknown {
    const times = frames.map((frame) => frameStart(frame, frameRate));
    // Effects that need more than one picture may look at all that the clip shows.
    const isAlone = source.effects.every(({ effect }) => hasPixelForm(effect));
    const clip = [source.range, source.duration, subtractFlicks(source.start, times[0] ?? ZERO)];
    return {
      ...unknownOf(source, SOURCE_FIELDS),
      clip: isAlone ? null : clip,
      content: shownContent(source, frames, frameRate),
      opensAt: sourceTime(source, times[0] ?? ZERO),
      speed: forwardSpeed(source),
      limits: changes(frames.map((frame) => pictureLimit(source, frame, frameRate))),
      looks: runs(frames.map((frame) => lookAt(source, frame, frameRate))),
      blend: source.blend,
      effects: source.effects.map((effect) => {
        addEffectFile(effect);
        const values = [ZERO, ...times.map((time) => subtractFlicks(time, source.start))];
        return [effect.effect, runs(values.map((time) => effectValues(effect, time)))];
      }),
    };
  }

  function shownContent(
    { content, ...source }: PictureSource,
    frames: readonly number[],
    frameRate: Rate,
  ): unknown {
    if (content.kind === 'asset') {
      found.assetIds.add(content.assetId);
      return { asset: [...found.assetIds].indexOf(content.assetId) };
    }
    const { format, timelineId } = content;
    const inner = frames.map((frame) =>
      nestedFrame({ content, ...source }, format.frameRate, frame, frameRate),
    );
    return {
      format,
      scene: sceneContent({ spans: nests.get(timelineId) ?? [], frames: inner, ...format }),
    };
  }

  function addEffectFile(effect: Effect): void {
    const file = effectValues(effect, ZERO)?.texts['file'];
    if (file !== undefined && file !== '') found.effectFiles.add(file);
  }

  const length = span.endFrame - span.startFrame;
  const frames = Array.from({ length }, (_, index) => span.startFrame + index);
  const { frameRate, width, height } = plan;
  const scene = sceneContent({ spans: [span], frames, frameRate, width, height });
  return {
    ...found,
    hasGraphics: found.hasGraphics,
    pictures: [isPlainFootage(plan, span, files, format), scene],
  };
}

/** The key of the picture over each frame, or null. The same overlays are there on all of them. */
function graphicsContent(
  overlays: readonly OverlayItem[],
  frames: readonly number[],
  format: OverlayFormat,
): (string | null)[] {
  // At rest many frames share one picture; its key is found once.
  const keys = new Map<string, string>();
  return frames.map((frame) => {
    const layers = overlayLayersAt(overlays, frame);
    if (layers.length === 0) return null;
    const { frameRate } = format;
    const phases = layers.map((layer) => graphicPhase({ ...layer, frameRate })).join(' ');
    const key = keys.get(phases) ?? overlayKey(layers, format);
    keys.set(phases, key);
    return key;
  });
}

type Stretch = { span: Span | undefined; frames: number[] };

/** Frames that follow each other within one span, as they are composed. */
function stretchesOf(spans: readonly Span[], frames: readonly number[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const frame of frames) {
    const span = spans.find((one) => one.startFrame <= frame && frame < one.endFrame);
    const last = stretches.at(-1);
    if (last !== undefined && last.span === span) last.frames.push(frame);
    else stretches.push({ span, frames: [frame] });
  }
  return stretches;
}

const SPAN_FIELDS: readonly string[] = ['kind', 'startFrame', 'endFrame', 'layers', 'overlays'];
/** Fields whose meaning for each frame is described instead, or that follow from the others and from the source. */
const SOURCE_FIELDS: readonly string[] = [
  'clipId',
  'content',
  'start',
  'duration',
  'range',
  'parameters',
  'fades',
  'blend',
  'effects',
  'steady',
];

/** What is not known here may matter, so it counts as it is. */
function unknownOf(object: object, known: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !known.includes(name)));
}

/** Values one after the other, with how often each comes in a row. */
function runs(values: readonly unknown[]): [count: number, value: string][] {
  const found: [number, string][] = [];
  for (const value of values.map((one) => JSON.stringify(one) ?? '')) {
    const last = found.at(-1);
    if (last?.[1] === value) last[0] += 1;
    else found.push([1, value]);
  }
  return found;
}

/** The first number and the steps to those that follow. */
function changes(numbers: readonly number[]): unknown {
  const steps = numbers.slice(1).map((number, index) => number - (numbers[index] ?? 0));
  return [numbers[0], runs(steps)];
}
