/** A box of the ISO base media format (ISO/IEC 14496-12): its size, its four letters, its content. */
export function box(type: string, ...content: readonly Uint8Array[]): Buffer {
  const size = content.reduce((sum, part) => sum + part.length, 8);
  return Buffer.concat([u32(size), Buffer.from(type, 'latin1'), ...content]);
}

/** A box that begins with a version and 24 flags. */
export function fullBox(
  type: string,
  { version = 0, flags = 0 }: { version?: number; flags?: number },
  ...content: readonly Uint8Array[]
): Buffer {
  return box(type, u32(version * 0x1_00_00_00 + flags), ...content);
}

export function u8(...values: readonly number[]): Buffer {
  return Buffer.from(values);
}

export function u16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16BE(value, index * 2));
  return bytes;
}

export function u32(...values: readonly number[]): Buffer {
  return u32List(values);
}

/** Many 32-bit numbers at once; negative ones as two’s complement. */
export function u32List(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value >>> 0, index * 4));
  return bytes;
}

export function u64(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 8);
  values.forEach((value, index) => bytes.writeBigUInt64BE(BigInt(value), index * 8));
  return bytes;
}

/** One box as it lies in a buffer: where its content begins and ends. */
export type BoxAt = { type: string; start: number; end: number };

/** The boxes between two places of a buffer; what is too short to be one is left out. */
export function boxesIn(bytes: Buffer, start = 0, end = bytes.length): BoxAt[] {
  const found: BoxAt[] = [];
  let at = start;
  while (at + 8 <= end) {
    const short = bytes.readUInt32BE(at);
    const isLong = short === 1 && at + 16 <= end;
    const size = isLong ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? end - at : short;
    const header = isLong ? 16 : 8;
    if (size < header || at + size > end) break;
    found.push({
      type: bytes.toString('latin1', at + 4, at + 8),
      start: at + header,
      end: at + size,
    });
    at += size;
  }
  return found;
}

/** The first box that a path of types leads to; null where there is none. */
export function findBox(
  bytes: Buffer,
  path: readonly string[],
  within: Pick<BoxAt, 'start' | 'end'> = { start: 0, end: bytes.length },
): BoxAt | null {
  const [type, ...rest] = path;
  const found = boxesIn(bytes, within.start, within.end).find((one) => one.type === type);
  if (found === undefined) return null;
  return rest.length === 0 ? found : findBox(bytes, rest, found);
}
