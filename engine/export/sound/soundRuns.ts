import { soundTimeAt } from '#core/render/soundLevel.ts';
import type { MixPart } from '#core/render/soundParts.ts';
import { FLICKS_PER_SECOND } from '#core/time/flicks.ts';

/** Parts that are heard of the same sound going on, the first of them first. */
export type SoundRun = readonly [MixPart, ...MixPart[]];

/**
 * Parts that go on where another ends (a clip that was cut and left in place) are played as one, so that nothing is
 * heard of the cut: no filter begins anew, no sample is lost to rounding. All others are runs of their own.
 */
export function soundRuns(parts: readonly MixPart[], sampleRateHz: number): SoundRun[] {
  const runs: [MixPart, ...MixPart[]][] = [];
  const open = new Map<string, [MixPart, ...MixPart[]]>();
  const inOrder = [...parts].sort((a, b) => a.startSample - b.startSample);
  for (const part of inOrder) {
    const key = voiceOf(part);
    const run = open.get(key);
    const last = run?.at(-1);
    if (run !== undefined && last !== undefined && goesOn(run[0], last, part, sampleRateHz)) {
      run.push(part);
    } else {
      const begun: [MixPart, ...MixPart[]] = [part];
      open.set(key, begun);
      runs.push(begun);
    }
  }
  return runs;
}

/** What must be the same of parts of one run. Curves and keyframes belong to one clip each. */
function voiceOf(part: MixPart): string {
  const { retime } = part;
  const source = 'assetId' in part ? part.assetId : `timeline ${part.nest.timelineId}`;
  const isCurve = retime?.range.retime?.kind === 'curve';
  const constant = retime?.range.retime?.kind === 'constant' ? retime.range.retime.speed : null;
  const effects = (part.effects ?? []).flatMap((one) =>
    one.effects.map(({ effect, parameters }) => ({ effect, parameters })),
  );
  return JSON.stringify([
    source,
    constant,
    effects,
    isCurve || isKeyframed(part) || part.duckedBy !== undefined ? part.clipId : '',
  ]);
}

function isKeyframed({ effects = [] }: MixPart): boolean {
  return effects.some((one) =>
    one.effects.some(({ parameters }) =>
      Object.values(parameters).some((value) => typeof value === 'object'),
    ),
  );
}

/** Whether the sound of a run, played on, is that of another part, to the nearest sample. */
function goesOn(first: MixPart, last: MixPart, part: MixPart, sampleRateHz: number): boolean {
  if (part.startSample > last.endSample || part.endSample <= last.endSample) return false;
  const sample = part.startSample;
  const apart = Math.abs(
    soundTimeAt(first, sample, sampleRateHz) - soundTimeAt(part, sample, sampleRateHz),
  );
  return apart * sampleRateHz < 1.01 * FLICKS_PER_SECOND;
}
