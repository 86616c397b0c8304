import type { SyncFrame } from './syncTrack.ts';

/** A sync frame and for how many tiles in a row it stands. */
export type TileFrame = SyncFrame & { tiles: number };

/**
 * The frames that tiles show: each the last one that starts before the middle of its interval, or the first of all.
 * `frames` are in the order in which they show.
 */
export function tileFrames(
  frames: readonly SyncFrame[],
  { count, intervalSeconds }: { count: number; intervalSeconds: number },
): TileFrame[] {
  const found: TileFrame[] = [];
  let [at, last] = [0, -1];
  for (let tile = 0; tile < count; tile++) {
    const middle = (tile + 0.5) * intervalSeconds;
    while ((frames[at + 1]?.seconds ?? Number.POSITIVE_INFINITY) < middle) at += 1;
    const before = found.at(-1);
    const frame = frames[at];
    if (before !== undefined && at === last) before.tiles += 1;
    else if (frame !== undefined) found.push({ ...frame, tiles: 1 });
    last = at;
  }
  return found;
}
