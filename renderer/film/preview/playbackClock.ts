/** What a clock counts by: an audio context, or anything else with seconds. */
export type SecondsSource = { readonly currentTime: number };

/**
 * Time of the film in seconds while it plays, counted from the moment `start` was called. It follows the clock of the
 * sound card, so picture and sound cannot drift apart.
 */
export class PlaybackClock {
  readonly #source: SecondsSource;
  readonly #startedAt: number;
  readonly #from: number;
  readonly #latency: number;
  readonly speed: number;

  constructor(
    source: SecondsSource,
    options: { from: number; speed: number; delay: number; latency?: number },
  ) {
    this.#source = source;
    this.#startedAt = source.currentTime + options.delay;
    this.#from = options.from;
    this.#latency = options.latency ?? 0;
    this.speed = options.speed;
  }

  /** Second of the film that is heard now; it stands still until the delay and the latency are over. */
  now(): number {
    const heard = this.#source.currentTime - this.#latency;
    return this.#from + Math.max(0, heard - this.#startedAt) * this.speed;
  }

  /** Moment of the source at which the sound of `seconds` must be handed over. */
  sourceTimeOf(seconds: number): number {
    return this.#startedAt + (seconds - this.#from) / this.speed;
  }
}

/** A source for when the sound card gives no time. */
export const systemClock: SecondsSource = {
  get currentTime() {
    return performance.now() / 1000;
  },
};
