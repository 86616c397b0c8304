import { expect, it } from 'vitest';
import { placeOfTotal, totalProgress } from './progress.ts';
import { searchable, searchText } from './searchText.ts';

it('finds words whatever their case, accents, quotes and spaces', () => {
  const text = searchable('The CAFÉ was\n  “closed”. A cafe\u0301 it isn’t.');
  expect(searchText(text, 'café', 9).map((hit) => hit.found)).toEqual(['CAFÉ', 'cafe']);
  expect(searchText(text, 'was "closed"', 9)).toHaveLength(1);
  expect(searchText(text, "isn't", 9)[0]?.found).toBe('isn’t');
  expect(searchText(text, '   ', 9)).toEqual([]);
});

it('looks through 215,000 words in less than 50 ms', () => {
  const words = Array.from({ length: 215_000 }, (_, index) => `word${index % 997}`).join(' ');
  const text = searchable(words);
  searchText(text, 'warm', 10);
  const startedAt = performance.now();
  const hits = searchText(text, 'word996 WORD0', 500);
  // Four times the bar, since tests share their computer with others.
  expect(performance.now() - startedAt).toBeLessThan(200);
  expect(hits.length).toBeGreaterThan(200);
});

it('tells how far a place is, and which place is so far', () => {
  const lengths = [
    { length: 100, linear: true },
    { length: 900, linear: false },
    { length: 300, linear: true },
  ];
  expect(totalProgress(lengths, 2, 0.5)).toBeCloseTo(0.625);
  expect(placeOfTotal(lengths, 0.625)).toEqual({ index: 2, progression: 0.5 });
  expect(placeOfTotal(lengths, 1)).toEqual({ index: 2, progression: 1 });
  expect(placeOfTotal([], 0.5)).toEqual({ index: 0, progression: 1 });
});
