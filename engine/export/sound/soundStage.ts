import {
  partOfBlock,
  silentBlock,
  type StereoBlock,
} from '#core/render/soundEffects/soundProcessor.ts';

/** Where sound goes, block after block; the writer waits for each, so that a fast source does not fill the memory. */
export type SoundStage = {
  write: (block: StereoBlock) => Promise<void>;
  /** Nothing more comes. */
  end: () => Promise<void>;
};

/** A stage that goes on to another, such as an effect or several. */
export type EffectStage = {
  /** By how many samples what comes out is later than what goes in. */
  latency: number;
  before: (next: SoundStage) => SoundStage;
};

const SILENCE = 32_768;

/** Passes on exactly `count` samples after the first `skip`: what is too much is left out, what lacks is silent. */
export function exactly(skip: number, count: number, next: SoundStage): SoundStage {
  let passed = -skip;
  return {
    async write(block) {
      const from = Math.max(0, -passed);
      const to = Math.min(block.left.length, count - passed);
      passed += block.left.length;
      if (to > from) await next.write(partOfBlock(block, from, to));
    },
    async end() {
      for (let done = Math.max(0, passed); done < count; done += SILENCE)
        await next.write(silentBlock(Math.min(SILENCE, count - done)));
      await next.end();
    },
  };
}
