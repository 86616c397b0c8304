import { textOf, type XmlElement } from '../../xml/xmlElement.ts';
import { copyrightLines } from '../copyrightLines.ts';
import type { MetadataGuess } from '../frontMatter.ts';
import { bookLink } from '../link.ts';
import type { Loss } from '../loss.ts';
import { BookStyles } from './bookStyles.ts';
import { chaptersOfPages, type PageChapter, type ReadPage } from './chaptersOfPages.ts';
import { readEpubMetadata } from './epubMetadata.ts';
import {
  type EpubPackage,
  type ManifestItem,
  readEpubPackage,
  readLandmarks,
  readToc,
  resolveName,
  type TocEntry,
} from './epubPackage.ts';
import { attribute, findElement, readXhtml, walkElements } from './htmlTree.ts';
import { BlockIds, type Imported, type SourceFiles } from './imported.ts';
import { wordsOf } from './lossMeter.ts';
import { languageOf } from './marksOfElement.ts';
import type { MeterLine } from './meterLine.ts';
import { addUncalledNote, blanksAreRare, readPage } from './pageBlocks.ts';
import { pageLines } from './pageLines.ts';
import { type FoundNotes, findNotes } from './pageNotes.ts';
import type { Page, PageReader, Place } from './pageReader.ts';
import { rolesOf, typesOf } from './pageTerms.ts';

const PAGES = new Set([
  'application/xhtml+xml',
  'text/html',
  'application/x-dtbook+xml',
  'text/x-oeb1-document',
]);
const NAMED_PAGE = /\.(?:xhtml|html?|xml)$/i;

/**
 * Reads an EPUB 2 or 3 into chapters. Scripts never run and nothing outside the container is loaded; pictures are named
 * as the container names them. `onPage` is told how many of the pages are read.
 *
 * Refuses `book/epub-protected`, `book/epub-damaged`, `xml/unsafe`, `book/page-too-deep`, `book/page-too-large`.
 */
export function fromEpub(
  files: SourceFiles,
  newId: () => string,
  onPage: (done: number, of: number) => void = () => undefined,
): Imported {
  const epub = readEpubPackage(files);
  const losses: Loss[] = [];
  const metadata = readEpubMetadata(epub.root, losses);
  if (epub.others > 0) {
    losses.push({
      code: 'renditions',
      where: 'the book',
      message: 'This EPUB holds the book in more than one form. The first was imported.',
    });
  }
  const pages = readPages(epub, files, metadata.language ?? 'en', losses);
  const toc = readToc(epub, files);
  const landmarks = readLandmarks(epub, files);
  const resolve = resolver(epub, files);
  const notes = findNotes(pages, resolve);
  const reader: PageReader = {
    ids: new BlockIds(newId),
    losses,
    setAside: notes.backlinks,
    asides: [],
    tallies: new Map(),
    resolve,
    picture: pictureNames(files, losses),
    noteOf: (call) => notes.bodies.get(call),
    noteParts: notes.parts,
    placedNotes: new Set(),
    blankIsBreak: false,
  };
  const cover = coverOf(epub);
  const read: ReadPage[] = [];
  for (const [index, page] of pages.entries()) {
    onPage(index, pages.length);
    const kind = kindOfPage(page, epub, landmarks);
    if (isMadeAnew(page, kind, metadata, reader, resolve, cover, read.length === 0)) continue;
    reader.blankIsBreak = blanksAreRare(page.root);
    const hadNotes = [...walkElements(page.root)].some((element) => notes.parts.has(element));
    const entries = toc.filter((entry) => entry.name === page.name);
    read.push({ flow: readPage(reader, page), entries, hadNotes });
  }
  placeUncalled(reader, notes, read);
  const chapters = withoutEmptyNotes(chaptersOfPages(read, usefulToc(toc, pages)), reader);
  losses.push(
    ...[...reader.tallies.values()].map(({ code, where, count, message }) => ({
      code,
      where,
      message: message(count),
    })),
  );
  return {
    metadata,
    chapters: chapters.map(({ wantedId, ...chapter }) => ({
      id: reader.ids.take(wantedId),
      ...chapter,
    })),
    losses,
    source: () => linesOfPages(pages, reader.setAside),
    asides: reader.asides,
    ...(cover !== undefined && { cover: cover.name }),
  };
}

function* linesOfPages(
  pages: readonly Page[],
  setAside: ReadonlySet<XmlElement>,
): Generator<MeterLine> {
  for (const page of pages) {
    yield* pageLines(page.root, page.styles, page.language, page.name, setAside);
  }
}

/** A note whose call stands in what was left out still has its text. */
function placeUncalled(reader: PageReader, notes: FoundNotes, read: readonly ReadPage[]): void {
  for (const body of new Set(notes.bodies.values())) {
    if (reader.placedNotes.has(body)) continue;
    const home = read.find(({ flow }) => flow.page === body.page) ?? read.at(-1);
    if (home) addUncalledNote(home.flow, body);
  }
}

