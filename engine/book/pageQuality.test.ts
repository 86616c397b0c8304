import { describe, expect, it } from 'vitest';
import type { PdfLine } from './pdfBlocks.ts';
import { paragraphFaults } from './pageQuality.ts';

const MEASURE = 280;

function line(left: number, right: number, text = 'as it stands on paper'): PdfLine {
  return { page: 0, y: 0, left, right, text, size: 10, calls: 0 };
}

const isRunt = (...lines: PdfLine[]) => paragraphFaults({ lines }).isRunt;

describe('paragraphFaults', () => {
  it('objects to a last line of less than a tenth of the measure, from whichever side it is read', () => {
    const ltr = [line(12.5, MEASURE), line(0, MEASURE)];
    expect(isRunt(...ltr, line(0, 27))).toBe(true);
    expect(isRunt(...ltr, line(0, 29))).toBe(false);
    const rtl = [line(0, MEASURE - 12.5), line(0, MEASURE)];
    expect(isRunt(...rtl, line(MEASURE - 27, MEASURE))).toBe(true);
    expect(isRunt(...rtl, line(MEASURE - 29, MEASURE))).toBe(false);
  });

  it('objects to a last line of three letters, however wide', () => {
    expect(isRunt(line(12.5, MEASURE), line(0, 40, 'so. '))).toBe(true);
    expect(isRunt(line(12.5, MEASURE), line(0, 40, 'thus.'))).toBe(false);
  });

  it('lets a line of verse be turned over, from whichever side it is read', () => {
    expect(isRunt(line(16, 250), line(32, 50, 'sea'))).toBe(false);
    expect(isRunt(line(16, 250), line(32, 270), line(32, 50, 'sea'))).toBe(false);
    expect(isRunt(line(30, 264), line(230, 248, 'sea'))).toBe(false);
  });

  it('takes no paragraph for verse of which a line stands elsewhere', () => {
    expect(isRunt(line(0, MEASURE), line(16, MEASURE), line(0, 18, 'sea'))).toBe(true);
    expect(isRunt(line(0, MEASURE), line(0, 18, 'sea'))).toBe(true);
    expect(isRunt(line(0, MEASURE), line(50, 68, 'sea'))).toBe(true);
  });
});
