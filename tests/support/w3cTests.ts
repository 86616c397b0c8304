import { join } from 'node:path';
import { readFile, writeFile } from 'node:fs/promises';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { openBook, seenDocuments, seenText, type SeenDocument } from './reader.ts';
import { spokenWords } from './voices.ts';

export type W3cTools = {
  page: Page;
  /** Path of the book under test. */
  book: string;
  /** A folder for books that a test makes itself. */
  folder: string;
};

/** What a test asks, and how the reader is judged by it; or why it cannot be. */
export type W3cTest = { asks: string } & (
  | { judge: (tools: W3cTools) => Promise<void>; fails?: string }
  | { notApplicable: string }
);

const SCRIPTS = 'It needs scripts to run, which never do here.';

const turn = async (page: Page, key = 'ArrowRight') => {
  const before = await positions(page);
  await page.keyboard.press(key);
  // Pages of a spread come one after the other: what is in sight is what stays.
  let last = '';
  await expect
    .poll(
      async () => {
        const now = await positions(page);
        const isSettled = now === last && now !== '';
        last = now;
        return isSettled ? now : before;
      },
      { timeout: 6_000, interval: 80 },
    )
    .not.toBe(before);
};
const positions = async (page: Page) =>
  (await seenDocuments(page)).map((one) => `${one.path} ${one.text}`).join('|');
const sees = (page: Page, words: string) =>
  expect.poll(() => seenText(page), { timeout: 8_000 }).toContain(words);
const first = async (page: Page): Promise<SeenDocument> => {
  let [one] = await seenDocuments(page);
  await expect
    .poll(async () => {
      [one] = await seenDocuments(page);
      return one;
    })
    .toBeDefined();
  return one as SeenDocument;
};
const styleOf = async (page: Page, selector: string, property: string) => {
  const { frame } = await first(page);
  return frame.evaluate(
    ([found = '', name = '']) => {
      const element = document.querySelector(found);
      return element === null ? '' : getComputedStyle(element).getPropertyValue(name);
    },
    [selector, property],
  );
};
const pictureWidth = async (page: Page) =>
  (await first(page)).frame.evaluate(() => document.querySelector('img')?.naturalWidth ?? 0);
const loadedFont = async (page: Page, family: string) =>
  (await first(page)).frame.evaluate(
    (name) =>
      [...document.fonts].some((font) => font.family.includes(name) && font.status === 'loaded'),
    family,
  );
const clickLink = async (page: Page, selector = 'a') => {
  const { frame } = await first(page);
  await frame.locator(selector).first().click();
};
const room = (page: Page) =>
  page.getByTestId('reader-page').evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { left, top, width, height };
  });
/** Number of page-wide columns that a flowing document has. */
const isFlowing = async (page: Page) => (await styleOf(page, 'html', 'column-width')) !== 'auto';
/** A fixed page keeps the proportions that it states. */
const isFixed = (seen: SeenDocument, width: number, height: number) =>
  Math.abs(seen.box.width / seen.box.height - width / height) < 0.02;
const contentsLabels = async (page: Page) => {
  await page.keyboard.press('t');
  const labels = page.getByRole('complementary', { name: 'Contents' }).getByRole('listitem');
  await labels.first().waitFor();
  return (await labels.allTextContents()).map((label) => label.trim());
};
const fontTest =
  (selector: string, family: string) =>
  async ({ page }: W3cTools) => {
    await sees(page, 'unusual font');
    expect(await styleOf(page, selector, 'font-family')).toContain(family);
    await expect.poll(() => loadedFont(page, family)).toBe(true);
  };
const singlePages = async ({ page }: W3cTools) => {
  for (const number of [1, 2, 3, 4]) {
    const seen = await seenDocuments(page);
    expect(seen.map((one) => one.path)).toEqual([`EPUB/page_00${number}.xhtml`]);
    if (number < 4) await turn(page);
  }
};
const sizedAlike =
  (width: number, height: number) =>
  async ({ page }: W3cTools) => {
    const seen = await walk(page, 2);
    for (const one of seen) expect(isFixed(one, width, height), JSON.stringify(one.box)).toBe(true);
  };