function readPages(
  epub: EpubPackage,
  files: SourceFiles,
  language: string,
  losses: Loss[],
): Page[] {
  const sheets = new Map<string, string>();
  return epub.spine.flatMap((spineItem): Page[] => {
    const item = pageItem(spineItem, epub);
    const text = item === null ? null : files.text(item.name);
    if (item === null || text === null) {
      losses.push({
        code: 'page-missing',
        where: spineItem.name,
        message:
          item === null
            ? 'A page of a kind that is no text was left out.'
            : 'The book names this page but does not hold it.',
      });
      return [];
    }
    const root = readXhtml(text);
    const own = languageOf(root);
    const isForeign = own !== undefined && primary(own) !== primary(language);
    return [
      {
        name: item.name,
        root: isForeign || own === undefined ? root : withoutLanguage(root),
        styles: stylesOf(root, item.name, files, sheets),
        language,
      },
    ];
  });
}

function primary(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? '';
}

/** The page's own tag says no more than the book's; what differs from it inside the page does. */
function withoutLanguage(root: XmlElement): XmlElement {
  const attributes = new Map(
    [...root.attributes].filter(([name]) => name !== 'lang' && name !== 'xml:lang'),
  );
  return { ...root, attributes };
}

function pageItem(item: ManifestItem, epub: EpubPackage): ManifestItem | null {
  let at: ManifestItem | undefined = item;
  for (let steps = 0; at !== undefined && steps < 10; steps += 1) {
    if (PAGES.has(at.mediaType) || at.mediaType === 'image/svg+xml') return at;
    if (at.fallback === undefined) return NAMED_PAGE.test(at.name) ? at : null;
    at = epub.items.get(at.fallback);
  }
  return null;
}

function stylesOf(
  root: XmlElement,
  name: string,
  files: SourceFiles,
  sheets: Map<string, string>,
): BookStyles {
  const styles = new BookStyles();
  for (const element of walkElements(findElement(root, 'head') ?? root)) {
    if (element.name === 'style') styles.add(textOf(element));
    const isSheet =
      element.name === 'link' && /\bstylesheet\b/i.test(element.attributes.get('rel') ?? '');
    const href = isSheet ? element.attributes.get('href') : undefined;
    if (href === undefined || isOutside(href)) continue;
    const sheet = resolveName(name, href, files);
    const text = sheets.get(sheet) ?? files.text(sheet) ?? '';
    sheets.set(sheet, text);
    styles.add(text);
  }
  return styles;
}

