import { fromRange, joinIndir, parse, toRange } from 'foliate-js/epubcfi.js';
import type { OpenBook } from '#core/contract/reading.ts';
import { totalProgress } from '#core/reading/progress.ts';
import type { Place } from '#core/reading/readingModel.ts';
import { findQuote, quoteOf } from '#core/reading/textAnchor.ts';
import { documentText, offsetOf, rangeBetween } from './documentText.ts';

/** How much of the text at a place is kept to know it again. */
const WORDS_KEPT = 64;

/** The place of a stretch of a document: its beginning for `point`, all of it for `stretch`. */
export function placeOfRange(
  book: OpenBook,
  index: number,
  range: Range,
  kind: 'point' | 'stretch',
): Place {
  const section = book.sections[index];
  const doc = range.startContainer.ownerDocument ?? document;
  const { text } = documentText(doc);
  const start = offsetOf(doc, range.startContainer, range.startOffset);
  const end =
    kind === 'stretch'
      ? Math.max(start, offsetOf(doc, range.endContainer, range.endOffset))
      : Math.min(text.length, start + WORDS_KEPT);
  const at = range.cloneRange();
  if (kind === 'point') at.collapse(true);
  const progression = text.length === 0 ? 0 : start / text.length;
  return {
    path: section?.path ?? '',
    cfi: cfiOf(section?.cfi ?? '', at),
    quote: quoteOf(text, start, Math.min(end, start + 20_000)),
    progression,
    total: totalProgress(book.sections, index, progression),
  };
}

/**
 * Where a place is in a document: where its words stand, by its CFI if they stand there, else where they are found,
 * else as far into the document as it was. `stretch` gives all of its words.
 */
export function rangeOfPlace(doc: Document, place: Place, kind: 'point' | 'stretch'): Range {
  const { text } = documentText(doc);
  const near = Math.round(place.progression * text.length);
  const length = place.quote.exact.length;
  const byCfi = startByCfi(doc, place.cfi);
  const holds =
    byCfi !== null && (length === 0 || text.slice(byCfi, byCfi + length) === place.quote.exact);
  const found = holds
    ? { start: byCfi, end: byCfi + length }
    : (findQuote(text, place.quote, byCfi ?? near) ?? { start: byCfi ?? near, end: byCfi ?? near });
  return rangeBetween(doc, found.start, kind === 'stretch' ? found.end : found.start);
}

/** Whether the words of a place stand in a text. */
export function hasPlace(text: string, place: Place): boolean {
  return (
    place.quote.exact.trim() !== '' &&
    findQuote(text, { ...place.quote, prefix: '', suffix: '' }, 0) !== null
  );
}

function cfiOf(base: string, range: Range): string | null {
  try {
    const cfi = joinIndir(base, fromRange(range));
    return cfi.length <= 4_096 ? cfi : null;
  } catch {
    // A place outside of all elements has no CFI; its words serve.
    return null;
  }
}

function startByCfi(doc: Document, cfi: string | null): number | null {
  if (cfi === null) return null;
  try {
    const parts = parse(cfi);
    // What leads to the document is not looked at: the document is known by its path.
    (Array.isArray(parts) ? parts : parts.parent).shift();
    const range = toRange(doc, parts);
    return offsetOf(doc, range.startContainer, range.startOffset);
  } catch {
    return null;
  }
}
