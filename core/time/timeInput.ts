import { z } from 'zod';
import { refuse } from '../fault.ts';
import { type Flicks, FLICKS_PER_SECOND, flicks, LONGEST_TIME } from './flicks.ts';
import { frameStart, type Rate } from './rate.ts';
import { parseTimecode } from './timecode.ts';

/** A time as people and scripts write it: flicks, frames (`"120f"`) or timecode (`"00:00:04:00"`). */
export const timeInputSchema = z
  .union([
    z.int(),
    z.string().regex(/^-?\d{1,9}f$/),
    z.string().regex(/^-?\d{1,3}:[0-5]\d:[0-5]\d[:;]\d{2,3}$/),
  ])
  .meta({
    id: 'time',
    description: 'Flicks (integer), frames ("120f") or timecode ("00:00:04:00")',
  });
export type TimeInput = z.infer<typeof timeInputSchema>;

/**
 * The flicks that `input` means at `frameRate`. Refuses `edit/bad-time` for labels that rate does not have and for
 * times beyond 30 days.
 */
export function resolveTime(input: TimeInput, frameRate: Rate): Flicks {
  if (typeof input === 'number') {
    if (Math.abs(input) > LONGEST_TIME) refuseTooLong(input);
    return flicks(input);
  }
  const frame = input.endsWith('f') ? Number(input.slice(0, -1)) : parseTimecode(input, frameRate);
  if (frame === null) {
    refuse('edit/bad-time', `“${input}” is not a timecode at this frame rate.`, { input });
  }
  const seconds = (frame * frameRate.den) / frameRate.num;
  if (Math.abs(seconds) > LONGEST_TIME / FLICKS_PER_SECOND) refuseTooLong(input);
  return frameStart(frame, frameRate);
}

function refuseTooLong(input: TimeInput): never {
  refuse('edit/bad-time', 'A timeline can be 30 days long. This time is beyond that.', { input });
}
