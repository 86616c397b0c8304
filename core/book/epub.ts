import { UTTERANCE_IDS } from '../narration/narrationScript.ts';
import { bookWords } from './bookWords.ts';
import { copyrightLines } from './copyrightLines.ts';
import { chapterPage } from './epubChapter.ts';
import { coverDescription, coverSvg } from './epubCover.ts';
import { navigationPage, ncx, type TocEntry } from './epubNavigation.ts';
import { type PackageItem, packageDocument, packageIdentifier } from './epubPackage.ts';
import type { EpubFile } from './epubFile.ts';
import { type EpubNarration, readAlong } from './epubNarration.ts';
import { EPUB_STYLE, READ_ALONG_STYLE } from './epubStyle.ts';
import {
  type BookMetadata,
  type Chapter,
  chapterLabel,
  type Manuscript,
  type Picture,
  walkBlocks,
} from './manuscript.ts';
import type { PictureFile } from './pictureFile.ts';
import { inlineText } from './words.ts';
import { xhtmlPage } from './xhtmlPage.ts';
import { xmlId, xmlText } from './xml.ts';

export type EpubInput = {
  manuscript: Manuscript;
  /** Moment of this edition, ISO 8601: same input, same bytes. */
  modified: string;
  /** The pictures the manuscript names, by their `source`. Every one must be here. */
  pictures: ReadonlyMap<string, PictureFile>;
  /** The sound of the book, for one that is read aloud while its text lights up. */
  narration?: EpubNarration;
};

/**
 * Builds an EPUB 3.3 publication as ordered files: `mimetype` first and stored, container, package document, navigation
 * document, NCX, style sheet, cover, title page, copyright page, one page per chapter, pictures.
 */
export function buildEpub(input: EpubInput): EpubFile[] {
  const { metadata, chapters } = input.manuscript;
  const placed = placePictures(chapters, input.pictures);
  const pages = chapters.map((chapter, index) => ({
    id: `chapter-${index + 1}`,
    href: `text/chapter-${String(index + 1).padStart(4, '0')}.xhtml`,
    chapter,
    content: chapterPage({
      chapter,
      index,
      language: metadata.language,
      picturePaths: new Map(placed.map(({ source, name }) => [source, `../pictures/${name}`])),
    }),
  }));
  const spoken = input.narration ? readAlong(input.narration) : null;
  const overlayOf = (chapterIndex: number | undefined) => {
    const overlay = spoken?.overlayOf(chapterIndex);
    return overlay === undefined ? {} : { mediaOverlay: overlay };
  };
  const toc = pages.map(({ chapter, href }, index) => tocEntry(chapter, index, href));
  const xhtml = 'application/xhtml+xml';
  const items: PackageItem[] = [
    { id: 'ncx', href: 'toc.ncx', mediaType: 'application/x-dtbncx+xml' },
    { id: 'css', href: 'css/book.css', mediaType: 'text/css' },
    { id: 'cover-image', href: 'cover.svg', mediaType: 'image/svg+xml', properties: 'cover-image' },
    { id: 'cover', href: 'text/cover.xhtml', mediaType: xhtml, reading: 'linear' },
    {
      id: 'title-page',
      href: 'text/title.xhtml',
      mediaType: xhtml,
      reading: 'linear',
      ...overlayOf(undefined),
    },
    { id: 'copyright', href: 'text/copyright.xhtml', mediaType: xhtml, reading: 'linear' },
    { id: 'nav', href: 'nav.xhtml', mediaType: xhtml, properties: 'nav', reading: 'linear' },
    ...pages.map(({ id, href }, index) => ({
      id,
      href,
      mediaType: xhtml,
      reading: 'linear' as const,
      ...overlayOf(index),
    })),
    ...placed.map(({ id, name, file }) => ({
      id,
      href: `pictures/${name}`,
      mediaType: file.mediaType,
    })),
    ...(spoken?.items ?? []),
  ];
  const opf = packageDocument({
    metadata,
    modified: input.modified,
    items,
    pictures: pictureState(chapters),
    ...(spoken && { narration: spoken.about }),
  });
  const text = (path: string, content: string): EpubFile => ({ path, content, compress: true });
  return [
    { path: 'mimetype', content: 'application/epub+zip', compress: false },
    text('META-INF/container.xml', CONTAINER),
    text('EPUB/package.opf', opf),
    text('EPUB/nav.xhtml', navigationPage(metadata, toc)),
    text('EPUB/toc.ncx', ncx(metadata, packageIdentifier(metadata), toc)),
    text('EPUB/css/book.css', spoken ? EPUB_STYLE + READ_ALONG_STYLE : EPUB_STYLE),
    text('EPUB/cover.svg', coverSvg(metadata)),
    text('EPUB/text/cover.xhtml', coverPage(metadata)),
    text('EPUB/text/title.xhtml', titlePage(metadata)),
    text('EPUB/text/copyright.xhtml', copyrightPage(metadata)),
    ...pages.map(({ href, content }) => text(`EPUB/${href}`, content)),
    ...placed.map(({ name, file }) => ({
      path: `EPUB/pictures/${name}`,
      content: file.bytes,
      compress: false,
    })),
    ...(spoken?.files ?? []),
  ];
}

