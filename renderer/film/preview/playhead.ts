import { type Flicks, ZERO } from '#core/time/flicks.ts';

/** Where the film stands. Kept outside React, so that playback moves lines and numbers without rendering anything. */
export class Playhead {
  #time: Flicks = ZERO;
  readonly #listeners = new Set<(time: Flicks) => void>();

  get time(): Flicks {
    return this.#time;
  }

  set(time: Flicks): void {
    if (time === this.#time) return;
    this.#time = time;
    for (const listener of this.#listeners) listener(time);
  }

  /** Tells every change until the returned function is called. */
  subscribe = (listener: (time: Flicks) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
