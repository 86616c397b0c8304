/** Stereo sound, one sample of each side after the other. */
export type StereoBlock = { left: Float32Array; right: Float32Array };

/** Something that sound goes through block by block, changed in place; it remembers what went before. */
export type SoundProcessor = {
  /** By how many samples what comes out is later than what goes in. */
  readonly latency: number;
  /** `first` is the number of the block’s first sample in the mix; blocks come in order, without gaps. */
  process: (block: StereoBlock, first: number) => void;
};

/** Samples of both sides from `from` on, `to` exclusive, without copying. */
export function partOfBlock(block: StereoBlock, from: number, to: number): StereoBlock {
  return { left: block.left.subarray(from, to), right: block.right.subarray(from, to) };
}

/** Silence of a length. */
export function silentBlock(samples: number): StereoBlock {
  return { left: new Float32Array(samples), right: new Float32Array(samples) };
}
