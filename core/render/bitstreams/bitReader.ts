/** Reads bits from the highest of the first byte on. Beyond the end there are zeros, until `isPastEnd` says so. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, firstBit = 0) {
    this.#bytes = bytes;
    this.#at = firstBit;
  }

  /** The bit that is read next, counted from the beginning. */
  get position(): number {
    return this.#at;
  }

  get isPastEnd(): boolean {
    return this.#at > this.#bytes.length * 8;
  }

  bit(): 0 | 1 {
    const bit = ((this.#bytes[this.#at >> 3] ?? 0) >> (7 - (this.#at & 7))) & 1;
    this.#at += 1;
    return bit === 1 ? 1 : 0;
  }

  flag(): boolean {
    return this.bit() === 1;
  }

  /** A number of up to 52 bits. */
  bits(count: number): number {
    let value = 0;
    for (let index = 0; index < count; index++) value = value * 2 + this.bit();
    return value;
  }

  skip(count: number): void {
    this.#at += count;
  }

  /** An unsigned number in Exp-Golomb code (H.264 and HEVC, 9.1 and 9.2). */
  unsigned(): number {
    let zeros = 0;
    while (zeros < 32 && this.bit() === 0) zeros += 1;
    return 2 ** zeros - 1 + this.bits(zeros);
  }

  /** A signed number in Exp-Golomb code. */
  signed(): number {
    const value = this.unsigned();
    return value % 2 === 0 ? -value / 2 : (value + 1) / 2;
  }
}

/** How many bits a number takes that counts up to `values`: Ceil(Log2(values)). */
export function bitsFor(values: number): number {
  let bits = 0;
  while (2 ** bits < values) bits += 1;
  return bits;
}
