import { describe, expect, it } from 'vitest';
import { rate } from '../../time/rate.ts';
import { vp9Configuration } from './vp9Configuration.ts';
import { readVp9Packet } from './vp9Packet.ts';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** Beginnings of packets of libvpx, 64 × 64. */
const KEY = bytesOf('gkmDQgAD8AP2SDgkHBlOAADQe65h7F/yBZMD');
const SHOWN = bytesOf('hgBAkhywXgAAA2AAAHreVj2sOUkorRIck3Vi');
/** One that is decoded and not shown, and leans on the size of another. */
const HIDDEN = Uint8Array.of(0x84, 0, 0, 1, 0x55);
/** One of 320 × 180 that names its size, and one that shows what was decoded before. */
const RESIZED = Uint8Array.of(0x86, 0, 0, 0, 0, 0x9f, 0x80, 0x59, 0x80);
const REPEATED = Uint8Array.of(0x88);

/** Frames in one packet, with an index behind them. */
function superframe(...frames: readonly Uint8Array[]): Uint8Array {
  const marker = 0xc8 | (frames.length - 1);
  const sizes = frames.flatMap(({ length }) => [length & 0xff, length >> 8]);
  return Uint8Array.from([...frames.flatMap((frame) => [...frame]), marker, ...sizes, marker]);
}

describe('a packet of VP9', () => {
  it('begins anew with a key frame, which names its size', () => {
    const size = { width: 64, height: 64 };
    expect(readVp9Packet(KEY)).toEqual({ shown: 1, startsAnew: true, sizes: [size] });
    expect(readVp9Packet(SHOWN)).toEqual({ shown: 1, startsAnew: false, sizes: [] });
  });

  it('shows one picture of all its frames, or none, or several', () => {
    expect(readVp9Packet(superframe(HIDDEN, SHOWN))?.shown).toBe(1);
    expect(readVp9Packet(superframe(KEY, HIDDEN))).toMatchObject({ shown: 1, startsAnew: true });
    expect(readVp9Packet(superframe(SHOWN, KEY))).toMatchObject({ shown: 2, startsAnew: false });
    expect(readVp9Packet(HIDDEN)?.shown).toBe(0);
    expect(readVp9Packet(REPEATED)).toEqual({ shown: 1, startsAnew: false, sizes: [] });
  });

  it('may change the size without beginning anew', () => {
    expect(readVp9Packet(RESIZED)?.sizes).toEqual([{ width: 320, height: 180 }]);
  });

  it('is nothing of another codec', () => {
    expect(readVp9Packet(Uint8Array.of(0, 0, 0, 5, 0x26, 1, 0xaf))).toBeNull();
    expect(readVp9Packet(Uint8Array.of(0x82, 1, 2, 3, 4, 5))).toBeNull();
  });
});

it('what MP4 says of it follows from the film', () => {
  const hd = { width: 1920, height: 1080, frameRate: rate(30) };
  expect([...vp9Configuration(hd, 8, [1, 2, 3])]).toEqual([1, 0, 0, 0, 0, 40, 0x82, 1, 2, 3, 0, 0]);
  expect(vp9Configuration({ ...hd, frameRate: rate(60) }, 10, [1, 1, 1])[5]).toBe(41);
  expect([...vp9Configuration(hd, 10, [9, 16, 9]).slice(4, 7)]).toEqual([2, 40, 0xa2]);
});
