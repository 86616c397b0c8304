import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cliEnvironment } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { type HandmadeBook, handmadeEpub } from '../support/handmadeEpub.ts';
import { bookFrames, bookShown, openBook, seenText } from '../support/reader.ts';
import { openStudio, type Studio } from '../support/studio.ts';

const folder = testFolder('hostile');
let studio: Studio;
/** Stands for the world outside: whatever reaches it has left the computer. */
let outside: Server;
let elsewhere = '';
const reached: string[] = [];
const asked: string[] = [];
let count = 0;

beforeAll(async () => {
  outside = createServer((request, response) => {
    reached.push(request.url ?? '');
    response.setHeader('Access-Control-Allow-Origin', '*').end('x');
  });
  outside.on('connection', () => reached.push('a connection'));
  outside.listen(0, '127.0.0.1');
  await once(outside, 'listening');
  elsewhere = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
  studio = await openStudio(cliEnvironment(folder), { width: 1_280, height: 800 });
  studio.page.context().on('request', (request) => asked.push(request.url()));
  // What a policy stops is told as asked for though it never left; what the network stops has another name.
  studio.page.context().on('requestfailed', (request) => {
    const at = asked.indexOf(request.url());
    if (
      at >= 0 &&
      !/^net::ERR_(CONN|NAME|ADDRESS|INTERNET|TIMED)/.test(request.failure()?.errorText ?? '')
    )
      asked.splice(at, 1);
  });
  // Everything that a script of a book could do first.
  await studio.page.exposeBinding('tellOfScript', (_source, what: string) => {
    reached.push(`script ${what}`);
  });
});
afterAll(async () => {
  await studio.close();
  outside.close();
});

async function opened(book: HandmadeBook | Uint8Array, name = 'book.epub'): Promise<void> {
  count += 1;
  reached.length = 0;
  asked.length = 0;
  const path = join(folder, `${count}-${name}`);
  const bytes =
    book instanceof Uint8Array ? book : handmadeEpub({ identifier: `urn:test:${count}`, ...book });
  await writeFile(path, bytes);
  await openBook(studio.page, path);
}

/** Nothing ran, nothing left, nothing was asked for but the studio’s own files and those of this book. */
async function staysInside(): Promise<void> {
  const { page } = studio;
  const origin = new URL(page.url()).origin;
  // A round trip through the page and the frames: what was to happen has happened.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 300))),
  );
  expect(reached).toEqual([]);
  const foreign = asked.filter(
    (url) => !url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url),
  );
  expect(foreign).toEqual([]);
  expect(page.context().pages()).toHaveLength(1);
  expect(new URL(page.url()).pathname).toBe('/');
  expect(await page.evaluate(() => document.title)).not.toContain('owned');
}

const RUN = "parent.document.title='owned';if(parent.tellOfScript)parent.tellOfScript('ran')";

it('notices what leaves the computer', async () => {
  const page = await studio.page.context().newPage();
  await page.goto(`${elsewhere}/control`);
  await page.close();
  expect(reached).toContain('/control');
  expect(asked).toContain(`${elsewhere}/control`);
});

