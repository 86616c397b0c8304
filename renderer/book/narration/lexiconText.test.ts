import { expect, test } from 'vitest';
import { lexiconFrom, lexiconText } from './lexiconText.ts';

test('lines become entries and lines again; what is no entry is left out', () => {
  const entries = lexiconFrom('Skerrow = Skerroe\n\n  a b=c = d \nno sign\n= nothing\nnothing =');
  expect(entries).toEqual([
    { word: 'Skerrow', spoken: 'Skerroe' },
    { word: 'a b', spoken: 'c = d' },
  ]);
  expect(lexiconFrom(lexiconText(entries))).toEqual(entries);
});

test('an entry that minds capitals goes on minding them', () => {
  const before = [{ word: 'Rose', spoken: 'Rohzay', matchCase: true as const }];
  expect(lexiconFrom('Rose = Rozay', before)).toEqual([{ ...before[0], spoken: 'Rozay' }]);
});
