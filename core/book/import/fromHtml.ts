import { textOf, type XmlElement } from '../../xml/xmlElement.ts';
import type { MetadataGuess } from '../frontMatter.ts';
import { bookLink } from '../link.ts';
import type { Loss } from '../loss.ts';
import { BookStyles } from './bookStyles.ts';
import { chaptersOfPages } from './chaptersOfPages.ts';
import { resolveName } from './epubPackage.ts';
import { findElement, readHtml, walkElements } from './htmlTree.ts';
import { BlockIds, bookText, type Imported, type SourceFiles } from './imported.ts';
import { languageOf } from './marksOfElement.ts';
import { addUncalledNote, blanksAreRare, readPage } from './pageBlocks.ts';
import { pageLines } from './pageLines.ts';
import { findNotes } from './pageNotes.ts';
import type { Page, PageReader, Place } from './pageReader.ts';

/**
 * Reads an HTML page into chapters. Nothing runs and nothing is loaded from the web; of the files beside the page only
 * its style sheets are read, by `files`. Pictures are named as the page names them. Refuses what `readHtml` refuses.
 */
export function fromHtml(
  name: string,
  text: string,
  files: Pick<SourceFiles, 'text'>,
  newId: () => string,
): Imported {
  const root = readHtml(text);
  const losses: Loss[] = [];
  const setAside = new Set<XmlElement>();
  const metadata = readHead(root, setAside);
  const page: Page = {
    name,
    root: withoutLanguage(root),
    styles: stylesOf(root, files),
    language: metadata.language ?? 'en',
  };
  const resolve = (_page: Page, href: string): Place | null =>
    /^\s*#/.test(href) ? { page: name, id: decoded(href.trim().slice(1)) } : null;
  const notes = findNotes([page], resolve);
  for (const element of notes.backlinks) setAside.add(element);
  const reader: PageReader = {
    ids: new BlockIds(newId),
    losses,
    setAside,
    asides: [],
    tallies: new Map(),
    resolve,
    picture: (_page, address) => pictureName(address, name, losses),
    noteOf: (call) => notes.bodies.get(call),
    noteParts: notes.parts,
    placedNotes: new Set(),
    blankIsBreak: blanksAreRare(root),
  };
  const flow = readPage(reader, page);
  for (const body of new Set(notes.bodies.values())) {
    if (!reader.placedNotes.has(body)) addUncalledNote(flow, body);
  }
  const hadNotes = notes.parts.size > 0;
  const chapters = chaptersOfPages([{ flow, entries: [], hadNotes }], false);
  const tallies = [...reader.tallies.values()].map(({ code, where, count, message }) => ({
    code,
    where,
    message: message(count),
  }));
  return {
    metadata,
    chapters: chapters.map(({ wantedId, ...chapter }) => ({
      id: reader.ids.take(wantedId),
      ...chapter,
    })),
    losses: [...losses, ...tallies],
    source: () => pageLines(page.root, page.styles, page.language, name, setAside),
    asides: reader.asides,
  };
}

/** What the page says of itself; a first-level heading above several of the second is the book's title. */
function readHead(root: XmlElement, setAside: Set<XmlElement>): MetadataGuess {
  const all = [...walkElements(root)];
  const meta = (name: string) => {
    const found = all.find(
      (element) =>
        element.name === 'meta' && element.attributes.get('name')?.toLowerCase() === name,
    );
    const value = bookText(found?.attributes.get('content') ?? '').trim();
    return value === '' ? undefined : value;
  };
  const head = findElement(root, 'head');
  const title = head && findElement(head, 'title');
  const headings = all.filter(({ name }) => /^h[1-6]$/.test(name));
  const [first] = headings;
  const isBookTitle =
    first?.name === 'h1' &&
    headings.filter(({ name }) => name === 'h1').length === 1 &&
    headings.filter(({ name }) => name === 'h2').length > 1;
  const named = [isBookTitle ? first : undefined, title]
    .map((element) => (element ? bookText(textOf(element).replace(/\s+/g, ' ')).trim() : ''))
    .find((text) => text !== '' && text.length <= 500);
  if (isBookTitle && first && named !== undefined) setAside.add(first);
  const author = meta('author') ?? meta('dc.creator');
  const description = meta('description');
  const language = languageOf(root);
  return {
    ...(named !== undefined && { title: named }),
    ...(author !== undefined && { authors: [author.slice(0, 200)] }),
    ...(description !== undefined && { description: description.slice(0, 10_000) }),
    ...(language !== undefined && { language }),
  };
}

function withoutLanguage(root: XmlElement): XmlElement {
  const kept = [...root.attributes].filter(([name]) => name !== 'lang' && name !== 'xml:lang');
  return { ...root, attributes: new Map(kept) };
}

function stylesOf(root: XmlElement, files: Pick<SourceFiles, 'text'>): BookStyles {
  const styles = new BookStyles();
  for (const element of walkElements(root)) {
    if (element.name === 'style') styles.add(textOf(element));
    const isSheet =
      element.name === 'link' && /\bstylesheet\b/i.test(element.attributes.get('rel') ?? '');
    const href = isSheet ? element.attributes.get('href') : undefined;
    if (href === undefined || isOutside(href)) continue;
    styles.add(files.text(resolveName('', href, { names: [] })) ?? '');
  }
  return styles;
}

function pictureName(address: string, where: string, losses: Loss[]): string | null {
  if (isOutside(address) || bookLink(address) !== null) {
    losses.push({
      code: /^\s*data:/i.test(address) ? 'picture-missing' : 'remote-picture',
      where,
      message: /^\s*data:/i.test(address)
        ? 'A picture that is written into the page itself was left out.'
        : `The picture “${address.trim().slice(0, 120)}” lies on the web. Nothing is loaded from there, so it was left out.`,
    });
    return null;
  }
  const name = bookText(decoded(address.trim().replace(/[?#].*$/, '')));
  // What leads out of the page's folder is never looked for.
  const leadsOut = name.startsWith('/') || name.split(/[\\/]/).includes('..');
  if (name !== '' && name.length <= 1_000 && !leadsOut) return name;
  losses.push({
    code: 'picture-missing',
    where,
    message: `The picture “${name.slice(0, 120)}” does not stand in the page’s folder, so it was left out.`,
  });
  return null;
}

function isOutside(href: string): boolean {
  return /^\s*(?:[a-z][a-z0-9+.-]+:|\/\/)/i.test(href);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
