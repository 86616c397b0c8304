import type { Flicks } from '../time/flicks.ts';
import type { Rate } from '../time/rate.ts';
import { rationalFromFlicks } from './rationalTime.ts';

/** A time range as OpenTimelineIO writes it, at the rate it is counted in. */
export function otioTimeRange(start: Flicks, duration: Flicks, counted: Rate): object {
  return {
    OTIO_SCHEMA: 'TimeRange.1',
    duration: otioTime(duration, counted),
    start_time: otioTime(start, counted),
  };
}

/** A time as OpenTimelineIO writes it. */
export function otioTime(time: Flicks, counted: Rate): object {
  const { value, rate: decimal } = rationalFromFlicks(time, counted);
  return { OTIO_SCHEMA: 'RationalTime.1', rate: decimal, value };
}