describe('scripts of a book', () => {
  it.each([
    ['in the page', `<p>words</p><script>${RUN}</script>`],
    ['as a file of the book', '<p>words</p><script src="run.js"></script>'],
    ['as a file of the studio', '<p>words</p><script src="/assets/index.js"></script>'],
    ['from elsewhere', '<p>words</p><script src="ELSEWHERE/run.js"></script>'],
    ['as a module', `<p>words</p><script type="module">${RUN}</script>`],
    [
      'in an SVG',
      `<p>words</p><svg xmlns="http://www.w3.org/2000/svg"><script>${RUN}</script></svg>`,
    ],
    [
      'of events',
      `<p onpointermove="${RUN}">words</p><img src="missing.png" onerror="${RUN}"/><svg xmlns="http://www.w3.org/2000/svg" onload="${RUN}"/><details open="open" ontoggle="${RUN}"><summary>s</summary></details><style onload="${RUN}">p{}</style>`,
    ],
    [
      'of the body',
      `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body onload="${RUN}" onpageshow="${RUN}"><p>words</p></body></html>`,
    ],
    [
      'in a frame',
      `<p>words</p><iframe src="javascript:${RUN}"></iframe><iframe srcdoc="&lt;script&gt;${RUN}&lt;/script&gt;"></iframe><iframe src="data:text/html,&lt;script&gt;${RUN}&lt;/script&gt;"></iframe>`,
    ],
    [
      'in an object',
      `<p>words</p><object data="data:text/html,&lt;script&gt;${RUN}&lt;/script&gt;"></object><embed src="javascript:${RUN}"/>`,
    ],
    [
      'in animation',
      `<p>words</p><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><a><set attributeName="href" to="javascript:${RUN}"/><animate attributeName="onload" values="${RUN}" begin="0s"/><text y="20">words</text></a></svg>`,
    ],
  ])('do not run %s', async (_where, body) => {
    await opened({
      pages: { one: body.replaceAll('ELSEWHERE', elsewhere) },
      files: { 'EPUB/run.js': { type: 'text/javascript', content: RUN } },
    });
    await expect.poll(() => seenText(studio.page)).toContain('words');
    await studio.page.mouse.move(300, 100);
    await studio.page.mouse.move(320, 110);
    await staysInside();
  });

  it('do not run from links that are followed', async () => {
    await opened({
      pages: {
        one: `<p><a href="javascript:${RUN}">script</a> <a href="data:text/html,&lt;script&gt;${RUN}&lt;/script&gt;">data</a> <a href="JaVaScRiPt:${RUN}">mixed</a> <a href="vbscript:x">other</a> <a href="file:///etc/passwd">file</a> <a target="_top" href="javascript:${RUN}">top</a></p>`,
      },
    });
    const [frame] = bookFrames(studio.page);
    for (const name of ['script', 'data', 'mixed', 'other', 'file', 'top'])
      await frame?.getByRole('link', { name }).click();
    await frame?.getByRole('link', { name: 'script' }).click({ button: 'middle' });
    await frame?.getByRole('link', { name: 'script' }).click({ modifiers: ['Control'] });
    await staysInside();
    expect(await studio.page.getByRole('dialog').count()).toBe(0);
  });

  it('do not run in an SVG that is a page by itself', async () => {
    await opened({
      pages: {},
      files: {
        'EPUB/one.svg': {
          type: 'image/svg+xml',
          content: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" onload="${RUN}"><script>${RUN}</script><text y="20">words</text></svg>`,
        },
      },
      package: `<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:test:svg</dc:identifier><dc:title>t</dc:title><dc:language>en</dc:language></metadata><manifest><item id="one" href="one.svg" media-type="image/svg+xml"/></manifest><spine><itemref idref="one"/></spine></package>`,
    });
    await expect.poll(() => seenText(studio.page)).toContain('words');
    await staysInside();
  });

  it('do not run in the notes and titles that the studio shows itself', async () => {
    await opened({
      title: `&lt;img src=x onerror=${RUN}&gt;`,
      pages: {
        one: `<p>words <a epub:type="noteref" href="#n">1</a></p><aside epub:type="footnote" id="n"><p>note<img src="missing.png" onerror="${RUN}"/><script>${RUN}</script></p></aside>`,
      },
    });
    const [frame] = bookFrames(studio.page);
    await frame?.getByRole('link', { name: '1' }).click();
    const note = studio.page.getByRole('complementary', { name: 'Footnote' });
    await note.getByText('note', { exact: true }).waitFor();
    expect(await note.locator('img, script').count()).toBe(0);
    await staysInside();
  });
});

