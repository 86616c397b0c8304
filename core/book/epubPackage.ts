import { writingDirection } from './bookWords.ts';
import { isbn13 } from './isbn.ts';
import type { BookMetadata } from './manuscript.ts';
import { xmlText } from './xml.ts';

/** The class that readers give to what is being read aloud. */
export const ACTIVE_CLASS = '-epub-media-overlay-active';

export type PackageItem = {
  id: string;
  href: string;
  mediaType: string;
  properties?: string;
  /** Id of the item that says which sound belongs to its text. */
  mediaOverlay?: string;
  /** Whether the item is part of the reading order, and if so whether in its main line. */
  reading?: 'linear' | 'aside';
};

export type PackageInput = {
  metadata: BookMetadata;
  /** Moment of this edition, ISO 8601. */
  modified: string;
  items: readonly PackageItem[];
  pictures: 'none' | 'described' | 'undescribed';
  /** For a book that is read aloud: how long it and each of its overlays take, and by whom. */
  narration?: PackageNarration;
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
  const manifest = items.map((item) => {
    const properties = item.properties === undefined ? '' : ` properties="${item.properties}"`;
    const overlay = item.mediaOverlay === undefined ? '' : ` media-overlay="${item.mediaOverlay}"`;
    return `<item id="${item.id}" href="${item.href}" media-type="${item.mediaType}"${properties}${overlay}/>`;
  });
  const spine = items
    .filter((item) => item.reading !== undefined)
    .map(
      (item) => `<itemref idref="${item.id}"${item.reading === 'aside' ? ' linear="no"' : ''}/>`,
    );
  const rows = [
    ...describe(metadata, input.modified),
    ...accessibility(metadata, input.pictures, input.narration !== undefined),
    ...(input.narration ? narrationRows(input.narration) : []),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book-id" xml:lang="${metadata.language}"${isRightToLeft ? ' dir="rtl"' : ''} prefix="a11y: http://www.idpf.org/epub/vocab/package/a11y/#">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
${rows.join('\n')}
<meta name="cover" content="cover-image"/>
</metadata>
<manifest>
${manifest.join('\n')}
</manifest>
<spine toc="ncx"${isRightToLeft ? ' page-progression-direction="rtl"' : ''}>
${spine.join('\n')}
</spine>
</package>
`;
}

function describe(metadata: BookMetadata, modified: string): string[] {
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
  for (const [index, author] of metadata.authors.entries()) {
    rows.push(
      `<dc:creator id="author-${index + 1}">${xmlText(author)}</dc:creator>`,
      `<meta refines="#author-${index + 1}" property="role" scheme="marc:relators">aut</meta>`,
    );
  }
  rows.push(`<dc:language>${metadata.language}</dc:language>`);
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined) rows.push(`<dc:${name}>${xmlText(value)}</dc:${name}>`);
  };
  add('publisher', metadata.publisher);
  add('description', metadata.description);
  add('rights', metadata.rights);
  add('date', metadata.publishedOn);
  const moment = new Date(modified).toISOString().replace(/\.\d{3}Z$/, 'Z');
  rows.push(`<meta property="dcterms:modified">${moment}</meta>`);
  return rows;
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

function accessibility(
  metadata: BookMetadata,
  pictures: PackageInput['pictures'],
  isNarrated: boolean,
): string[] {
  const meta = (property: string, value: string) => `<meta property="${property}">${value}</meta>`;
  const features = [
    'tableOfContents',
    'readingOrder',
    'structuralNavigation',
    'displayTransformability',
  ];
  if (pictures !== 'undescribed') features.push('alternativeText');
  if (isNarrated) features.push('synchronizedAudioText');
  const rows = [
    meta('schema:accessMode', 'textual'),
    ...(isNarrated ? [meta('schema:accessMode', 'auditory')] : []),
    ...(pictures === 'none' ? [] : [meta('schema:accessMode', 'visual')]),
    ...features.map((feature) => meta('schema:accessibilityFeature', feature)),
    meta('schema:accessibilityHazard', 'none'),
  ];
  if (pictures === 'undescribed') {
    return [
      ...rows,
      meta('schema:accessModeSufficient', 'textual,visual'),
      `<meta property="schema:accessibilitySummary" xml:lang="en">Structured text with a table of contents and linked notes. Some pictures have no description yet.</meta>`,
    ];
  }
  const certifier = metadata.publisher ?? metadata.authors.join(', ');
  return [
    ...rows,
    meta('schema:accessModeSufficient', 'textual'),
    `<meta property="schema:accessibilitySummary" xml:lang="en">Structured text with a table of contents and linked notes, in a form that adapts to any font, size and colour.${pictures === 'described' ? ' All pictures are described.' : ''}</meta>`,
    '<meta property="dcterms:conformsTo" id="conformance">EPUB Accessibility 1.1 - WCAG 2.1 Level AA</meta>',
    ...(certifier === ''
      ? []
      : [`<meta property="a11y:certifiedBy" refines="#conformance">${xmlText(certifier)}</meta>`]),
  ];
}
