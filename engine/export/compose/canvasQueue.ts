import type { Picture } from './picture.ts';
import { sharedPicture } from './sharedPictures.ts';

export type Canvas = { number: number; picture: Picture };

/** A few canvases that are used again and again: who wants one waits until another is done with it. */
export class CanvasQueue {
  readonly #canvases: Canvas[];
  readonly #free: Canvas[];
  #waiting: { resolve: (canvas: Canvas) => void; reject: (error: Error) => void } | null = null;
  #failure: Error | null = null;

  constructor(count: number, { width, height }: { width: number; height: number }) {
    this.#canvases = Array.from({ length: count }, (_, number) => ({
      number,
      picture: sharedPicture(width, height),
    }));
    this.#free = [...this.#canvases];
  }

  /** A canvas that nobody uses. One caller waits at a time. */
  take(): Promise<Canvas> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    const free = this.#free.shift();
    if (free !== undefined) return Promise.resolve(free);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  release(number: number): void {
    const canvas = this.#canvases[number];
    if (canvas === undefined) return;
    if (this.#waiting === null) this.#free.push(canvas);
    else this.#waiting.resolve(canvas);
    this.#waiting = null;
  }

  /** Who waits, and who asks from now on, is told this error. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.#waiting?.reject(error);
    this.#waiting = null;
  }
}
