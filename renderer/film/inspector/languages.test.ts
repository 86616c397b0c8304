import { expect, it } from 'vitest';
import { isLanguageTag, languageName } from './languages.ts';

it('languages are known by their tags', () => {
  expect(languageName('pt-BR')).toBe('Brazilian Portuguese');
  expect(languageName('qqq')).toBeNull();
  expect(languageName('English please')).toBeNull();
  expect(isLanguageTag('en_GB')).toBe(false);
});