function isOutside(href: string): boolean {
  return /^\s*(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(href);
}

function resolver(
  epub: EpubPackage,
  files: SourceFiles,
): (page: Page, href: string) => Place | null {
  return (page, href) => {
    if (isOutside(href) || bookLink(href) !== null) return null;
    const name = resolveName(page.name, href, files);
    const hash = href.indexOf('#');
    const isKnown = name === page.name || epub.byName.has(name);
    return isKnown || hash >= 0
      ? { page: name, id: hash < 0 ? '' : decodeId(href.slice(hash + 1)) }
      : null;
  };
}

function decodeId(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

function pictureNames(
  files: SourceFiles,
  losses: Loss[],
): (page: Page, address: string) => string | null {
  const names = new Set(files.names);
  return (page, address) => {
    const lose = (code: string, message: string) => {
      losses.push({ code, where: page.name, message });
      return null;
    };
    if (/^\s*data:/i.test(address)) {
      return lose(
        'picture-missing',
        'A picture that is written into the page itself was left out.',
      );
    }
    if (isOutside(address)) {
      return lose(
        'remote-picture',
        `The picture “${address.trim().slice(0, 120)}” lies on the web. Nothing is loaded from there, so it was left out.`,
      );
    }
    const name = resolveName(page.name, address, files);
    return names.has(name)
      ? name
      : lose('picture-missing', `The book does not hold its picture “${address.slice(0, 120)}”.`);
  };
}

function coverOf(epub: EpubPackage): ManifestItem | undefined {
  const items = [...epub.items.values()];
  const meta = [...walkElements(epub.root)].find(
    (element) => element.name === 'meta' && element.attributes.get('name') === 'cover',
  );
  const named = epub.items.get(meta?.attributes.get('content') ?? '');
  const cover = items.find((item) => item.properties.includes('cover-image')) ?? named;
  return cover?.mediaType.startsWith('image/') ? cover : undefined;
}

function kindOfPage(
  page: Page,
  epub: EpubPackage,
  landmarks: ReadonlyMap<string, string>,
): string[] {
  const kinds = new Set<string>();
  if (epub.byName.get(page.name)?.properties.includes('nav')) kinds.add('toc');
  const mark = landmarks.get(page.name);
  if (mark !== undefined) for (const one of mark.split(/\s+/)) kinds.add(one);
  let element: XmlElement | undefined = findElement(page.root, 'body');
  for (let depth = 0; element !== undefined && depth < 4; depth += 1) {
    for (const term of [...typesOf(element), ...rolesOf(element)])
      kinds.add(term.replace(/^doc-/, ''));
    const inner: XmlElement[] = element.children.filter((child) => typeof child !== 'string');
    element = inner.length === 1 || inner[0]?.name === 'section' ? inner[0] : undefined;
  }
  return [...kinds];
}

/** Words that join a title page's names and say nothing of their own. */
const JOINING = new Set(
  'a an and by copyright from isbn of the von par por di door af av och und et'.split(' '),
);
const TITLE_PAGE_WORDS = 60;

/**
 * Whether a page is one that every book gets from its details: cover, title page, contents, copyright page. Such a page is
 * set aside; what it says beyond the details is told.
 */
function isMadeAnew(
  page: Page,
  kinds: readonly string[],
  metadata: MetadataGuess,
  reader: PageReader,
  resolve: PageReader['resolve'],
  cover: ManifestItem | undefined,
  isFirst: boolean,
): boolean {
  const body = findElement(page.root, 'body') ?? page.root;
  const text = visibleText(body);
  const words = wordsOf(text);
  const has = (...names: string[]) => names.some((name) => kinds.includes(name));
  const setAside = (message?: string) => {
    reader.setAside.add(page.root);
    if (message !== undefined)
      reader.losses.push({ code: 'page-made-anew', where: page.name, message });
    return true;
  };
  if (has('toc', 'contents') && isContents(body, page, words.length, resolve)) return setAside();
  const pictures = [...walkElements(body)].filter(({ name }) => name === 'img' || name === 'image');
  if (words.length === 0) {
    const isCover = pictures.some((picture) => isPictureOf(picture, page, cover));
    return (has('cover') || isCover) && pictures.length <= 1 ? setAside() : false;
  }
  const extra = unsaid(words, metadata);
  const isShort = words.length <= TITLE_PAGE_WORDS;
  if (has('titlepage', 'halftitlepage', 'title-page')) {
    return setAside(
      extra.length === 0
        ? undefined
        : `The title page was left out, because Inkreel makes one from the book’s details. It also said: “${extra.join(' ').slice(0, 400)}”.`,
    );
  }
  if (has('copyright-page') && extra.length === 0) return setAside();
  return (isFirst || has('cover')) && isShort && extra.length === 0 && metadata.title !== undefined
    ? setAside()
    : false;
}

function unsaid(words: readonly string[], metadata: MetadataGuess): string[] {
  const { title = '', authors = [], language = 'en', identifier = '', ...rest } = metadata;
  const details = [
    ...copyrightLines({ ...rest, title, authors, language, identifier }),
    ...Object.values(metadata).flatMap((value) => JSON.stringify(value)),
  ].join(' ');
  const said = new Set(wordsOf(details).map((word) => word.toLowerCase()));
  return words.filter((word) => !said.has(word.toLowerCase()) && !JOINING.has(word.toLowerCase()));
}

function isContents(
  body: XmlElement,
  page: Page,
  words: number,
  resolve: PageReader['resolve'],
): boolean {
  let linked = 0;
  for (const element of walkElements(body)) {
    const href = element.name === 'a' ? element.attributes.get('href') : undefined;
    if (href !== undefined && resolve(page, href) !== null)
      linked += wordsOf(textOf(element)).length;
  }
  return [...walkElements(body)].some(({ name }) => name === 'nav') || linked * 2 >= words;
}

function isPictureOf(picture: XmlElement, page: Page, cover: ManifestItem | undefined): boolean {
  const address = attribute(picture, 'src') ?? attribute(picture, 'href') ?? '';
  return cover !== undefined && resolveName(page.name, address, { names: [] }) === cover.name;
}

function visibleText(body: XmlElement): string {
  const lines = [...pageLines(body, new BookStyles(), 'en', '')];
  return lines.map(({ runs }) => runs.map(({ text }) => text).join('')).join('\n');
}

/** A table of contents that names hardly any page cannot say where chapters begin. */
function usefulToc(toc: readonly TocEntry[], pages: readonly Page[]): boolean {
  const names = new Set(pages.map(({ name }) => name));
  return toc.filter((entry) => names.has(entry.name)).length > 1;
}

/** Pages of which only the heading is left, because their notes now stand where they are called. */
function withoutEmptyNotes(chapters: readonly PageChapter[], reader: PageReader): PageChapter[] {
  if (reader.placedNotes.size === 0) return [...chapters];
  return chapters.filter((chapter) => {
    const isLeftOver =
      /^(?:(?:end|foot)?notes|anmerkungen|fu(?:ß|ss)noten|notas|note)$/i.test(
        chapter.title.trim(),
      ) &&
      chapter.blocks.every((block) => block.kind === 'heading' || block.kind === 'scene-break');
    if (isLeftOver) {
      reader.asides.push({ where: chapter.title, runs: [{ text: chapter.title, marks: 0 }] });
    }
    return !isLeftOver;
  });
}
