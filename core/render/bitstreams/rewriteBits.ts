/** A number as bits, in the order in which they are written. */
export type Bits = readonly (0 | 1)[];

/** An unsigned number in Exp-Golomb code (HEVC, 9.2). */
export function unsignedBits(value: number): Bits {
  const binary = (value + 1).toString(2);
  return [...'0'.repeat(binary.length - 1), ...binary].map((digit) => (digit === '1' ? 1 : 0));
}

/** A number in so many bits. */
export function fixedBits(value: number, count: number): Bits {
  return [...value.toString(2).padStart(count, '0')].map((digit) => (digit === '1' ? 1 : 0));
}

/** Bits in place of those from `start` to `end`, counted from the beginning; what follows moves. */
export type BitChange = { start: number; end: number; bits: Bits };

/**
 * The bits before `end` with changes, which follow one another, then a one and as many zeros as fill the last byte: how
 * headers and parameter sets of H.264 and HEVC end.
 */
export function rewriteBits(
  bytes: Uint8Array,
  end: number,
  changes: readonly BitChange[],
): Uint8Array {
  const out = new BitWriter();
  let at = 0;
  const copyUntil = (limit: number) => {
    for (; at < limit; at++) out.put(((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
  };
  for (const { start, end: after, bits } of changes) {
    copyUntil(start);
    bits.forEach((bit) => out.put(bit));
    at = after;
  }
  copyUntil(end);
  out.put(1);
  return out.bytes();
}

/** Where the content of a parameter set ends: at its last one, which says so. */
export function contentEnd(bytes: Uint8Array): number {
  let last = bytes.length - 1;
  while (last > 0 && bytes[last] === 0) last -= 1;
  const byte = bytes[last] ?? 0;
  let zeros = 0;
  while (zeros < 7 && ((byte >> zeros) & 1) === 0) zeros += 1;
  return last * 8 + 7 - zeros;
}

class BitWriter {
  readonly #bytes: number[] = [];
  #count = 0;

  put(bit: number): void {
    if (this.#count % 8 === 0) this.#bytes.push(0);
    if (bit !== 0)
      this.#bytes[this.#bytes.length - 1] = this.#lastByte() | (0x80 >> (this.#count % 8));
    this.#count += 1;
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  #lastByte(): number {
    return this.#bytes.at(-1) ?? 0;
  }
}
