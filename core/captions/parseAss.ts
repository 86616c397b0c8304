import type { CaptionCue } from './captionCue.ts';
import { wordsWithin } from './captionWords.ts';
import type { CaptionLosses } from './captionLosses.ts';
import { refuseTooMany } from './captionLimits.ts';
import { CLOCK, parseClock } from './captionTime.ts';
import { FLICKS_PER_SECOND, flicks, LONGEST_TIME, ZERO } from '../time/flicks.ts';
import { WORD_JOINER } from './formatAss.ts';
import { type TimedPiece, wordsOfPieces } from './timedText.ts';

/** The order of the fields where a file does not say it (v4.00+). */
const USUAL_FIELDS = [
  'layer',
  'start',
  'end',
  'style',
  'name',
  'marginl',
  'marginr',
  'marginv',
  'effect',
  'text',
];
const WHOLE_CLOCK = new RegExp(`^${CLOCK}$`);
const POSITION_TAG = /\\(?:an?\d|pos|move|org|clip|iclip)/;
/** A karaoke syllable, with its length in centiseconds; `\k` changes colour at once, the others in ways of their own. */
const SYLLABLE_TAG = /\\(k|kf|ko|K)(\d{1,7})(?!\d)/g;
const CENTISECOND = FLICKS_PER_SECOND / 100;
/** Files have ten fields; more than this is none of theirs. */
const MAX_FIELDS = 50;

/**
 * The captions of an Advanced SubStation Alpha file (v4.00+, and the older v4.00): the `Dialogue` lines of its
 * `[Events]`, whose last field is the words and may hold commas. `\N` breaks a line, `\n` is a space, `\h` a
 * space that does not break. Karaoke syllables become the times of words. Other override tags `{…}`, drawings (`\p1`), styles and names of speakers are taken out and
 * reported. Captions are as they stand in the file: empty, overlapping and unsorted ones too.
 */
export function parseAss(lines: readonly string[], losses: CaptionLosses): CaptionCue[] {
  const cues: CaptionCue[] = [];
  let section = '';
  let fields = USUAL_FIELDS;
  for (const [index, line] of lines.entries()) {
    const heading = /^\s*\[([^\]]*)\]/.exec(line);
    if (heading !== null) section = (heading[1] ?? '').toLowerCase();
    if (section !== 'events') continue;
    const entry = /^\s*(format|dialogue)\s*:\s*([^]*)$/i.exec(line);
    const [, key = '', value = ''] = entry ?? [];
    if (key.toLowerCase() === 'format') {
      fields = value.split(',', MAX_FIELDS).map((name) => name.trim().toLowerCase());
    } else if (key !== '') {
      const values = splitFields(value, fields);
      const [start, end] = [timeOf(values.get('start')), timeOf(values.get('end'))];
      if (start === null || end === null) {
        losses.noteLine('captions/bad-time', index + 1);
        continue;
      }
      const style = values.get('style')?.trim() ?? '';
      if (!/^(\*?default)?$/i.test(style)) losses.noteAt('captions/styling', start);
      if ((values.get('name') ?? values.get('actor') ?? '').trim() !== '') {
        losses.noteAt('captions/speaker', start);
      }
      cues.push({
        start,
        end,
        ...plainText(values.get('text') ?? '', {
          start,
          end,
          note: (code) => losses.noteAt(code, start),
        }),
      });
      refuseTooMany(cues);
    }
  }
  return cues;
}

/** The values by name; the last field takes the rest of the line with its commas. */
function splitFields(value: string, fields: readonly string[]): Map<string, string> {
  const last = fields.length - 1;
  let rest = value;
  return new Map(
    fields.map((name, index) => {
      const comma = index === last ? -1 : rest.indexOf(',');
      const part = comma === -1 ? rest : rest.slice(0, comma);
      rest = comma === -1 ? '' : rest.slice(comma + 1);
      return [name, part];
    }),
  );
}

function timeOf(text: string | undefined) {
  const trimmed = text?.trim() ?? '';
  return WHOLE_CLOCK.test(trimmed) ? parseClock(trimmed) : null;
}

type TextLoss =
  | 'captions/styling'
  | 'captions/position'
  | 'captions/drawing'
  | 'captions/word-times';

function plainText(
  text: string,
  cue: { start: number; end: number; note: (code: TextLoss) => void },
): Pick<CaptionCue, 'text' | 'words'> {
  const { note } = cue;
  let isDrawing = false;
  let plain = '';
  const pieces: TimedPiece[] = [];
  /** Where the piece that is being read begins, and where the next syllable does. */
  let [pieceStart, next] = [0, 0];
  let isTimed = false;
  const endPiece = () => {
    pieces.push({ text: unescaped(plain), start: flicks(pieceStart * CENTISECOND) });
    plain = '';
  };
  const addWords = (words: string) => {
    if (!isDrawing) plain += words;
    else if (words !== '') note('captions/drawing');
  };
  let at = 0;
  for (;;) {
    const open = text.indexOf('{', at);
    const close = open === -1 ? -1 : text.indexOf('}', open);
    if (close === -1) break;
    addWords(text.slice(at, open));
    const tags = text.slice(open + 1, close);
    for (const [, scale] of tags.matchAll(/\\p(\d+)/g)) isDrawing = scale !== '0';
    for (const [, kind, length] of tags.matchAll(SYLLABLE_TAG)) {
      endPiece();
      isTimed = true;
      pieceStart = next;
      next = Math.min(next + Number(length), LONGEST_TIME / CENTISECOND);
      if (kind !== 'k') note('captions/styling');
    }
    const others = tags.replaceAll(SYLLABLE_TAG, '');
    if (POSITION_TAG.test(others)) note('captions/position');
    else if (others.includes('\\')) note('captions/styling');
    at = close + 1;
  }
  addWords(text.slice(at));
  endPiece();
  const whole = pieces.map((piece) => piece.text).join('');
  if (!isTimed || cue.end <= cue.start) return { text: whole };
  // The last syllable ends where it says, and none is spoken after the caption.
  const duration = flicks(cue.end - cue.start);
  const last = flicks(next * CENTISECOND);
  if (last > duration) note('captions/word-times');
  const words = wordsOfPieces(pieces, last);
  return { text: whole, words: wordsWithin(words, ZERO, duration) };
}

function unescaped(text: string): string {
  return text
    .replaceAll(/\\([Nnh])/g, (_, letter: string) =>
      letter === 'N' ? '\n' : letter === 'n' ? ' ' : '\u00A0',
    )
    .replaceAll(`\\${WORD_JOINER}`, '\\');
}
