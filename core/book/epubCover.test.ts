import { describe, expect, it } from 'vitest';
import { coverSvg } from './epubCover.ts';

const METADATA = {
  title: 'Harbour Light',
  authors: ['Ann O’Neil'],
  language: 'en',
  identifier: 'urn:uuid:0b0f6c0e-5d0e-4c53-9e0b-0f3f0c7b1a11',
};

/** The lines of text on a cover, with where their feet stand. */
function linesOf(svg: string): { text: string; y: number; size: number }[] {
  return [...svg.matchAll(/<text x="800" y="(\d+)" font-size="(\d+)">([^<]*)/g)].map(
    ([, y, size, text = '']) => ({ text, y: Number(y), size: Number(size) }),
  );
}

describe('the cover', () => {
  it.each([
    ['a long title', { title: 'The Long Way to the Lighthouse at the End of the World' }],
    [
      'a long title with a subtitle',
      {
        title: 'The Long Way to the Lighthouse at the End of the World',
        subtitle: 'Being a true account of the keepers of the lamp and of those who waited for it',
      },
    ],
    ['many authors', { authors: ['Ann O’Neil', 'Zoë Abel', 'Jonas Weber', 'Marie Curie'] }],
  ])('keeps its lines apart: %s', (_name, more) => {
    const lines = linesOf(coverSvg({ ...METADATA, ...more }));
    expect(lines.length).toBeGreaterThan(1);
    for (const [index, line] of lines.entries()) {
      const before = lines[index - 1];
      if (before !== undefined) expect(line.y - line.size * 0.8).toBeGreaterThan(before.y);
      expect(line.y).toBeLessThan(2_560 - 60);
    }
  });

  it('keeps signs at the ends of lines that run from the right', () => {
    const svg = coverSvg({ ...METADATA, title: '«ضوء»', authors: ['آن'], language: 'ar' });
    expect(linesOf(svg).map(({ text }) => text)).toEqual(['\u200F«ضوء»\u200F', '\u200Fآن\u200F']);
    expect(coverSvg(METADATA)).not.toContain('\u200F');
  });
});
