import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Manuscript } from '#core/book/manuscript.ts';
import { settleAsync } from '#core/fault.ts';
import { exportBook } from '#engine/book/exportBook.ts';
import { epubcheck } from '../support/epubcheck.ts';
import { lampPicture, manuscriptOf, richManuscript, sampleManuscript } from './richManuscript.ts';

const DATE = '2025-10-14T12:00:00Z';
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkreel-epub-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function build(name: string, manuscript: Manuscript, date = DATE) {
  const out = join(folder, `${name}.epub`);
  return exportBook({ manuscript, format: 'epub', out, date, pictures: lampPicture() });
}

describe('EPUB export', () => {
  const books: [string, () => Manuscript | Promise<Manuscript>][] = [
    ['everything', richManuscript],
    ['sample', sampleManuscript],
    [
      'bare',
      () =>
        manuscriptOf('Only text.', {
          authors: [],
          identifier: 'urn:uuid:0B0F6C0E-5D0E-4C53-9E0B-0F3F0C7B1A11',
        }),
    ],
    [
      'arabic',
      () =>
        manuscriptOf('# الفصل الأول\n\nكان يا ما كان. ثم انتهى.[^1]\n\n[^1]: حاشية.', {
          title: 'كتاب',
          language: 'ar',
        }),
    ],
    [
      'chinese',
      () => manuscriptOf('# 第一章\n\n从前有一个人。', { title: '书', language: 'zh-Hans-CN' }),
    ],
  ];

  it.each(books)('passes the official EPUBCheck without a message: %s', async (name, make) => {
    const { output, checks } = await build(name, await make());
    expect(checks.filter((check) => !check.ok)).toEqual([]);
    expect(await epubcheck(output)).toEqual([]);
  });

  it('gives the same bytes for the same book and date', async () => {
    const first = await build('first', richManuscript());
    const second = await build('second', richManuscript());
    const other = await build('other', richManuscript(), '2026-01-01T00:00:00+02:00');
    const [a, b, c] = await Promise.all(
      [first, second, other].map((book) => readFile(book.output)),
    );
    expect(a?.equals(b ?? Buffer.alloc(0))).toBe(true);
    expect(a?.equals(c ?? Buffer.alloc(0))).toBe(false);
  });

  it('refuses what would make a bad book, and leaves no file', async () => {
    const refusal = async (manuscript: Manuscript, date = DATE) => {
      const out = join(folder, 'refused.epub');
      const result = await settleAsync(() => exportBook({ manuscript, format: 'epub', out, date }));
      expect(await readFile(out).catch(() => null)).toBeNull();
      return result.ok ? 'accepted' : result.error.code;
    };
    expect(await refusal(manuscriptOf('Text.', { title: ' ' }))).toBe('book/no-title');
    expect(await refusal(manuscriptOf(''))).toBe('book/empty');
    expect(await refusal(manuscriptOf('Text.'), 'yesterday')).toBe('book/bad-date');
    expect(await refusal(manuscriptOf('![a](gone.png)'))).toBe('book/picture-missing');
  });
});
