/**
 * Units of H.264 and HEVC hold no three bytes that look like the beginning of another: a 3 is put in after two zeros
 * where they would (HEVC, 7.4.2.2). Without these bytes they can be read bit by bit.
 */
export function withoutEmulation(unit: Uint8Array): Uint8Array {
  const out = new Uint8Array(unit.length);
  let [length, zeros] = [0, 0];
  for (const byte of unit) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    out[length] = byte;
    length += 1;
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return out.subarray(0, length);
}

/** Puts in the bytes that `withoutEmulation` takes out. */
export function withEmulation(content: Uint8Array): Uint8Array {
  // At most one byte for every two.
  const out = new Uint8Array(content.length + (content.length >> 1) + 1);
  let [length, zeros] = [0, 0];
  const put = (byte: number) => {
    out[length] = byte;
    length += 1;
  };
  for (const byte of content) {
    if (zeros === 2 && byte <= 3) {
      put(3);
      zeros = 0;
    }
    put(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  // A unit does not end with a zero.
  if (content.at(-1) === 0) put(3);
  return out.slice(0, length);
}
