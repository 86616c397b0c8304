import { valueAt } from '../model/keyframes.ts';
import { sourceTimeAt } from '../model/sourceRange.ts';
import { type Flicks, FLICKS_PER_SECOND, flicks } from '../time/flicks.ts';
import { fadeShare } from './pictureSource.ts';
import { gainFactor, type MixPart } from './soundParts.ts';

/** Factors for the two sides of a stereo sound. */
export type StereoLevel = { left: number; right: number };

/**
 * The level of a part at the middle of a sample: gain, balance and fades, keyframes included, of its clip and of the
 * clips that it is nested in.
 */
export function levelAt(part: MixPart, sample: number, sampleRateHz: number): StereoLevel {
  const level = part.gain * crossFadeAt(part, sample);
  const stereo = { left: level, right: level };
  if (part.levels === undefined) return stereo;
  const time = ((sample + 0.5) * FLICKS_PER_SECOND) / sampleRateHz;
  for (const change of part.levels) {
    const own = time - change.start;
    const gain = change.gainDb === undefined ? 1 : gainFactor(valueAt(change.gainDb, whole(own)));
    const factor = gain * fadeShare(change, own);
    const sides = balance(change.pan === undefined ? 0 : valueAt(change.pan, whole(own)));
    stereo.left *= factor * sides.left;
    stereo.right *= factor * sides.right;
  }
  return stereo;
}

/**
 * Linear balance of a stereo sound: towards one side, the other goes down in a straight line to silence; in the
 * middle (0) both are as recorded. −1 is left, 1 right.
 */
function balance(pan: number): StereoLevel {
  return { left: Math.min(1, 1 - pan), right: Math.min(1, 1 + pan) };
}

/** Linear fades at both ends of a part, measured at the middle of each sample. */
function crossFadeAt(
  part: Pick<MixPart, 'startSample' | 'endSample' | 'fadeInSamples' | 'fadeOutSamples'>,
  sample: number,
): number {
  const fromStart = sample + 0.5 - part.startSample;
  const toEnd = part.endSample - sample - 0.5;
  const fadeIn = part.fadeInSamples > 0 ? Math.min(1, fromStart / part.fadeInSamples) : 1;
  const fadeOut = part.fadeOutSamples > 0 ? Math.min(1, toEnd / part.fadeOutSamples) : 1;
  return Math.max(0, fadeIn) * Math.max(0, fadeOut);
}

/** Source time that is heard at the beginning of a sample. */
export function soundTimeAt(part: MixPart, sample: number, sampleRateHz: number): Flicks {
  const { retime } = part;
  if (retime === undefined) {
    const gone = ((sample - part.startSample) * FLICKS_PER_SECOND) / sampleRateHz;
    return flicks(part.sourceIn + Math.round(gone));
  }
  const time = Math.round((sample * FLICKS_PER_SECOND) / sampleRateHz);
  return sourceTimeAt(retime.range, flicks(time - retime.start));
}

function whole(time: number): Flicks {
  return flicks(Math.floor(time));
}
