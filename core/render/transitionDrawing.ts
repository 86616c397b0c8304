import type { TRANSITION_DIRECTIONS, TRANSITION_KINDS } from '../model/entities.ts';
import type { Box } from './pictureGeometry.ts';

/** Which way the edge of a wipe or the incoming picture goes. */
type TransitionDirection = (typeof TRANSITION_DIRECTIONS)[number];

/** A transition under way, as plain data. */
export type RunningTransition = {
  transition: (typeof TRANSITION_KINDS)[number];
  direction: TransitionDirection;
  /** First frame and length of the whole transition, in frames of the timeline. */
  startFrame: number;
  durationFrames: number;
};

/**
 * Share of the incoming picture on `frame` of a transition: equal steps that leave both end pictures to the clips
 * themselves, so a dissolve of one frame is half and half.
 */
function dissolveMix(layer: { startFrame: number; durationFrames: number }, frame: number): number {
  return (frame - layer.startFrame + 1) / (layer.durationFrames + 1);
}

/** One of the two pictures: moved by whole pixels, seen only inside `clip` (of the frame), and weighed. */
export type TransitionPart = { weight: number; x: number; y: number; clip: Box };

/**
 * How a frame of a transition is drawn: both pictures with their looks, each on a frame of its own. `sum` adds the
 * weighed, premultiplied pictures; `over` lays the incoming over the outgoing. `black` is the weight of a black frame
 * that is added to both.
 */
export type TransitionDrawing = {
  operation: 'sum' | 'over';
  from: TransitionPart;
  to: TransitionPart;
  black: number;
};

/**
 * The drawing of frame `frame`. Dissolve: weights add up to one. Dip: through black, half the time each. Wipe: an edge
 * that goes in the direction, the incoming picture behind it. Slide: the incoming picture comes in over the outgoing.
 * Push: it pushes the outgoing one before it. Edges stand on whole pixels.
 */
export function transitionDrawing(
  layer: RunningTransition,
  frame: number,
  size: { width: number; height: number },
): TransitionDrawing {
  const mix = dissolveMix(layer, frame);
  const whole: Box = { x: 0, y: 0, ...size };
  const full: TransitionPart = { weight: 1, x: 0, y: 0, clip: whole };
  switch (layer.transition) {
    case 'dissolve':
      return {
        operation: 'sum',
        from: { ...full, weight: 1 - mix },
        to: { ...full, weight: mix },
        black: 0,
      };
    case 'dip': {
      const from = Math.max(0, 1 - 2 * mix);
      const to = Math.max(0, 2 * mix - 1);
      return {
        operation: 'sum',
        from: { ...full, weight: from },
        to: { ...full, weight: to },
        black: 1 - from - to,
      };
    }
    case 'wipe': {
      const clips = dividedAt(layer.direction, mix, size);
      return {
        operation: 'sum',
        from: { ...full, clip: clips.ahead },
        to: { ...full, clip: clips.behind },
        black: 0,
      };
    }
    case 'slide':
      return {
        operation: 'over',
        from: full,
        to: { ...full, ...shift(layer.direction, mix, size, 'to') },
        black: 0,
      };
    case 'push':
      return {
        operation: 'sum',
        from: { ...full, ...shift(layer.direction, mix, size, 'from') },
        to: { ...full, ...shift(layer.direction, mix, size, 'to') },
        black: 0,
      };
  }
}

type Size = { width: number; height: number };

/** The frame divided at an edge that has gone `mix` of its way. */
function dividedAt(
  direction: TransitionDirection,
  mix: number,
  { width, height }: Size,
): { behind: Box; ahead: Box } {
  const isAcross = direction === 'right' || direction === 'left';
  const side = isAcross ? width : height;
  const gone = Math.round(mix * side);
  const strip = (from: number, to: number): Box =>
    isAcross
      ? { x: from, y: 0, width: to - from, height }
      : { x: 0, y: from, width, height: to - from };
  return direction === 'right' || direction === 'down'
    ? { behind: strip(0, gone), ahead: strip(gone, side) }
    : { behind: strip(side - gone, side), ahead: strip(0, side - gone) };
}

/** How far a picture stands beside the frame, in whole pixels. */
function shift(
  direction: TransitionDirection,
  mix: number,
  { width, height }: Size,
  which: 'from' | 'to',
): { x: number; y: number } {
  const isAcross = direction === 'right' || direction === 'left';
  const side = isAcross ? width : height;
  const sign = direction === 'right' || direction === 'down' ? 1 : -1;
  const gone = Math.round(mix * side);
  const offset = sign * (which === 'from' ? gone : gone - side);
  return isAcross ? { x: offset, y: 0 } : { x: 0, y: offset };
}
