import { bookWords, writingDirection } from '../bookWords.ts';
import { coverSvg } from '../epubCover.ts';
import { type Chapter, type Manuscript, matterOf, walkBlocks } from '../manuscript.ts';
import type { PictureFile } from '../pictureFile.ts';
import { accessFacts } from './accessibility.ts';
import { chapterPages, landmarkOf } from './chapterPages.ts';
import type { EpubFile } from './epubFile.ts';
import { type EpubNarration, readAlong } from './epubNarration.ts';
import { epubStyle, READ_ALONG_STYLE } from './epubStyle.ts';
import { coverPage, copyrightPage, titlePage } from './matterPages.ts';
import { type Landmark, navigationPage, type PageTarget } from './navigationPage.ts';
import { ncx } from './ncx.ts';
import { type PackageItem, packageDocument, packageIdentifier } from './packageDocument.ts';
import { type ChapterPlace, tocOf } from '../toc.ts';

/** The printed edition whose page numbers an EPUB carries. */
export type PrintedEdition = {
  /** Its ISBN, or what it is called. */
  source: string;
  /** The label of each page by the id of the sentence that it begins with. */
  pageStarts: ReadonlyMap<string, string>;
};

export type EpubInput = {
  manuscript: Manuscript;
  /** Moment of this edition, ISO 8601: same input, same bytes. */
  modified: string;
  /** The pictures the manuscript names, by their `source`. Every one must be here. */
  pictures: ReadonlyMap<string, PictureFile>;
  printed?: PrintedEdition | undefined;
  /** Whether lines run from top to bottom and pages from right to left: Japanese, traditional Chinese. */
  isVertical?: boolean;
  /** The sound of the book, for one that is read aloud while its text lights up. */
  narration?: EpubNarration;
  /** The front cover as PNG, as shops ask for; without it a drawing stands in, which readers show as well. */
  cover?: Uint8Array | undefined;
};

/**
 * Builds an EPUB 3.3 publication file by file, so that no more than one page is held at a time: `mimetype` first and
 * stored, container, style sheet, cover, title page, copyright page, the pages of each chapter, pictures, and at the end what
 * names them all: navigation document, NCX and package document.
 */
export function* buildEpub(input: EpubInput): Generator<EpubFile> {
  const { metadata, chapters } = input.manuscript;
  const isVertical = input.isVertical ?? false;
  const placed = placePictures(chapters, input.pictures);
  const text = (path: string, content: string): EpubFile => ({ path, content, compress: true });
  yield { path: 'mimetype', content: 'application/epub+zip', compress: false };
  yield text('META-INF/container.xml', CONTAINER);
  const direction = writingDirection(metadata.language);
  const spoken = input.narration ? readAlong(input.narration) : null;
  const style = epubStyle({ direction, isVertical });
  yield text('EPUB/css/book.css', spoken ? style + READ_ALONG_STYLE : style);
  const cover = coverName(input);
  yield input.cover
    ? { path: `EPUB/${cover}`, content: input.cover, compress: false }
    : text(`EPUB/${cover}`, coverSvg(metadata));
  yield text('EPUB/text/cover.xhtml', coverPage(metadata, `../${cover}`));
  yield text('EPUB/text/title.xhtml', titlePage(metadata));
  yield text('EPUB/text/copyright.xhtml', copyrightPage(metadata));

  const picturePaths = new Map(placed.map(({ source, name }) => [source, `../pictures/${name}`]));
  const pageStarts = input.printed?.pageStarts ?? new Map<string, string>();
  const places: ChapterPlace[] = [];
  const pages: PageTarget[] = [];
  const documents: PackageItem[] = [];
  for (const [index, chapter] of chapters.entries()) {
    const { language } = metadata;
    const parts = chapterPages({
      ...{ chapter, index, language, picturePaths, pageStarts },
      isWhole: spoken !== null,
    });
    const overlay = spoken?.overlayOf(index);
    const headings: { label: string; href: string }[] = [];
    const first = chapterPath(index, 0);
    for (const [number, part] of parts.entries()) {
      const href = chapterPath(index, number);
      documents.push({
        id: `chapter-${index + 1}${number === 0 ? '' : `-${number + 1}`}`,
        href,
        mediaType: XHTML,
        isRead: true,
        ...(overlay !== undefined && { mediaOverlay: overlay }),
      });
      headings.push(...part.headings.map(({ id, label }) => ({ label, href: `${href}#${id}` })));
      pages.push(...part.pageBreaks.map(({ id, label }) => ({ label, href: `${href}#${id}` })));
      yield text(`EPUB/${href}`, part.content);
    }
    places.push({ chapter, href: first, headings });
  }
  for (const { name, file } of placed)
    yield { path: `EPUB/pictures/${name}`, content: file.bytes, compress: false };
  yield* spoken?.files ?? [];

  const toc = tocOf(places);
  const landmarks = landmarksOf(input.manuscript, places);
  const identifier = packageIdentifier(metadata);
  yield text('EPUB/nav.xhtml', navigationPage({ metadata, toc, landmarks, pages }));
  yield text('EPUB/toc.ncx', ncx({ metadata, identifier, toc, pages }));
  const items: PackageItem[] = [
    ...fixedItems(cover, spoken?.overlayOf(undefined)),
    ...documents,
    ...placed.map(({ id, name, file }) => ({
      id,
      href: `pictures/${name}`,
      mediaType: file.mediaType,
    })),
    ...(spoken?.items ?? []),
  ];
  yield text(
    'EPUB/package.opf',
    packageDocument({
      metadata,
      modified: input.modified,
      items,
      access: accessFacts(input.manuscript, {
        hasPageList: pages.length > 0,
        isNarrated: spoken !== null,
      }),
      pageSource: pages.length > 0 ? input.printed?.source : undefined,
      isVertical,
      narration: spoken?.about,
    }),
  );
}

