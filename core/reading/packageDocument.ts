import { refuse } from '../fault.ts';
import { readXml } from '../xml/readXml.ts';
import type { XmlElement } from '../xml/xmlElement.ts';
import { resolveBookLink } from './bookPath.ts';
import { attribute, childrenNamed, descendants, labelOf, tokens } from './bookXml.ts';

export type PageLayout = 'reflowable' | 'pre-paginated';
export type PageFlow = 'auto' | 'paginated' | 'scrolled-doc' | 'scrolled-continuous';
export type SpreadSide = 'left' | 'right' | 'center';

/** A file that the package lists. */
export type ManifestItem = {
  id: string;
  path: string;
  mediaType: string;
  properties: readonly string[];
  fallback: string | null;
  overlay: string | null;
};

/** One document of the reading order, already replaced by its fallback where the listed one cannot be shown. */
export type SpineItem = {
  path: string;
  mediaType: string;
  /** Whether it is part of the main line of reading. */
  linear: boolean;
  /** The part of an EPUB CFI that leads from the package to this document. */
  cfi: string;
  layout: PageLayout;
  flow: PageFlow;
  spread: 'auto' | 'none' | 'both';
  side: SpreadSide | null;
  /** Path of the SMIL file that reads it aloud. */
  overlay: string | null;
};

export type BookTitle = {
  text: string;
  language: string | null;
  direction: 'ltr' | 'rtl' | 'auto';
};

export type BookPackage = {
  path: string;
  identifier: string;
  title: BookTitle;
  creators: readonly string[];
  language: string;
  direction: 'ltr' | 'rtl';
  manifest: readonly ManifestItem[];
  spine: readonly SpineItem[];
  navPath: string | null;
  ncxPath: string | null;
  coverPath: string | null;
  /** Class that the book’s own style gives to what is read aloud just now. */
  activeClass: string | null;
  /** Class that it gives to a whole document while it is read aloud. */
  playbackClass: string | null;
};

/** Languages that are written from right to left. */
const RIGHT_TO_LEFT = new Set([
  'ar',
  'arc',
  'ckb',
  'dv',
  'fa',
  'he',
  'iw',
  'ps',
  'sd',
  'ug',
  'ur',
  'yi',
]);

const SHOWN = new Set([
  'application/xhtml+xml',
  'image/svg+xml',
  'text/html',
  'application/xml+xhtml',
]);
const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/**
 * The path of the package document that `META-INF/container.xml` names first (EPUB 3.3 §4.2.6.3.1). Refuses
 * `reading/damaged`, and what `readXml` refuses.
 */
export function packagePathOf(container: string): string {
  for (const element of descendants(readXml(container))) {
    const path = attribute(element, 'full-path');
    const place = path === undefined ? null : resolveBookLink(path, '');
    if (place !== null && place.path !== '') return place.path;
  }
  return refuse(
    'reading/damaged',
    'This book does not say where its contents are, so it cannot be opened. The file is unchanged.',
  );
}

/**
 * What a package document says (EPUB 3.3 §5, EPUB 2 where it differs). `exists` tells whether the container has a file.
 * Refuses `reading/damaged` for one without a reading order, and what `readXml` refuses.
 */
export function readPackage(
  text: string,
  path: string,
  exists: (path: string) => boolean,
): BookPackage {
  const root = readXml(text);
  const metadata = childrenNamed(root, 'metadata')[0];
  const spineElement = childrenNamed(root, 'spine')[0];
  const manifest = manifestOf(childrenNamed(root, 'manifest')[0], path);
  const byId = new Map(manifest.map((item) => [item.id, item]));
  const metas = childrenNamed(metadata, 'meta');
  const language = textOf(childrenNamed(metadata, 'language')[0]) || 'en';
  const spine = spineOf({ root, spineElement, byId, metas, exists });
  if (spine.length === 0) {
    refuse(
      'reading/damaged',
      'This book lists no pages that can be shown. The file is unchanged; ask where you got it for another copy.',
    );
  }
  const ncx = byId.get(attribute(spineElement, 'toc') ?? '');
  return {
    path,
    identifier: identifierOf(root, metadata),
    title: titleOf(root, metadata, metas),
    creators: creatorsOf(metadata, metas),
    language,
    direction: directionOf(spineElement, language),
    manifest,
    spine,
    navPath: manifest.find((item) => item.properties.includes('nav'))?.path ?? null,
    ncxPath:
      (ncx ?? manifest.find((item) => item.mediaType === 'application/x-dtbncx+xml'))?.path ?? null,
    coverPath: coverOf(manifest, byId, metas),
    activeClass: property(metas, 'media:active-class'),
    playbackClass: property(metas, 'media:playback-active-class'),
  };
}

