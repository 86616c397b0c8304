import { flicks } from '../time/flicks.ts';
import type { CaptionCue } from './captionCue.ts';
import { refuseTooMany } from './captionLimits.ts';
import type { CaptionLosses } from './captionLosses.ts';
import { CLOCK, parseClock } from './captionTime.ts';
import { type TimedPiece, wordsOfPieces } from './timedText.ts';

const TIMING = new RegExp(String.raw`^\s*(${CLOCK})\s*-->\s*(${CLOCK})(?=\s|$)([^]*)$`);

const TIMESTAMPS = new RegExp(`<(${CLOCK})>`, 'g');

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
 * a timing line with optional settings, and words up to the next empty line. Timestamps among the words become their
 * times. Notes are passed over; style sheets, regions, settings, other tags and the names of voices are taken out and
 * reported. Captions are as they stand in the file:
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
    if (timing[3]?.trim() !== '') losses.noteAt('captions/position', start);
    const marked = words.join('\n');
    if (/<v[\s.]/.test(marked)) losses.noteAt('captions/speaker', start);
    const untimed = marked.replaceAll(TIMESTAMPS, '');
    const plain = untimed.replaceAll(/<[^<>]*>/g, '');
    if (plain !== untimed) losses.noteAt('captions/styling', start);
    const cue = { start, end, text: decodeReferences(plain) };
    cues.push(untimed === marked ? cue : withTimes(cue, marked, losses));
    refuseTooMany(cues);
  }
  return cues;
}

/** A timestamp that lies before the one before it or not before the caption’s end says nothing. */
function withTimes(cue: CaptionCue, marked: string, losses: CaptionLosses): CaptionCue {
  const { start, end } = cue;
  const pieces: TimedPiece[] = [];
  let at = 0;
  let time = start;
  let isTimed = false;
  const add = (until: number) => {
    const text = decodeReferences(marked.slice(at, until).replaceAll(/<[^<>]*>/g, ''));
    pieces.push({ text, start: flicks(time - start) });
  };
  for (const match of marked.matchAll(TIMESTAMPS)) {
    const next = parseClock(match[1] ?? '');
    isTimed ||= next !== null && next >= time && next < end;
    if (next === time) continue;
    if (next === null || next < time || next >= end) {
      losses.noteAt('captions/word-times', start);
      continue;
    }
    add(match.index);
    at = match.index;
    time = next;
  }
  add(marked.length);
  if (!isTimed) return cue;
  const words = end > start ? wordsOfPieces(pieces, flicks(end - start)) : undefined;
  return { ...cue, ...(words === undefined ? {} : { words }) };
}

function decodeReferences(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-z]{2,4}));/g, (...match) => {
    const [whole, decimal, hexadecimal, name] = match as (string | undefined)[];
    if (name !== undefined) return REFERENCES[name] ?? whole ?? '';
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '0', 16) : Number(decimal);
    return code > 0x10_ff_ff ? '\uFFFD' : String.fromCodePoint(code);
  });
}
