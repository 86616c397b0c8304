import type { Cue } from '../model/entities.ts';
import type { Flicks } from '../time/flicks.ts';
import { cuesWithin } from './captionCue.ts';
import { formatClock } from './captionTime.ts';

/**
 * Captions as WebVTT (W3C WebVTT, section 4), counted from `range.start` and cut to the range. Times have
 * milliseconds; starts and ends are rounded to the nearest.
 */
export function formatVtt(cues: readonly Cue[], range: { start: Flicks; end: Flicks }): string {
  const blocks = cuesWithin(cues, range).map(
    ({ start, end, text }) => `${vttTime(start)} --> ${vttTime(end)}\n${escapeText(text)}\n`,
  );
  return ['WEBVTT\n', ...blocks].join('\n');
}

function vttTime(time: Flicks): string {
  return formatClock(time, { hourDigits: 2, decimals: 3, point: '.' });
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