describe('a book that wants to tell of itself', () => {
  it('reaches nothing, whatever it asks for', async () => {
    await opened({
      head: `<link rel="stylesheet" href="${elsewhere}/style.css"/><link rel="preload" as="image" href="${elsewhere}/preload.png"/><link rel="prefetch" href="${elsewhere}/prefetch"/><link rel="dns-prefetch" href="${elsewhere}"/><link rel="preconnect" href="${elsewhere}"/><link rel="modulepreload" href="${elsewhere}/module.js"/><link rel="icon" href="${elsewhere}/icon.png"/><meta http-equiv="refresh" content="0; url=${elsewhere}/refresh"/><base href="${elsewhere}/"/><style>@import url("${elsewhere}/import.css"); @font-face { font-family: f; src: url("${elsewhere}/font.woff2"); } body { background: url("${elsewhere}/ground.png"); font-family: f; cursor: url("${elsewhere}/cursor.cur"), auto; } p::before { content: url("${elsewhere}/content.png"); }</style>`,
      pages: {
        one: `<p>words</p><img src="${elsewhere}/picture.png" srcset="${elsewhere}/set.png 2x"/><picture><source srcset="${elsewhere}/source.png"/><img src="${elsewhere}/fallback.png"/></picture><video autoplay="autoplay" src="${elsewhere}/film.mp4" poster="${elsewhere}/poster.png"></video><audio autoplay="autoplay" src="${elsewhere}/sound.mp3"></audio><iframe src="${elsewhere}/frame"></iframe><object data="${elsewhere}/object.svg"></object><embed src="${elsewhere}/embed"/><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="${elsewhere}/image.png"/><use href="${elsewhere}/use.svg#a"/><rect fill="url(${elsewhere}/fill.svg#p)" width="9" height="9"/></svg><form action="${elsewhere}/form" method="post" target="_blank"><input name="a" autofocus="autofocus"/><button>Send</button></form><a href="${elsewhere}/ping" ping="${elsewhere}/ping">link</a><math xmlns="http://www.w3.org/1998/Math/MathML"><mtext href="${elsewhere}/math">m</mtext></math>`,
      },
    });
    await expect.poll(() => seenText(studio.page)).toContain('words');
    const [frame] = bookFrames(studio.page);
    await frame?.getByRole('button', { name: 'Send' }).click();
    await staysInside();
    // A link is followed when the reader says so, and not before.
    await frame?.getByRole('link', { name: 'link' }).click();
    await studio.page.getByRole('dialog', { name: 'Leave the book?' }).waitFor();
    await studio.page.getByRole('button', { name: 'Stay in the book' }).click();
    await staysInside();
  });

  it('reads nothing of the studio or of another book', async () => {
    await opened({ title: 'Other', pages: { one: '<p>secret</p>' } });
    const other = new URL(bookFrames(studio.page)[0]?.url() ?? '').pathname;
    await opened({
      pages: {
        one: `<p>words</p><iframe id="a" src="${other}"></iframe><iframe id="b" src="/"></iframe><img src="/assets/x.png"/><img src="../../../../../../../../../../../../../../../../../../../../../../../../../../../../../../media/a/b"/><object data="/index.html"></object>`,
      },
    });
    await expect.poll(() => seenText(studio.page)).toContain('words');
    await staysInside();
    const inner = await Promise.all(
      studio.page
        .frames()
        .filter(
          (frame) =>
            frame.parentFrame() !== null && frame.parentFrame() !== studio.page.mainFrame(),
        )
        .map((frame) =>
          frame
            .locator('body')
            .innerText({ timeout: 1_000 })
            .catch(() => ''),
        ),
    );
    expect(inner.join(' ')).not.toContain('secret');
    expect(inner.join(' ')).not.toContain('What are you making');
  });

  it('shows only files that its package lists', async () => {
    const picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
    await opened({
      pages: { one: '<p>words</p><img src="hidden.svg"/><img src="../META-INF/container.xml"/>' },
      unlisted: { 'EPUB/hidden.svg': picture },
    });
    await expect.poll(() => seenText(studio.page)).toContain('words');
    const [frame] = bookFrames(studio.page);
    const widths = await frame?.evaluate(() => [...document.images].map((one) => one.naturalWidth));
    expect(widths).toEqual([0, 0]);
  });
});

