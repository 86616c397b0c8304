import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mediaUrlOf, pathsOfMediaUrl } from './mediaUrl.ts';

test.each([
  ['/films/trip/media/day 1.mov', '/films/trip', 'media/day%201.mov'],
  ['/films/trip/day#1?.mov', '/films/trip/', 'day%231%3F.mov'],
  ['/films/tripod/day.mov', '/films/trip', 'file:///films/tripod/day.mov'],
  ['/films/trip/day.mov', null, 'file:///films/trip/day.mov'],
  ['/fotos/größe 100%.mov', '/films', 'file:///fotos/gr%C3%B6%C3%9Fe%20100%25.mov'],
  ['C:\\Films\\Media\\a b.mov', 'c:\\films', 'Media/a%20b.mov'],
  ['D:\\Films\\a b.mov', 'C:\\Films', 'file:///D:/Films/a%20b.mov'],
  ['\\\\server\\share\\a.mov', 'C:\\Films', 'file://server/share/a.mov'],
])('%s from %s', (path, folder, url) => {
  expect(mediaUrlOf(path, folder)).toBe(url);
});

test.each([
  ['media/day%201.mov', ['/films/media/day 1.mov', '/films/media/day%201.mov']],
  ['media/100%.mov', ['/films/media/100%.mov']],
  ['file:///a/b.mov', ['/a/b.mov']],
  ['file://localhost/a/b%20c.mov', ['/a/b c.mov', '/a/b%20c.mov']],
  ['file:///C:/Films/a.mov', ['C:/Films/a.mov']],
  ['file://server/share/a.mov', ['//server/share/a.mov']],
  ['/a/b c.mov', ['/a/b c.mov']],
  ['C:\\a\\b.mov', ['C:\\a\\b.mov']],
  ['https://example.com/a.mov', []],
  ['', []],
  ['a%00b.mov', ['/films/a%00b.mov']],
])('the path of %s', (url, paths) => {
  expect(pathsOfMediaUrl(url, '/films')).toEqual(paths);
});

test('any path is found again through its URL', () => {
  const segment = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .filter((text) => !/[/\\\0]/.test(text) && text.isWellFormed());
  const path = fc
    .array(segment, { minLength: 1, maxLength: 4 })
    .map((parts) => `/${parts.join('/')}`);
  fc.assert(
    fc.property(path, path, (file, folder) => {
      expect(pathsOfMediaUrl(mediaUrlOf(file, folder), folder)[0]).toBe(file);
      expect(pathsOfMediaUrl(mediaUrlOf(`${folder}${file}`, folder), folder)[0]).toBe(
        `${folder}${file}`,
      );
    }),
  );
});