function manifestOf(element: XmlElement | undefined, packagePath: string): ManifestItem[] {
  return childrenNamed(element, 'item').flatMap((item) => {
    const href = attribute(item, 'href');
    const place = href === undefined ? null : resolveBookLink(href, packagePath);
    if (place === null) return [];
    return [
      {
        id: attribute(item, 'id') ?? '',
        path: place.path,
        mediaType: (attribute(item, 'media-type') ?? '').toLowerCase().trim(),
        properties: tokens(attribute(item, 'properties')),
        fallback: attribute(item, 'fallback') ?? null,
        overlay: attribute(item, 'media-overlay') ?? null,
      },
    ];
  });
}

function spineOf(input: {
  root: XmlElement;
  spineElement: XmlElement | undefined;
  byId: ReadonlyMap<string, ManifestItem>;
  metas: readonly XmlElement[];
  exists: (path: string) => boolean;
}): SpineItem[] {
  const { root, spineElement, byId, metas, exists } = input;
  if (spineElement === undefined) return [];
  const usual = {
    layout: property(metas, 'rendition:layout'),
    flow: property(metas, 'rendition:flow'),
    spread: property(metas, 'rendition:spread'),
  };
  const spineStep = 2 * (childrenNamed(root).indexOf(spineElement) + 1);
  return childrenNamed(spineElement).flatMap((itemref, index) => {
    const listed = byId.get(attribute(itemref, 'idref') ?? '');
    const item = listed === undefined ? undefined : shownItem(listed, byId);
    if (item === undefined || !exists(item.path)) return [];
    const own = tokens(attribute(itemref, 'properties'));
    const id = attribute(itemref, 'id');
    const step = `/${spineStep}/${2 * (index + 1)}${id === undefined ? '' : `[${escapeCfi(id)}]`}`;
    const overlay = item.overlay === null ? undefined : byId.get(item.overlay);
    return [
      {
        path: item.path,
        mediaType: item.mediaType,
        linear: attribute(itemref, 'linear') !== 'no',
        cfi: `epubcfi(${step})`,
        layout: layoutOf(override(own, 'layout') ?? usual.layout),
        flow: flowOf(override(own, 'flow') ?? usual.flow),
        spread: spreadOf(override(own, 'spread') ?? usual.spread),
        side: sideOf(own),
        overlay: overlay?.path ?? null,
      },
    ];
  });
}

/** The first of an item and its fallbacks that can be shown as a page. */
function shownItem(
  item: ManifestItem,
  byId: ReadonlyMap<string, ManifestItem>,
): ManifestItem | undefined {
  const seen = new Set<string>();
  for (let at: ManifestItem | undefined = item; at !== undefined && !seen.has(at.id); ) {
    // What works by scripts alone has a fallback for readers that run none.
    const wantsScripts = at.properties.includes('scripted') && at.fallback !== null;
    if (SHOWN.has(at.mediaType) && !wantsScripts) return at;
    seen.add(at.id);
    if (at.fallback === null) break;
    at = byId.get(at.fallback);
  }
  return SHOWN.has(item.mediaType) || PICTURES.has(item.mediaType) ? item : undefined;
}

function override(own: readonly string[], name: string): string | null {
  const prefix = `rendition:${name}-`;
  return own.find((token) => token.startsWith(prefix))?.slice(prefix.length) ?? null;
}

function layoutOf(value: string | null): PageLayout {
  return value === 'pre-paginated' ? 'pre-paginated' : 'reflowable';
}

