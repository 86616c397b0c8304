import type { Peaks } from '#core/contract/media.ts';
import { FLICKS_PER_SECOND } from '#core/time/flicks.ts';

/** Lowest and highest sound of one column of pixels, −1 to 1. */
export type WaveColumn = { low: number; high: number };

/**
 * The columns of a waveform, one for each pixel. `sourceAt` gives the source time at the left edge of a column (the
 * column behind the last included), `factorAt` how loud it is.
 */
export function waveColumns(
  peaks: Pick<Peaks, 'sampleRateHz' | 'samplesPerPeak' | 'count'>,
  bytes: Int8Array,
  options: {
    columns: number;
    sourceAt: (column: number) => number;
    factorAt: (column: number) => number;
  },
): WaveColumn[] {
  const perFlick = peaks.sampleRateHz / peaks.samplesPerPeak / FLICKS_PER_SECOND;
  const count = Math.min(peaks.count, bytes.length >> 1);
  return Array.from({ length: options.columns }, (_, column) => {
    const edges = [options.sourceAt(column) * perFlick, options.sourceAt(column + 1) * perFlick];
    // Backwards the right edge is the earlier one.
    const from = Math.min(...edges);
    const to = Math.max(...edges);
    const factor = options.factorAt(column);
    const first = Math.max(0, Math.floor(from));
    const last = Math.min(count, Math.max(first + 1, Math.ceil(to)));
    let low = 0;
    let high = 0;
    for (let peak = first; peak < last; peak++) {
      low = Math.min(low, bytes[2 * peak] ?? 0);
      high = Math.max(high, bytes[2 * peak + 1] ?? 0);
    }
    const share = (value: number) => Math.min(1, Math.max(-1, (value / 127) * factor));
    return { low: share(low), high: share(high) };
  });
}
