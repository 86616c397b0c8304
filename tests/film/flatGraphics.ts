import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import {
  type OverlayFormat,
  type OverlayPicture,
  overlayKey,
  overlayPicture,
} from '#core/graphics/graphicKey.ts';
import type { Rate } from '#core/time/rate.ts';
import type { OverlayRenderer } from '#engine/graphics/drawOverlays.ts';

const PATCH = { width: 20, height: 20 };

/** Graphics without a browser: every distinct picture is a patch in the middle of the frame in a colour of its own. */
export function flatGraphics(size: { width: number; height: number } = { width: 160, height: 90 }) {
  const drawn: OverlayPicture[] = [];
  const renderer: OverlayRenderer = {
    async render({ width, height, pictures, onPicture, onProgress }) {
      for (const [index, picture] of pictures.entries()) {
        drawn.push(picture);
        await onPicture(index, patchPng(width, height, colorOf(picture.key)));
        onProgress?.(index + 1, pictures.length);
      }
    },
    close: () => Promise.resolve(),
  };
  return {
    overlays: () => Promise.resolve(renderer),
    /** What was drawn so far. */
    drawn,
    /** The colour of a title on one of its frames. */
    colorAt(title: string, frame: number, durationFrames: number, frameRate: Rate): number[] {
      const format: OverlayFormat = { ...size, frameRate };
      const layer = { template: 'title', fields: { title }, frame, durationFrames } as const;
      return colorOf(overlayKey(overlayPicture([layer], format).layers, format));
    },
  };
}

function colorOf(key: string): number[] {
  // Away from the ends of the scale, where rounding in the film is largest.
  return [...createHash('sha256').update(key).digest().subarray(0, 3)].map(
    (byte) => 40 + Math.round((byte / 255) * 160),
  );
}

/** A PNG with alpha, as browsers draw them: the patch, and around it nothing. */
function patchPng(width: number, height: number, color: readonly number[]): Buffer {
  const rowBytes = 1 + width * 4;
  const rows = Buffer.alloc(rowBytes * height);
  for (let row = 0; row < PATCH.height; row++) {
    for (let column = 0; column < PATCH.width; column++) {
      const y = (height - PATCH.height) / 2 + row;
      const x = (width - PATCH.width) / 2 + column;
      rows.set([...color, 255], y * rowBytes + 1 + x * 4);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits a channel, red, green, blue and alpha.
  header.set([8, 6], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [
    part('IHDR', header),
    part('IDAT', deflateSync(rows)),
    part('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([signature, ...parts]);
}

function part(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(body.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}
