import { describe, expect, it } from 'vitest';
import { doAv1Clash, joinAv1Configurations, readAv1Configuration } from './av1Configuration.ts';
import { readAv1Packet } from './av1Packet.ts';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** `av1C` of SVT-AV1, and beginnings of temporal units of it: a key frame, hidden frames and a shown one, a repeated one. */
const AV1C = bytesOf('gQAMAAoKAAAAAq//gF8ACA==');
const KEY = bytesOf('CgoAAAACr/+ffyAIMqICEADPggAAI+Ag2limqBNvFtB+xMVu');
const OTHERS = bytesOf('MkUoBAAkkkkZyQQAAGfAMADcTT4hG7jPLPyyQP22');
const REPEATED = bytesOf('GgG4');

describe('a temporal unit of AV1', () => {
  it('begins anew with a key frame that is shown', () => {
    const found = readAv1Packet(KEY);
    expect(found?.isShownKeyFrame).toBe(true);
    expect(found?.sequenceHeader).toEqual(KEY.slice(2, 12));
    expect(readAv1Packet(OTHERS)).toEqual({ sequenceHeader: null, isShownKeyFrame: false });
    expect(readAv1Packet(REPEATED)).toEqual({ sequenceHeader: null, isShownKeyFrame: false });
  });

  it('does not begin anew with a key frame that is shown later', () => {
    const hidden = Uint8Array.from(KEY);
    // `show_existing_frame`, the type in two bits, `show_frame`.
    hidden[15] = 0;
    expect(readAv1Packet(hidden)?.isShownKeyFrame).toBe(false);
  });

  it('may begin with a delimiter, and is nothing of another codec', () => {
    expect(readAv1Packet(Uint8Array.from([0x12, 0, ...KEY]))?.isShownKeyFrame).toBe(true);
    expect(readAv1Packet(Uint8Array.of(0x82, 0x49, 0x83))).toBeNull();
    expect(readAv1Packet(Uint8Array.of(0x0a, 0xff))).toBeNull();
  });
});

describe('what a container keeps of AV1', () => {
  const known = readAv1Configuration(AV1C);
  if (known === null) throw new Error('unreadable');

  it('is written as it was for one stream, and without a header of their sequences for two', () => {
    expect(joinAv1Configurations([known, known])).toEqual(AV1C);
    const other = { ...known, level: 8, units: known.units.slice(0, -1) };
    const joined = readAv1Configuration(joinAv1Configurations([known, other]));
    expect(joined).toMatchObject({ profile: 0, level: 8, units: new Uint8Array() });
    expect(readAv1Configuration(Uint8Array.of(1, 2, 3, 4))).toBeNull();
  });

  it('is not the same for both where depths differ', () => {
    expect(doAv1Clash(known, { ...known, level: 9 })).toBe(false);
    expect(doAv1Clash(known, { ...known, format: known.format | 0x40 })).toBe(true);
  });
});