describe('a book that is a trap', () => {
  it.each([
    ['climb out of it', '../../../../../../etc/passwd'],
    ['are absolute', '/etc/passwd'],
    ['are of Windows', '..\\..\\windows\\win.ini'],
    ['are encoded', '%2e%2e/%2e%2e/%2e%2e/etc/passwd'],
  ])('gives nothing for names that %s', async (_how, name) => {
    await opened({
      pages: { one: `<p>words</p><iframe src="${name}"></iframe><object data="${name}"></object>` },
      unlisted: { [name]: 'stolen' },
    });
    await expect.poll(() => seenText(studio.page)).toContain('words');
    const inner = await Promise.all(
      studio.page.frames().map((frame) =>
        frame
          .locator('body')
          .innerText({ timeout: 1_000 })
          .catch(() => ''),
      ),
    );
    expect(inner.join(' ')).not.toContain('root:');
    expect(inner.join(' ')).not.toContain('stolen');
    await staysInside();
  });

  it('reads no file that an entity of its package names', async () => {
    const secret = join(folder, 'secret.txt');
    await writeFile(secret, 'the secret of this computer');
    const evil = `<!DOCTYPE package [<!ENTITY secret SYSTEM "file://${secret}">]>`;
    await opened({
      pages: { one: '<p>words</p>' },
      package: `<?xml version="1.0"?>${evil}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">x</dc:identifier><dc:title>&secret;</dc:title></metadata><manifest><item id="one" href="one.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="one"/></spine></package>`,
    });
    await studio.page.getByText('This book could not be opened').waitFor();
    expect(await studio.page.content()).not.toContain('the secret of this computer');
  });

  it('expands no entities without end, in its package, its contents or its pages', async () => {
    const laughs = `<!DOCTYPE html [<!ENTITY a0 "ha">${Array.from({ length: 30 }, (_, index) => `<!ENTITY a${index + 1} "&a${index};&a${index};">`).join('')}]>`;
    await opened({
      pages: { one: '<p>words</p>' },
      package: `${laughs.replace('html', 'package')}<package xmlns="http://www.idpf.org/2007/opf"><metadata>&a30;</metadata></package>`,
    });
    await studio.page.getByText('This book could not be opened').waitFor();

    await opened({
      pages: {
        one: `${laughs}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body><p>before</p><p>&a30;</p></body></html>`,
        two: '<p>the next page</p>',
      },
      unlisted: {},
    });
    await bookShown(studio.page);
    await studio.page.keyboard.press('End');
    await expect.poll(() => seenText(studio.page)).toContain('the next page');

    await opened({
      pages: { one: '<p>words</p>' },
      files: {
        'EPUB/toc.ncx': { type: 'application/x-dtbncx+xml', content: `${laughs}<ncx>&a30;</ncx>` },
      },
      package: `<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">y</dc:identifier><dc:title>t</dc:title></metadata><manifest><item id="one" href="one.xhtml" media-type="application/xhtml+xml"/><item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest><spine toc="ncx"><itemref idref="one"/></spine></package>`,
    });
    await expect.poll(() => seenText(studio.page)).toContain('words');
    await studio.page.getByText('The table of contents of this book is damaged').waitFor();
  });

  it('unpacks no more than its list of files says', async () => {
    const bomb = new Uint8Array(80 * 1024 * 1024);
    const bytes = Buffer.from(
      handmadeEpub({
        identifier: 'urn:test:bomb',
        pages: { one: '<p>words</p><img src="bomb.png"/>' },
        files: { 'EPUB/bomb.png': { type: 'image/png', content: bomb } },
      }),
    );
    expect(bytes.length).toBeLessThan(2_000_000);
    // The list says that it is small, which is how such files get past those who believe it.
    for (
      let at = bytes.indexOf('PK\u0001\u0002');
      at >= 0;
      at = bytes.indexOf('PK\u0001\u0002', at + 4)
    )
      if (bytes.readUInt32LE(at + 24) === bomb.length) bytes.writeUInt32LE(1_000, at + 24);
    await opened(bytes);
    await expect.poll(() => seenText(studio.page)).toContain('words');
    const [frame] = bookFrames(studio.page);
    expect(await frame?.evaluate(() => document.images[0]?.naturalWidth)).toBe(0);
    const status = await studio.page.evaluate(
      async (url) => (await fetch(url)).status,
      new URL('bomb.png', frame?.url()).href,
    );
    expect(status).toBe(422);
  });

  it.each([
    ['empty', (bytes: Buffer) => bytes.subarray(0, 0)],
    ['no book', () => Buffer.from('These are only words.')],
    ['only its beginning', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
    ['only its end', (bytes: Buffer) => bytes.subarray(bytes.length - 200)],
    [
      'overwritten',
      (bytes: Buffer) =>
        Buffer.concat([Buffer.alloc(bytes.length >> 1, 7), bytes.subarray(bytes.length >> 1)]),
    ],
  ])('says what is wrong with a file that is %s', async (_what, spoil) => {
    await opened(spoil(Buffer.from(handmadeEpub({ pages: { one: '<p>words</p>' } }))));
    await studio.page.getByText('This book could not be opened').waitFor();
    await studio.page
      .getByText(/not a book|damaged/)
      .first()
      .waitFor();
    await studio.page.getByRole('button', { name: 'Back', exact: true }).click();
    await studio.page.getByText('What are you making?').waitFor();
  });

  it('is told from one that a shop has locked', async () => {
    await opened({
      pages: { one: '<p>words</p>' },
      unlisted: {
        'META-INF/encryption.xml':
          '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/><enc:CipherData><enc:CipherReference URI="EPUB/one.xhtml"/></enc:CipherData></enc:EncryptedData></encryption>',
      },
    });
    await studio.page.getByText('locked by the shop that sold it').waitFor();
  });
});

it('serves pages of books under a policy that no page can loosen', async () => {
  await opened({ pages: { one: '<p>words</p>' } });
  const url = bookFrames(studio.page)[0]?.url() ?? '';
  const policy = await studio.page.evaluate(
    async (address) => (await fetch(address)).headers.get('content-security-policy') ?? '',
    url,
  );
  expect(policy).toContain('sandbox allow-same-origin;'.replace(';', ''));
  expect(policy).not.toContain('allow-scripts');
  for (const rule of [
    "default-src 'none'",
    "script-src 'none'",
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ])
    expect(policy).toContain(rule);
  const sandbox = await bookFrames(studio.page)[0]?.evaluate(() =>
    window.frameElement?.getAttribute('sandbox'),
  );
  expect(sandbox).toBe('allow-same-origin');
  // Nothing of a book stays in sight once it is closed.
  await studio.page.keyboard.press('Escape');
  await expect
    .poll(() =>
      studio.page.evaluate(
        async (address) => (await fetch(address, { cache: 'no-store' })).status,
        url,
      ),
    )
    .toBe(404);
  expect(
    await readFile(join(folder, 'data', 'reading.sqlite')).then((bytes) => bytes.length),
  ).toBeGreaterThan(0);
});
