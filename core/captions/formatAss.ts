import type { Loss } from '../contract/films.ts';
import type { Cue } from '../model/entities.ts';
import type { Flicks } from '../time/flicks.ts';
import { cuesWithin } from './captionCue.ts';
import { formatClock } from './captionTime.ts';
import { CaptionLosses } from './captionLosses.ts';

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
 * centiseconds; starts and ends are rounded to the nearest. The format cannot write braces; they become round, which
 * is reported.
 */
export function formatAss(
  cues: readonly Cue[],
  range: { start: Flicks; end: Flicks },
): { text: string; losses: Loss[] } {
  const losses = new CaptionLosses();
  const lines = cuesWithin(cues, range).map(({ start, end, text }) => {
    if (/[{}]/.test(text)) losses.noteAt('captions/braces', start);
    return `Dialogue: 0,${assTime(start)},${assTime(end)},Default,,0,0,0,,${escapeText(text)}\n`;
  });
  return { text: HEADER + lines.join(''), losses: losses.list() };
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
