import type { AudioStream, VideoStream } from '#core/media/facts.ts';
import { decimalSeconds, type Flicks, FLICKS_PER_SECOND, flicks, ZERO } from '#core/time/flicks.ts';
import type { Rate } from '#core/time/rate.ts';

/** What must be known of a stream for it to be opened at a time. */
type OpenedStream = {
  /** How much too low ffmpeg counts its times when it is opened at its beginning; see `startLag`. */
  startLag: Flicks;
  /** The unit of its times; without it whole milliseconds are taken for one. */
  timeBase: Rate | null;
};

/** Formats whose clock may jump. */
const JUMPING_CLOCKS = /(^|,)(mpegts|mpeg)(,|$)/;

/**
 * How long after the beginning of its file a stream begins, where ffmpeg leaves that away when the stream is read alone:
 * the start of a file whose clock may jump is that of the streams in use (`correct_input_start_times` in fftools).
 */
export function startLag(
  container: string,
  { start = ZERO }: Pick<VideoStream | AudioStream, 'start'>,
): Flicks {
  return JUMPING_CLOCKS.test(container) ? start : ZERO;
}

/** How a stream is opened. */
export type Opening = {
  /** Options that go before the input. */
  options: string[];
  /** The time in the file from which ffmpeg then counts. */
  zero: Flicks;
  /** Whether nothing before it can be read. */
  isBeginning: boolean;
};

/**
 * Opens a stream at `wanted` or a little earlier: at a time of the stream's own, since ffmpeg moves times by whole units
 * of the stream and any other time would shift the pictures.
 */
export function openSource({ startLag: lag, timeBase }: OpenedStream, wanted: Flicks): Opening {
  const opened = wholeUnits(wanted, timeBase ?? { num: 1, den: 1000 });
  // Between the two beginnings versions of ffmpeg differ in what they count from.
  if (opened <= lag) return { options: [], zero: lag, isBeginning: true };
  const text = decimalSeconds(flicks(opened + HALF_MICROSECOND));
  return { options: ['-ss', text], zero: opened, isBeginning: false };
}

/** ffmpeg cuts what it is told off to microseconds. */
const HALF_MICROSECOND = 353;

/** The last whole number of units up to a time, to the flick below. */
function wholeUnits(time: Flicks, { num, den }: Rate): Flicks {
  if (time <= 0) return ZERO;
  const perSecond = BigInt(FLICKS_PER_SECOND) * BigInt(num);
  const units = (BigInt(time) * BigInt(den)) / perSecond;
  return flicks(Number((units * perSecond) / BigInt(den)));
}
