/** How far back the pace is measured: long enough to be calm, short enough to forget what came from a cache. */
const WINDOW_MS = 15_000;
const LEAST_MS = 1_000;

/**
 * Estimates how long work will go on from its pace of late. `note` takes a share from 0 to 1 and the time of a clock
 * that never goes back, and gives milliseconds; undefined while there is too little to tell.
 */
export class TimeLeft {
  #seen: { atMs: number; share: number }[] = [];

  note(share: number, atMs: number): number | undefined {
    const newest = this.#seen.at(-1);
    // What stands still, or goes back, says nothing about the pace before it.
    if (newest !== undefined && share < newest.share) this.#seen = [];
    this.#seen.push({ atMs, share });
    while (this.#seen.length > 2 && atMs - (this.#seen[1]?.atMs ?? atMs) >= WINDOW_MS)
      this.#seen.shift();
    const oldest = this.#seen[0];
    if (oldest === undefined || atMs - oldest.atMs < LEAST_MS || share <= oldest.share)
      return undefined;
    return Math.round(((1 - share) * (atMs - oldest.atMs)) / (share - oldest.share));
  }
}
