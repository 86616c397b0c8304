import { refuse, settle } from '../../fault.ts';
import { readXml } from '../../xml/readXml.ts';
import { textOf, type XmlElement } from '../../xml/xmlElement.ts';
import { readXhtml, walkElements } from './htmlTree.ts';
import type { SourceFiles } from './imported.ts';

export type ManifestItem = {
  id: string;
  /** Name of the file in the container. */
  name: string;
  mediaType: string;
  properties: string[];
  fallback: string | undefined;
};

export type EpubPackage = {
  name: string;
  root: XmlElement;
  items: Map<string, ManifestItem>;
  byName: Map<string, ManifestItem>;
  spine: ManifestItem[];
  /** Other renditions that the container also holds. */
  others: number;
};

const CONTAINER = 'META-INF/container.xml';
/** Fonts are scrambled by these so that they cannot be lifted out; text never is (EPUB 3.3, font obfuscation). */
const FONT_ONLY =
  /^(?:http:\/\/www\.idpf\.org\/2008\/embedding|http:\/\/ns\.adobe\.com\/pdf\/enc#RC)$/;

/** Reads container and package of an EPUB 2 or 3. Refuses `book/epub-protected` and `book/epub-damaged`. */
export function readEpubPackage(files: SourceFiles): EpubPackage {
  checkProtection(files);
  const names = packageNames(files);
  const [name] = names;
  const text = name === undefined ? null : files.text(name);
  if (name === undefined || text === null) {
    refuse(
      'book/epub-damaged',
      'This EPUB does not say which files make the book. It may be damaged, or no EPUB at all.',
    );
  }
  const root = readXhtml(text);
  const items = new Map<string, ManifestItem>();
  const byName = new Map<string, ManifestItem>();
  for (const element of walkElements(root)) {
    if (element.name !== 'item') continue;
    const get = (key: string) => element.attributes.get(key);
    const item: ManifestItem = {
      id: get('id') ?? '',
      name: resolveName(name, get('href') ?? '', files),
      mediaType: (get('media-type') ?? '').toLowerCase().trim(),
      properties: (get('properties') ?? '').split(/\s+/),
      fallback: get('fallback'),
    };
    if (!items.has(item.id)) items.set(item.id, item);
    if (!byName.has(item.name)) byName.set(item.name, item);
  }
  const refs = [...walkElements(root)].filter((element) => element.name === 'itemref');
  const spine = refs.flatMap((ref) => items.get(ref.attributes.get('idref') ?? '') ?? []);
  if (spine.length === 0) {
    refuse(
      'book/epub-damaged',
      'This EPUB does not say in which order its pages are read. It may be damaged.',
    );
  }
  return { name, root, items, byName, spine: [...new Set(spine)], others: names.length - 1 };
}

function packageNames(files: SourceFiles): string[] {
  const container = files.text(CONTAINER);
  const read = container === null ? null : settle(() => readXml(container));
  if (read && !read.ok && read.error.code === 'xml/unsafe') {
    refuse(
      'xml/unsafe',
      'This book holds XML that declares entities of its own, which can be used to do harm. Nothing was imported.',
    );
  }
  const listed = read?.ok
    ? [...walkElements(read.value)]
        .filter(({ name }) => /(?:^|:)rootfile$/.test(name))
        .map((element) => element.attributes.get('full-path') ?? '')
        .map((path) => findName(path, files))
        .filter((path) => path !== null)
    : [];
  return listed.length > 0
    ? listed
    : files.names.filter((name) => /\.opf$/i.test(name)).slice(0, 1);
}

function checkProtection(files: SourceFiles): void {
  const text = files.text('META-INF/encryption.xml');
  if (text === null) return;
  const read = settle(() => readXml(text));
  const methods = read.ok
    ? [...walkElements(read.value)]
        .filter(({ name }) => /(?:^|:)EncryptionMethod$/.test(name))
        .map((element) => element.attributes.get('Algorithm') ?? '')
    : ['unreadable'];
  if (methods.some((method) => !FONT_ONLY.test(method.trim()))) {
    refuse(
      'book/epub-protected',
      'This EPUB is protected against copying (DRM), so its text cannot be read. Import a copy without protection.',
    );
  }
}

/** The file that an address in the file `from` leads to, without what is behind `#`; it can never lead out of the container. */
export function resolveName(from: string, href: string, files: Pick<SourceFiles, 'names'>): string {
  const [path = ''] = href.split(/[?#]/);
  if (path === '') return from;
  const parts = path.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  const name = parts.join('/');
  return findName(name, files) ?? decoded(name);
}

const sets = new WeakMap<readonly string[], Set<string>>();

function findName(name: string, { names }: Pick<SourceFiles, 'names'>): string | null {
  const known = sets.get(names) ?? new Set(names);
  sets.set(names, known);
  const plain = decoded(name);
  return (
    [name, plain, plain.normalize('NFC'), plain.normalize('NFD')].find((one) => known.has(one)) ??
    null
  );
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

export type TocEntry = {
  label: string;
  name: string;
  id: string;
  /** From 1. */
  depth: number;
  /** Whether entries below it lead to other files. */
  holdsPages: boolean;
};

/** The table of contents: the navigation document of EPUB 3, or else the NCX of EPUB 2; flat, in its order. */
export function readToc(epub: EpubPackage, files: SourceFiles): TocEntry[] {
  const nav = [...epub.items.values()].find((item) => item.properties.includes('nav'));
  const navText = nav ? files.text(nav.name) : null;
  if (nav && navText !== null) {
    const navs = [...walkElements(readXhtml(navText))].filter(({ name }) => name === 'nav');
    const toc =
      navs.find((one) => /\btoc\b/.test(one.attributes.get('epub:type') ?? '')) ?? navs[0];
    const list = toc && [...walkElements(toc)].find(({ name }) => name === 'ol');
    const entries = list ? navEntries(list, nav.name, files, 1) : [];
    if (entries.length > 0) return entries;
  }
  const ncx = [...epub.items.values()].find(
    (item) => item.mediaType === 'application/x-dtbncx+xml',
  );
  const ncxText = ncx ? files.text(ncx.name) : null;
  if (!ncx || ncxText === null) return [];
  const map = [...walkElements(readXhtml(ncxText))].find(({ name }) => name === 'navmap');
  return map ? ncxEntries(map, ncx.name, files, 1) : [];
}

function navEntries(list: XmlElement, from: string, files: SourceFiles, depth: number): TocEntry[] {
  return list.children.flatMap((item): TocEntry[] => {
    if (typeof item === 'string' || item.name !== 'li') return [];
    const elements = item.children.filter((child) => typeof child !== 'string');
    const below = elements.find(({ name }) => name === 'ol');
    const inner = below ? navEntries(below, from, files, depth + 1) : [];
    const label = elements.find(({ name }) => name === 'a' || name === 'span');
    const link = label && [...walkElements(label)].find((one) => one.attributes.has('href'));
    const text = label === undefined ? '' : labelOf(label);
    return withEntry(text, link?.attributes.get('href'), inner, from, files, depth);
  });
}

function ncxEntries(
  parent: XmlElement,
  from: string,
  files: SourceFiles,
  depth: number,
): TocEntry[] {
  return parent.children.flatMap((point): TocEntry[] => {
    if (typeof point === 'string' || point.name !== 'navpoint') return [];
    const elements = point.children.filter((child) => typeof child !== 'string');
    const label = elements.find(({ name }) => name === 'navlabel');
    const src = elements.find(({ name }) => name === 'content')?.attributes.get('src');
    const inner = ncxEntries(point, from, files, depth + 1);
    return withEntry(label ? labelOf(label) : '', src, inner, from, files, depth);
  });
}

function withEntry(
  label: string,
  href: string | undefined,
  inner: TocEntry[],
  from: string,
  files: SourceFiles,
  depth: number,
): TocEntry[] {
  if (href === undefined) return inner;
  const name = resolveName(from, href, files);
  const id = href.includes('#') ? decoded(href.slice(href.indexOf('#') + 1)) : '';
  const holdsPages = inner.some((entry) => entry.name !== name);
  return [{ label, name, id, depth, holdsPages }, ...inner];
}

function labelOf(element: XmlElement): string {
  return textOf(element).replace(/\s+/g, ' ').trim();
}

/** What landmarks of EPUB 3 and the guide of EPUB 2 say pages are: `cover`, `titlepage`, `toc`. */
export function readLandmarks(epub: EpubPackage, files: SourceFiles): Map<string, string> {
  const marks = new Map<string, string>();
  const add = (type: string, name: string) => {
    if (!marks.has(name)) marks.set(name, type);
  };
  const nav = [...epub.items.values()].find((item) => item.properties.includes('nav'));
  const navText = nav ? files.text(nav.name) : null;
  for (const element of nav && navText !== null ? walkElements(readXhtml(navText)) : []) {
    const type = element.attributes.get('epub:type');
    const href = element.attributes.get('href');
    if (nav && element.name === 'a' && type !== undefined && href !== undefined) {
      add(type.toLowerCase(), resolveName(nav.name, href, files));
    }
  }
  for (const element of walkElements(epub.root)) {
    const type = element.attributes.get('type');
    const href = element.attributes.get('href');
    if (element.name === 'reference' && type !== undefined && href !== undefined) {
      const known = type.toLowerCase().replace('title-page', 'titlepage');
      add(known, resolveName(epub.name, href, files));
    }
  }
  return marks;
}
