import { pictureLimit, type PictureSource } from '#core/render/pictureSource.ts';
import { secondsFromFlicks } from '#core/time/flicks.ts';
import type { Rate } from '#core/time/rate.ts';

/**
 * Pictures carry their times in whole microseconds, so one that starts exactly at the limit may be reported up to a
 * microsecond early.
 */
const SLACK_SECONDS = 2e-6;

/**
 * The second of the source before which the picture of frame `frame` must have started: the limit that export and
 * preview share, as decoders count.
 */
export function limitSeconds(source: PictureSource, frame: number, frameRate: Rate): number {
  return secondsFromFlicks(pictureLimit(source, frame, frameRate)) - SLACK_SECONDS;
}

/** Whether source time runs backwards from frame `frame` to the next. */
export function runsBackwards(source: PictureSource, frame: number, frameRate: Rate): boolean {
  if (source.range.retime === undefined) return false;
  return pictureLimit(source, frame + 1, frameRate) < pictureLimit(source, frame, frameRate);
}