const XHTML = 'application/xhtml+xml';

const CONTAINER = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
`;

function chapterPath(index: number, part: number): string {
  const name = `chapter-${String(index + 1).padStart(4, '0')}`;
  return `text/${name}${part === 0 ? '' : `-${part + 1}`}.xhtml`;
}

function coverName({ cover }: EpubInput): string {
  return cover ? 'cover.png' : 'cover.svg';
}

function fixedItems(cover: string, titleOverlay: string | undefined): PackageItem[] {
  const page = (id: string, href: string, properties?: string): PackageItem => ({
    id,
    href,
    mediaType: XHTML,
    isRead: true,
    ...(properties !== undefined && { properties }),
  });
  return [
    { id: 'ncx', href: 'toc.ncx', mediaType: 'application/x-dtbncx+xml' },
    { id: 'css', href: 'css/book.css', mediaType: 'text/css' },
    {
      id: 'cover-image',
      href: cover,
      mediaType: cover.endsWith('.png') ? 'image/png' : 'image/svg+xml',
      properties: 'cover-image',
    },
    page('cover', 'text/cover.xhtml'),
    {
      ...page('title-page', 'text/title.xhtml'),
      ...(titleOverlay !== undefined && { mediaOverlay: titleOverlay }),
    },
    page('copyright', 'text/copyright.xhtml'),
    page('nav', 'nav.xhtml', 'nav'),
  ];
}

function landmarksOf({ metadata }: Manuscript, places: readonly ChapterPlace[]): Landmark[] {
  const { words } = bookWords(metadata.language);
  const start = places.find(({ chapter }) => matterOf(chapter) === 'body') ?? places[0];
  return [
    { type: 'cover', href: 'text/cover.xhtml', label: words.cover },
    { type: 'titlepage', href: 'text/title.xhtml', label: words.titlePage },
    { type: 'copyright-page', href: 'text/copyright.xhtml', label: words.copyright },
    { type: 'toc', href: 'nav.xhtml', label: words.contents },
    ...(start === undefined
      ? []
      : [{ type: 'bodymatter', href: start.href, label: metadata.title }]),
    ...places.flatMap(({ chapter, href }) => {
      const type = landmarkOf(chapter.role);
      return type === null || chapter.title.trim() === ''
        ? []
        : [{ type, href, label: chapter.title }];
    }),
  ];
}

type PlacedPicture = { id: string; source: string; name: string; file: PictureFile };

function placePictures(
  chapters: readonly Chapter[],
  files: ReadonlyMap<string, PictureFile>,
): PlacedPicture[] {
  const sources = new Set<string>();
  for (const { blocks } of chapters)
    for (const block of walkBlocks(blocks)) if (block.kind === 'image') sources.add(block.source);
  return [...sources].map((source, index) => {
    const file = files.get(source);
    if (file === undefined) throw new Error(`No file for the picture ${source}`);
    const id = `picture-${index + 1}`;
    return { id, source, name: `${id}.${file.extension}`, file };
  });
}
