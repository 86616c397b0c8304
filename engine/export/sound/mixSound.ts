import { type FileHandle, open } from 'node:fs/promises';
import type { ExportPlan } from '#core/render/planExport.ts';
import type { MixPart } from '#core/render/soundParts.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import { Cancelled } from '../../process/run.ts';
import type { SoundFile } from './decodeSound.ts';
import { mixAdder } from './mixAdder.ts';
import { playRun } from './playRun.ts';
import { BYTES_PER_FRAME } from './rawSound.ts';
import { soundRuns } from './soundRuns.ts';
import type { SoundSources } from './soundSources.ts';

/**
 * Mixes the sound of a plan into a file of raw 32-bit float stereo samples, exact to the sample, whatever the number
 * and length of the parts. Refuses `export/sound-failed`.
 */
export async function mixSound(options: {
  tools: Ffmpeg;
  plan: ExportPlan;
  files: ReadonlyMap<string, SoundFile>;
  output: string;
  signal: AbortSignal;
  onProgress: (share: number) => void;
  /** Told how many samples from the beginning on will not change any more. */
  onReady?: (frames: number) => void;
}): Promise<void> {
  const { plan, output, onProgress, onReady } = options;
  const mix = await open(output, 'w+');
  try {
    await mixInto(
      mix,
      plan.sound,
      { first: plan.startSample, last: plan.endSample },
      { ...options, sampleRateHz: plan.sampleRateHz, scratch: output, mixParts: mixInto },
      { onProgress, onReady },
    );
  } finally {
    await mix.close();
  }
}

/** Mixes what sounds of parts from sample `first` to `last`, exclusive, into an empty file. */
export async function mixInto(
  file: FileHandle,
  parts: readonly MixPart[],
  range: { first: number; last: number },
  sources: SoundSources,
  tell: {
    onProgress?: (share: number) => void;
    onReady?: ((frames: number) => void) | undefined;
  } = {},
): Promise<void> {
  // Silence everywhere, without writing it: the file is sparse until something sounds.
  await file.truncate((range.last - range.first) * BYTES_PER_FRAME);
  const mix = { ...range, file, sampleRateHz: sources.sampleRateHz };
  const heard = parts.filter(
    (part) => part.startSample < range.last && part.endSample > range.first,
  );
  const runs = soundRuns(heard, sources.sampleRateHz);
  for (const [index, run] of runs.entries()) {
    if (sources.signal.aborted) throw new Cancelled();
    const first = Math.max(range.first, Math.min(...run.map((part) => part.startSample)));
    const last = Math.min(range.last, Math.max(...run.map((part) => part.endSample)));
    const adders = run.map((part) => mixAdder(mix, part, first));
    // Runs come in the order in which they begin: before the next one nothing is added any more.
    const next = runs[index + 1]?.[0].startSample ?? range.last;
    let played = first;
    await playRun(run[0], { first, last }, sources, {
      async write(block) {
        for (const adder of adders) await adder.write(block);
        played += block.left.length;
        tell.onReady?.(Math.min(played, next) - range.first);
      },
      end: () => Promise.resolve(),
    });
    tell.onProgress?.((index + 1) / runs.length);
  }
  tell.onReady?.(range.last - range.first);
}
