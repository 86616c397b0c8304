import { FLICKS_PER_SECOND, type Flicks, flicks } from '#core/time/flicks.ts';
import { frameDuration, type Rate } from '#core/time/rate.ts';

/**
 * How the timeline lies on the screen: the time at its left edge and how much time one pixel covers. Both are doubles
 * in flicks; only positions that go into an edit become whole flicks.
 */
export type TimeScale = { readonly origin: number; readonly flicksPerPixel: number };

/** Finest zoom: one frame is this many pixels wide. */
const WIDEST_FRAME_PX = 40;
/** Coarsest zoom: the widest screen shows about ten days. */
const COARSEST_FLICKS_PER_PIXEL = 240 * FLICKS_PER_SECOND;
/** Free space after the last item when the whole film is shown. */
const FIT_SHARE = 0.94;
const SHORTEST_FIT_SECONDS = 10;

/** Pixels from the left edge at which `time` stands. */
export function xOfTime(scale: TimeScale, time: number): number {
  return (time - scale.origin) / scale.flicksPerPixel;
}

/** Time at `x` pixels from the left edge, never before the beginning. */
export function timeAtX(scale: TimeScale, x: number): Flicks {
  return flicks(Math.max(0, Math.round(scale.origin + x * scale.flicksPerPixel)));
}

export function pixelsOf(scale: TimeScale, duration: number): number {
  return duration / scale.flicksPerPixel;
}

export function zoomLimits(frameRate: Rate): { finest: number; coarsest: number } {
  return {
    finest: frameDuration(frameRate) / WIDEST_FRAME_PX,
    coarsest: COARSEST_FLICKS_PER_PIXEL,
  };
}

/** Zooms so that what stands at `x` stays there. */
export function zoomedAround(
  scale: TimeScale,
  options: { flicksPerPixel: number; x: number; frameRate: Rate },
): TimeScale {
  const { finest, coarsest } = zoomLimits(options.frameRate);
  const flicksPerPixel = Math.min(coarsest, Math.max(finest, options.flicksPerPixel));
  const held = scale.origin + options.x * scale.flicksPerPixel;
  return { origin: Math.max(0, held - options.x * flicksPerPixel), flicksPerPixel };
}

/** Scrolled by pixels; the beginning of the film is as far as it goes. */
export function scrolledBy(scale: TimeScale, px: number): TimeScale {
  return { ...scale, origin: Math.max(0, scale.origin + px * scale.flicksPerPixel) };
}

/** The scale at which the whole film fits into `widthPx`, with a little room behind it. */
export function fittedScale(options: {
  duration: Flicks;
  widthPx: number;
  frameRate: Rate;
}): TimeScale {
  const shown = Math.max(options.duration, SHORTEST_FIT_SECONDS * FLICKS_PER_SECOND);
  const wanted = shown / (Math.max(1, options.widthPx) * FIT_SHARE);
  const { finest, coarsest } = zoomLimits(options.frameRate);
  return { origin: 0, flicksPerPixel: Math.min(coarsest, Math.max(finest, wanted)) };
}

/** Brings `time` into view by whole pages, as playback needs it; the same scale when it is in view already. */
export function revealing(scale: TimeScale, options: { time: Flicks; widthPx: number }): TimeScale {
  const x = xOfTime(scale, options.time);
  if (x >= 0 && x < options.widthPx) return scale;
  const lead = options.widthPx * 0.08 * scale.flicksPerPixel;
  return { ...scale, origin: Math.max(0, options.time - lead) };
}
