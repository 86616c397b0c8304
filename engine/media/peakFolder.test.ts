import { describe, expect, it } from 'vitest';
import { peakFolder, samplesPerPeak } from './peakFolder.ts';

const WINDOW = 80;

function samplesOf(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeInt16LE(value, index * 2));
  return bytes;
}

function read(chunks: readonly Buffer[]): { peaks: number[]; count: number } {
  const peaks: number[] = [];
  const reader = peakFolder(WINDOW, (bytes) => {
    for (let index = 0; index < bytes.length; index++) peaks.push(bytes.readInt8(index));
  });
  for (const chunk of chunks) reader.add(chunk);
  return { count: reader.end(), peaks };
}

describe('peaks', () => {
  const values = Array.from({ length: WINDOW * 3 + 7 }, (_, index) =>
    index === WINDOW + 3 ? 32_767 : index === 2 ? -32_768 : 0,
  );

  it('are the lowest and highest sample of each window, the last one short', () => {
    const { peaks, count } = read([samplesOf(values)]);
    expect(count).toBe(4);
    expect(peaks).toEqual([-127, 0, 0, 127, 0, 0, 0, 0]);
  });

  it('do not depend on how the samples arrive', () => {
    const bytes = samplesOf(values);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 13) }, (_, index) =>
      bytes.subarray(index * 13, (index + 1) * 13),
    );
    expect(read(pieces)).toEqual(read([bytes]));
  });

  it('are a hundred a second, as near as whole samples come', () => {
    const rates = [8_000, 11_025, 44_100, 48_000, 20];
    expect(rates.map(samplesPerPeak)).toEqual([80, 110, 441, 480, 1]);
  });
});
