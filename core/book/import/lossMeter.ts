import type { Loss } from '../loss.ts';
import { markBit, METERED_MARKS, type MeterLine, type MeteredMark } from './meterLine.ts';

/** How much of one kind the source holds, without what was set aside with a reason, and how much of it the book has. */
export type MeterReading = { kind: 'words' | MeteredMark; inSource: number; inBook: number };

export type MeterInput = {
  /** The visible text of the source, found without the reader. Called twice when something is missing. */
  source: () => Iterable<MeterLine>;
  /** What the reader set aside and accounts for itself: numbers of notes, contents pages, page numbers. */
  asides: Iterable<MeterLine>;
  /** What the book holds. */
  book: Iterable<MeterLine>;
};

/** Names of the marks as a sentence about several of them needs. */
const METER_NAMES: Readonly<Record<MeterReading['kind'], string>> = {
  words: 'words',
  emphasis: 'italics',
  strong: 'bold stretches',
  smallCaps: 'small capitals',
  underline: 'underlines',
  strike: 'struck-out stretches',
  super: 'raised signs',
  sub: 'lowered signs',
  code: 'code stretches',
  language: 'stretches in other languages',
  link: 'links',
};

const MAX_LISTED = 50;

/**
 * Compares a source with the book that was made of it, word by word and mark by mark, wherever these stand. The source
 * is read by other means than the import's, so that neither can hide what the other forgot. A word is a run of letters,
 * digits and marks, with apostrophes and hyphens inside; in scripts without spaces each sign counts. A mark counts once
 * for each unbroken stretch in a line.
 *
 * Answers only kinds that occur; each shortfall is a loss `words-lost` or `marks-lost`.
 */
export function measureLoss(input: MeterInput): { meter: MeterReading[]; losses: Loss[] } {
  const source = count(input.source());
  const asides = count(input.asides);
  const book = count(input.book);
  const missing = new Map<string, number>();
  let lost = 0;
  for (const [word, inSource] of source.words) {
    const short = inSource - (asides.words.get(word) ?? 0) - (book.words.get(word) ?? 0);
    if (short > 0) {
      missing.set(word, short);
      lost += short;
    }
  }
  const total = Math.max(0, source.total - sharedWords(source, asides));
  const meter: MeterReading[] = [{ kind: 'words', inSource: total, inBook: total - lost }];
  const losses: Loss[] = lost === 0 ? [] : locate(input.source(), missing, lost);
  for (const mark of METERED_MARKS) {
    const inSource = (source.marks.get(mark) ?? 0) - (asides.marks.get(mark) ?? 0);
    const inBook = book.marks.get(mark) ?? 0;
    if (inSource <= 0 && inBook === 0) continue;
    meter.push({ kind: mark, inSource: Math.max(0, inSource), inBook });
    if (inBook < inSource) losses.push(markLoss(mark, inSource, inBook));
  }
  return { meter, losses };
}

/** Readings as a line of a report: “122,105 of 122,105 words, 3,214 of 3,214 italics”. */
export function meterSentence(meter: readonly MeterReading[]): string {
  const number = (value: number) => value.toLocaleString('en');
  return meter
    .map(({ kind, inSource, inBook }) =>
      [number(Math.min(inBook, inSource)), 'of', number(inSource), METER_NAMES[kind]].join(' '),
    )
    .join(', ');
}

function markLoss(mark: MeteredMark, inSource: number, inBook: number): Loss {
  return {
    code: 'marks-lost',
    where: 'the whole book',
    message: `${inSource - inBook} of ${inSource} ${METER_NAMES[mark]} could not be carried over; their text was kept.`,
  };
}

type Count = { words: Map<string, number>; total: number; marks: Map<MeteredMark, number> };

function count(lines: Iterable<MeterLine>): Count {
  const words = new Map<string, number>();
  const marks = new Map<MeteredMark, number>();
  let total = 0;
  for (const line of lines) {
    for (const word of wordsOf(lineText(line))) {
      words.set(word, (words.get(word) ?? 0) + 1);
      total += 1;
    }
    for (const mark of METERED_MARKS) {
      const stretches = stretchesOf(line, markBit(mark));
      if (stretches > 0) marks.set(mark, (marks.get(mark) ?? 0) + stretches);
    }
  }
  return { words, total, marks };
}

function sharedWords(source: Count, asides: Count): number {
  let shared = 0;
  for (const [word, times] of asides.words) {
    shared += Math.min(times, source.words.get(word) ?? 0);
  }
  return shared;
}

function lineText(line: MeterLine): string {
  return line.runs.map(({ text }) => text).join('');
}

const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[[\p{L}\p{N}\p{M}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]]+(?:['’\-\u2010\u2011\u00ad\u200d\u2060][[\p{L}\p{N}\p{M}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]]+)*/gv;

/** The words of a text as the meter counts them, in their order. */
export function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}

function stretchesOf(line: MeterLine, bit: number): number {
  let stretches = 0;
  let isOn = false;
  for (const { text, marks } of line.runs) {
    if (!/\S/u.test(text)) continue;
    const isMarked = (marks & bit) !== 0;
    if (isMarked && !isOn) stretches += 1;
    isOn = isMarked;
  }
  return stretches;
}

/** Names lines that hold missing words: the fewest of them that explain what is missing, first come, first named. */
function locate(
  lines: Iterable<MeterLine>,
  missing: ReadonlyMap<string, number>,
  lost: number,
): Loss[] {
  const left = new Map(missing);
  const suspects: { line: MeterLine; text: string; share: number }[] = [];
  for (const line of lines) {
    const text = lineText(line);
    const words = wordsOf(text);
    const share = words.filter((word) => left.has(word)).length / Math.max(1, words.length);
    if (share > 0) suspects.push({ line, text, share });
    // The lines with the greatest share of missing words are kept, not every line with a common word.
    if (suspects.length > 4_000) {
      suspects.sort((a, b) => b.share - a.share).splice(2_000);
    }
  }
  suspects.sort((a, b) => b.share - a.share);
  const losses: Loss[] = [];
  for (const { line, text } of suspects) {
    const words = wordsOf(text).filter((word) => {
      const times = left.get(word) ?? 0;
      if (times > 0) left.set(word, times - 1);
      return times > 0;
    });
    if (words.length === 0) continue;
    if (losses.length >= MAX_LISTED) break;
    losses.push({
      code: 'words-lost',
      where: `${line.where}, near “${shorten(text)}”`,
      message: `${words.length === 1 ? 'One word is' : `${words.length} words are`} missing: “${shorten(words.join(' '))}”.`,
    });
  }
  const named = lost - [...left.values()].reduce((sum, times) => sum + times, 0);
  if (named < lost) {
    losses.push({
      code: 'words-lost',
      where: 'the whole book',
      message: `${lost - named} more words are missing.`,
    });
  }
  return losses;
}

function shorten(text: string): string {
  const clean = text.replace(/\s+/gu, ' ').trim();
  return clean.length <= 80 ? clean : `${clean.slice(0, 79).trimEnd()}…`;
}
