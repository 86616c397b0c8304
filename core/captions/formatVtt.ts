import type { Loss } from '../contract/films.ts';
import type { Cue } from '../model/entities.ts';
import { type Flicks, FLICKS_PER_SECOND, flicks } from '../time/flicks.ts';
import { type CaptionCue, cuesWithin } from './captionCue.ts';
import { CaptionLosses } from './captionLosses.ts';
import { formatClock } from './captionTime.ts';
import { piecesOf } from './timedText.ts';

const STEP = FLICKS_PER_SECOND / 1000;

/**
 * Captions as WebVTT (W3C WebVTT, section 4), counted from `range.start` and cut to the range. Times have
 * milliseconds; starts and ends are rounded to the nearest. Words that have times get timestamps, also at the end of
 * one that a pause follows. Timestamps must increase: where words are too short for that, their times are left out,
 * which is reported.
 */
export function formatVtt(
  cues: readonly Cue[],
  range: { start: Flicks; end: Flicks },
): { text: string; losses: Loss[] } {
  const losses = new CaptionLosses();
  const blocks = cuesWithin(cues, range).map(
    (cue) => `${vttTime(cue.start)} --> ${vttTime(cue.end)}\n${timedText(cue, losses)}\n`,
  );
  return { text: ['WEBVTT\n', ...blocks].join('\n'), losses: losses.list() };
}

function timedText(cue: CaptionCue, losses: CaptionLosses): string {
  if (cue.words === undefined) return escapeText(cue.text);
  const pieces = piecesOf(cue, (time) => Math.round(time / STEP));
  if (pieces === null) {
    losses.noteAt('captions/word-times', cue.start);
    return escapeText(cue.text);
  }
  const [first, last] = [Math.round(cue.start / STEP), Math.round(cue.end / STEP)];
  const marked = pieces.map(({ text, step }) => {
    const isInside = step > first && step < last;
    return `${isInside ? `<${vttTime(flicks(step * STEP))}>` : ''}${escapeText(text)}`;
  });
  // One word that lasts as long as its caption needs a timestamp to be known as one with a time.
  const isUnmarked = pieces.every(({ step }) => step <= first || step >= last);
  if (isUnmarked) losses.noteAt('captions/word-times', cue.start);
  return marked.join('');
}

function vttTime(time: Flicks): string {
  return formatClock(time, { hourDigits: 2, decimals: 3, point: '.' });
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
