import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileResponse, parseRange } from './fileResponse.ts';

const folder = mkdtempSync(join(tmpdir(), 'inkreel-response-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'film.mp4');
writeFileSync(path, Buffer.from(Array.from({ length: 100 }, (_, index) => index)));

const get = (range?: string, method = 'GET') =>
  fileResponse(path, { method, headers: new Headers(range === undefined ? {} : { range }) });

describe('ranges', () => {
  it.each([
    ['bytes=0-9', { start: 0, end: 9 }],
    ['bytes=90-', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=50-1000', { start: 50, end: 99 }],
    ['bytes=-1000', { start: 0, end: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=9-0', null],
    ['bytes=0-1,5-6', null],
    ['lines=0-1', null],
    ['bytes=-', null],
  ])('%s', (header, expected) => {
    expect(parseRange(header, 100)).toEqual(expected);
  });
});

describe('a file as a response', () => {
  it('is whole without a range', async () => {
    const response = await get();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('video/mp4');
    expect((await response.arrayBuffer()).byteLength).toBe(100);
  });

  it('is the part that was asked for', async () => {
    const response = await get('bytes=10-12');
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe('bytes 10-12/100');
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([10, 11, 12]);
  });

  it('says the size where the range lies outside', async () => {
    const response = await get('bytes=100-');
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe('bytes */100');
  });

  it('has no body for HEAD, and is not found where there is none', async () => {
    const head = await get(undefined, 'HEAD');
    expect(head.headers.get('content-length')).toBe('100');
    expect(await head.text()).toBe('');
    const missing = await fileResponse(join(folder, 'none'), {
      method: 'GET',
      headers: new Headers(),
    });
    expect(missing.status).toBe(404);
  });
});
