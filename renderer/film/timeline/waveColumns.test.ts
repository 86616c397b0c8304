import { describe, expect, it } from 'vitest';
import { seconds } from '#tests/support/filmFixture.ts';
import { waveColumns } from './waveColumns.ts';

/** Ten peaks a second: silence, but for one loud tenth at second 1. */
const peaks = { sampleRateHz: 48_000, samplesPerPeak: 4_800, count: 30 };
const bytes = new Int8Array(60);
bytes[20] = -127;
bytes[21] = 64;

describe('the columns of a waveform', () => {
  const at = (options: { from: number; perPixel: number; factor?: number }) =>
    waveColumns(peaks, bytes, {
      columns: 4,
      sourceAt: (column) => seconds(options.from + column * options.perPixel),
      factorAt: () => options.factor ?? 1,
    });

  it('keep the loudest of what falls into one pixel', () => {
    const columns = at({ from: 0, perPixel: 1 });
    expect(columns.map(({ low }) => low)).toEqual([0, -1, 0, 0]);
    expect(columns[1]?.high).toBeCloseTo(64 / 127, 6);
  });

  it('begin where the clip begins', () => {
    expect(at({ from: 1, perPixel: 0.1 }).map(({ low }) => low)).toEqual([-1, 0, 0, 0]);
  });

  it('follow the volume of the clip and are cut off at full scale', () => {
    expect(at({ from: 1, perPixel: 0.1, factor: 0.5 })[0]?.low).toBeCloseTo(-0.5, 6);
    expect(at({ from: 1, perPixel: 0.1, factor: 4 })[0]).toEqual({ low: -1, high: 1 });
  });

  it('run the other way where the clip plays backwards', () => {
    expect(at({ from: 1.3, perPixel: -0.1 }).map(({ low }) => low)).toEqual([0, 0, -1, 0]);
  });

  it('are silent behind the end of the file', () => {
    expect(at({ from: 30, perPixel: 1 })).toEqual(Array(4).fill({ low: 0, high: 0 }));
  });
});
