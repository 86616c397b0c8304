import type { CaptionCue } from './captionCue.ts';
import type { CaptionLosses } from './captionLosses.ts';
import { CLOCK, parseClock } from './captionTime.ts';

const TIMING = new RegExp(String.raw`^\s*(${CLOCK})\s*-->\s*(${CLOCK})(?:\s+(\S.*))?$`);

const REFERENCES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: '\u00A0',
  lrm: '\u200E',
  rlm: '\u200F',
  quot: '"',
  apos: "'",
};

/**
 * The captions of a WebVTT file (W3C WebVTT, sections 4 and 6): blocks between empty lines, each with an optional name,
 * a timing line with optional settings, and words up to the next empty line. Notes are passed over; style sheets,
 * regions, settings, tags and the names of voices are taken out and reported. Captions are as they stand in the file:
 * empty, overlapping and unsorted ones too.
 */
export function parseVtt(lines: readonly string[], losses: CaptionLosses): CaptionCue[] {
  const cues: CaptionCue[] = [];
  for (let index = 1; index < lines.length; ) {
    const line = lines[index] ?? '';
    const lineNumber = index + 1;
    index += 1;
    if (/^(STYLE|REGION)\s*$/.test(line)) losses.noteLine('captions/styling', lineNumber);
    if (/^NOTE(\s|$)/.test(line) && !line.includes('-->')) {
      while (index < lines.length && lines[index] !== '') index += 1;
    }
    if (!line.includes('-->')) continue;
    const words: string[] = [];
    while (index < lines.length && lines[index] !== '' && !lines[index]?.includes('-->')) {
      words.push(lines[index] ?? '');
      index += 1;
    }
    const timing = TIMING.exec(line);
    const [start, end] = [parseClock(timing?.[1] ?? ''), parseClock(timing?.[2] ?? '')];
    if (timing === null || start === null || end === null) {
      losses.noteLine('captions/bad-time', lineNumber);
      continue;
    }
    if (timing[3] !== undefined) losses.noteAt('captions/position', start);
    const marked = words.join('\n');
    if (/<v[\s.]/.test(marked)) losses.noteAt('captions/speaker', start);
    const plain = marked.replaceAll(/<[^<>]*>/g, '');
    if (plain !== marked) losses.noteAt('captions/styling', start);
    cues.push({ start, end, text: decodeReferences(plain) });
  }
  return cues;
}

function decodeReferences(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-z]{2,4}));/g, (...match) => {
    const [whole, decimal, hexadecimal, name] = match as (string | undefined)[];
    if (name !== undefined) return REFERENCES[name] ?? whole ?? '';
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '0', 16) : Number(decimal);
    return code > 0x10_ff_ff ? '\uFFFD' : String.fromCodePoint(code);
  });
}
