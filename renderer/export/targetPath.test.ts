import { expect, test } from 'vitest';
import { targetOf, targetPath } from './targetPath.ts';

const named = (name: string) => ({ folder: '/films', name, force: false });

test('a file has its extension once, typed or not', () => {
  expect(targetPath(named(' Harbour '), 'mp4')).toBe('/films/Harbour.mp4');
  expect(targetPath(named('Harbour.MP4'), 'mp4')).toBe('/films/Harbour.mp4');
  expect(targetPath(named('Harbour 2.1'), 'mov')).toBe('/films/Harbour 2.1.mov');
  expect(targetPath(named('Pictures'), null)).toBe('/films/Pictures');
});

test('a chosen path is a folder and a name, and agreed to', () => {
  expect(targetOf('/films/Harbour.mp4', 'mp4')).toEqual({ ...named('Harbour'), force: true });
  expect(targetOf('/films/Pictures', null)).toEqual({ ...named('Pictures'), force: true });
});
