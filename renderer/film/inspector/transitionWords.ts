import type { TRANSITION_DIRECTIONS, TRANSITION_KINDS, Transition } from '#core/model/entities.ts';
import { type Flicks, subtractFlicks } from '#core/time/flicks.ts';
import { frameAt, frameStart, type Rate } from '#core/time/rate.ts';

type Kind = (typeof TRANSITION_KINDS)[number];

export const TRANSITION_WORDS: Record<Kind, string> = {
  dissolve: 'Dissolve',
  dip: 'Dip to black',
  wipe: 'Wipe',
  slide: 'Slide',
  push: 'Push',
};

export const DIRECTION_WORDS: Record<(typeof TRANSITION_DIRECTIONS)[number], string> = {
  left: 'To the left',
  right: 'To the right',
  up: 'Up',
  down: 'Down',
};

/** Whether transitions of a kind move somewhere. */
export function hasDirection(kind: Kind): boolean {
  return kind !== 'dissolve' && kind !== 'dip';
}

/** How far a transition of a new duration reaches, with as much of it before the cut as now, in whole frames. */
export function reachFor(
  { before, after }: Transition['reach'],
  duration: Flicks,
  rate: Rate,
): Transition['reach'] {
  const whole = before + after;
  const share = whole === 0 ? 0.5 : before / whole;
  const frames = frameAt(duration, rate, 'nearest');
  const next = frameStart(Math.round(frames * share), rate);
  return { before: next, after: subtractFlicks(duration, next) };
}
