import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { walkBlocks } from '#core/book/manuscript.ts';
import { chapterText } from '#core/book/words.ts';
import { Refusal, settleAsync } from '#core/fault.ts';
import { systemFault } from '#engine/files/systemFault.ts';
import { Archive } from '#engine/book/import/archive.ts';
import { type ReadSource, readSource } from '#engine/book/import/readSource.ts';
import { idCounter } from './richManuscript.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkreel-hostile-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

/** The most that any of these may take, however busy the computer is. */
const SECONDS = 20_000;

async function read(name: string, bytes: Uint8Array | string): Promise<ReadSource> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return readSource(path, idCounter());
}

async function refusal(name: string, bytes: Uint8Array | string): Promise<string> {
  const result = await settleAsync(() => read(name, bytes));
  if (result.ok) return 'accepted';
  expect(result.error.message).toMatch(/[.”]$/);
  expect(result.error.message.length).toBeLessThan(400);
  return result.error.code;
}

function textOf(book: ReadSource): string {
  return book.chapters.map((chapter) => `${chapter.title}\n${chapterText(chapter)}`).join('\n');
}

const CONTAINER =
  '<container><rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>';

function opf(pages: readonly string[]): string {
  const items = pages.map(
    (page, at) => `<item id="p${at}" href="${page}" media-type="application/xhtml+xml"/>`,
  );
  const refs = pages.map((_, at) => `<itemref idref="p${at}"/>`);
  return `<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title><dc:language>en</dc:language></metadata><manifest>${items.join('')}</manifest><spine>${refs.join('')}</spine></package>`;
}

function page(body: string): string {
  return `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body>${body}</body></html>`;
}

function epubFiles(
  more: Record<string, string | Uint8Array>,
  pages = ['a.xhtml'],
): Record<string, Uint8Array> {
  const files = {
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': CONTAINER,
    'book.opf': opf(pages),
    'a.xhtml': page('<h1>One</h1><p>Honest words.</p>'),
    ...more,
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => [
      name,
      typeof content === 'string' ? strToU8(content) : content,
    ]),
  );
}

const epub = (more: Record<string, string | Uint8Array> = {}, pages = ['a.xhtml']) =>
  zipSync(epubFiles(more, pages));

type RawEntry = {
  name: string;
  data: Uint8Array;
  size?: number;
  flags?: number;
  method?: number;
  at?: number;
  mode?: number;
  crc?: number;
};

