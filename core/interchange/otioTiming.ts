import { type SourceRange, sourceTimeAt } from '../model/sourceRange.ts';
import { type Flicks, flicks } from '../time/flicks.ts';
import { averageSpeed } from './speeds.ts';
import { rangeDuration } from '../model/sourceRange.ts';

/** How OpenTimelineIO says which part of its media a clip uses, and how fast: counted from the start of the media. */
export type OtioTiming = {
  start: Flicks;
  /** On the timeline; a change of speed does not change it. */
  duration: Flicks;
  /** `time_scalar` of a linear time warp; null without one, 0 for a frozen frame. */
  scalar: number | null;
};

/** A range as the format can say it: curves at their average speed. */
export function otioTiming(range: SourceRange): OtioTiming {
  const duration = rangeDuration(range);
  if (range.retime === undefined) return { start: range.in, duration, scalar: null };
  const scalar = averageSpeed(range);
  const isFrozen = range.retime.kind === 'curve' && scalar === 0;
  return { start: isFrozen ? sourceTimeAt(range, flicks(0)) : range.in, duration, scalar };
}

/** Whether a range says what was found in a file, as far as the format can say it. */
export function isTimedAs(range: SourceRange, found: OtioTiming): boolean {
  const said = otioTiming(range);
  return (
    said.start === found.start && said.duration === found.duration && said.scalar === found.scalar
  );
}
