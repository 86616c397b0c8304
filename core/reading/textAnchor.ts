import type { Quote } from './readingModel.ts';

/** How much text around a place is kept with it. */
const CONTEXT = 48;

/** The words between two offsets of a text with what stands around them. */
export function quoteOf(text: string, start: number, end: number): Quote {
  return {
    exact: text.slice(start, end),
    prefix: text.slice(Math.max(0, start - CONTEXT), start),
    suffix: text.slice(end, end + CONTEXT),
  };
}

/**
 * Where a quote stands in a text that may have changed since; of several places the one whose surroundings fit best,
 * then the one nearest to the offset `near`. White space counts as equal however much there is of it. Where the words
 * themselves are gone, a place between what stood around them serves. Null when nothing of it is there.
 */
export function findQuote(
  text: string,
  quote: Quote,
  near: number,
): { start: number; end: number } | null {
  const haystack = squeeze(text);
  const exact = squeeze(quote.exact).text;
  const prefix = squeeze(quote.prefix).text.trimStart();
  const suffix = squeeze(quote.suffix).text.trimEnd();
  const wanted = haystack.offsetOf(near);
  const found =
    exact.trim() === ''
      ? null
      : best(haystack.text, exact, (start) => ({
          fit:
            sharedEnd(haystack.text.slice(0, start), prefix) +
            sharedStart(haystack.text.slice(start + exact.length), suffix),
          distance: Math.abs(start - wanted),
        }));
  if (found !== null) return haystack.range(found, found + exact.length);
  const between = betweenContext(haystack.text, prefix, suffix, wanted);
  return between === null ? null : haystack.range(between, between);
}

/** The place after the longest end of `prefix`, or before the longest beginning of `suffix`, that the text has. */
function betweenContext(
  text: string,
  prefix: string,
  suffix: string,
  wanted: number,
): number | null {
  const least = 12;
  const distance = (start: number) => ({ fit: 0, distance: Math.abs(start - wanted) });
  for (let length = Math.max(prefix.length, suffix.length); length >= least; length -= 4) {
    if (length <= suffix.length) {
      const start = best(text, suffix.slice(0, length), distance);
      if (start !== null) return start;
    }
    if (length <= prefix.length) {
      const tail = prefix.slice(-length);
      const start = best(text, tail, distance);
      if (start !== null) return start + tail.length;
    }
  }
  return null;
}

function best(
  text: string,
  needle: string,
  judge: (start: number) => { fit: number; distance: number },
): number | null {
  let chosen: { start: number; fit: number; distance: number } | null = null;
  for (let start = text.indexOf(needle); start >= 0; start = text.indexOf(needle, start + 1)) {
    const { fit, distance } = judge(start);
    if (chosen === null || fit > chosen.fit || (fit === chosen.fit && distance < chosen.distance)) {
      chosen = { start, fit, distance };
    }
  }
  return chosen?.start ?? null;
}

function sharedEnd(a: string, b: string): number {
  let count = 0;
  while (count < a.length && count < b.length && a.at(-1 - count) === b.at(-1 - count)) count += 1;
  return count;
}

function sharedStart(a: string, b: string): number {
  let count = 0;
  while (count < a.length && count < b.length && a[count] === b[count]) count += 1;
  return count;
}

/** A text in which every stretch of white space is one space, and the way back to the offsets of the original. */
function squeeze(text: string) {
  const offsets: number[] = [];
  let squeezed = '';
  let wasSpace = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    const isSpace = /\s/.test(character);
    if (isSpace && wasSpace) continue;
    squeezed += isSpace ? ' ' : character;
    offsets.push(index);
    wasSpace = isSpace;
  }
  return {
    text: squeezed,
    offsetOf(original: number): number {
      let low = 0;
      let high = offsets.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((offsets[middle] ?? 0) < original) low = middle + 1;
        else high = middle;
      }
      return low;
    },
    range: (start: number, end: number) => {
      const first = offsets[start] ?? text.length;
      return {
        start: first,
        end: end === start ? first : (offsets[end - 1] ?? text.length - 1) + 1,
      };
    },
  };
}
