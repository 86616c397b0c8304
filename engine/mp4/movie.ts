/** One access unit of a track, where it lies in a file. Durations and offsets count in the track’s time scale. */
export type Sample = {
  path: string;
  offset: number;
  size: number;
  duration: number;
  /** Presentation less decoding time. */
  compositionOffset: number;
  isSync: boolean;
  /** A sync frame behind which stand pictures that are shown before it and lean on what lies further back. */
  isOpen?: boolean;
};

/** “und”, no language, as `mdhd` packs it. */
export const NO_LANGUAGE = 0x55c4;

/** A stretch of a track that is shown: how long, in ticks of the movie, and from which media time on; −1 shows nothing. */
export type Edit = { duration: number; mediaTime: number };

export type Track = {
  /** `vide`, `soun`, `sbtl` …, the handler’s four letters. */
  handler: string;
  /** The whole box that says so, with the name that players show. */
  handlerBox: Buffer;
  timescale: number;
  /** Packed ISO 639-2 letters, as `mdhd` has them. */
  language: number;
  /** Whole boxes: the sample descriptions, and the header of the kind of media. */
  sampleDescriptions: Buffer;
  mediaHeader: Buffer;
  width: number;
  height: number;
  isEnabled: boolean;
  /** Tracks of one group other than 0 stand for one another. */
  group: number;
  /** Places in the movie’s list of the tracks that hold its chapters. */
  chapters: number[];
  edits: Edit[];
  samples: Sample[];
};

/** A film as its table of contents tells it. */
export type Movie = {
  timescale: number;
  tracks: Track[];
  /** A brand that the file names besides the usual ones, for what its pictures are coded in. */
  brand: string | null;
  /** The whole box of what the film says about itself; empty where it says nothing. */
  userData: Buffer;
};

/** Samples of one track that lie together in the film. */
export type Chunk = { track: number; start: number; samples: readonly Sample[]; offset: number };
