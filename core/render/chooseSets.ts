import type { ObjectId } from '../model/entities.ts';
import { COPY_CODECS, type CopyCodecId } from './copyCodecs.ts';

/** A source that packets may be copied from. */
export type SetsCandidate = {
  assetId: ObjectId;
  /** How many frames would be copied. */
  frames: number;
  /** What its container keeps for decoders, see `CopyCodec`. */
  configuration: Uint8Array;
};

/** How long the lengths between units are in a film; a source with others cannot be copied. */
const LENGTH_BYTES = 4;

/**
 * The sources whose parameter sets fit into one film: one with more frames goes before one with fewer that clashes with
 * it. `id` is one that none of them uses, for what is encoded; without a free one nothing is chosen.
 */
export function chooseSets<T extends SetsCandidate>(
  codecId: CopyCodecId,
  candidates: readonly T[],
): { chosen: T[]; refused: Map<ObjectId, string>; id: number | null } {
  const codec = COPY_CODECS[codecId];
  const refused = new Map<ObjectId, string>();
  const chosen: T[] = [];
  const byFrames = [...candidates].sort(
    (a, b) => b.frames - a.frames || (a.assetId < b.assetId ? -1 : 1),
  );
  for (const candidate of byFrames) {
    const { configuration } = candidate;
    const [why] = chosen.flatMap(
      (other) => codec.whyApart(other.configuration, configuration) ?? [],
    );
    if ((codec.lengthBytes(configuration) ?? LENGTH_BYTES) !== LENGTH_BYTES)
      refused.set(candidate.assetId, 'Its packets are divided in another way than the film’s.');
    else if (why !== undefined) refused.set(candidate.assetId, why);
    else chosen.push(candidate);
  }
  const id = codec.freeId(chosen.map(({ configuration }) => configuration));
  if (id !== null) return { chosen, refused, id };
  for (const { assetId } of chosen) refused.set(assetId, 'It uses too many parameter sets.');
  return { chosen: [], refused, id: null };
}
