import { z } from 'zod';
import { type Rate, rateSchema } from '../time/rate.ts';
import {
  graphicFieldsSchema,
  resolveFields,
  TEMPLATES,
  type TemplateId,
  templateIdSchema,
} from './templates.ts';

/** A place in the life of a graphic: frame `frame` of `durationFrames`, counted from 0. */
export type GraphicMoment = {
  template: TemplateId;
  frame: number;
  durationFrames: number;
  frameRate: Rate;
};

/** How far a graphic has come in (`enter`) and gone out (`exit`), each 0 to 1. At rest they are 1 and 0. */
export type GraphicProgress = { enter: number; exit: number };

/** Frames of a graphic's entrance and exit. */
export type MotionFrames = { enterFrames: number; exitFrames: number };

/**
 * Entrance and exit of a graphic in frames: the template's milliseconds at the exact rate, to the nearest frame. A
 * graphic too short for both keeps one frame at rest and shares the others in proportion. `durationFrames` ≥ 1.
 */
export function motionFrames(options: Omit<GraphicMoment, 'frame'>): MotionFrames {
  const { template, durationFrames, frameRate } = options;
  const enterFrames = framesOf(TEMPLATES[template].enterMs, frameRate);
  const exitFrames = framesOf(TEMPLATES[template].exitMs, frameRate);
  const available = Math.max(0, durationFrames - 1);
  const wanted = enterFrames + exitFrames;
  if (wanted <= available) return { enterFrames, exitFrames };
  const squeezed = Math.round((available * enterFrames) / wanted);
  return { enterFrames: squeezed, exitFrames: available - squeezed };
}

/**
 * Which of a graphic's distinct pictures a frame shows: 0, 1, 2 … through the entrance, then one number for every
 * frame at rest, then on through the exit. Two frames with the same number look the same, so an export draws each
 * number once. Throws a `RangeError` for a frame outside the graphic.
 */
export function graphicPhase(moment: GraphicMoment): number {
  const { enterFrames, exitStart } = boundaries(moment);
  if (moment.frame < enterFrames) return moment.frame;
  if (moment.frame < exitStart) return enterFrames;
  return enterFrames + 1 + (moment.frame - exitStart);
}

/**
 * Progress of the movement at a frame, linear in time; the drawing applies the easing. The first frame has already
 * begun to appear and the last has not quite gone, so that no frame of a graphic is blank.
 */
export function graphicProgress(moment: GraphicMoment): GraphicProgress {
  const { enterFrames, exitStart, exitFrames } = boundaries(moment);
  if (moment.frame < enterFrames) return { enter: (moment.frame + 1) / (enterFrames + 1), exit: 0 };
  if (moment.frame < exitStart) return { enter: 1, exit: 0 };
  return { enter: 1, exit: (moment.frame - exitStart + 1) / (exitFrames + 1) };
}

/** One graphic as it stands on one frame of the film. `frame` counts from the graphic's own start. */
export const overlayLayerSchema = z.object({
  template: templateIdSchema,
  fields: graphicFieldsSchema,
  frame: z.int().min(0),
  durationFrames: z.int().min(1),
});
export type OverlayLayer = z.infer<typeof overlayLayerSchema>;

/** Everything that is drawn over one frame, bottom layer first, and the key that equal pictures share. */
export const overlayPictureSchema = z.object({
  key: z.string(),
  layers: z.array(overlayLayerSchema),
});
export type OverlayPicture = z.infer<typeof overlayPictureSchema>;

/** The frame that overlays are drawn for. `width` and `height` in pixels. */
export const overlayFormatSchema = z.object({
  width: z.int().min(16).max(16_384),
  height: z.int().min(16).max(16_384),
  frameRate: rateSchema,
});
export type OverlayFormat = { width: number; height: number; frameRate: Rate };

/**
 * A string that is the same for two sets of layers exactly when they draw the same picture: size, and for each layer
 * from the bottom its template, complete fields and progress of movement. Frames at rest share one key whatever
 * their number, and so do equal graphics elsewhere in the film. Refuses `graphics/bad-field`.
 */
export function overlayKey(layers: readonly OverlayLayer[], format: OverlayFormat): string {
  const parts = layers.map((layer) => {
    const fields = resolveFields(layer.template, layer.fields);
    const sorted = Object.keys(fields)
      .sort()
      .map((key) => [key, fields[key]]);
    const { enter, exit } = graphicProgress({ ...layer, frameRate: format.frameRate });
    return [layer.template, sorted, enter, exit];
  });
  return JSON.stringify([format.width, format.height, parts]);
}

/** The picture that `layers` make at `format`. Refuses `graphics/bad-field`. */
export function overlayPicture(
  layers: readonly OverlayLayer[],
  format: OverlayFormat,
): OverlayPicture {
  return { key: overlayKey(layers, format), layers: [...layers] };
}

function boundaries(moment: GraphicMoment): MotionFrames & { exitStart: number } {
  const { frame, durationFrames } = moment;
  if (!Number.isInteger(frame) || frame < 0 || frame >= durationFrames) {
    throw new RangeError(`Frame ${frame} is outside a graphic of ${durationFrames} frames`);
  }
  const frames = motionFrames(moment);
  return { ...frames, exitStart: durationFrames - frames.exitFrames };
}

function framesOf(durationMs: number, frameRate: Rate): number {
  return Math.round((durationMs * frameRate.num) / (1000 * frameRate.den));
}