/** Documents that come into sight on the way through so many of them. */
const walk = async (page: Page, count: number): Promise<SeenDocument[]> => {
  const met = new Map<string, SeenDocument>();
  for (let step = 0; step < 40 && met.size < count; step++) {
    for (const one of await seenDocuments(page)) if (!met.has(one.path)) met.set(one.path, one);
    if (met.size < count) await turn(page);
  }
  return [...met.values()];
};
const reflowsAfterFixed = async ({ page }: W3cTools) => {
  expect(isFixed(await first(page), 1_000, 600)).toBe(true);
  await turn(page);
  await sees(page, 'This text is long (10 paragraphs)');
  expect(await isFlowing(page)).toBe(true);
};
const leftwards = async ({ page }: W3cTools) => {
  await sees(page, 'This page must appear first.');
  for (const place of ['second', 'third', 'last']) {
    await turn(page, 'ArrowLeft');
    await sees(page, `This page must appear ${place}`);
  }
  for (const place of ['third', 'second', 'first']) {
    await turn(page, 'ArrowRight');
    await sees(page, `This page must appear ${place}`);
  }
};

/** Every test of the collection, judged by what its first page says must be seen. */
export const W3C_TESTS: Readonly<Record<string, W3cTest>> = {
  'cnt-css-fonts_ot': {
    asks: 'Text is set in an embedded OpenType font.',
    judge: fontTest('.font-opentype', 'Franky Toys'),
  },
  'cnt-css-fonts_woff2': {
    asks: 'Text is set in an embedded WOFF2 font.',
    judge: fontTest('.font-woff2', 'Macondo'),
  },
  'cnt-svg-css-inclusion': {
    asks: 'Style fills an SVG in a page with a star pattern.',
    judge: async ({ page }) => {
      expect(await styleOf(page, '.fil0', 'fill')).toMatch(/url\(.*#star"?\)/);
      expect(await styleOf(page, '.fil0', 'stroke')).toBe('rgb(0, 128, 0)');
    },
  },
  'cnt-svg-support': {
    asks: 'An SVG document of the reading order is shown.',
    judge: async ({ page }) => {
      expect(await styleOf(page, '.fil0', 'fill')).toBe('rgb(255, 0, 0)');
      const { frame } = await first(page);
      const box = await frame.locator('svg').boundingBox();
      expect(box?.width).toBeGreaterThan(200);
    },
  },
  'css-epub-line-break': {
    asks: '`-epub-line-break` works in all its values.',
    judge: async ({ page }) => {
      for (const value of ['auto', 'loose', 'normal', 'strict'])
        expect(await styleOf(page, `p.${value}`, 'line-break')).toBe(value);
    },
  },
  'css-epub-text-emphasis': {
    asks: '`-epub-text-emphasis-*` puts marks of all kinds beside text, in vertical writing too.',
    judge: async ({ page }) => {
      expect(await styleOf(page, '.emphasis-filled-dot', 'text-emphasis-style')).toMatch(
        /^(filled )?dot$/,
      );
      const seen = await walk(page, 4);
      const vertical = seen.map(({ frame }) => frame.isDetached());
      expect(vertical).toHaveLength(4);
      // The last one is vertical from right to left.
      expect(await styleOf(page, 'html', 'writing-mode')).toBe('vertical-rl');
      expect(await styleOf(page, 'span', 'text-emphasis-position')).toContain('over');
      await sees(page, 'supplicates Jupiter');
    },
  },
  'css-epub-text-underline-position': {
    asks: '`-epub-text-underline-position` moves the underline, in vertical writing too.',
    judge: async ({ page }) => {
      expect(await styleOf(page, 'html', 'text-underline-position')).toBe('auto');
      await turn(page);
      expect(await styleOf(page, 'html', 'text-underline-position')).toBe('under');
      await turn(page);
      expect(await styleOf(page, 'html', 'text-underline-position')).toBe('under left');
      await sees(page, '或日の暮方の事である。');
      await turn(page);
      await turn(page);
      expect(await styleOf(page, 'html', 'text-underline-position')).toBe('under right');
    },
  },
  'fxl-layout-duplication': {
    asks: 'EPUBCheck reports a layout that is stated twice.',
    notApplicable: 'It judges EPUBCheck, not a reader.',
  },
  'fxl-spine-overrides_behave-as-global': {
    asks: 'A flowing page follows a fixed one.',
    judge: reflowsAfterFixed,
  },
  'lay-fxl-layout-default': {
    asks: 'A book that states no layout flows.',
    judge: async ({ page }) => expect(await isFlowing(page)).toBe(true),
  },
  'lay-fxl-orientation-default': {
    asks: 'A book that states no orientation appears in that of the device.',
    judge: async ({ page }) => {
      await sees(page, 'Page 1.');
      const seen = await walk(page, 4);
      expect(seen).toHaveLength(4);
      for (const one of seen) expect(isFixed(one, 1_200, 600) || one.box.width > 0).toBe(true);
    },
  },
  'lay-fxl-page-spread-left': {
    asks: 'A page with page-spread-left is the left one of a spread.',
    judge: async ({ page }) => {
      await turn(page);
      const seen = await seenDocuments(page);
      const { left, width } = await room(page);
      const second = seen.find((one) => one.path.endsWith('page_002.xhtml'));
      expect(second).toBeDefined();
      expect((second?.box.left ?? 0) + (second?.box.width ?? 0)).toBeLessThanOrEqual(
        left + width / 2 + 1,
      );
    },
  },
  'lay-fxl-spread-both': {
    asks: 'With rendition:spread both, pages stand in spreads in an upright window too.',
    judge: async ({ page, book }) => {
      await page.setViewportSize({ width: 800, height: 1_100 });
      try {
        await openBook(page, book);
        await turn(page);
        const seen = await seenDocuments(page);
        expect(seen.map((one) => one.path)).toEqual(['EPUB/page_002.xhtml', 'EPUB/page_003.xhtml']);
        expect(Math.abs((seen[0]?.box.top ?? 0) - (seen[1]?.box.top ?? 1))).toBeLessThan(2);
      } finally {
        await page.setViewportSize({ width: 1_280, height: 800 });
      }
    },
  },
  'lay-fxl-spread-none': {
    asks: 'With rendition:spread none, pages stand alone.',
    judge: singlePages,
  },
  'lay-fxl-xhtml-icb_device_sizes': {
    asks: 'A page that is as wide and high as the device fills it.',
    judge: async ({ page }) => {
      const { box } = await first(page);
      const whole = await room(page);
      expect(box.width).toBeCloseTo(whole.width, -1);
      expect(box.height).toBeCloseTo(whole.height, -1);
    },
  },
  'lay-fxl-xhtml-icb_multi_declarations': {
    asks: 'Of two viewport declarations the first counts.',
    judge: sizedAlike(1_000, 600),
  },
  'lay-page-layout-both': {
    asks: 'A flowing page follows a fixed one on the next page.',
    judge: async ({ page }) => {
      await sees(page, 'Page 1.');
      expect(isFixed(await first(page), 900, 600)).toBe(true);
      await turn(page);
      await sees(page, 'Page 2.');
      expect(await seenText(page)).not.toContain('Page 1.');
      expect(await isFlowing(page)).toBe(true);
    },
  },
  'lay-pkg-flow-scrolled-continuous': {
    asks: 'A book with rendition:flow scrolled-continuous is one continuous scroll.',
    judge: async ({ page }) => {
      expect(await isFlowing(page)).toBe(false);
      // All of it in one scroll: the first document is shorter than the window, so the next one stands below it.
      await sees(page, 'Continuously-Scrolled Flow');
      await sees(page, 'Loomings');
    },
    fails:
      'Each document scrolls by itself, and the end of one leads to the next; they are not joined into one scroll.',
  },
  'lay-pp-layout-duplication': {
    asks: 'EPUBCheck reports a layout that is stated twice.',
    notApplicable: 'It judges EPUBCheck, not a reader.',
  },
  'lay-pp-page-spread-combined': {
    asks: 'Two pages with page-spread-left and -right make a spread.',
    judge: async ({ page }) => {
      await turn(page);
      const seen = await seenDocuments(page);
      expect(seen.map((one) => one.path)).toEqual(['EPUB/page_002.xhtml', 'EPUB/page_003.xhtml']);
    },
  },
  'lay-pp-spine-overrides_behave-as-global': {
    asks: 'A flowing page follows a fixed one.',
    judge: reflowsAfterFixed,
  },
  'lay-pp-spine-overrides_image-only-reflow': {
    asks: 'A fixed page of a picture stands between flowing ones.',
    judge: async ({ page }) => {
      await sees(page, 'Test passes if this section');
      expect(await isFlowing(page)).toBe(true);
      for (let step = 0; step < 20 && !(await first(page)).path.includes('page_002'); step++)
        await turn(page);
      expect(isFixed(await first(page), 1_000, 600)).toBe(true);
      expect(await pictureWidth(page)).toBeGreaterThan(0);
      await turn(page);
      await sees(page, 'This text is long (10 paragraphs)');
      expect(await isFlowing(page)).toBe(true);
    },
    fails:
      'The page stands as a fixed one, but stays empty: the package lists the picture as page_2.png, the page shows images/page_2.png, and a picture that the package does not list is not shown (pkg-manifest-unlisted-resource).',
  },
  'lay-pp-spread-none': {
    asks: 'With rendition:spread none, pages stand alone.',
    judge: singlePages,
  },
  'lay-pp-xhtml-icb_invalid_meta': {
    asks: 'Width and height count in a viewport declaration that is otherwise wrong.',
    judge: sizedAlike(900, 600),
  },
  'lay-pp-xhtml-icb_repeated-in-meta': {
    asks: 'Of a width or height that is stated twice the first counts.',
    judge: sizedAlike(900, 600),
  },
  'lay-rendition-flow-pre-pag': {
    asks: 'Fixed pages stand by themselves, whatever the flow.',
    judge: async ({ page }) => {
      await sees(page, 'rendition:flow with pre-paginated content');
      for (let step = 0; step < 20 && (await first(page)).path.includes('content_001'); step++)
        await turn(page);
      const seen = await walk(page, 2);
      for (const one of seen) {
        expect(one.text).toBe('This page should appear in its own viewport.');
        expect(isFixed(one, 900, 600)).toBe(true);
      }
    },
  },
  'mol-tts_single': {
    asks: 'Text of a media overlay without sound is read by a voice of the system.',
    judge: async ({ page }) => {
      await turn(page);
      await page.keyboard.press('r');
      await expect
        .poll(async () => (await spokenWords(page)).join(' '))
        .toContain('Call me Ishmael.');
      await expect
        .poll(async () =>
          (await first(page)).frame.evaluate(
            () => document.querySelector('#mobyexcerpt')?.className,
          ),
        )
        .toContain('active-item');
    },
  },
  'nav-non-text_img': {
    asks: 'An entry that is a picture is named by its alternative text.',
    judge: async ({ page }) => {
      expect(await contentsLabels(page)).toEqual([
        'Start page',
        'Description of the Abbey of Sénanque',
      ]);
      await page.getByRole('button', { name: 'Description of the Abbey of Sénanque' }).click();
      await sees(page, 'This is the placeholder');
    },
  },
  'nav-spine_in-spine-hidden-toc-css': {
    asks: 'Entries that style hides in the page are in the list of contents all the same.',
    judge: async ({ page }) => {
      const text = await seenText(page);
      expect(text).toContain('The first link');
      expect(text).not.toContain('The second link');
      expect(await contentsLabels(page)).toEqual(['The first link', 'The second link']);
    },
  },
  'nav-spine_not-in-spine': {
    asks: 'Contents are there though they are no page of the book.',
    judge: async ({ page }) => {
      expect(await contentsLabels(page)).toHaveLength(2);
      await page.getByRole('button', { name: /second link/ }).click();
      await sees(page, 'Hello');
    },
  },
  'ocf-metainf-inc': {
    asks: 'A foreign file in META-INF does no harm.',
    judge: ({ page }) => sees(page, 'can be accessed without any error'),
  },
  'ocf-package_multiple': {
    asks: 'Of several packages the first is shown.',
    judge: ({ page }) => sees(page, 'Test passes if you see this.'),
  },
  'ocf-url_link-relative': {
    asks: 'A link out of the folder finds a picture elsewhere in the book.',
    judge: async ({ page }) => {
      await expect.poll(() => pictureWidth(page)).toBeGreaterThan(0);
    },
  },
  'ocf-url_parse-leaking-relative': {
    asks: 'A script resolves a link that climbs out of the book.',
    notApplicable: SCRIPTS,
  },
  'ocf-zip-comp': {
    asks: 'A container that is packed otherwise than with Deflate is in error.',
    judge: async ({ page, book, folder }) => {
      // The copy that is kept here was packed anew, with Deflate, so it is given another method (bzip2) in its list.
      const bytes = await readFile(book);
      for (
        let at = bytes.indexOf('PK\u0001\u0002');
        at >= 0;
        at = bytes.indexOf('PK\u0001\u0002', at + 4)
      )
        if (bytes.readUInt16LE(at + 10) === 8) bytes.writeUInt16LE(12, at + 10);
      const other = join(folder, 'bzip2.epub');
      await writeFile(other, bytes);
      await openBook(page, other);
      await page.getByText('packed in a way that books must not be').waitFor();
    },
  },
  'pkg-creator-order': {
    asks: 'The first creator is named first.',
    judge: async ({ page }) => {
      const words = await page.locator('header').last().innerText();
      expect(words).toContain('· Dave Cramer');
    },
  },
  'pkg-dir_but_not_content': {
    asks: 'The direction of the package is not that of the pages.',
    judge: async ({ page }) => {
      expect(await styleOf(page, 'html', 'direction')).toBe('ltr');
      const { frame } = await first(page);
      const text = await frame.evaluate(() => {
        const range = document.createRange();
        range.selectNodeContents(document.querySelector('p') ?? document.body);
        const list = document.querySelector('ul');
        return {
          start: range.getClientRects()[0]?.left ?? 0,
          list: list?.getBoundingClientRect().left ?? 0,
        };
      });
      expect(Math.abs(text.start - text.list)).toBeLessThan(30);
    },
  },
  'pkg-dir_rtl-root-unset': {
    asks: 'A title that runs from right to left is shown so.',
    judge: async ({ page }) => {
      const title = page.locator('header').last().locator('bdi');
      expect(await title.getAttribute('dir')).toBe('rtl');
      expect(await title.innerText()).toBe('CSS: הרפתקה חדשה!');
    },
  },
  'pkg-lang_but_not_content': {
    asks: 'The language of the package is not that of the pages.',
    judge: async ({ page }) => {
      const { frame } = await first(page);
      expect(await frame.evaluate(() => document.documentElement.lang)).toBe('');
    },
  },
  'pkg-manifest-unlisted-resource': {
    asks: 'A picture that the package does not list is not shown.',
    judge: async ({ page }) => {
      await sees(page, 'Test fails if a red image is visible.');
      expect(await pictureWidth(page)).toBe(0);
    },
  },
  'pkg-spine-duplicate-item-hyperlink': {
    asks: 'A link to a document that is listed thrice leads to the first.',
    judge: async ({ page }) => {
      await clickLink(page);
      await sees(page, 'This document occurs three times');
      // Two more of it follow, and one page is before it.
      await turn(page, 'ArrowLeft');
      await sees(page, 'navigates to the first of three duplicate documents');
    },
  },
  'pkg-spine-nonlinear-activation': {
    asks: 'A link opens a page that is out of the line of reading.',
    judge: async ({ page }) => {
      await clickLink(page);
      await sees(page, 'Test passes if following the link opens this page.');
    },
  },
  'pkg-spine-progression-default': {
    asks: 'A book in a language that runs from right to left turns so.',
    judge: leftwards,
  },
  'pkg-spine-progression_rtl': {
    asks: 'A book that turns from right to left does.',
    judge: leftwards,
  },
  'pkg-unique-id': {
    asks: 'Two books of one identifier are two books.',
    judge: async ({ page, book, folder }) => {
      await sees(page, 'Unique identifier not unique');
      const files = unzipSync(await readFile(book));
      for (const name of ['EPUB/package.opf', 'EPUB/content_001.xhtml']) {
        const text = strFromU8(files[name] ?? new Uint8Array());
        files[name] = strToU8(
          text
            .replace('<dc:title>pkg-unique-id<', '<dc:title>Unique identifier reused<')
            .replace('Test passes', 'The other book'),
        );
      }
      const other = join(folder, 'reused.epub');
      await writeFile(other, zipSync(files));
      await openBook(page, other);
      await sees(page, 'The other book');
      await openBook(page, book);
      await sees(page, 'Test passes');
      await page.keyboard.press('Escape');
      const list = page.getByRole('region', { name: 'Read on' });
      await list.getByText('Unique identifier reused').waitFor();
      await list.getByText('pkg-unique-id').waitFor();
    },
  },
  'pss-support': {
    asks: 'A footnote appears over the page.',
    judge: async ({ page }) => {
      await clickLink(page);
      await page
        .getByRole('complementary', { name: 'Footnote' })
        .getByText('This text is meant to appear as a footnote.')
        .waitFor();
    },
  },
  'pub-cmt-gif': {
    asks: 'A GIF is shown.',
    judge: async ({ page }) => {
      await expect.poll(() => pictureWidth(page)).toBeGreaterThan(0);
    },
  },
  'pub-cmt-mp3': {
    asks: 'An MP3 can be heard.',
    judge: async ({ page }) => {
      const { frame } = await first(page);
      await expect
        .poll(() => frame.evaluate(() => document.querySelector('audio')?.duration ?? 0))
        .toBeGreaterThan(0);
      expect(await frame.locator('audio').boundingBox()).not.toBeNull();
    },
  },
  'pub-cmt-png': {
    asks: 'A PNG is shown.',
    judge: async ({ page }) => {
      await expect.poll(() => pictureWidth(page)).toBeGreaterThan(0);
    },
  },
  'pub-data-urls_browsing-context': {
    asks: 'A picture in a data address is shown in the page.',
    judge: async ({ page }) => {
      await expect.poll(() => pictureWidth(page)).toBeGreaterThan(0);
      expect(page.context().pages()).toHaveLength(1);
    },
  },
  'pub-external-links_consent': {
    asks: 'Before a link opens an e-mail program the reader is asked.',
    judge: async ({ page }) => {
      await clickLink(page);
      const dialog = page.getByRole('dialog', { name: 'Write an e-mail?' });
      await dialog.getByText('mailto:public-epub-wg@w3.org').waitFor();
      await dialog.getByRole('button', { name: 'Stay in the book' }).click();
      expect(page.context().pages()).toHaveLength(1);
    },
  },
  'pub-foreign_xml-spine': {
    asks: 'In place of a kind of page that is not known its fallback is shown.',
    judge: ({ page }) => sees(page, 'Test passes if you see this text.'),
  },
  'pub-xml-names': {
    asks: 'A damaged name in the markup is reported.',
    judge: async ({ page }) => {
      await page.getByText('This part of the book is damaged').waitFor();
    },
  },
  'scr-not-support_ccscript-modify-host': {
    asks: 'A script in a frame cannot change the page around it.',
    notApplicable: `${SCRIPTS} (The page says that the test is not relevant then; its text stays unchanged.)`,
  },
  'scr-readingsystem-support': {
    asks: 'Scripts are told which reader this is.',
    notApplicable: SCRIPTS,
  },
  'scr-readingsystem-support_svg': {
    asks: 'Scripts in an SVG are told which reader this is.',
    notApplicable: SCRIPTS,
  },
  'scr-support-fallback': {
    asks: 'In place of a page that works by scripts its fallback is shown.',
    judge: ({ page }) => sees(page, 'it followed through the scripted content fallback'),
  },
  'scr-support_origin_unique': {
    asks: 'A script finds an origin of its own for each book.',
    notApplicable: SCRIPTS,
  },
  'scr-support_svg': { asks: 'A script in an SVG runs.', notApplicable: SCRIPTS },
  'xx-epub-template': {
    asks: 'Nothing yet.',
    notApplicable: 'It is the empty form that tests are made from.',
  },
};
