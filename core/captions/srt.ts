import type { Loss } from '../contract/films.ts';
import type { Cue } from '../model/entities.ts';
import type { Flicks } from '../time/flicks.ts';
import { cuesWithin } from './captionCue.ts';
import { CaptionLosses } from './captionLosses.ts';
import { formatClock } from './captionTime.ts';

/**
 * Captions as SubRip text, counted from `range.start` and cut to the range; empty text when there are none.
 * SubRip times have milliseconds; starts and ends are rounded to the nearest.
 */
export function formatSrt(cues: readonly Cue[], range: { start: Flicks; end: Flicks }): string {
  return cuesWithin(cues, range)
    .map(
      ({ start, end, text }, index) =>
        `${index + 1}\n${srtTime(start)} --> ${srtTime(end)}\n${text}\n`,
    )
    .join('\n');
}

/** What SubRip cannot hold of captions: the times of their words. */
export function srtLosses(cues: readonly Cue[], range: { start: Flicks; end: Flicks }): Loss[] {
  const losses = new CaptionLosses();
  for (const { start, words } of cuesWithin(cues, range)) {
    if (words !== undefined) losses.noteAt('captions/no-word-times', start);
  }
  return losses.list();
}

/** `HH:MM:SS,mmm`. */
export function srtTime(time: Flicks): string {
  return formatClock(time, { hourDigits: 2, decimals: 3, point: ',' });
}