const CONTAINER = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
`;

function tocEntry(chapter: Chapter, index: number, href: string): TocEntry {
  const children: TocEntry[] = [];
  for (const block of chapter.blocks) {
    if (block.kind !== 'heading' || block.level !== 1) continue;
    const label = inlineText(block.inlines).trim();
    if (label !== '') children.push({ label, href: `${href}#${xmlId(block.id)}`, children: [] });
  }
  return { label: chapterLabel(chapter, index), href, children };
}

function picturesOf(chapters: readonly Chapter[]): Picture[] {
  return chapters.flatMap((chapter) =>
    [...walkBlocks(chapter.blocks)].filter((block) => block.kind === 'image'),
  );
}

function placePictures(
  chapters: readonly Chapter[],
  files: ReadonlyMap<string, PictureFile>,
): { id: string; source: string; name: string; file: PictureFile }[] {
  const sources = [...new Set(picturesOf(chapters).map((picture) => picture.source))];
  return sources.map((source, index) => {
    const file = files.get(source);
    if (file === undefined) throw new Error(`No file for the picture ${source}`);
    const id = `picture-${index + 1}`;
    return { id, source, name: `${id}.${file.extension}`, file };
  });
}

function pictureState(chapters: readonly Chapter[]): 'none' | 'described' | 'undescribed' {
  const pictures = picturesOf(chapters);
  if (pictures.length === 0) return 'none';
  return pictures.every((picture) => picture.alt.trim() !== '') ? 'described' : 'undescribed';
}

function coverPage(metadata: BookMetadata): string {
  const { words } = bookWords(metadata.language);
  return xhtmlPage({
    title: words.cover,
    language: metadata.language,
    depth: 1,
    bodyClass: 'cover',
    body: `<section epub:type="cover"><img src="../cover.svg" alt="${xmlText(coverDescription(metadata))}" role="doc-cover"/></section>`,
  });
}

function titlePage(metadata: BookMetadata): string {
  const rows = [`<h1 id="${UTTERANCE_IDS.title}">${xmlText(metadata.title)}</h1>`];
  const add = (name: string, value: string | undefined, id?: string) => {
    const named = id === undefined ? '' : ` id="${id}"`;
    if (value) rows.push(`<p${named} class="${name}">${xmlText(value)}</p>`);
  };
  add('subtitle', metadata.subtitle, UTTERANCE_IDS.subtitle);
  add('author', metadata.authors.join(', '), UTTERANCE_IDS.authors);
  add('publisher', metadata.publisher);
  return xhtmlPage({
    title: metadata.title,
    language: metadata.language,
    depth: 1,
    body: `<section class="title-page" epub:type="titlepage">\n${rows.join('\n')}\n</section>`,
  });
}

function copyrightPage(metadata: BookMetadata): string {
  const { words } = bookWords(metadata.language);
  const rows = copyrightLines(metadata).map((line) => `<p>${xmlText(line)}</p>`);
  return xhtmlPage({
    title: words.copyright,
    language: metadata.language,
    depth: 1,
    body: `<section class="copyright" epub:type="copyright-page">\n${rows.join('\n')}\n</section>`,
  });
}
