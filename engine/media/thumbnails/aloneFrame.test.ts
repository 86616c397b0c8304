import { describe, expect, it } from 'vitest';
import { fullBox, box, u32 } from '../../mp4/boxes.ts';
import { aloneFrames } from './aloneFrame.ts';

const AVC = Buffer.of(1, 100, 0, 30, 0xff, 0xe1, 0, 2, 0x67, 1, 1, 0, 2, 0x68, 1);

/** An `hvcC` with one parameter set of each kind. */
function hevcConfiguration(): Buffer {
  const sets = [32, 33, 34].flatMap((type) => [0x80 | type, 0, 1, 0, 3, type << 1, 1, 1]);
  return Buffer.of(1, ...Array.from({ length: 20 }, () => 0), 0xff, 3, ...sets);
}

function descriptions(type: string, configuration: Buffer): Buffer {
  return fullBox('stsd', {}, u32(1), box('code', Buffer.alloc(78), box(type, configuration)));
}

function packet(...units: number[][]): Buffer {
  return Buffer.concat(units.map((unit) => Buffer.concat([u32(unit.length), Buffer.from(unit)])));
}

describe('sync frames that stand alone', () => {
  it('are those of H.264 that begin anew', () => {
    const alone = aloneFrames('h264', descriptions('avcC', AVC));
    const idr = packet([6, 1, 2], [0x65, 1, 2]);
    expect(alone?.(idr)).toBe(idr);
    expect(alone?.(packet([6, 1, 2], [0x41, 1, 2]))).toBeNull();
    expect(alone?.(packet([6, 1, 2]))).toBeNull();
  });

  it('are those of HEVC, which are made to begin anew where they do not', () => {
    const alone = aloneFrames('hevc', descriptions('hvcC', hevcConfiguration()));
    const idr = packet([20 << 1, 1, 9]);
    expect(alone?.(idr)).toBe(idr);
    expect(alone?.(packet([21 << 1, 1, 9]))).toEqual(Uint8Array.from(packet([18 << 1, 1, 9])));
    expect(alone?.(packet([1 << 1, 1, 9]))).toBeNull();
  });

  it('are not known of streams that do not say how they are written', () => {
    expect(aloneFrames('h264', descriptions('free', AVC))).toBeNull();
    expect(aloneFrames('hevc', descriptions('free', AVC))).toBeNull();
  });

  it('are all of other codecs', () => {
    const frame = Buffer.of(1, 2, 3);
    expect(aloneFrames('prores', Buffer.alloc(0))?.(frame)).toBe(frame);
  });
});
