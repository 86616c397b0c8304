import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { PictureFile } from '#core/book/pictureFile.ts';
import { bookFonts } from '#engine/book/bookFonts.ts';
import { checkBook } from '#engine/preflight/checkBook.ts';
import { heededMessages, measured } from '#engine/preflight/checkEpub.ts';
import { failures } from '#engine/preflight/checkPrint.ts';
import { fontCoverage } from '#engine/preflight/fontCoverage.ts';
import { STORE_LIMITS } from '#engine/preflight/storeLimits.ts';
import { lampPicture } from '../book/richManuscript.ts';
import { cliEnvironment, cliJson, runCli } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { goldenBook } from './goldenBook.ts';

const folder = testFolder('preflight');
const env = cliEnvironment(folder);
const project = join(folder, 'book.inkreel');

describe('what needs files', () => {
  it('knows which characters the book font has', () => {
    const [regular] = bookFonts();
    const has = fontCoverage(regular ?? new Uint8Array());
    const covered = [...'aÄéЖΩ—“½\u00A0'].filter((char) => has(char.codePointAt(0) ?? 0));
    expect(covered.join('')).toBe('aÄéЖΩ—“½\u00A0');
    expect([...'龍あ😀ا'].filter((char) => has(char.codePointAt(0) ?? 0))).toEqual([]);
  });

  it('names characters that would be boxes in print, each with its place', async () => {
    const book = goldenBook('# One\n\nClean.\n\n# Two\n\nThe sign ꦲ and again ꦲ, `code ꦲ` too.');
    const found = (await checkBook({ manuscript: book, depth: 'text' })).filter(
      ({ id }) => id === 'glyph/missing',
    );
    expect(found.map(({ severity, where, start }) => [severity, where, start])).toEqual([
      ['error', 'Two', 9],
    ]);
    expect(found[0]?.message).toContain('U+A9B2');
  });

  it('measures pictures at the size they are printed at', async () => {
    const [[, lamp] = []] = [...lampPicture()];
    if (lamp === undefined) throw new Error('There is a lamp.');
    const of = async (size: Partial<PictureFile>) => {
      const pictures = new Map([['lamp.png', { ...lamp, ...size }]]);
      const found = await checkBook({
        manuscript: goldenBook('# One\n\n![A lamp](lamp.png)\n\n![Gone](gone.png)'),
        pictures,
        depth: 'text',
      });
      return found
        .filter(({ id }) => /^(?:picture|store)\//.test(id))
        .map(({ id, severity }) => `${severity} ${id}`);
    };
    const gone = 'error picture/missing-file';
    expect(await of({ widthPx: 300, heightPx: 200 })).toEqual([
      'error picture/print-resolution',
      gone,
    ]);
    expect(await of({ widthPx: 1_000, heightPx: 700 })).toEqual([
      'warning picture/print-resolution',
      gone,
    ]);
    expect(await of({ widthPx: 1_400, heightPx: 900 })).toEqual([gone]);
    expect(await of({ widthPx: 4_000, heightPx: 3_000 })).toEqual([
      'warning store/apple-picture',
      'info store/ingram-picture',
      gone,
    ]);
    expect(await of({ widthPx: 1_400, heightPx: 900, bytes: new Uint8Array(6 * 2 ** 20) })).toEqual(
      ['warning store/kobo-picture', gone],
    );
  });

  it('finds nothing wrong with the files of a good book, and says where a short one breaks a rule of shops', async () => {
    const book = goldenBook(
      await readFile(new URL('../../resources/sample/manuscript.md', import.meta.url), 'utf8'),
    );
    const ids = (await checkBook({ manuscript: book }))
      .filter(({ severity }) => severity !== 'info')
      .map(({ id }) => id);
    expect(ids).toEqual([]);
    const short = (await checkBook({ manuscript: goldenBook('# One\n\nHe came.') })).map(
      ({ id }) => id,
    );
    expect(short).toContain('store/kindle-pages');
  });

  it('does not repeat mistakes of the checker, and hears the same message about anything else', () => {
    const svg = {
      id: 'OPF-015',
      severity: 'error',
      message: 'The property "svg" should not be declared',
      location: { path: 'a.xhtml' },
    };
    const ncx = {
      id: 'RSC-005',
      severity: 'error',
      message: 'element "ncx:ncx" not allowed here',
      location: { path: 'toc.ncx' },
    };
    const other = {
      id: 'RSC-005',
      severity: 'error',
      message: 'element "p" not allowed here',
      location: { path: 'a.xhtml' },
    };
    const withSvg = { 'a.xhtml': strToU8('<p><img alt="" src="lamp.svg"/></p>') };
    const without = { 'a.xhtml': strToU8('<p>None.</p>') };
    expect(heededMessages([svg, ncx, other], withSvg)).toEqual([other]);
    expect(heededMessages([svg, other], without)).toEqual([svg, other]);
  });

  it('has a limit for each measure of the shops, and says what to do about it', () => {
    expect(STORE_LIMITS.map(({ id }) => id)).toEqual([
      ...new Set(STORE_LIMITS.map(({ id }) => id)),
    ]);
    expect(measured('epubBytes', 700 * 1024 * 1024, 'Large.').map(({ id }) => id)).toEqual([
      'store/kindle-size',
      'store/ingram-size',
    ]);
    expect(STORE_LIMITS.every(({ source }) => source.length > 0)).toBe(true);
    expect(measured('coverLongSidePx', 8_000, 'Large.').map(({ id }) => id)).toEqual([
      'store/google-cover-most',
    ]);
    expect(measured('epubBytes', 1024, 'Small.')).toEqual([]);
    expect(measured('coverShortSidePx', 600, 'Small.').map(({ id }) => id)).toEqual([
      'store/kindle-cover-width',
      'store/apple-cover',
      'store/google-cover',
      'store/ingram-cover-width',
    ]);
    expect(
      failures([
        { name: 'gutter', ok: false, value: '0.3 in' },
        { name: 'outline', ok: true, value: 3 },
      ]).map(({ id, severity }) => [id, severity]),
    ).toEqual([['print/gutter', 'error']]);
  });
});

describe('on the command line', () => {
  it('checks, mends what it is asked to as one step, and leaves what is ignored', async () => {
    await writeFile(
      join(folder, 'book.md'),
      '---\ntitle: Trial\nauthor: Ann Lee\n---\n\n# One\n\n"It\'s late.." she said -- and left.\n\nI recieve it  now.\n',
    );
    await cliJson(['project', 'new', project], env);
    await cliJson(['book', 'import', project, join(folder, 'book.md')], env);
    type Report = {
      ok: boolean;
      fixed?: number;
      findings: {
        id: string;
        severity: string;
        where: string;
        message: string;
        excerpt?: string;
      }[];
    };
    const check = (...args: string[]) =>
      cliJson<Report>(['book', 'check', project, '--text', ...args], env);
    const inText = ({ findings }: Report) => [
      ...new Set(findings.filter(({ where }) => where === 'One').map(({ id }) => id)),
    ];
    const first = await check();
    expect(first.ok).toBe(true);
    expect(inText(first)).toEqual([
      'quote/straight-double',
      'quote/straight-apostrophe',
      'punct/two-stops',
      'dash/double-hyphen',
      'word/misspelled',
      'space/double',
    ]);
    const one = await check('--fix', 'space/double');
    expect(one.fixed).toBe(1);
    const { books } = await cliJson<{ books: { id: string }[] }>(['project', 'info', project], env);
    const bookId = books[0]?.id ?? '';
    await writeFile(
      join(folder, 'ignore.json'),
      JSON.stringify([{ type: 'book.ignore', bookId, rules: ['dash/double-hyphen'] }]),
    );
    await cliJson(['edit', project, '--commands', join(folder, 'ignore.json')], env);
    // What changes words is mended only by name.
    expect(inText(await check('--fix', 'all'))).toEqual(['word/misspelled']);
    expect(inText(await check('--fix', 'word/misspelled'))).toEqual([]);
    await cliJson(['undo', project, '2'], env);
    expect(inText(await check())).toEqual([
      'quote/straight-double',
      'quote/straight-apostrophe',
      'punct/two-stops',
      'word/misspelled',
    ]);
    const refused = await runCli(['book', 'check', project, '--fix', 'no/such', '--json'], env);
    expect(refused.exitCode).toBe(1);
    expect(refused.stdout).toContain('preflight/no-such-rule');
  });

  it('writes a conformance report that anyone can do again, and that notices another file', async () => {
    const out = join(folder, 'book.epub');
    const made = await cliJson<{ report: { json: string; html: string } }>(
      [
        'book',
        'export',
        project,
        '--format',
        'epub',
        '--out',
        out,
        '--date',
        '2026-01-01T00:00:00Z',
        '--report',
      ],
      env,
    );
    const report: unknown = JSON.parse(await readFile(made.report.json, 'utf8'));
    expect(report).toMatchObject({
      ok: true,
      book: { title: 'Trial' },
      file: { format: 'epub', name: 'book.epub' },
      again: { verify: 'inkreel book verify book.epub.report.json' },
    });
    const page = await readFile(made.report.html, 'utf8');
    expect(page).toContain('Conformance of “Trial”');
    expect(page).not.toContain('<script');
    const verify = () => runCli(['book', 'verify', made.report.json, '--json'], env);
    expect((await verify()).exitCode).toBe(0);
    await appendFile(out, 'x');
    const changed = await verify();
    expect(changed.exitCode).toBe(1);
    expect(JSON.parse(changed.stdout)).toMatchObject({
      ok: false,
      checks: [{ name: 'same-file', ok: false }, {}],
    });
    await writeFile(join(folder, 'no.report.json'), '{"report":7}');
    const bad = await runCli(['book', 'verify', join(folder, 'no.report.json'), '--json'], env);
    expect(bad.stdout).toContain('preflight/bad-report');
  });
});
