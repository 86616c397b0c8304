import type { Loss } from '../contract/films.ts';
import type { Cue } from '../model/entities.ts';
import { type Flicks, FLICKS_PER_SECOND } from '../time/flicks.ts';
import { type CaptionCue, cuesWithin } from './captionCue.ts';
import { formatClock } from './captionTime.ts';
import { CaptionLosses } from './captionLosses.ts';
import { piecesOf } from './timedText.ts';

/** Keeps a backslash of the text from beginning an escape: a character without width, which the reader takes away. */
export const WORD_JOINER = '\u2060';

const HEADER = `[Script Info]
ScriptType: v4.00+
WrapStyle: 0
ScaledBorderAndShadow: yes
PlayResX: 1920
PlayResY: 1080

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,56,&H00FFFFFF,&H00FFFFFF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,3,0,2,96,96,64,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
`;

/**
 * Captions as Advanced SubStation Alpha (v4.00+), counted from `range.start` and cut to the range. Times have
 * centiseconds; starts and ends are rounded to the nearest. Words that have times become karaoke syllables (`\k`), as
 * do the pauses between them; words shorter than a centisecond have no times, and braces, which the format cannot
 * write, become round: both are reported.
 */
export function formatAss(
  cues: readonly Cue[],
  range: { start: Flicks; end: Flicks },
): { text: string; losses: Loss[] } {
  const losses = new CaptionLosses();
  const lines = cuesWithin(cues, range).map((cue) => {
    const [start, end] = [assTime(cue.start), assTime(cue.end)];
    if (/[{}]/.test(cue.text)) losses.noteAt('captions/braces', cue.start);
    return `Dialogue: 0,${start},${end},Default,,0,0,0,,${timedText(cue, losses)}\n`;
  });
  return { text: HEADER + lines.join(''), losses: losses.list() };
}

function timedText(cue: CaptionCue, losses: CaptionLosses): string {
  if (cue.words === undefined) return escapeText(cue.text);
  const stepAt = (time: Flicks) => Math.round((time * 100) / FLICKS_PER_SECOND);
  const pieces = piecesOf(cue, stepAt);
  if (pieces === null) {
    losses.noteAt('captions/word-times', cue.start);
    return escapeText(cue.text);
  }
  return pieces
    .map(({ text, step }, index) => {
      const end = pieces[index + 1]?.step ?? stepAt(cue.end);
      return `{\\k${end - step}}${escapeText(text)}`;
    })
    .join('');
}

function assTime(time: Flicks): string {
  return formatClock(time, { hourDigits: 1, decimals: 2, point: '.' });
}

function escapeText(text: string): string {
  return text
    .replaceAll('{', '(')
    .replaceAll('}', ')')
    .replaceAll('\\', `\\${WORD_JOINER}`)
    .replaceAll('\n', '\\N');
}
