import type { FileHandle } from 'node:fs/promises';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';

/** A file in which packets lie as a film has them: each unit after its length. */
export type PacketFile = {
  path: string;
  /** Whether it is the source itself. */
  isSource: boolean;
  sizes: readonly number[];
  offsets: readonly number[];
  /** As `PacketIndex` has it. */
  decoderConfiguration: string;
};

/** Packets in an open file, with what the container says of them. */
export type LyingPackets = {
  file: FileHandle;
  flags: readonly number[];
  sizes: readonly number[];
  offsets: readonly number[];
};

/** What reading packets needs. */
export type IndexOptions = {
  tools: Ffmpeg;
  cacheDir: string;
  /** For files that are brought into another container first. */
  folder: string;
  signal: AbortSignal;
};
