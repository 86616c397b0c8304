import { soundTimeAt } from '#core/render/soundLevel.ts';
import type { MixPart } from '#core/render/soundParts.ts';
import { decodeSound } from './decodeSound.ts';
import { effectStages } from './effectStages.ts';
import { nestSound } from './nestSound.ts';
import { retimedSound } from './retimedSound.ts';
import type { PlayRecorded, SoundSources } from './soundSources.ts';
import { exactly, type SoundStage } from './soundStage.ts';

/** Effects hear what lies before a clip for so long, so that a cut does not make them begin anew. */
const SETTLING_SECONDS = 2;

/**
 * Plays the sound of a part from sample `first` of the mix to `last`, at its speed and through its effects, but at no
 * level yet. The samples may lie beyond those of the part. A part without a file is silent.
 */
export async function playRun(
  part: MixPart,
  range: { first: number; last: number },
  sources: SoundSources,
  next: SoundStage,
): Promise<void> {
  const recorded = recordedSound(part, sources);
  if (recorded === null) return;
  const count = range.last - range.first;
  const effects = (part.effects ?? []).flatMap((one) =>
    one.effects.map((effect) => ({ effect, start: one.start })),
  );
  if (effects.length === 0) {
    await playAtSpeed(part, range, { sources, recorded, next: exactly(0, count, next) });
    return;
  }
  const before = SETTLING_SECONDS * sources.sampleRateHz;
  // What fails on one side must not leave the other waiting for it.
  const stop = new AbortController();
  const signal = AbortSignal.any([sources.signal, stop.signal]);
  try {
    const first = range.first - before;
    const own = { ...sources, signal };
    const chain = await effectStages(effects, { sources: own, part, first });
    const through = chain.before(exactly(before + chain.latency, count, next));
    const longer = { first, last: range.last + chain.latency };
    await playAtSpeed(part, longer, { sources, recorded, next: through });
  } catch (error) {
    stop.abort();
    throw error;
  }
}

function recordedSound(part: MixPart, sources: SoundSources): PlayRecorded | null {
  if ('nest' in part) {
    return (from, samples, next) => nestSound(part, { from, samples }, sources, next);
  }
  const file = sources.files.get(part.assetId);
  if (file === undefined) return null;
  const { clipId } = part;
  return (from, samples, next) => decodeSound({ ...sources, clipId, file, from, samples, next });
}

async function playAtSpeed(
  part: MixPart,
  { first, last }: { first: number; last: number },
  how: { sources: SoundSources; recorded: PlayRecorded; next: SoundStage },
): Promise<void> {
  const { sampleRateHz } = how.sources;
  const { retime } = part;
  if (retime !== undefined) {
    await retimedSound({ ...how.sources, ...how, part: { ...part, retime }, first, last });
    return;
  }
  await how.recorded(soundTimeAt(part, first, sampleRateHz), last - first, how.next);
}
