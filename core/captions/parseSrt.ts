import type { CaptionCue } from './captionCue.ts';
import { refuseTooMany } from './captionLimits.ts';
import type { CaptionLosses } from './captionLosses.ts';
import { CLOCK, parseClock } from './captionTime.ts';

/** Two times with an arrow between them, and after them, in some files, coordinates on the picture. */
const TIMING = new RegExp(String.raw`^\s*(${CLOCK})\s*--?>\s*(${CLOCK})(?=\s|$)([^]*)$`);

/** Whether a line is the timing line of a SubRip caption. */
export function isSrtTiming(line: string): boolean {
  return TIMING.test(line);
}

/** Whether a line is meant as a timing line, be it with times that cannot be. */
function isAnyTiming(line: string): boolean {
  if (isSrtTiming(line)) return true;
  const arrow = line.indexOf('-->');
  const ends = [line.slice(0, Math.max(0, arrow)), line.slice(arrow + 3)];
  return arrow > 0 && ends.every((end) => /^[-+]?\d\S*$/.test(end.trim()));
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
    if (timing === null && !isAnyTiming(lines[timingLine - 1] ?? '')) continue;
    const words: string[] = [];
    while (index < lines.length && !isAnyTiming(lines[index] ?? '')) {
      words.push(lines[index] ?? '');
      index += 1;
    }
    if (index < lines.length && /^\s*\d+\s*$/.test(words.at(-1) ?? '')) words.pop();
    const start = timing && parseClock(timing[1] ?? '');
    const end = timing && parseClock(timing[2] ?? '');
    if (start === null || end === null) {
      losses.noteLine('captions/bad-time', timingLine);
      continue;
    }
    if (timing?.[3]?.trim() !== '') losses.noteAt('captions/position', start);
    const text = words.join('\n');
    const plain = text
      .replaceAll(/<\/?(?:b|i|u|s|font)(?:\s[^<>]*)?>/gi, '')
      .replaceAll(/\{\\[^{}]*\}/g, '');
    if (plain !== text) losses.noteAt('captions/styling', start);
    cues.push({ start, end, text: plain });
    refuseTooMany(cues);
  }
  return cues;
}
