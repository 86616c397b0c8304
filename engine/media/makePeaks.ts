import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Peaks } from '#core/contract/media.ts';
import { refuse } from '#core/fault.ts';
import { type AudioStream, audioStreamOf, type MediaFacts } from '#core/media/facts.ts';
import { secondsFromFlicks } from '#core/time/flicks.ts';
import { runFfmpeg } from '../process/runFfmpeg.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';
import { peakFolder, samplesPerPeak } from './peakFolder.ts';
import { inputArguments } from './probe.ts';
import { readWaveSamples } from './waveSamples.ts';

/** Of sound whose facts are unknown. */
const USUAL = { sampleRateHz: 48_000, channels: 2 };

type PeakOptions = {
  tools: Ffmpeg;
  path: string;
  facts: MediaFacts;
  output: string;
  signal?: AbortSignal;
  onProgress?: (share: number) => void;
};

/**
 * Writes the peaks of a file's sound: for each window the minimum and maximum of all channels as signed bytes.
 * Refuses `media/no-peaks` when the sound cannot be decoded.
 */
export async function makePeaks(options: PeakOptions): Promise<Omit<Peaks, 'path'>> {
  const { path, facts, signal } = options;
  const { sampleRateHz } = audioStreamOf(facts) ?? USUAL;
  const answer = { sampleRateHz, samplesPerPeak: samplesPerPeak(sampleRateHz) };
  const read = await foldInto(options, (onSamples) =>
    readWaveSamples({ path, facts, signal, onSamples }),
  );
  if (read.result) return { ...answer, count: read.count };
  const decoded = await foldInto(options, (onSamples) => decode(options, onSamples));
  if (decoded.result !== null && decoded.count === 0) {
    refuse('media/no-peaks', 'The sound of this file cannot be decoded.', {
      path,
      reason: decoded.result,
    });
  }
  return { ...answer, count: decoded.count };
}

/** Writes the peaks of the samples that `work` hands over, 16 bits each. */
async function foldInto<T>(
  { facts, output, onProgress }: PeakOptions,
  work: (onSamples: (bytes: Buffer) => void) => Promise<T>,
): Promise<{ result: T; count: number }> {
  const { sampleRateHz, channels } = audioStreamOf(facts) ?? USUAL;
  const windowSamples = samplesPerPeak(sampleRateHz);
  const seconds = secondsFromFlicks(facts.duration);
  const expected = Math.max(1, (seconds * sampleRateHz) / windowSamples);
  const file = createWriteStream(output);
  try {
    const peaks = peakFolder(windowSamples * channels, (bytes, count) => {
      file.write(bytes);
      onProgress?.(Math.min(1, count / expected));
    });
    const result = await work(peaks.add);
    const count = peaks.end();
    file.end();
    await once(file, 'finish');
    return { result, count };
  } finally {
    file.destroy();
  }
}

/** Gives ffmpeg's last words where it failed. */
function decode(
  { tools, path, facts, signal }: PeakOptions,
  onStdoutData: (bytes: Buffer) => void,
): Promise<string | null> {
  const stream = audioStreamOf(facts);
  return runFfmpeg(
    tools,
    [
      ...inputArguments(path),
      ...['-map', `0:${stream?.index ?? 0}`],
      ...decoding(stream),
      // Small packets in a large buffer: a write for each would take longer than decoding.
      ...['-flush_packets', '0', '-f', 's16le'],
    ],
    'pipe:1',
    { signal, onStdoutData },
  );
}

/** Samples that are there already are taken as they are; others are decoded, gaps between them filled. */
function decoding(stream: AudioStream | undefined): string[] {
  const { sampleRateHz, channels } = stream ?? USUAL;
  if (stream?.codec === 'pcm_s16le' && !stream.start) return ['-c:a', 'copy'];
  return [
    ...['-af', `aresample=${sampleRateHz}:async=1:first_pts=0`],
    ...['-ac', String(channels)],
  ];
}
