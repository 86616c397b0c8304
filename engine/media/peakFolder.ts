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
  let low = 0;
  let high = 0;
  let inWindow = 0;
  let count = 0;

  const put = (peaks: Buffer, index: number) => {
    peaks.writeInt8(Math.max(-127, Math.floor(low / 256)), index * 2);
    peaks.writeInt8(Math.min(127, Math.ceil(high / 256)), index * 2 + 1);
    inWindow = 0;
  };

  const fold = (samples: Int16Array) => {
    const windows = Math.floor((inWindow + samples.length) / windowSamples);
    const peaks = Buffer.allocUnsafe(windows * 2);
    let at = 0;
    for (let window = 0; at < samples.length; window++) {
      const end = Math.min(samples.length, at + windowSamples - inWindow);
      let lowest = inWindow === 0 ? 32_767 : low;
      let highest = inWindow === 0 ? -32_768 : high;
      inWindow += end - at;
      for (; at < end; at++) {
        const sample = samples[at] ?? 0;
        if (sample < lowest) lowest = sample;
        if (sample > highest) highest = sample;
      }
      low = lowest;
      high = highest;
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
