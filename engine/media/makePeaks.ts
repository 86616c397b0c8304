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

/** Of sound whose facts are unknown. */
const USUAL = { sampleRateHz: 48_000, channels: 2 };

/**
 * Writes the peaks of a file's sound: for each window the minimum and maximum of all channels as signed bytes.
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
  const stream = audioStreamOf(facts);
  const { sampleRateHz, channels } = stream ?? USUAL;
  const windowSamples = samplesPerPeak(sampleRateHz);
  const seconds = secondsFromFlicks(facts.duration);
  const expected = Math.max(1, (seconds * sampleRateHz) / windowSamples);
  const file = createWriteStream(options.output);
  const peaks = peakFolder(windowSamples * channels, (bytes, count) => {
    file.write(bytes);
    options.onProgress?.(Math.min(1, count / expected));
  });
  const failure = await runFfmpeg(
    tools,
    [
      ...inputArguments(path),
      ...['-map', `0:${stream?.index ?? 0}`],
      ...decoding(stream),
      // Small packets in a large buffer: a write for each would take longer than decoding.
      ...['-flush_packets', '0', '-f', 's16le'],
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
  return { sampleRateHz, samplesPerPeak: windowSamples, count };
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
