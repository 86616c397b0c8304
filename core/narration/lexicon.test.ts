import { expect, test } from 'vitest';
import { lexiconReader } from './lexicon.ts';

test('whole words are replaced, whatever their capitals, and nothing inside other words', () => {
  const read = lexiconReader([{ word: 'Pask', spoken: 'Pahsk' }]);
  expect(read('Pask and PASK, (pask) “Pask’s” — but Paskal, unPask.')).toBe(
    'Pahsk and Pahsk, (Pahsk) “Pahsk’s” — but Paskal, unPask.',
  );
});

test('an entry that minds capitals leaves other spellings alone, and goes first', () => {
  const read = lexiconReader([
    { word: 'rose', spoken: 'roze' },
    { word: 'Rose', spoken: 'Roh-zay', matchCase: true },
  ]);
  expect(read('Rose rose. ROSE')).toBe('Roh-zay roze. roze');
  expect(lexiconReader([{ word: 'US', spoken: 'U.S.', matchCase: true }])('US, us')).toBe(
    'U.S., us',
  );
});

test('a longer entry goes before a shorter one, across any spaces', () => {
  const read = lexiconReader([
    { word: 'St', spoken: 'Saint' },
    { word: 'Baker St', spoken: 'Baker Street' },
  ]);
  expect(read('Baker\u00a0St, St Ives')).toBe('Baker Street, Saint Ives');
});

test('what was put in is not read again', () => {
  const read = lexiconReader([
    { word: 'one', spoken: 'two' },
    { word: 'two', spoken: 'one' },
  ]);
  expect(read('one two')).toBe('two one');
});

test('signs that mean something in patterns are only signs', () => {
  const read = lexiconReader([
    { word: 'C++', spoken: 'see plus plus' },
    { word: '$x', spoken: 'dollar x' },
    { word: 'a.b', spoken: 'a dot b' },
  ]);
  expect(read('C++ and $x, a.b but axb')).toBe('see plus plus and dollar x, a dot b but axb');
});

test('letters with accents are the same composed and decomposed', () => {
  const read = lexiconReader([{ word: 'Ode\u0301on', spoken: 'Oh-day-on' }]);
  expect(read('Odéon')).toBe('Oh-day-on');
});