/** A ZIP file byte by byte, so that it can lie. */
function rawZip(entries: readonly RawEntry[], { count }: { count?: number } = {}): Uint8Array {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const {
    name,
    data,
    size = data.length,
    flags = 0,
    method = 8,
    at,
    mode = 0,
    crc = crc32(data),
  } of entries) {
    const packed = method === 8 ? deflateRawSync(data) : Buffer.from(data);
    const nameBytes = Buffer.from(name, 'utf8');
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(crc, 14);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(size, 22);
    local.writeUInt16LE(nameBytes.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(flags, 8);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(crc, 16);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(size, 24);
    central.writeUInt16LE(nameBytes.length, 28);
    central.writeUInt32LE((mode << 16) >>> 0, 38);
    central.writeUInt32LE(at ?? offset, 42);
    locals.push(local, nameBytes, packed);
    centrals.push(central, nameBytes);
    offset += 30 + nameBytes.length + packed.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count ?? entries.length, 8);
  end.writeUInt16LE(count ?? entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

const rawEpub = (...more: RawEntry[]) =>
  rawZip([...Object.entries(epubFiles({})).map(([name, data]) => ({ name, data })), ...more]);

describe('import of files that mean harm', () => {
  it('refuses archives that would fill the computer', { timeout: SECONDS }, async () => {
    const zeros = new Uint8Array(160 * 1024 * 1024);
    expect(await refusal('bomb.epub', rawEpub({ name: 'x.bin', data: zeros }))).toBe(
      'book/archive-bomb',
    );
    // A page that unpacks to more than it says.
    const lying = rawZip(
      Object.entries(epubFiles({ 'a.xhtml': page('x'.repeat(5_000_000)) })).map(([name, data]) =>
        name === 'a.xhtml' ? { name, data, size: 100 } : { name, data },
      ),
    );
    expect(await refusal('lying.epub', lying)).toBe('book/archive-bomb');
    const large = { name: 'x.bin', data: strToU8('x'), size: 0xfffffff0 };
    expect(await refusal('huge.epub', rawEpub(large))).toBe('book/archive-bomb');
    const overlapping = rawEpub({ name: 'x.bin', data: strToU8('x'), at: 0 });
    expect(await refusal('overlapping.epub', overlapping)).toBe('book/archive-bomb');
    const names = Array.from({ length: 20_010 }, (_, at) => ({
      name: `${at}`,
      data: new Uint8Array(0),
      method: 0,
    }));
    expect(await refusal('many.epub', rawEpub(...names))).toBe('book/archive-too-large');
    const text = page(`<p>${'word '.repeat(14_000_000)}</p>`);
    expect(await refusal('long.epub', rawEpub({ name: 'b', data: strToU8('') }))).toBe('accepted');
    expect(await refusal('text.epub', epub({ 'a.xhtml': text }))).toBe('book/archive-too-large');
  });

  it.each([
    '../out.txt',
    '/etc/passwd',
    'a/../../b',
    'C:/x',
    '..\\out.txt',
    'a\\b',
    'a\u0000b',
    'a\nb',
  ])('refuses an archive with a file called %j', async (name) => {
    expect(await refusal('name.epub', rawEpub({ name, data: strToU8('x') }))).toBe(
      'book/archive-unsafe-name',
    );
  });

  it('refuses archives that lie, are locked or broken', async () => {
    const good = Buffer.from(epub());
    const code = (bytes: Uint8Array) => refusal('broken.epub', bytes);
    expect(await code(good)).toBe('accepted');
    for (const share of [0.1, 0.5, 0.9, 0.99]) {
      expect(await code(good.subarray(0, Math.floor(good.length * share)))).toBe(
        'book/archive-damaged',
      );
    }
    expect(await code(Buffer.alloc(0))).toBe('book/archive-damaged');
    expect(await code(Buffer.from('<html>not a zip</html>'))).toBe('book/archive-damaged');
    expect(await code(rawEpub({ name: 'x', data: strToU8('x'), flags: 1 }))).toBe(
      'book/archive-encrypted',
    );
    expect(await code(rawEpub({ name: 'x', data: strToU8('x'), method: 12 }))).toBe(
      'book/archive-method',
    );
    expect(await code(rawEpub({ name: 'x', data: strToU8('x'), at: 5 }))).toMatch(
      /^book\/archive-/,
    );
    expect(
      await code(rawEpub({ name: 'link', data: strToU8('/etc/passwd'), mode: 0o120777 })),
    ).toBe('book/archive-unsafe-name');
    expect(await code(rawEpub({ name: 'A.XHTML', data: strToU8('x') }))).toBe(
      'book/archive-duplicate',
    );
    expect(await code(rawEpub({ name: 'a.xhtml', data: strToU8('x') }))).toBe(
      'book/archive-duplicate',
    );
    const wrongSum = rawZip(
      Object.entries(epubFiles({})).map(([name, data]) =>
        name === 'a.xhtml' ? { name, data, crc: 7 } : { name, data },
      ),
    );
    expect(await code(wrongSum)).toBe('book/archive-damaged');
    const manyClaimed = rawZip([{ name: 'mimetype', data: strToU8('application/epub+zip') }], {
      count: 9_000,
    });
    expect(await code(manyClaimed)).toBe('book/archive-damaged');
  });

  it('ends in a code for any damage, whatever byte it strikes', { timeout: SECONDS }, async () => {
    const good = Buffer.from(epub());
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    for (let turn = 0; turn < 150; turn += 1) {
      const bytes = Buffer.from(good);
      for (let strike = 0; strike < 3; strike += 1) bytes[random(bytes.length)] = random(256);
      const code = await refusal('struck.epub', bytes);
      expect(code).toMatch(/^(?:accepted|book\/|xml\/)/);
    }
  });

  it('refuses entities in every XML of a book, and reads none of the files they name', async () => {
    const secret = join(folder, 'secret.txt');
    await writeFile(secret, 'TOP SECRET');
    const external = `<!DOCTYPE html [<!ENTITY x SYSTEM "file://${secret}">]>${page('<p>&x;</p>')}`;
    const laughs = `<!DOCTYPE html [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, at) => `<!ENTITY ${'bcdefghij'[at]} "${`&${'abcdefghi'[at]};`.repeat(10)}">`).join('')}]>${page('<p>&j;</p>')}`;
    expect(await refusal('xxe.epub', epub({ 'a.xhtml': external }))).toBe('xml/unsafe');
    expect(await refusal('laughs.epub', epub({ 'a.xhtml': laughs }))).toBe('xml/unsafe');
    const doctype = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
    expect(
      await refusal('container.epub', epub({ 'META-INF/container.xml': doctype + CONTAINER })),
    ).toBe('xml/unsafe');
    expect(await refusal('package.epub', epub({ 'book.opf': doctype + opf(['a.xhtml']) }))).toBe(
      'xml/unsafe',
    );
    const word = `${doctype}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>`;
    expect(await refusal('xxe.docx', zipSync({ 'word/document.xml': strToU8(word) }))).toBe(
      'xml/unsafe',
    );
    // An outer document type is passed over, and HTML never reads any.
    const outer = `<!DOCTYPE html SYSTEM "http://evil.example/x.dtd">${page('<p>Honest.</p>')}`;
    expect(textOf(await read('outer.epub', epub({ 'a.xhtml': outer })))).toContain('Honest.');
    expect(textOf(await read('xxe.html', external))).not.toContain('SECRET');
  });

  it('never runs a script and never loads what lies on the web or on the disk', async () => {
    const reached = [
      vi.spyOn(globalThis, 'fetch'),
      vi.spyOn(http, 'request'),
      vi.spyOn(https, 'request'),
      vi.spyOn(net.Socket.prototype, 'connect'),
    ];
    const body = `<h1>One</h1><p onclick="steal()">Honest <a href="javascript:steal()">words</a>.</p>
      <script>document.write("SCRIPTED")</script><script src="http://evil.example/x.js"></script>
      <style>@import url(http://evil.example/x.css); p { background: url(http://evil.example/y.png) }</style>
      <p><img src="http://evil.example/beacon.png" alt="BEACON"/><img src="//evil.example/b.png"/><img src="file:///etc/passwd"/><img src="../../../../etc/passwd"/></p>
      <iframe src="http://evil.example/">FRAMED</iframe><object data="http://evil.example/o.swf"></object>
      <link rel="stylesheet" href="http://evil.example/z.css"/><svg><script>alert("SCRIPTED")</script><image href="http://evil.example/s.png"/></svg>`;
    for (const [name, bytes] of [
      ['evil.epub', epub({ 'a.xhtml': page(body) })],
      ['evil.html', page(body)],
    ] as const) {
      const book = await read(name, bytes);
      expect(textOf(book)).toContain('Honest words.');
      expect(JSON.stringify(book.chapters)).not.toMatch(
        /SCRIPTED|steal|evil\.example|FRAMED|passwd/,
      );
      const codes = book.losses.map(({ code }) => code);
      expect(codes).toEqual(expect.arrayContaining(['script', 'remote-picture', 'media', 'link']));
      expect(book.pictures).toEqual([]);
      expect(book.losses.filter(({ code }) => code === 'words-lost')).toEqual([]);
    }
    for (const spy of reached) expect(spy).not.toHaveBeenCalled();
  });

  it('takes pictures and style sheets of a page from its own folder only', async () => {
    await mkdir(join(folder, 'site'), { recursive: true });
    await writeFile(join(folder, 'outside.css'), '.x { font-style: italic }');
    await writeFile(join(folder, 'outside.png'), 'x');
    await symlink(join(folder, 'outside.png'), join(folder, 'site', 'way-out.png'));
    await writeFile(join(folder, 'site', 'own.css'), '.y { font-weight: bold }');
    await writeFile(
      join(folder, 'site', 'page.html'),
      '<link rel="stylesheet" href="../outside.css"><link rel="stylesheet" href="own.css"><p><span class="x">a</span> <span class="y">b</span><img src="../outside.png"><img src="way-out.png"></p>',
    );
    const book = await readSource(join(folder, 'site', 'page.html'), idCounter());
    expect(book.pictures).toEqual([]);
    expect(book.chapters[0]?.blocks[0]).toMatchObject({
      inlines: [{ text: 'a ' }, { text: 'b', strong: true }],
    });
  });

  it('refuses a protected EPUB, and one that names no pages', async () => {
    const locked =
      '<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/></enc:EncryptedData></encryption>';
    expect(await refusal('drm.epub', epub({ 'META-INF/encryption.xml': locked }))).toBe(
      'book/epub-protected',
    );
    expect(await refusal('nopages.epub', epub({}, []))).toBe('book/epub-damaged');
    expect(
      await refusal('noopf.epub', zipSync({ mimetype: strToU8('application/epub+zip') })),
    ).toBe('book/epub-damaged');
    expect(await refusal('empty.docx', zipSync({ 'a.txt': strToU8('x') }))).toBe(
      'book/docx-damaged',
    );
    expect(await refusal('old.doc', 'x')).toBe('book/format-not-supported');
    expect(
      await refusal('renamed.docx', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])),
    ).toBe('book/format-not-supported');
  });

  it('bounds what nests without end', { timeout: SECONDS }, async () => {
    const deep = `${'<div>'.repeat(50_000)}x`;
    expect(await refusal('deep.html', deep)).toBe('book/page-too-deep');
    expect(
      await refusal(
        'deep.epub',
        epub({ 'a.xhtml': page(`${'<div>'.repeat(5_000)}x${'</div>'.repeat(5_000)}`) }),
      ),
    ).toBe('book/page-too-deep');
    const quotes = `${'<blockquote>'.repeat(60)}<p>Deep.</p>${'</blockquote>'.repeat(60)}`;
    const book = await read('quotes.html', quotes);
    expect(textOf(book)).toContain('Deep.');
    expect(book.losses.map(({ code }) => code)).toContain('nesting');
  });

  it('reads an EPUB of 10,000 files in bounded time', { timeout: 60_000 }, async () => {
    const pages = Array.from({ length: 4_900 }, (_, at) => `p${at}.xhtml`);
    const files = Object.fromEntries(
      pages.map((name, at) => [name, page(`<h1>Chapter ${at}</h1><p>Some words here.</p>`)]),
    );
    const more = Object.fromEntries(Array.from({ length: 5_100 }, (_, at) => [`x/${at}.bin`, 'x']));
    const book = await read('many-files.epub', epub({ ...files, ...more }, pages));
    expect(book.chapters).toHaveLength(4_900);
    expect(book.meter[0]).toMatchObject({ inSource: book.meter[0]?.inBook });
  });

  it('names the system’s failures', async () => {
    const gone = join(folder, 'gone.epub');
    const error = await readSource(gone, idCounter()).catch((one: unknown) => one);
    expect(error instanceof Refusal ? error.fault.code : systemFault(error, gone)?.code).toBe(
      'file/missing',
    );
  });

  it('reads no file of an archive under another name than its own', () => {
    const path = join(folder, 'struck.epub');
    return writeFile(path, epub()).then(() => {
      const archive = new Archive(path);
      expect(archive.read('constructor')).toBeNull();
      expect(archive.read('../a.xhtml')).toBeNull();
      expect(archive.read('a.xhtml')).not.toBeNull();
      archive.close();
    });
  });
});

