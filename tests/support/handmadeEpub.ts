import { strToU8, zipSync } from 'fflate';

export type HandmadeBook = {
  title?: string;
  identifier?: string;
  language?: string;
  /** Attributes of the spine. */
  spine?: string;
  /** More of the metadata. */
  metadata?: string;
  /** Pages by their names without ending, in their order: what stands in `body`, or a whole document. */
  pages: Readonly<Record<string, string>>;
  /** What stands in the head of every page that is not a whole document. */
  head?: string;
  /** Other files by their paths from the root of the book, with their media types. */
  files?: Readonly<Record<string, { type: string; content: string | Uint8Array }>>;
  /** Files that the package does not list. */
  unlisted?: Readonly<Record<string, string | Uint8Array>>;
  /** In place of the package that would be made. */
  package?: string;
};

/** A small EPUB for tests, good or bad as its parts are. */
export function handmadeEpub(book: HandmadeBook): Uint8Array {
  const names = Object.keys(book.pages);
  const whole = (body: string) =>
    body.includes('<html')
      ? body
      : `<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>Page</title>${book.head ?? ''}</head><body>${body}</body></html>`;
  const listed = Object.entries(book.files ?? {}).map(
    ([path, { type }], index) =>
      `<item id="f${index}" href="${relative(path)}" media-type="${type}"/>`,
  );
  const packageText =
    book.package ??
    `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">${book.identifier ?? 'urn:test:book'}</dc:identifier><dc:title>${book.title ?? 'A test'}</dc:title><dc:language>${book.language ?? 'en'}</dc:language>${book.metadata ?? ''}</metadata><manifest>${names
      .map((name) => `<item id="${name}" href="${name}.xhtml" media-type="application/xhtml+xml"/>`)
      .join(
        '',
      )}${listed.join('')}<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/></manifest><spine ${book.spine ?? ''}>${names.map((name) => `<itemref idref="${name}"/>`).join('')}</spine></package>`;
  const nav = whole(
    `<nav epub:type="toc"><ol>${names.map((name) => `<li><a href="${name}.xhtml">${name}</a></li>`).join('')}</ol></nav>`,
  );
  const bytes = (content: string | Uint8Array) =>
    typeof content === 'string' ? strToU8(content) : content;
  return zipSync({
    mimetype: [strToU8('application/epub+zip'), { level: 0 }],
    'META-INF/container.xml': strToU8(
      '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    ),
    'EPUB/package.opf': strToU8(packageText),
    'EPUB/nav.xhtml': strToU8(nav),
    ...Object.fromEntries(
      Object.entries(book.pages).map(([name, body]) => [
        `EPUB/${name}.xhtml`,
        strToU8(whole(body)),
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(book.files ?? {}).map(([path, { content }]) => [path, bytes(content)]),
    ),
    ...Object.fromEntries(
      Object.entries(book.unlisted ?? {}).map(([path, content]) => [path, bytes(content)]),
    ),
  });
}

function relative(path: string): string {
  return path.startsWith('EPUB/') ? path.slice(5) : `../${path}`;
}
