import { describe, expect, it } from 'vitest';
import { afterChunk, isWave, riffChunk, sixteenBits, waveFormat } from './wave.ts';

type Format = { tag: number; channels: number; bits: number; blockBytes?: number };

function formatChunk({ tag, channels, bits, blockBytes = (channels * bits) / 8 }: Format) {
  const view = new DataView(new ArrayBuffer(16));
  view.setUint16(0, tag, true);
  view.setUint16(2, channels, true);
  view.setUint32(4, 48_000, true);
  view.setUint32(8, 48_000 * blockBytes, true);
  view.setUint16(12, blockBytes, true);
  view.setUint16(14, bits, true);
  return new Uint8Array(view.buffer);
}

const SUBTYPE_TAIL = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];

function longChunk(format: Format, { bits = format.bits, speakers = 3, tail = SUBTYPE_TAIL } = {}) {
  const more = [22, 0, bits, 0, speakers, 0, 0, 0, format.tag, 0, ...tail];
  return Uint8Array.of(...formatChunk({ ...format, tag: 0xff_fe }), ...more);
}

describe('what a WAV says of its samples', () => {
  it.each([
    ['16 bits', formatChunk({ tag: 1, channels: 2, bits: 16 }), 'pcm_s16le'],
    ['24 bits', formatChunk({ tag: 1, channels: 1, bits: 24 }), 'pcm_s24le'],
    ['32 bits', formatChunk({ tag: 1, channels: 2, bits: 32 }), 'pcm_s32le'],
    ['floats', formatChunk({ tag: 3, channels: 2, bits: 32 }), 'pcm_f32le'],
    ['the longer form', longChunk({ tag: 1, channels: 2, bits: 24 }), 'pcm_s24le'],
    ['the longer form of floats', longChunk({ tag: 3, channels: 2, bits: 32 }), 'pcm_f32le'],
  ])('is read: %s', (_, chunk, codec) => {
    expect(waveFormat(chunk)).toMatchObject({ codec, sampleRateHz: 48_000 });
  });

  it.each([
    ['8 bits', formatChunk({ tag: 1, channels: 2, bits: 8 })],
    ['floats of 64 bits', formatChunk({ tag: 3, channels: 2, bits: 64 })],
    ['ADPCM', formatChunk({ tag: 2, channels: 2, bits: 16 })],
    ['no channel', formatChunk({ tag: 1, channels: 0, bits: 16 })],
    ['room between samples', formatChunk({ tag: 1, channels: 2, bits: 24, blockBytes: 8 })],
    ['20 of 24 bits', longChunk({ tag: 1, channels: 2, bits: 24 }, { bits: 20 })],
    ['speakers behind', longChunk({ tag: 1, channels: 2, bits: 16 }, { speakers: 0x30 })],
    ['a kind of its own', longChunk({ tag: 1, channels: 2, bits: 16 }, { tail: [] })],
    ['half a chunk', formatChunk({ tag: 1, channels: 2, bits: 16 }).subarray(0, 14)],
  ])('is left to a decoder: %s', (_, chunk) => {
    expect(waveFormat(chunk)).toBeNull();
  });
});

describe('chunks', () => {
  const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

  it('follow one another at even places', () => {
    const chunk = riffChunk(bytes('data\u0003\0\0\0'), 36);
    expect(chunk).toEqual({ id: 'data', start: 44, size: 3 });
    expect(chunk && afterChunk(chunk)).toBe(48);
    expect(riffChunk(bytes('data\u0003'), 36)).toBeNull();
  });

  it('are those of a WAV', () => {
    expect(isWave(bytes('RIFF\0\0\0\0WAVE'))).toBe(true);
    expect(isWave(bytes('RF64\0\0\0\0WAVE'))).toBe(false);
    expect(isWave(bytes('RIFF'))).toBe(false);
  });
});

describe('samples of 16 bits', () => {
  const floats = (...values: number[]) =>
    sixteenBits('pcm_f32le', new Uint8Array(Float32Array.from(values).buffer));

  it('are the upper bits of longer ones', () => {
    const bytes = Uint8Array.of(0xff, 0x34, 0x12, 0xff, 0xff, 0xff);
    expect(sixteenBits('pcm_s24le', bytes)).toEqual(Int16Array.of(0x1234, -1));
    const long = Uint8Array.of(0xff, 0xff, 0x34, 0x12, 0, 0, 0, 0x80);
    expect(sixteenBits('pcm_s32le', long)).toEqual(Int16Array.of(0x1234, -32_768));
  });

  it('are the nearest to floats, the even one of two, within what there is', () => {
    const halves = [0.5, 1.5, 2.5, -0.5, -1.5].map((value) => value / 32_768);
    expect(floats(...halves)).toEqual(Int16Array.of(0, 2, 2, 0, -2));
    expect(floats(1, -1, 40, -40)).toEqual(Int16Array.of(32_767, -32_768, 32_767, -32_768));
  });

  it('are none of what no number of 32 bits can tell', () => {
    expect(floats(Number.NaN)).toBeNull();
    expect(floats(Number.POSITIVE_INFINITY)).toBeNull();
    expect(floats(65_536)).toBeNull();
  });
});
