import { type Rate, rate, sameRate } from './rate.ts';

/** Whether labels skip so that the clock keeps up with 29.97/59.94 fps (`;`), or count every frame (`:`). */
export type TimecodeKind = 'drop-frame' | 'non-drop-frame';

const NTSC_30 = rate(30000, 1001);
const NTSC_60 = rate(60000, 1001);

/** Whether drop-frame labels exist for this rate: SMPTE ST 12-1 defines them for 29.97 and 59.94. */
export function canDropFrames(frameRate: Rate): boolean {
  return sameRate(frameRate, NTSC_30) || sameRate(frameRate, NTSC_60);
}

/** Frames counted per labelled second: 30 for 29.97, 24 for 23.976. */
export function nominalRate(frameRate: Rate): number {
  return Math.ceil(frameRate.num / frameRate.den);
}

/**
 * `HH:MM:SS:FF` label of a frame count; `HH:MM:SS;FF` when drop-frame. Negative frames get a leading `-`.
 * Drop-frame skips the first 2 (29.97) or 4 (59.94) labels of every minute except each tenth
 * (SMPTE ST 12-1); it skips labels, never frames. Drop-frame on any other rate throws a `RangeError`.
 */
export function formatTimecode(
  frame: number,
  frameRate: Rate,
  kind: TimecodeKind = 'non-drop-frame',
): string {
  if (frame < 0) return `-${formatTimecode(-frame, frameRate, kind)}`;
  const nominal = nominalRate(frameRate);
  const label = kind === 'drop-frame' ? frame + droppedLabelsBefore(frame, frameRate) : frame;
  const two = (value: number) => String(value).padStart(2, '0');
  const frames = String(label % nominal).padStart(nominal > 100 ? 3 : 2, '0');
  const seconds = Math.floor(label / nominal);
  const separator = kind === 'drop-frame' ? ';' : ':';
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${separator}${frames}`;
}

/**
 * Frame count of a `HH:MM:SS:FF` or drop-frame `HH:MM:SS;FF` label. Null when it is malformed, out of range,
 * a label that drop-frame skips, or drop-frame at a rate that has none.
 */
export function parseTimecode(text: string, frameRate: Rate): number | null {
  const match = /^(-?)(\d{1,3}):([0-5]\d):([0-5]\d)([:;])(\d{2,3})$/.exec(text.trim());
  if (match === null) return null;
  const [, sign, hours, minutes, seconds, separator, frames] = match;
  const nominal = nominalRate(frameRate);
  const frameField = Number(frames);
  if (frameField >= nominal) return null;
  const totalMinutes = Number(hours) * 60 + Number(minutes);
  let frame = (totalMinutes * 60 + Number(seconds)) * nominal + frameField;
  if (separator === ';') {
    if (!canDropFrames(frameRate)) return null;
    const dropped = nominal / 15;
    const isSkipped = Number(seconds) === 0 && totalMinutes % 10 !== 0 && frameField < dropped;
    if (isSkipped) return null;
    frame -= dropped * (totalMinutes - Math.floor(totalMinutes / 10));
  }
  return sign === '-' && frame !== 0 ? -frame : frame;
}

function droppedLabelsBefore(frame: number, frameRate: Rate): number {
  if (!canDropFrames(frameRate))
    throw new RangeError('Drop-frame timecode exists for 29.97 and 59.94 fps only');
  const nominal = nominalRate(frameRate);
  const dropped = nominal / 15;
  const framesPerMinute = nominal * 60 - dropped;
  const framesPerTenMinutes = framesPerMinute * 10 + dropped;
  const tens = Math.floor(frame / framesPerTenMinutes);
  const rest = frame % framesPerTenMinutes;
  const minutes = rest < nominal * 60 ? 0 : 1 + Math.floor((rest - nominal * 60) / framesPerMinute);
  return dropped * (tens * 9 + minutes);
}
