import { describe, expect, it } from 'vitest';
import { covers } from './embeddedFonts.ts';

const points = (words: string) => Array.from(words, (letter) => letter.codePointAt(0) ?? 0);

describe('which part of a typeface words need', () => {
  it('reads ranges, single letters and wildcards', () => {
    expect(covers('U+0000-00FF, U+0131', points('Harbour'))).toBe(true);
    expect(covers('U+0000-00FF, U+0131', points('ı'))).toBe(true);
    expect(covers('U+4??', points('ж'))).toBe(true);
    expect(covers('U+0000-00FF', points('ж'))).toBe(false);
  });

  it('takes a face without a range for all of them', () => {
    expect(covers('', points('ж'))).toBe(true);
  });
});
