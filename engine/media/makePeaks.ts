import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Peaks } from '#core/contract/media.ts';
import { refuse } from '#core/fault.ts';
import { audioStreamOf, type MediaFacts } from '#core/media/facts.ts';
import { secondsFromFlicks } from '#core/time/flicks.ts';
import { runFfmpeg } from '../process/runFfmpeg.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';
import { inputArguments } from './probe.ts';

const SAMPLE_RATE_HZ = 8_000;
/** A hundred peaks a second. */
const SAMPLES_PER_PEAK = 80;

/**
 * Writes the peaks of a file's sound: for each window the minimum and maximum as signed bytes, channels mixed.
 * Refuses `media/no-peaks` when the sound cannot be decoded.
 */
export async function makePeaks(options: {
  tools: Ffmpeg;
  path: string;
  facts: MediaFacts;
  output: string;
  signal?: AbortSignal;
  onProgress?: (share: number) => void;
}): Promise<Omit<Peaks, 'path'>> {
  const { tools, path, facts, signal } = options;
  const expected = Math.max(
    1,
    secondsFromFlicks(facts.duration) * (SAMPLE_RATE_HZ / SAMPLES_PER_PEAK),
  );
  const file = createWriteStream(options.output);
  const peaks = peakReader((bytes, count) => {
    file.write(bytes);
    options.onProgress?.(Math.min(1, count / expected));
  });
  const failure = await runFfmpeg(
    tools,
    [
      ...inputArguments(path),
      ...['-map', `0:${audioStreamOf(facts)?.index ?? 0}`],
      ...['-af', `aresample=${SAMPLE_RATE_HZ}:async=1:first_pts=0`],
      ...['-ac', '1', '-f', 's16le'],
    ],
    'pipe:1',
    { signal, onStdoutData: peaks.add },
  );
  const count = peaks.end();
  file.end();
  await once(file, 'finish');
  if (failure !== null && count === 0) {
    refuse('media/no-peaks', 'The sound of this file cannot be decoded.', {
      path,
      reason: failure,
    });
  }
  return { sampleRateHz: SAMPLE_RATE_HZ, samplesPerPeak: SAMPLES_PER_PEAK, count };
}

/** Folds 16-bit samples that arrive in pieces of any length into pairs of signed bytes. */
export function peakReader(onPeaks: (bytes: Buffer, count: number) => void): {
  add: (chunk: Buffer) => void;
  end: () => number;
} {
  let rest: Buffer = Buffer.alloc(0);
  let count = 0;
  const windowBytes = SAMPLES_PER_PEAK * 2;
  const fold = (bytes: Buffer, windows: number) => {
    const peaks = Buffer.alloc(windows * 2);
    for (let window = 0; window < windows; window++) {
      let low = 32_767;
      let high = -32_768;
      const end = Math.min(bytes.length, (window + 1) * windowBytes);
      for (let offset = window * windowBytes; offset + 1 < end; offset += 2) {
        const sample = bytes.readInt16LE(offset);
        if (sample < low) low = sample;
        if (sample > high) high = sample;
      }
      peaks.writeInt8(Math.max(-127, Math.floor(low / 256)), window * 2);
      peaks.writeInt8(Math.min(127, Math.ceil(high / 256)), window * 2 + 1);
    }
    count += windows;
    onPeaks(peaks, count);
  };
  return {
    add(chunk) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const windows = Math.floor(bytes.length / windowBytes);
      if (windows > 0) fold(bytes, windows);
      rest = Buffer.from(bytes.subarray(windows * windowBytes));
    },
    end() {
      if (rest.length >= 2) fold(rest, 1);
      rest = Buffer.alloc(0);
      return count;
    },
  };
}
