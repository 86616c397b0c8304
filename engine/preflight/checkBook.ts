import { buildEpub } from '#core/book/epub/buildEpub.ts';
import { type Manuscript, walkBlocks } from '#core/book/manuscript.ts';
import type { PictureFile } from '#core/book/pictureFile.ts';
import { DEFAULT_TRIM_SIZE, type TrimSize } from '#core/book/print/trims.ts';
import { type Finding, ManuscriptChecker } from '#core/preflight/check.ts';
import { type Ignored, keyOf, NOTHING_IGNORED } from '#core/preflight/ignored.ts';
import { typeset } from '#engine/book/typeset.ts';
import { zipFiles } from '#engine/book/zipFiles.ts';
import { Cancelled } from '#engine/process/run.ts';
import { checkEpub } from './checkEpub.ts';
import { checkGlyphs } from './checkGlyphs.ts';
import { checkPictures } from './checkPictures.ts';
import { checkPrint } from './checkPrint.ts';

export type CheckBookInput = {
  manuscript: Manuscript;
  /** The pictures the manuscript names, by their `source`. */
  pictures?: ReadonlyMap<string, PictureFile>;
  ignored?: Ignored;
  /** `text` reads the manuscript and its pictures; `all` makes the EPUB and the print PDF too and checks those. */
  depth?: 'text' | 'all';
  trim?: TrimSize;
  /** Keeps what it knows of chapters that do not change. */
  checker?: ManuscriptChecker;
  signal?: AbortSignal;
};

/** The files that are made for a check are of no day; they are not kept. */
const CHECK_DATE = '2000-01-01T00:00:00Z';

/**
 * Everything that a reader, a shop or a printer would object to. What concerns the whole book stands first, then what
 * stands in the text, in reading order. Cancelling rejects with `Cancelled`.
 */
export async function checkBook(input: CheckBookInput): Promise<Finding[]> {
  const {
    manuscript,
    ignored = NOTHING_IGNORED,
    checker = new ManuscriptChecker(),
    signal,
  } = input;
  const { language } = manuscript.metadata;
  for (const chapter of manuscript.chapters) {
    checker.readChapter(chapter, language);
    // A long book takes a second or two, in which others want an answer as well.
    await new Promise((resolve) => setImmediate(resolve));
    if (signal?.aborted) throw new Cancelled();
  }
  const files = heeded(withoutEchoes(await checkFiles(input)), ignored);
  const isOfBook = ({ chapterId }: Finding) => chapterId === undefined;
  return [
    ...files.filter(isOfBook),
    ...checker.check(manuscript, ignored),
    ...files.filter((finding) => !isOfBook(finding)),
  ];
}

async function checkFiles(input: CheckBookInput): Promise<Finding[]> {
  const { manuscript, depth = 'all', trim = DEFAULT_TRIM_SIZE, signal } = input;
  if (manuscript.chapters.every(({ blocks }) => blocks.length === 0)) return [];
  const pictures = input.pictures ?? new Map<string, PictureFile>();
  const found = [
    ...checkPictures(manuscript, pictures, trim),
    ...(await checkGlyphs(manuscript, signal)),
  ];
  if (depth === 'text' || manuscript.metadata.title.trim() === '') return found;
  const placed = withoutMissing(manuscript, pictures);
  const epub = zipFiles(buildEpub({ manuscript: placed, modified: CHECK_DATE, pictures }));
  found.push(...(await checkEpub(epub)));
  const job = {
    manuscript: placed,
    use: 'print' as const,
    trim,
    createdAtSeconds: 0,
    pictures,
  };
  found.push(...(await checkPrint(placed, await typeset(job, signal))));
  return found;
}

/** The book without pictures that are nowhere: they are findings of their own, and the rest can still be made. */
function withoutMissing(
  manuscript: Manuscript,
  pictures: ReadonlyMap<string, PictureFile>,
): Manuscript {
  const isMissing = (chapter: Manuscript['chapters'][number]) =>
    [...walkBlocks(chapter.blocks)].some(
      (block) => block.kind === 'image' && !pictures.has(block.source),
    );
  const chapters = manuscript.chapters.map((chapter) =>
    isMissing(chapter)
      ? {
          ...chapter,
          blocks: chapter.blocks.filter(
            (block) =>
              ![...walkBlocks([block])].some(
                (one) => one.kind === 'image' && !pictures.has(one.source),
              ),
          ),
        }
      : chapter,
  );
  return { ...manuscript, chapters };
}

function heeded(findings: readonly Finding[], ignored: Ignored): Finding[] {
  const rules = new Set(ignored.rules);
  const places = new Set(ignored.places.map(keyOf));
  return findings.filter(({ id, place }) => !rules.has(id) && !(place && places.has(keyOf(place))));
}

/** A PDF with a missing glyph is never an accessible one; that is said once, where the glyph is missing. */
function withoutEchoes(findings: readonly Finding[]): Finding[] {
  const lacksGlyph = findings.some(({ id }) => id === 'glyph/missing');
  return findings.filter(({ id }) => !(lacksGlyph && id === 'print/tagged'));
}
