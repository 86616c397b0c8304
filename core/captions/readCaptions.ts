import { refuse } from '../fault.ts';
import { flicks, maxFlicks, ZERO } from '../time/flicks.ts';
import { type CaptionCue, type CaptionReading, tidyText, withWords } from './captionCue.ts';
import { MAX_CAPTION_FILE, refuseTooLarge, refuseTooMany } from './captionLimits.ts';
import { CaptionLosses } from './captionLosses.ts';
import { wordsWithin } from './captionWords.ts';
import { parseAss } from './parseAss.ts';
import { isSrtTiming, parseSrt } from './parseSrt.ts';
import { parseVtt } from './parseVtt.ts';
import { splitText } from './splitText.ts';

/** As long as `caption.add` takes them. */
const MAX_TEXT = 400;

/**
 * Reads a caption file, whatever its name: WebVTT by its first line, Advanced SubStation Alpha by its sections, SubRip
 * by a timing line. The captions are in the order of time, do not overlap, and have from 1 to 400 characters; times
 * are exact. Times of words are kept where they fit. What had to be changed or left out for that is reported. Refuses `captions/not-captions` and
 * `captions/too-large` (10 MB, 100,000 captions).
 */
export function readCaptions(text: string): CaptionReading {
  if (text.length > MAX_CAPTION_FILE) refuseTooLarge();
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const losses = new CaptionLosses();
  const found = parserOf(lines)(lines, losses);
  const usable = withText(found, losses);
  const cues = splitLong(withoutOverlaps(usable, losses), losses);
  refuseTooMany(cues);
  return { cues, losses: losses.list() };
}

function parserOf(lines: readonly string[]): typeof parseSrt {
  if (/^WEBVTT(?:[ \t]|$)/.test(lines[0] ?? '')) return parseVtt;
  if (lines.some((line) => /^\s*\[(script info|events)\]\s*$/i.test(line))) return parseAss;
  if (lines.some(isSrtTiming)) return parseSrt;
  refuse(
    'captions/not-captions',
    'This is not a caption file that Inkreel reads. It reads SubRip (.srt), WebVTT (.vtt) and Advanced SubStation Alpha (.ass). Nothing was imported.',
  );
}

function withText(found: readonly CaptionCue[], losses: CaptionLosses): CaptionCue[] {
  return found.flatMap((cue) => {
    const text = tidyText(cue.text);
    if (text === '') losses.noteAt('captions/empty', cue.start);
    else if (cue.end <= cue.start) losses.noteAt('captions/bad-time', cue.start);
    else return [checkedWords({ ...cue, text }, losses)];
    return [];
  });
}

/** The caption with its words only where they are its text. */
function checkedWords(cue: CaptionCue, losses: CaptionLosses): CaptionCue {
  const checked = withWords(cue, cue.words);
  if (cue.words !== undefined && checked.words === undefined) {
    losses.noteAt('captions/word-times', cue.start);
  }
  return checked;
}

function withoutWords({ start, end, text, words }: CaptionCue, losses: CaptionLosses): CaptionCue {
  if (words !== undefined) losses.noteAt('captions/word-times', start);
  return { start, end, text };
}

function withoutOverlaps(found: readonly CaptionCue[], losses: CaptionLosses): CaptionCue[] {
  const cues: CaptionCue[] = [];
  const inOrder = [...found].sort((a, b) => a.start - b.start);
  /** Words of the captions that start together; joined once, however many there are. */
  let together: string[] = [];
  for (const cue of inOrder) {
    const last = cues.at(-1);
    const index = cues.length - 1;
    if (last !== undefined && last.start === cue.start) {
      losses.noteAt('captions/same-time', cue.start);
      together.push(cue.text);
      if (cue.words !== undefined) losses.noteAt('captions/word-times', cue.start);
      cues[index] = { ...withoutWords(last, losses), end: maxFlicks(last.end, cue.end) };
      continue;
    }
    if (last !== undefined) {
      last.text = together.join('\n');
      if (last.end > cue.start) {
        losses.noteAt('captions/overlap', last.start);
        last.end = cue.start;
        if (last.words) last.words = wordsWithin(last.words, ZERO, flicks(last.end - last.start));
      }
    }
    cues.push({ ...cue });
    together = [cue.text];
  }
  const last = cues.at(-1);
  if (last !== undefined) last.text = together.join('\n');
  return cues;
}

/** Each piece lasts as long as its share of the characters. */
function splitLong(found: readonly CaptionCue[], losses: CaptionLosses): CaptionCue[] {
  return found.flatMap((cue) => {
    if (cue.text.length <= MAX_TEXT) return [cue];
    losses.noteAt('captions/long', cue.start);
    if (cue.words !== undefined) losses.noteAt('captions/word-times', cue.start);
    const pieces = splitText(cue.text, MAX_TEXT);
    const total = pieces.reduce((sum, piece) => sum + piece.length, 0);
    let before = 0;
    return pieces.map((text) => {
      const at = (characters: number) =>
        flicks(cue.start + Math.round(((cue.end - cue.start) * characters) / total));
      const start = at(before);
      before += text.length;
      return { start, end: at(before), text };
    });
  });
}
