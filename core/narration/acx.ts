/** Figures of a finished stretch of narration, as players decode it. */
export type NarrationFacts = {
  /** Mean level over all of it, dB of full scale. */
  rmsDb: number;
  truePeakDb: number;
  /** Level of its quietest half second, dB of full scale. */
  noiseFloorDb: number;
  samples: number;
};

/** What ACX and the shops that follow it ask of each file (“ACX Audio Submission Requirements”). */
export const ACX = {
  rmsDb: { min: -23, max: -18 },
  truePeakDb: -3,
  noiseFloorDb: -60,
  minutes: 120,
} as const;

/** What is aimed for, well inside of what is asked. */
export const AIM = {
  rmsDb: -20.5,
  /** Parts that are spoken more or less densely than the rest may differ by that much. */
  rmsRangeDb: { min: -21, max: -18.8 },
  /** Of a limiter in front of an encoder, which adds to peaks. */
  ceilingDb: -3.6,
} as const;

/** Decibels to add to a part of so much level, when the whole book is given `bookGainDb`. */
export function partGainDb(rmsDb: number, bookGainDb: number): number {
  if (!Number.isFinite(rmsDb)) return 0;
  const { min, max } = AIM.rmsRangeDb;
  return Math.min(max, Math.max(min, rmsDb + bookGainDb)) - rmsDb;
}

/** Decibels of an energy, a mean of squares. */
export function decibelsOf(energy: number): number {
  return 10 * Math.log10(energy);
}
