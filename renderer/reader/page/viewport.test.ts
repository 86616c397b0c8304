import { expect, it } from 'vitest';
import { statedSize } from './viewport.ts';

const room = { width: 1_000, height: 700 };

it.each([
  ['width=900, height=600', { width: 900, height: 600 }],
  ['width=900, height=600, width=1, height=1', { width: 900, height: 600 }],
  ['width=900;height=600, something, foo', { width: 900, height: 600 }],
  ['width=device-width, height=device-height', room],
  ['width=900px, height=600px', { width: 900, height: 600 }],
  ['width=900', null],
  ['width=-1, height=600', null],
  [null, null],
])('reads %j', (content, size) => {
  expect(statedSize(content, room)).toEqual(size);
});
