import type { DecodedPicture, PictureStream } from './frameReader.ts';

/** Decoders run forwards only: so much is decoded at a time and then shown in reverse. */
const STRETCH_SECONDS = 0.5;
/** Pictures kept of a stretch; of more, the later ones. */
const MOST_PICTURES = 24;
/** Times that are nearer than this may be the same. */
const ROUNDING_SECONDS = 1e-4;

/** Decoded pictures in order: all that start before `end`, from the first of them on. */
type Stretch<P> = {
  pictures: P[];
  end: number;
  /** Whether nothing comes before its first picture. */
  isFirst: boolean;
};

/**
 * Gives pictures of a film that is shown backwards. It decodes a stretch at a time, and the one before while that one
 * is shown; a few pictures of both are kept. Times are seconds on the file's own count.
 */
export class BackwardReader<P extends DecodedPicture> {
  readonly #stream: PictureStream<P>;
  #stretches: Stretch<P>[] = [];
  #latest: P | null = null;
  /** Whether `#latest` is kept only because it is on the screen. */
  #isAlone = false;
  #limit = 0;
  #isDecoding = false;
  #isDisposed = false;
  #waiting: (() => void)[] = [];

  constructor(stream: PictureStream<P>) {
    this.#stream = stream;
  }

  /** The picture given last; for a frame that is late. */
  get latest(): P | null {
    return this.#latest;
  }

  /** The picture that started last before `limit` if it is decoded already. */
  peek(limit: number): P | null {
    const stretch = this.#stretchAt(limit);
    if (stretch === undefined) return null;
    const picture = stretch.pictures.findLast(({ timestamp }) => timestamp < limit);
    this.#show(picture ?? stretch.pictures[0] ?? null);
    return this.#latest;
  }

  /** Sees to it that decoding is under way for `limit` and for what comes before it. */
  prepare(limit: number): void {
    this.#limit = limit;
    if (!this.#isDecoding && !this.#isDisposed) void this.#decode();
  }

  /** The picture that started last before `limit`, or the first of the film. Null when the reader aims elsewhere. */
  async read(limit: number): Promise<P | null> {
    this.prepare(limit);
    while (this.#limit === limit && !this.#isDisposed) {
      if (this.#stretchAt(limit) !== undefined) return this.peek(limit);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    return null;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#show(null);
    this.#keep([]);
    this.#wake();
  }

  #stretchAt(limit: number): Stretch<P> | undefined {
    return this.#stretches.find(({ pictures, end, isFirst }) => {
      return limit <= end && (isFirst || (pictures[0]?.timestamp ?? end) < limit);
    });
  }

  /** The end of the stretch to decode next; null while there is enough. */
  #missing(): number | null {
    const here = this.#stretchAt(this.#limit);
    if (here === undefined) return this.#limit;
    const start = here.pictures[0]?.timestamp;
    if (here.isFirst || start === undefined) return null;
    return this.#stretchAt(start) === undefined ? start : null;
  }

  async #decode(): Promise<void> {
    this.#isDecoding = true;
    for (let end = this.#missing(); end !== null && !this.#isDisposed; end = this.#missing()) {
      const stretch = await this.#stretchBefore(end);
      this.#stretches.push(stretch);
      this.#dropFar();
      this.#wake();
    }
    if (this.#isDisposed) this.#keep([]);
    this.#isDecoding = false;
  }

  async #stretchBefore(end: number): Promise<Stretch<P>> {
    const start = Math.max(0, end - STRETCH_SECONDS);
    const stretch: Stretch<P> = {
      pictures: [],
      end: Number.POSITIVE_INFINITY,
      isFirst: start === 0,
    };
    try {
      for await (const picture of this.#stream(start)) {
        if (picture.timestamp >= end && stretch.pictures.length > 0) {
          stretch.end = picture.timestamp;
          picture.close();
          break;
        }
        // Where nothing starts before the end, this is the first picture there is.
        if (stretch.pictures.length === 0 && picture.timestamp > start + ROUNDING_SECONDS)
          stretch.isFirst = true;
        stretch.pictures.push(picture);
        if (stretch.pictures.length > MOST_PICTURES) {
          stretch.pictures.shift()?.close();
          stretch.isFirst = false;
        }
        if (this.#isDisposed) break;
      }
    } catch {
      // A film whose decoding fails ends there: what was decoded stays.
    }
    if (stretch.pictures.length === 0) stretch.isFirst = true;
    return stretch;
  }

  /** Keeps the stretch that is shown and the one before it. */
  #dropFar(): void {
    const here = this.#stretchAt(this.#limit);
    const start = here?.pictures[0]?.timestamp;
    const before = start === undefined ? undefined : this.#stretchAt(start);
    this.#keep([here, before].filter((stretch) => stretch !== undefined));
  }

  #keep(kept: readonly Stretch<P>[]): void {
    for (const stretch of this.#stretches) {
      if (kept.includes(stretch)) continue;
      for (const picture of stretch.pictures) {
        if (picture === this.#latest) this.#isAlone = true;
        else picture.close();
      }
    }
    this.#stretches = this.#stretches.filter((stretch) => kept.includes(stretch));
  }

  #show(picture: P | null): void {
    if (picture === this.#latest) return;
    if (this.#isAlone) this.#latest?.close();
    this.#isAlone = false;
    this.#latest = picture;
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
