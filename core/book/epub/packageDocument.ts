import { writingDirection } from '../bookWords.ts';
import { isbn13 } from '../isbn.ts';
import type { BookMetadata, Contributor } from '../manuscript.ts';
import { xmlText } from '../xml.ts';
import { type AccessFacts, accessibilityRows } from './accessibility.ts';

/** The class that readers give to what is being read aloud. */
export const ACTIVE_CLASS = '-epub-media-overlay-active';

export type PackageItem = {
  id: string;
  href: string;
  mediaType: string;
  properties?: string;
  /** Id of the item that says which sound belongs to its text. */
  mediaOverlay?: string;
  /** Whether the item is part of the reading order. */
  isRead?: boolean;
};

export type PackageInput = {
  metadata: BookMetadata;
  /** Moment of this edition, ISO 8601. */
  modified: string;
  items: readonly PackageItem[];
  access: AccessFacts;
  /** The printed edition whose pages are listed: its ISBN or what it is called. */
  pageSource?: string | undefined;
  /** Lines run from top to bottom and pages from right to left. */
  isVertical: boolean;
  /** For a book that is read aloud: how long it and each of its overlays take, and by whom. */
  narration?: PackageNarration | undefined;
};

export type PackageNarration = {
  narrators: readonly string[];
  /** Clock values. */
  duration: string;
  overlays: readonly { id: string; duration: string }[];
};

/** The identifier as a package document states it: `urn:isbn:…` for an ISBN. */
export function packageIdentifier(metadata: BookMetadata): string {
  const isbn = isbn13(metadata.identifier);
  return isbn === null ? metadata.identifier.toLowerCase() : `urn:isbn:${isbn}`;
}

/** The EPUB 3.3 package document with the metadata that EPUB Accessibility 1.1 asks for, derived from the content. */
export function packageDocument(input: PackageInput): string {
  const { metadata, items } = input;
  const isRightToLeft = writingDirection(metadata.language) === 'rtl';
  const turnsLeft = isRightToLeft || input.isVertical;
  const manifest = items.map((item) => {
    const properties = item.properties === undefined ? '' : ` properties="${item.properties}"`;
    const overlay = item.mediaOverlay === undefined ? '' : ` media-overlay="${item.mediaOverlay}"`;
    return `<item id="${item.id}" href="${item.href}" media-type="${item.mediaType}"${properties}${overlay}/>`;
  });
  const spine = items
    .filter((item) => item.isRead === true)
    .map((item) => `<itemref idref="${item.id}"/>`);
  const certifier = metadata.publisher ?? metadata.authors.join(', ');
  const rows = [
    ...describe(metadata),
    ...belonging(metadata),
    ...pageSource(input.pageSource),
    `<meta property="dcterms:modified">${moment(input.modified)}</meta>`,
    ...accessibilityRows(input.access, metadata.language, certifier),
    ...(input.narration ? narrationRows(input.narration) : []),
    '<meta name="cover" content="cover-image"/>',
    ...(input.isVertical ? ['<meta name="primary-writing-mode" content="vertical-rl"/>'] : []),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book-id" xml:lang="${metadata.language}"${isRightToLeft ? ' dir="rtl"' : ''} prefix="a11y: http://www.idpf.org/epub/vocab/package/a11y/#">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
${rows.join('\n')}
</metadata>
<manifest>
${manifest.join('\n')}
</manifest>
<spine toc="ncx"${turnsLeft ? ' page-progression-direction="rtl"' : ''}>
${spine.join('\n')}
</spine>
</package>
`;
}

/** MARC codes of what people do for a book (https://id.loc.gov/vocabulary/relators). */
const RELATORS: Record<Contributor['role'], string> = {
  translator: 'trl',
  editor: 'edt',
  illustrator: 'ill',
  narrator: 'nrt',
  designer: 'bkd',
  contributor: 'ctb',
};

function describe(metadata: BookMetadata): string[] {
  const rows = [
    `<dc:identifier id="book-id">${xmlText(packageIdentifier(metadata))}</dc:identifier>`,
    `<dc:title id="title">${xmlText(metadata.title)}</dc:title>`,
    '<meta refines="#title" property="title-type">main</meta>',
  ];
  if (metadata.subtitle !== undefined) {
    rows.push(
      `<dc:title id="subtitle">${xmlText(metadata.subtitle)}</dc:title>`,
      '<meta refines="#subtitle" property="title-type">subtitle</meta>',
    );
  }
  const person = (element: 'creator' | 'contributor', id: string, name: string, code: string) =>
    rows.push(
      `<dc:${element} id="${id}">${xmlText(name)}</dc:${element}>`,
      `<meta refines="#${id}" property="role" scheme="marc:relators">${code}</meta>`,
    );
  for (const [index, author] of metadata.authors.entries())
    person('creator', `author-${index + 1}`, author, 'aut');
  for (const [index, { name, role }] of (metadata.contributors ?? []).entries())
    person('contributor', `contributor-${index + 1}`, name, RELATORS[role]);
  rows.push(`<dc:language>${metadata.language}</dc:language>`);
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined) rows.push(`<dc:${name}>${xmlText(value)}</dc:${name}>`);
  };
  for (const subject of metadata.subjects ?? []) add('subject', subject);
  add('publisher', metadata.publisher);
  add('description', metadata.description);
  add('rights', metadata.rights);
  add('date', metadata.publishedOn);
  return rows;
}

/** The series, in the terms of EPUB 3 and in those that older libraries and shops read. */
function belonging({ series }: BookMetadata): string[] {
  if (series === undefined) return [];
  const name = xmlText(series.name);
  const { number } = series;
  return [
    `<meta property="belongs-to-collection" id="series">${name}</meta>`,
    '<meta refines="#series" property="collection-type">series</meta>',
    ...(number === undefined
      ? []
      : [`<meta refines="#series" property="group-position">${number}</meta>`]),
    `<meta name="calibre:series" content="${name}"/>`,
    ...(number === undefined ? [] : [`<meta name="calibre:series_index" content="${number}"/>`]),
  ];
}

function pageSource(source: string | undefined): string[] {
  if (source === undefined) return [];
  const isbn = isbn13(source);
  const name = xmlText(isbn === null ? source : `urn:isbn:${isbn}`);
  return [
    `<dc:source id="page-source">${name}</dc:source>`,
    `<meta property="pageBreakSource">${name}</meta>`,
  ];
}

/** What EPUB 3.3, section 9.3.5, asks of a package with media overlays. */
function narrationRows({ narrators, duration, overlays }: PackageNarration): string[] {
  return [
    `<meta property="media:duration">${duration}</meta>`,
    ...overlays.map(
      (overlay) =>
        `<meta property="media:duration" refines="#${overlay.id}">${overlay.duration}</meta>`,
    ),
    ...narrators.map((name) => `<meta property="media:narrator">${xmlText(name)}</meta>`),
    `<meta property="media:active-class">${ACTIVE_CLASS}</meta>`,
  ];
}

function moment(iso: string): string {
  return new Date(iso).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
