import type { ObjectId } from '../model/entities.ts';
import { type AvcConfiguration, doSetsClash, freeSetId } from './parameterSets.ts';

/** A source that packets may be copied from. */
export type SetsCandidate = {
  assetId: ObjectId;
  /** How many frames would be copied. */
  frames: number;
  sets: AvcConfiguration;
};

/** How long the lengths between units are in a film; a source with others cannot be copied. */
const LENGTH_BYTES = 4;
/** `avcC` counts its sequence sets in five bits. */
const MOST_SETS = 31;

/**
 * The sources whose parameter sets fit into one film: one with more frames goes before one with fewer that clashes with
 * it. `id` is one that none of them uses, for what is encoded; without a free one nothing is chosen.
 */
export function chooseSets<T extends SetsCandidate>(
  candidates: readonly T[],
): { chosen: T[]; refused: Map<ObjectId, string>; id: number | null } {
  const refused = new Map<ObjectId, string>();
  const chosen: T[] = [];
  const byFrames = [...candidates].sort(
    (a, b) => b.frames - a.frames || (a.assetId < b.assetId ? -1 : 1),
  );
  for (const candidate of byFrames) {
    const { sets } = candidate;
    if (sets.lengthBytes !== LENGTH_BYTES)
      refused.set(candidate.assetId, 'Its packets are divided in another way than the film’s.');
    else if (chosen.some((other) => doSetsClash(other.sets, sets)))
      refused.set(
        candidate.assetId,
        'Its parameter sets have the same numbers as those of another source that is used more.',
      );
    else chosen.push(candidate);
  }
  const id = freeSetId(chosen.map(({ sets }) => sets));
  const count = chosen.reduce((sum, { sets }) => sum + sets.sequenceSets.length, 1);
  if (id !== null && count <= MOST_SETS) return { chosen, refused, id };
  for (const { assetId } of chosen) refused.set(assetId, 'It uses too many parameter sets.');
  return { chosen: [], refused, id: null };
}
