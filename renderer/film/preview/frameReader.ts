/** A decoded picture that must be closed. */
export type DecodedPicture = { readonly timestamp: number; close(): void };

/** Gives decoded pictures in order, beginning with the one that is shown at `start`. */
export type PictureStream<P extends DecodedPicture> = (start: number) => AsyncGenerator<P, void>;

/** Pictures decoded ahead while playing; decoders can hold few at a time. */
const AHEAD_PLAYING = 8;
const AHEAD_STILL = 1;
/** Nearer than this, reading on is quicker than beginning again at a sync frame. */
const READ_ON_SECONDS = 1.2;
/** Times that are nearer than this may be the same. */
const ROUNDING_SECONDS = 1e-4;

/**
 * Reads one stretch of film in order: keeps the picture that is shown now and a few that follow, and begins again
 * elsewhere when it is asked for another time. Times are seconds on the file's own count.
 */
export class FrameReader<P extends DecodedPicture> {
  readonly #stream: PictureStream<P>;
  #iterator: AsyncGenerator<P, void> | null = null;
  /** The limit that the present run began with: its first picture is the answer without looking further. */
  #beganAt = Number.NaN;
  #current: P | null = null;
  #ahead: P[] = [];
  #wanted = AHEAD_STILL;
  #isEnded = false;
  #isDecoding = false;
  #run = 0;
  #waiting: (() => void)[] = [];

  constructor(stream: PictureStream<P>) {
    this.#stream = stream;
  }

  /** The picture on hand, however old; for a frame that is late. */
  get latest(): P | null {
    return this.#current;
  }

  /** The picture that started last before `limit` if it is decoded already; null while it is still to come. */
  peek(limit: number): P | null {
    this.#advance(limit);
    return this.#isSettled(limit) ? (this.#current ?? this.#ahead[0] ?? null) : null;
  }

  /** Sees to it that decoding is under way towards `limit`, some pictures ahead. */
  prepare(limit: number): void {
    this.#aim(limit, AHEAD_PLAYING);
  }

  /**
   * The picture that started last before `limit`; the first one of the film where none did. Null where there is none,
   * and when another read or `prepare` has aimed elsewhere meanwhile.
   */
  async read(limit: number): Promise<P | null> {
    this.#aim(limit, AHEAD_STILL);
    const run = this.#run;
    while (run === this.#run) {
      this.#advance(limit);
      if (this.#isSettled(limit)) return this.#current ?? this.#ahead[0] ?? null;
      this.#decode();
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    return null;
  }

  dispose(): void {
    this.#stop();
  }

  #aim(limit: number, ahead: number): void {
    this.#wanted = ahead;
    if (!this.#reaches(limit)) {
      this.#stop();
      this.#beganAt = limit;
      this.#iterator = this.#stream(Math.max(0, limit));
    }
    this.#advance(limit);
    this.#decode();
  }

  #reaches(limit: number): boolean {
    if (this.#iterator === null) return false;
    const first = this.#current ?? this.#ahead[0];
    if (first === undefined) return Math.abs(limit - this.#beganAt) < READ_ON_SECONDS / 2;
    // A run that found its first picture behind its beginning began before the film does.
    if (this.#current === null && first.timestamp > this.#beganAt + ROUNDING_SECONDS)
      return limit <= first.timestamp;
    const last = this.#ahead.at(-1) ?? first;
    return first.timestamp < limit && limit - last.timestamp < READ_ON_SECONDS;
  }

  #isSettled(limit: number): boolean {
    if (this.#ahead.length > 0 || this.#isEnded) return true;
    return this.#current !== null && limit === this.#beganAt;
  }

  #advance(limit: number): void {
    for (let next = this.#ahead[0]; next !== undefined; next = this.#ahead[0]) {
      if (next.timestamp >= limit) return;
      this.#current?.close();
      this.#current = next;
      this.#ahead.shift();
    }
  }

  #stop(): void {
    this.#run += 1;
    // A generator at work ends after its present step; what it still yields is closed in `#decodeRun`.
    void this.#iterator?.return().catch(() => undefined);
    this.#iterator = null;
    this.#isDecoding = false;
    this.#isEnded = false;
    this.#current?.close();
    this.#current = null;
    for (const picture of this.#ahead) picture.close();
    this.#ahead = [];
    this.#wake();
  }

  #decode(): void {
    if (this.#isDecoding || this.#isEnded || this.#iterator === null) return;
    this.#isDecoding = true;
    void this.#decodeRun(this.#iterator, this.#run);
  }

  async #decodeRun(iterator: AsyncGenerator<P, void>, run: number): Promise<void> {
    while (this.#ahead.length < this.#wanted) {
      const step = await iterator.next().catch(() => ENDED);
      if (run !== this.#run) {
        if (!step.done) step.value.close();
        return;
      }
      if (step.done) this.#isEnded = true;
      else this.#ahead.push(step.value);
      this.#wake();
      if (step.done) break;
    }
    this.#isDecoding = false;
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** A film whose decoding fails ends there: the last picture stays. */
const ENDED = { done: true, value: undefined } as const;
