/** A voice as people choose it. */
export type VoiceInfo = {
  /** The engine and its name for the voice: `espeak-ng/en-gb`. */
  id: string;
  name: string;
  /** BCP 47. */
  language: string;
  gender?: 'female' | 'male';
};

/** Spoken sound of one channel, samples from −1 to 1. */
export type Wave = { sampleRateHz: number; samples: Float32Array };

export type SpeechRequest = {
  text: string;
  /** 1 is the usual speed of the voice. */
  speed: number;
  signal: AbortSignal;
};

/** What everything that speaks looks like to the rest of Inkreel. The same request gives the same sound. */
export type Voice = VoiceInfo & {
  /** Changes whenever a request may sound different from before. */
  version: string;
  speak: (request: SpeechRequest) => Promise<Wave>;
};

/** A program or library that has voices, and what is to be done where it is missing. */
export type VoiceEngine = {
  id: string;
  name: string;
  /** Null where it is not on this computer. */
  version: string | null;
  path: string | null;
  /** How to get it; empty where it is here. */
  hint: string;
  voices: readonly Voice[];
};
