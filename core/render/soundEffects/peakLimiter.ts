/**
 * A limiter that looks ahead. The gain at a sample is the mean, over the window, of the least gains that any sample
 * of the window needs: it has come down in full when a peak arrives, in a straight line, and goes up again slowly.
 */
export class PeakLimiter {
  /** Samples that it looks ahead, by which its sound is late. */
  readonly latency: number;
  readonly #length: number;
  readonly #leftSound: Float64Array;
  readonly #rightSound: Float64Array;
  /** Gains of the window, to take the oldest from the sum. */
  readonly #gains: Float64Array;
  /** Samples whose gains are less than all later ones, with their gains: the first is the least of the window. */
  readonly #leastAt: Float64Array;
  readonly #least: Float64Array;
  #head = 0;
  #tail = 0;
  #count = 0;
  #held = 1;
  #sum: number;
  /** What came out at the last push. */
  left = 0;
  right = 0;
  /** The gain that it came out with. */
  gain = 1;

  constructor(latency: number) {
    this.latency = latency;
    this.#length = latency + 1;
    const length = this.#length;
    [this.#leftSound, this.#rightSound] = [new Float64Array(length), new Float64Array(length)];
    this.#gains = new Float64Array(length).fill(1);
    [this.#leastAt, this.#least] = [new Float64Array(length + 1), new Float64Array(length + 1)];
    this.#sum = length;
  }

  /**
   * Takes a sample of each side, and the gain that these need at most; gives, in `left` and `right`, those from
   * `latency` samples before. `release` is the share of a reduction that is left after one sample.
   */
  push(left: number, right: number, need: number, release: number): void {
    const length = this.#length;
    const slots = length + 1;
    while (
      this.#tail !== this.#head &&
      (this.#least[(this.#tail + slots - 1) % slots] ?? 0) >= need
    )
      this.#tail = (this.#tail + slots - 1) % slots;
    this.#leastAt[this.#tail] = this.#count;
    this.#least[this.#tail] = need;
    this.#tail = (this.#tail + 1) % slots;
    if ((this.#leastAt[this.#head] ?? 0) <= this.#count - length)
      this.#head = (this.#head + 1) % slots;
    const least = this.#least[this.#head] ?? 1;
    this.#held = Math.min(least, 1 - (1 - this.#held) * release);
    const at = this.#count % length;
    this.#sum += this.#held - (this.#gains[at] ?? 1);
    this.#gains[at] = this.#held;
    this.#leftSound[at] = left;
    this.#rightSound[at] = right;
    this.#count += 1;
    // Rounding must not pile up over hours.
    if (at === length - 1) this.#sum = this.#gains.reduce((sum, gain) => sum + gain, 0);
    const oldest = this.#count % length;
    this.gain = this.#sum / length;
    this.left = (this.#leftSound[oldest] ?? 0) * this.gain;
    this.right = (this.#rightSound[oldest] ?? 0) * this.gain;
  }
}
