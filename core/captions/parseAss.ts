import type { CaptionCue } from './captionCue.ts';
import type { CaptionLosses } from './captionLosses.ts';
import { CLOCK, parseClock } from './captionTime.ts';
import { WORD_JOINER } from './formatAss.ts';

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

/**
 * The captions of an Advanced SubStation Alpha file (v4.00+, and the older v4.00): the `Dialogue` lines of its
 * `[Events]`, whose last field is the words and may hold commas. `\N` breaks a line, `\n` is a space, `\h` a
 * space that does not break. Override tags `{…}`, drawings (`\p1`), styles and names of speakers are taken out and
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
      fields = value.split(',').map((name) => name.trim().toLowerCase());
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
        text: plainText(values.get('text') ?? '', (code) => losses.noteAt(code, start)),
      });
    }
  }
  return cues;
}

/** The values by name; the last field takes the rest of the line with its commas. */
function splitFields(value: string, fields: readonly string[]): Map<string, string> {
  const parts = value.split(',');
  const last = fields.length - 1;
  return new Map(
    fields.map((name, index) => [
      name,
      index === last ? parts.slice(last).join(',') : (parts[index] ?? ''),
    ]),
  );
}

function timeOf(text: string | undefined) {
  const trimmed = text?.trim() ?? '';
  return WHOLE_CLOCK.test(trimmed) ? parseClock(trimmed) : null;
}

function plainText(
  text: string,
  note: (code: 'captions/styling' | 'captions/position' | 'captions/drawing') => void,
): string {
  let isDrawing = false;
  let plain = '';
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
    if (POSITION_TAG.test(tags)) note('captions/position');
    else if (tags.includes('\\')) note('captions/styling');
    at = close + 1;
  }
  addWords(text.slice(at));
  return plain
    .replaceAll(/\\([Nnh])/g, (_, letter: string) =>
      letter === 'N' ? '\n' : letter === 'n' ? ' ' : '\u00A0',
    )
    .replaceAll(`\\${WORD_JOINER}`, '\\');
}
