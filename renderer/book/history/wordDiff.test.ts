import { expect, test } from 'vitest';
import { shortened, wordDiff } from './wordDiff.ts';

test('shows whole words that went and came', () => {
  expect(wordDiff('The boat came in.', 'The old boat came home.', 'en')).toEqual([
    { kind: 'same', text: 'The ' },
    { kind: 'added', text: 'old ' },
    { kind: 'same', text: 'boat came ' },
    { kind: 'removed', text: 'in' },
    { kind: 'added', text: 'home' },
    { kind: 'same', text: '.' },
  ]);
});

test('leaves out what stayed the same for long', () => {
  const same = 'word '.repeat(100);
  const parts = shortened(wordDiff(`${same}a`, `${same}b`, 'en'), 20);
  expect(parts.map(({ text }) => text.length).every((length) => length < 60)).toBe(true);
  expect(parts.at(-1)).toEqual({ kind: 'added', text: 'b' });
});