describe('import of text in other encodings', () => {
  const words = 'Café “naïve” — Größe';

  it.each([
    ['utf16le.txt', Buffer.from(`\uFEFF${words}`, 'utf16le')],
    ['bare16.txt', Buffer.from(`Plain words enough to tell: ${words}`, 'utf16le')],
    ['latin.txt', Buffer.from('Caf\u00e9 \u0093na\u00efve\u0094 \u0097 Gr\u00f6\u00dfe', 'latin1')],
    ['utf8.txt', Buffer.from(`\uFEFF${words}`, 'utf8')],
    [
      'latin.html',
      Buffer.from(
        '<meta charset="windows-1252"><p>Caf\u00e9 \u0093na\u00efve\u0094 \u0097 Gr\u00f6\u00dfe</p>',
        'latin1',
      ),
    ],
    ['utf16.html', Buffer.from(`\uFEFF<p>${words}</p>`, 'utf16le')],
    ['lying.html', Buffer.from(`<meta charset="utf-16"><p>${words}</p>`, 'utf8')],
    ['unknown.html', Buffer.from(`<meta charset="x-nothing"><p>${words}</p>`, 'utf8')],
  ])('%s', async (name, bytes) => {
    expect(textOf(await read(name, bytes))).toContain(words);
  });

  it('reads an EPUB in UTF-16 and one that says ISO-8859-1', async () => {
    const wide = Buffer.from(
      `\uFEFF<?xml version="1.0" encoding="UTF-16"?>${page(`<p>${words}</p>`)}`,
      'utf16le',
    );
    expect(textOf(await read('wide.epub', epub({ 'a.xhtml': wide })))).toContain(words);
    const latin = Buffer.from(
      `<?xml version="1.0" encoding="ISO-8859-1"?>${page('<p>Caf\u00e9</p>')}`,
      'latin1',
    );
    expect(textOf(await read('latin.epub', epub({ 'a.xhtml': latin })))).toContain('Café');
  });

  it('refuses null characters in text, and drops them from pages', async () => {
    expect(await refusal('null.txt', Buffer.from('abc\0def'))).toBe('book/not-text');
    const book = await read('null.html', '<p>ab\0c</p>');
    expect([...walkBlocks(book.chapters[0]?.blocks ?? [])].length).toBe(1);
    expect(textOf(book)).not.toContain('\0');
  });
});
