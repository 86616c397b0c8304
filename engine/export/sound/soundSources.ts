import type { FileHandle } from 'node:fs/promises';
import type { MixPart } from '#core/render/soundParts.ts';
import type { Flicks } from '#core/time/flicks.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import type { SoundFile } from './decodeSound.ts';
import type { SoundStage } from './soundStage.ts';

/** What sounds are read with and from. Assets without a file are silent. */
export type SoundSources = {
  tools: Ffmpeg;
  files: ReadonlyMap<string, SoundFile>;
  sampleRateHz: number;
  /** Path to which endings are added for files that are worked with. */
  scratch: string;
  signal: AbortSignal;
  /** Mixes parts into an empty file: what a sound is made of may be a mix itself. */
  mixParts: MixParts;
};

/** Mixes what sounds of parts from sample `first` to `last`, exclusive, into an empty file. */
export type MixParts = (
  file: FileHandle,
  parts: readonly MixPart[],
  range: { first: number; last: number },
  sources: SoundSources,
) => Promise<void>;

/** Plays a sound as recorded: `samples` samples from a source time on. */
export type PlayRecorded = (from: Flicks, samples: number, next: SoundStage) => Promise<void>;
