import { type Flicks, FLICKS_PER_SECOND } from '#core/time/flicks.ts';
import { frameDuration, type Rate } from '#core/time/rate.ts';

/**
 * Pictures carry their times in whole microseconds, so one that starts exactly in the middle of a timeline frame may
 * be reported up to a microsecond early.
 */
const SLACK_SECONDS = 2e-6;

/**
 * The moment of the source, in seconds, before which the picture of a timeline frame must have started: the middle of
 * that frame. `sourceTime` is the source time at the start of the frame. Export and preview share the rule.
 */
export function pictureLimit(sourceTime: Flicks, frameRate: Rate): number {
  return (sourceTime + frameDuration(frameRate) / 2) / FLICKS_PER_SECOND - SLACK_SECONDS;
}
