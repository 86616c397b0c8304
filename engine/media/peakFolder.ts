/** Peaks a second, as near as whole samples come to it. */
const PEAKS_PER_SECOND = 100;

/** Samples of one channel that make a peak at a sample rate. */
export function samplesPerPeak(sampleRateHz: number): number {
  return Math.max(1, Math.round(sampleRateHz / PEAKS_PER_SECOND));
}

/**
 * Folds 16-bit samples (little-endian, channels interleaved) that arrive in pieces of any length into pairs of signed
 * bytes: the lowest and the highest sample of each window, over all channels.
 */
export function peakFolder(
  windowSamples: number,
  onPeaks: (bytes: Buffer, count: number) => void,
): { add: (chunk: Buffer) => void; end: () => number } {
  let half: Buffer = Buffer.alloc(0);
  const range = new Int16Array(2);
  let inWindow = 0;
  let count = 0;

  const put = (peaks: Buffer, index: number) => {
    const low = range[0] ?? 0;
    const high = range[1] ?? 0;
    peaks[index * 2] = Math.max(-127, Math.floor(low / 256));
    peaks[index * 2 + 1] = Math.min(127, Math.ceil(high / 256));
    inWindow = 0;
  };

  const fold = (samples: Int16Array) => {
    const windows = Math.floor((inWindow + samples.length) / windowSamples);
    const peaks = Buffer.allocUnsafe(windows * 2);
    let at = 0;
    for (let window = 0; at < samples.length; window++) {
      const end = Math.min(samples.length, at + windowSamples - inWindow);
      if (inWindow === 0) range.set(EMPTY);
      inWindow += end - at;
      widen(range, samples, at, end);
      at = end;
      if (inWindow === windowSamples) put(peaks, window);
    }
    count += windows;
    if (windows > 0) onPeaks(peaks, count);
  };

  return {
    add(chunk) {
      const joined = half.length === 0 ? chunk : Buffer.concat([half, chunk]);
      // Samples are read as whole numbers of 16 bits, which lie at even places only.
      const bytes =
        joined.byteOffset % 2 === 0 ? joined : Buffer.from(Uint8Array.from(joined).buffer);
      const samples = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
      half = Buffer.from(bytes.subarray(samples.length * 2));
      fold(samples);
    },
    end() {
      if (inWindow > 0) {
        const peaks = Buffer.alloc(2);
        put(peaks, 0);
        count += 1;
        onPeaks(peaks, count);
      }
      return count;
    },
  };
}

/** Lowest and highest of no sample. */
const EMPTY = [32_767, -32_768];

/** A function of its own, since engines make fast code of those that are short and called often. */
function widen(range: Int16Array, samples: Int16Array, start: number, end: number): void {
  let low = range[0] ?? 0;
  let high = range[1] ?? 0;
  for (let at = start; at < end; at++) {
    const sample = samples[at] ?? 0;
    if (sample < low) low = sample;
    if (sample > high) high = sample;
  }
  range[0] = low;
  range[1] = high;
}
