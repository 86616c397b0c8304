import { describe, expect, it } from 'vitest';
import { settle } from '../../fault.ts';
import { LATIN_LETTERS } from './letters.ts';
import { bookLayout } from './printLayout.ts';
import { gutterIn, TRIM_NAMES as ALL, trimSize } from './trims.ts';

describe('bookLayout', () => {
  it('keeps the shop’s gutter at each edge of its table', () => {
    const table: [number, number][] = [
      [24, 0.375],
      [150, 0.375],
      [151, 0.5],
      [300, 0.5],
      [301, 0.625],
      [500, 0.625],
      [501, 0.75],
      [700, 0.75],
      [701, 0.875],
      [828, 0.875],
    ];
    for (const [pages, gutter] of table) {
      expect(gutterIn(pages)).toBe(gutter);
      for (const trim of ALL) {
        expect(bookLayout({ use: 'print', trim, pages }).insideIn).toBeGreaterThan(gutter);
      }
    }
  });

  it('holds a whole number of lines, of a length that reads well, inside safe margins', () => {
    for (const trim of ALL) {
      for (const pages of [40, 200, 400, 600, 800]) {
        const page = bookLayout({ use: 'print', trim, pages });
        const textHeightPt = (page.heightIn - page.topIn - page.bottomIn) * 72;
        const lines = textHeightPt / page.linePt;
        expect(Math.abs(lines - Math.round(lines))).toBeLessThan(0.001);
        expect(lines).toBeGreaterThan(24);
        expect(Math.round(lines)).toBe(page.lines);
        const textWidthPt = (page.widthIn - page.insideIn - page.outsideIn) * 72;
        // EB Garamond's lower case averages about 0.41 em.
        const charsPerLine = textWidthPt / (page.fontPt * 0.41);
        expect(charsPerLine).toBeGreaterThan(42);
        expect(charsPerLine).toBeLessThan(78);
        expect(Math.min(page.outsideIn, page.topIn, page.bottomIn)).toBeGreaterThan(0.5);
      }
    }
  });

  it('has equal margins on the screen', () => {
    const page = bookLayout({ use: 'screen', trim: 'a5', pages: 600 });
    expect(page.insideIn).toBe(page.outsideIn);
  });
});

describe('trimSize', () => {
  it('knows sizes by name and refuses others with the list', () => {
    expect(trimSize('6X9in')).toBe('6x9in');
    expect(trimSize('A5')).toBe('a5');
    expect(settle(() => trimSize('7x7in'))).toMatchObject({
      ok: false,
      error: { code: 'book/unknown-trim-size', details: { known: ALL } },
    });
  });

  it('holds a whole number of Japanese characters in a line', () => {
    const letters = { ...LATIN_LETTERS, lead: 'cjk' } as const;
    for (const trim of ALL) {
      const page = bookLayout({ use: 'print', trim, pages: 200, letters });
      const line = ((page.widthIn - page.insideIn - page.outsideIn) * 72) / page.fontPt;
      expect(line % 1).toBeLessThan(0.03);
    }
  });

  it('is set as the script of the book asks', () => {
    const page = { use: 'print', trim: '5.5x8.5in', pages: 200 } as const;
    const latin = bookLayout(page);
    const arabic = bookLayout({ ...page, letters: { ...LATIN_LETTERS, lead: 'arabic' } });
    expect(arabic.fontPt).toBeGreaterThan(latin.fontPt);
    expect(arabic.linePt / arabic.fontPt).toBeGreaterThan(latin.linePt / latin.fontPt);
    expect([latin.leadIn, arabic.leadIn]).toEqual(['drop-cap', 'plain']);
    expect([latin.figures, arabic.figures]).toEqual(['old-style', 'lining']);
  });
});
