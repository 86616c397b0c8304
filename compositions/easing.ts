/** Fast at first, settling gently: for what comes in. `progress` and result from 0 to 1. */
export function easeOut(progress: number): number {
  return 1 - (1 - progress) ** 3;
}

/** Gentle at first, then quick: for what goes out. `progress` and result from 0 to 1. */
export function easeIn(progress: number): number {
  return progress ** 2;
}

/** Progress of one part of a movement that runs from `from` to `to` of the whole, 0 before and 1 after. */
export function part(progress: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (progress - from) / (to - from)));
}
