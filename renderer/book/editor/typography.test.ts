import { expect, test } from 'vitest';
import { smartTyped } from './typography.ts';

function typed(text: string, language: string): string {
  let line = '';
  for (const sign of text) {
    const smart = smartTyped(line, sign, language);
    line = smart === null ? line + sign : line.slice(0, line.length - smart.back) + smart.text;
  }
  return line;
}

test.each([
  ['en', `"Don't," she said, "say 'never'."`, '“Don’t,” she said, “say ‘never’.”'],
  ['en', `wait--what...`, 'wait—what…'],
  ['en-GB', `wait -- what`, 'wait – what'],
  ['en-GB', `wait --- what`, 'wait — what'],
  ['en', `the '90s and 'tis time`, 'the ’90s and ’tis time'],
  ['en', `("so")`, '(“so”)'],
  ['de', `"Wie geht's?", sagte er.`, '„Wie geht’s?“, sagte er.'],
  ['de', `"Er rief 'halt' und wie geht's"`, '„Er rief ‚halt‘ und wie geht’s“'],
  ['de-CH', `"Ja"`, '«Ja»'],
  [
    'fr',
    `"Quoi?" dit-il : "l'eau!"`,
    '«\u00a0Quoi\u202f?\u00a0» dit-il\u00a0: «\u00a0l’eau\u202f!\u00a0»',
  ],
  ['fr-CH', `"Quoi?"`, '«Quoi?»'],
  ['fr', `https://example.org`, 'https://example.org'],
  ['es', `"¿Qué?"`, '«¿Qué?»'],
  ['sv', `"Ja"`, '”Ja”'],
  ['da', `"Ja"`, '»Ja«'],
  ['pl', `"Tak"`, '„Tak”'],
  ['ja', `"a"...`, '"a"...'],
  ['en', `1.5 and ..`, '1.5 and ..'],
])('in %s, %s becomes %s', (language, text, set) => {
  expect(typed(text, language)).toBe(set);
});
