import { expect, it } from 'vitest';
import { isBookPage, mayLoad } from './studioAddress.ts';

it('lets pages load from themselves and from memory', () => {
  for (const address of [
    'inkreel-app://studio/assets/app.js',
    'inkreel-app://studio/media/a/b',
    'blob:inkreel-app://studio/1',
    'data:image/png;base64,AA==',
  ]) {
    expect(mayLoad(address), address).toBe(true);
  }
});

it('lets pages load from nowhere else', () => {
  for (const address of [
    'https://elsewhere.invalid/',
    'http://127.0.0.1:4750/',
    'ws://127.0.0.1/',
    'file:///etc/passwd',
    'ftp://elsewhere.invalid/',
    'chrome://gpu',
    'inkreel-app://other/',
    'studio',
    '',
  ]) {
    expect(mayLoad(address), address).toBe(false);
  }
});

it('takes only pages of books for pages of books', () => {
  expect(isBookPage('inkreel-app://studio/reading/a/~/EPUB/chapter.xhtml?page')).toBe(true);
  for (const address of [
    'inkreel-app://studio/',
    'inkreel-app://studio/index.html',
    'inkreel-app://studio/reading/../index.html',
    'inkreel-app://studio/media/a/b',
    'inkreel-app://other/reading/a/b',
    'https://elsewhere.invalid/reading/a/b',
    'javascript:alert(1)',
    'data:text/html,x',
  ]) {
    expect(isBookPage(address), address).toBe(false);
  }
});
