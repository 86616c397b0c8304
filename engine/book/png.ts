import { crc32, deflateSync } from 'node:zlib';

/** Pixels from left to right and top to bottom, red, green and blue. */
export type Raster = { widthPx: number; heightPx: number; rgb: Uint8Array };

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const COLOR_RGB = 2;
const UP = 2;

/** A picture as PNG (ISO/IEC 15948): each row as its difference from the one above, which suits flat colour. */
export function encodePng({ widthPx, heightPx, rgb }: Raster): Uint8Array {
  const stride = widthPx * 3;
  const rows = new Uint8Array((stride + 1) * heightPx);
  for (let y = 0; y < heightPx; y += 1) {
    const at = y * (stride + 1);
    rows[at] = UP;
    for (let x = 0; x < stride; x += 1) {
      const above = y === 0 ? 0 : (rgb[(y - 1) * stride + x] ?? 0);
      rows[at + 1 + x] = (rgb[y * stride + x] ?? 0) - above;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([8, COLOR_RGB, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
