import { expect, it } from 'vitest';
import { printText, typstString } from './typstText.ts';

it('keeps text from being read as Typst', () => {
  expect(typstString('a "b" \\ #c\n\td')).toBe('"a \\"b\\" \\\\ #c\\n\\td"');
});

it('prints long dashes as em dashes and leaves out marks without a glyph', () => {
  expect(printText('Mr. \u2E3A and \u2E3B')).toBe('Mr. \u2014\u2014 and \u2014\u2014\u2014');
  expect(printText('word\u2060\u2014\uFEFFnext\u200B')).toBe('word\u2014next');
});

it('leaves marks between Chinese and Japanese characters, where their face has them', () => {
  expect(printText('港\u2060の\u2060灯\u2060 a\u2060b')).toBe('港\u2060の\u2060灯 ab');
});
