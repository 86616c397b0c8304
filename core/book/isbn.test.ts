import { expect, it } from 'vitest';
import { isbn13 } from './isbn.ts';

it('reads ISBN-13 and ISBN-10, and refuses a wrong check digit', () => {
  expect(isbn13('978-3-16-148410-0')).toBe('9783161484100');
  expect(isbn13('urn:isbn:9783161484100')).toBe('9783161484100');
  expect(isbn13('0-8044-2957-X')).toBe('9780804429573');
  expect(isbn13('978-3-16-148410-1')).toBeNull();
  expect(isbn13('0-8044-2957-1')).toBeNull();
  expect(isbn13('12345')).toBeNull();
});
