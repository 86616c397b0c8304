import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pictureFile, type PictureFile } from '#core/book/pictureFile.ts';
import { exportBook, type ExportBookInput } from '#engine/book/exportBook.ts';
import { run } from '#engine/process/run.ts';
import { findFfmpeg } from '#engine/tools/ffmpeg.ts';
import type { Browser } from 'playwright';
import { openAce } from '../support/ace.ts';
import { epubcheck } from '../support/epubcheck.ts';
import { testFolder } from '../support/folder.ts';
import { accessibilityViolations, launchChromium } from '../support/studio.ts';
import { generatedBook } from './generatedBooks.ts';
import { lampPicture, manuscriptOf, richManuscript } from './richManuscript.ts';

const folder = testFolder('formats');
const DATE = '2025-10-14T12:00:00Z';

async function write(
  name: string,
  more: Partial<ExportBookInput> & { format: ExportBookInput['format'] },
) {
  const out = join(folder, name);
  const book = await exportBook({
    manuscript: richManuscript(),
    out,
    date: DATE,
    pictures: lampPicture(),
    ...more,
  });
  return { out, ...book };
}

const partsOf = async (path: string) => {
  const files = unzipSync(await readFile(path));
  return (name: string) => strFromU8(files[name] ?? new Uint8Array());
};

describe('page numbers of the printed edition', () => {
  it('stand in an EPUB where the pages of the print PDF begin', async () => {
    const manuscript = generatedBook('novel', 10_000);
    const epub = await write('pages.epub', {
      format: 'epub',
      manuscript,
      pagesOf: '978-3-16-148410-0',
    });
    const print = await write('pages.pdf', { format: 'print', manuscript });
    expect(epub.checks.filter((check) => !check.ok)).toEqual([]);
    const part = await partsOf(epub.out);
    const list =
      /<nav epub:type="page-list"[\s\S]*?<\/nav>/.exec(part('EPUB/nav.xhtml'))?.[0] ?? '';
    const labels = [...list.matchAll(/">(\d+)<\/a>/g)].map(([, label]) => Number(label));
    expect(labels).toEqual([...labels].sort((a, b) => a - b));
    expect(new Set(labels).size).toBe(labels.length);
    // Title, copyright and contents pages have no number; the last page may be blank.
    expect(labels.length).toBeGreaterThan((print.pages ?? 0) - 10);
    expect(labels.length).toBeLessThan(print.pages ?? 0);
    expect(await epubcheck(epub.out)).toEqual([]);
    const ace = await openAce();
    try {
      expect(await ace.check(epub.out)).toEqual([]);
    } finally {
      await ace.close();
    }
  });
});

describe('large pictures', () => {
  it('are made smaller where that is wanted, and named where it is not', async () => {
    const { ffmpeg } = await findFfmpeg();
    const large = join(folder, 'large.jpg');
    const source = 'testsrc=size=3200x2400:duration=1:rate=1';
    await run(ffmpeg, ['-v', 'error', '-f', 'lavfi', '-i', source, '-frames:v', '1', large]);
    const file = pictureFile(await readFile(large));
    if (file === null) throw new Error('ffmpeg made no picture');
    const pictures: ReadonlyMap<string, PictureFile> = new Map([['large.jpg', file]]);
    const manuscript = manuscriptOf('![A test card](large.jpg)');
    const fitted = await write('fitted.epub', { format: 'epub', manuscript, pictures, ffmpeg });
    expect(fitted.checks.filter((check) => !check.ok)).toEqual([]);
    const inside = unzipSync(await readFile(fitted.out))['EPUB/pictures/picture-1.jpg'];
    const smaller = pictureFile(inside ?? new Uint8Array());
    expect(smaller?.widthPx).toBe(2_581);
    expect(smaller?.heightPx).toBe(1_936);
    const kept = await write('kept.epub', { format: 'epub', manuscript, pictures });
    expect(kept.checks.filter((check) => !check.ok)).toEqual([
      { name: 'picture-budget', ok: false, value: 'large.jpg' },
    ]);
  });
});

describe('a Word manuscript', () => {
  it('is in the standard manuscript format', async () => {
    const { out, checks } = await write('book.docx', { format: 'docx' });
    expect(checks.filter((check) => !check.ok)).toEqual([]);
    const part = await partsOf(out);
    expect(part('word/styles.xml')).toContain('<w:sz w:val="24"/>');
    expect(part('word/styles.xml')).toMatch(/styleId="BodyText".*?w:line="480"/);
    expect(part('word/header1.xml')).toContain(
      'O’Neil / A “RICH” BOOK &amp; &lt;OTHER&gt; #THINGS / ',
    );
    const text = part('word/document.xml');
    expect(text).toContain('<w:t xml:space="preserve">about 200 words</w:t>');
    expect(text).toMatch(/SceneBreak"\/><\/w:pPr><w:r><w:t xml:space="preserve">#</);
    expect(text.match(/<w:footnoteReference /g)).toHaveLength(5);
    expect(part('word/footnotes.xml').match(/<w:footnoteRef\/>/g)).toHaveLength(5);
    expect(text).toContain('<w:vMerge w:val="restart"/>');
    expect(text).toContain('descr="A lamp &amp; its “light”"');
  });

  it('underlines emphasis and takes a typewriter’s font where an editor asks for it', async () => {
    const docxStyle = { font: 'courier', emphasis: 'underline' } as const;
    const part = await partsOf((await write('old.docx', { format: 'docx', docxStyle })).out);
    expect(part('word/styles.xml')).toContain('w:ascii="Courier New"');
    expect(part('word/document.xml')).not.toContain('<w:i/>');
    expect(part('word/document.xml')).toMatch(/<w:u w:val="single"\/><\/w:rPr><w:t[^>]*>emphasis</);
  });
});

describe('a web page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it.each(['light', 'dark'] as const)(
    'is one file that anybody can read, without a script: %s',
    async (colorScheme) => {
      const { out, checks } = await write(`book-${colorScheme}.html`, { format: 'html' });
      expect(checks.filter((check) => !check.ok)).toEqual([]);
      const context = await browser.newContext({ colorScheme });
      const page = await context.newPage();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(`file://${out}`);
      expect(asked.filter((url) => !url.startsWith('data:'))).toEqual([`file://${out}`]);
      expect(await accessibilityViolations(page)).toEqual([]);
      await page.getByRole('link', { name: 'Second', exact: true }).click();
      expect(await page.evaluate(() => location.hash)).toMatch(/^#c4-/);
      await context.close();
    },
  );
});
