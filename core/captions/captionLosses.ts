import type { Loss } from '../contract/films.ts';
import type { Flicks } from '../time/flicks.ts';
import { formatClock } from './captionTime.ts';

const SENTENCES = {
  'captions/styling':
    'Colours, fonts, italics and other styling were left out. The words are all there.',
  'captions/position':
    'Positions on the picture were left out. Captions stand where Inkreel puts them.',
  'captions/speaker': 'Names of speakers that are not part of the words were left out.',
  'captions/drawing': 'Drawings made of lines were left out.',
  'captions/empty': 'Captions without words were left out.',
  'captions/bad-time':
    'Captions with times that cannot be, or that end before they start, were left out.',
  'captions/long': 'Captions longer than 400 characters were split between sentences or words.',
  'captions/overlap': 'Captions that ran into the next one were shortened to its start.',
  'captions/same-time': 'Captions that start at the same time were joined into one.',
  'captions/too-short': 'Captions that do not last a frame of this timeline were left out.',
  'captions/word-times':
    'Times of single words that do not fit this format or these captions were left out. The words are all there.',
  'captions/no-word-times':
    'This format cannot say when each word is spoken. Those times were left out; WebVTT and ASS keep them.',
  'captions/braces': 'This format cannot write curly braces. They became round ones.',
} as const;

type CaptionLossCode = keyof typeof SENTENCES;

/**
 * Collects what happened to captions: one loss per code however many captions it met, so that a report stays short.
 * `where` names the first of them and how many more there are.
 */
export class CaptionLosses {
  readonly #noted = new Map<CaptionLossCode, { first: string; count: number }>();

  /** Notes a loss at a line of the file, counted from 1. */
  noteLine(code: CaptionLossCode, line: number): void {
    this.#note(code, `line ${line}`);
  }

  /** Notes a loss at a caption that starts at `time`. */
  noteAt(code: CaptionLossCode, time: Flicks): void {
    this.#note(code, formatClock(time, { hourDigits: 2, decimals: 3, point: '.' }));
  }

  list(): Loss[] {
    return [...this.#noted].map(([code, { first, count }]) => ({
      code,
      where: count === 1 ? first : `${first} and ${count - 1} more`,
      message: SENTENCES[code],
    }));
  }

  #note(code: CaptionLossCode, where: string): void {
    const noted = this.#noted.get(code);
    if (noted === undefined) this.#noted.set(code, { first: where, count: 1 });
    else noted.count += 1;
  }
}
