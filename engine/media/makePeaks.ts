import { writeFile } from 'node:fs/promises';
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
  const read = await folded(options, (onSamples) =>
    readWaveSamples({ path, facts, signal, onSamples }),
  );
  const { result: failure, ...found } = read.result
    ? { ...read, result: null }
    : await folded(options, (onSamples) => decode(options, onSamples));
  if (failure !== null && found.count === 0) {
    refuse('media/no-peaks', 'The sound of this file cannot be decoded.', {
      path,
      reason: failure,
    });
  }
  await writeFile(options.output, found.peaks);
  return { ...answer, count: found.count };
}

/** The peaks of the samples that `work` hands over, 16 bits each, with what it answers. A day of them is 17 MB. */
async function folded<T>(
  { facts, onProgress }: PeakOptions,
  work: (onSamples: (bytes: Buffer) => void) => Promise<T>,
): Promise<{ result: T; count: number; peaks: Buffer[] }> {
  const { sampleRateHz, channels } = audioStreamOf(facts) ?? USUAL;
  const windowSamples = samplesPerPeak(sampleRateHz);
  const seconds = secondsFromFlicks(facts.duration);
  const expected = Math.max(1, (seconds * sampleRateHz) / windowSamples);
  const peaks: Buffer[] = [];
  const folder = peakFolder(windowSamples * channels, (bytes, count) => {
    peaks.push(bytes);
    onProgress?.(Math.min(1, count / expected));
  });
  const result = await work(folder.add);
  return { result, count: folder.end(), peaks };
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