function flowOf(value: string | null): PageFlow {
  return value === 'paginated' || value === 'scrolled-doc' || value === 'scrolled-continuous'
    ? value
    : 'auto';
}

function spreadOf(value: string | null): SpineItem['spread'] {
  // `portrait` is the old name of `both` (EPUB 3.3 §8.2.2.3).
  if (value === 'both' || value === 'portrait') return 'both';
  return value === 'none' ? 'none' : 'auto';
}

function sideOf(own: readonly string[]): SpreadSide | null {
  for (const token of own) {
    const side = /^(?:rendition:)?page-spread-(left|right|center)$/.exec(token)?.[1];
    if (side === 'left' || side === 'right' || side === 'center') return side;
  }
  return null;
}

function directionOf(spine: XmlElement | undefined, language: string): 'ltr' | 'rtl' {
  const stated = attribute(spine, 'page-progression-direction');
  if (stated === 'ltr' || stated === 'rtl') return stated;
  return RIGHT_TO_LEFT.has(language.toLowerCase().split('-')[0] ?? '') ? 'rtl' : 'ltr';
}

function identifierOf(root: XmlElement, metadata: XmlElement | undefined): string {
  const all = childrenNamed(metadata, 'identifier');
  const unique = attribute(root, 'unique-identifier');
  const chosen = all.find((element) => attribute(element, 'id') === unique) ?? all[0];
  return textOf(chosen);
}

function titleOf(
  root: XmlElement,
  metadata: XmlElement | undefined,
  metas: readonly XmlElement[],
): BookTitle {
  const titles = childrenNamed(metadata, 'title');
  const main = titles.find((title) => refined(metas, title, 'title-type') === 'main') ?? titles[0];
  const direction = attribute(main, 'dir') ?? attribute(root, 'dir');
  return {
    text: textOf(main),
    language: attribute(main, 'lang') ?? attribute(root, 'lang') ?? null,
    direction: direction === 'ltr' || direction === 'rtl' ? direction : 'auto',
  };
}

/** Names of those who made the book, in the order that `display-seq` or else the package gives them. */
function creatorsOf(metadata: XmlElement | undefined, metas: readonly XmlElement[]): string[] {
  const creators = childrenNamed(metadata, 'creator').map((element, index) => ({
    name: textOf(element),
    order: Number(refined(metas, element, 'display-seq') ?? Number.NaN),
    index,
  }));
  const key = (one: (typeof creators)[number]) =>
    Number.isNaN(one.order) ? one.index + 1 : one.order;
  return creators
    .filter((one) => one.name !== '')
    .sort((a, b) => key(a) - key(b) || a.index - b.index)
    .map((one) => one.name);
}

function coverOf(
  manifest: readonly ManifestItem[],
  byId: ReadonlyMap<string, ManifestItem>,
  metas: readonly XmlElement[],
): string | null {
  const named = metas.find((meta) => attribute(meta, 'name') === 'cover');
  const item =
    manifest.find((one) => one.properties.includes('cover-image')) ??
    byId.get(attribute(named, 'content') ?? '');
  return item !== undefined && item.mediaType.startsWith('image/') ? item.path : null;
}

/** The first value of a property of the whole book. */
function property(metas: readonly XmlElement[], name: string): string | null {
  const meta = metas.find(
    (one) => attribute(one, 'property') === name && attribute(one, 'refines') === undefined,
  );
  return meta === undefined ? null : textOf(meta) || null;
}

function refined(metas: readonly XmlElement[], of: XmlElement, name: string): string | undefined {
  const id = attribute(of, 'id');
  if (id === undefined) return undefined;
  const meta = metas.find(
    (one) => attribute(one, 'property') === name && attribute(one, 'refines') === `#${id}`,
  );
  return meta === undefined ? undefined : textOf(meta);
}

function textOf(element: XmlElement | undefined): string {
  return element === undefined ? '' : labelOf(element);
}

function escapeCfi(text: string): string {
  return text.replace(/[\^[\](),;=]/g, '^$&');
}
