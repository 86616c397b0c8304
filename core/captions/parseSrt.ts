import type { CaptionCue } from './captionCue.ts';
import type { CaptionLosses } from './captionLosses.ts';
import { CLOCK, parseClock } from './captionTime.ts';

/** Two times with an arrow between them, and after them, in some files, coordinates on the picture. */
const TIMING = new RegExp(String.raw`^\s*(${CLOCK})\s*--?>\s*(${CLOCK})(\s+\S.*)?$`);

/** Whether a line is the timing line of a SubRip caption. */
export function isSrtTiming(line: string): boolean {
  return TIMING.test(line);
}

/**
 * The captions of a SubRip file: a counter, a timing line, then the words up to the counter of the next one. Counters
 * may be missing or wrong, and words may hold empty lines. Tags (`<i>`, `{\an8}`) are taken out and reported. Captions
 * are as they stand in the file: empty, overlapping and unsorted ones too.
 */
export function parseSrt(lines: readonly string[], losses: CaptionLosses): CaptionCue[] {
  const cues: CaptionCue[] = [];
  for (let index = 0; index < lines.length; ) {
    const timing = TIMING.exec(lines[index] ?? '');
    const timingLine = index + 1;
    index += 1;
    if (timing === null) continue;
    const words: string[] = [];
    while (index < lines.length && !isSrtTiming(lines[index] ?? '')) {
      words.push(lines[index] ?? '');
      index += 1;
    }
    if (index < lines.length && /^\s*\d+\s*$/.test(words.at(-1) ?? '')) words.pop();
    const [start, end] = [parseClock(timing[1] ?? ''), parseClock(timing[2] ?? '')];
    if (start === null || end === null) {
      losses.noteLine('captions/bad-time', timingLine);
      continue;
    }
    if (timing[3] !== undefined) losses.noteAt('captions/position', start);
    const text = words.join('\n');
    const plain = text
      .replaceAll(/<\/?(?:b|i|u|s|font)(?:\s[^<>]*)?>/gi, '')
      .replaceAll(/\{\\[^{}]*\}/g, '');
    if (plain !== text) losses.noteAt('captions/styling', start);
    cues.push({ start, end, text: plain });
  }
  return cues;
}
