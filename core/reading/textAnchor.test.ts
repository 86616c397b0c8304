import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findQuote, quoteOf } from './textAnchor.ts';

const TEXT = 'One. The boat came in. Two. The boat came in. Three. The boat came in at last.';

describe('findQuote', () => {
  it('finds every stretch of a text where it was', () => {
    const text = Array.from({ length: 400 }, (_, index) => `word${index % 7} and ${index}`).join(
      ' ',
    );
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 1, max: 60 }), (start, length) => {
        const end = Math.min(text.length, start + length);
        const found = findQuote(text, quoteOf(text, start, end), start);
        expect(text.slice(found?.start, found?.end).trim()).toBe(text.slice(start, end).trim());
      }),
    );
  });

  it('tells equal words by what stands around them, not by how far in they are', () => {
    const start = TEXT.lastIndexOf('The boat');
    const quote = quoteOf(TEXT, start, start + 16);
    const longer = `${'Much was put before it. '.repeat(40)}${TEXT}`;
    expect(findQuote(longer, quote, start)?.start).toBe(longer.lastIndexOf('The boat'));
  });

  it('does not mind how white space is written', () => {
    const quote = quoteOf(TEXT, TEXT.indexOf('Two'), TEXT.indexOf('Three'));
    const spaced = TEXT.replaceAll(' ', '\n   ');
    const found = findQuote(spaced, quote, 0);
    expect(spaced.slice(found?.start).startsWith('Two.')).toBe(true);
  });

  it('serves with the place between what stood around words that are gone', () => {
    const text =
      'The light went out before the boat came in, and nobody had seen it since the morning.';
    const start = text.indexOf('the boat');
    const quote = quoteOf(text, start, start + 17);
    const changed = text.replace('the boat came in', 'anything was known');
    const found = findQuote(changed, quote, 0);
    expect(found?.start).toBe(found?.end);
    expect(Math.abs((found?.start ?? 0) - start)).toBeLessThan(24);
  });

  it('says so when nothing of it is there', () => {
    expect(findQuote('Quite another text.', quoteOf(TEXT, 5, 20), 0)).toBeNull();
  });
});
