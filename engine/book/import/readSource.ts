import { readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, relative, resolve } from 'node:path';
import type { MetadataGuess } from '#core/book/frontMatter.ts';
import { fitChapter } from '#core/book/import/fitChapter.ts';
import { fromDocx } from '#core/book/import/fromDocx.ts';
import { fromEpub } from '#core/book/import/fromEpub.ts';
import { fromHtml } from '#core/book/import/fromHtml.ts';
import { fromPlainText } from '#core/book/import/fromPlainText.ts';
import type { Imported, SourceFiles } from '#core/book/import/imported.ts';
import { measureLoss, type MeterReading } from '#core/book/import/lossMeter.ts';
import { chapterLines, plainLine } from '#core/book/import/meterLine.ts';
import type { Loss } from '#core/book/loss.ts';
import { type Chapter, walkBlocks } from '#core/book/manuscript.ts';
import { countChapterWords } from '#core/book/words.ts';
import { refuse } from '#core/fault.ts';
import { readManuscript } from '../readManuscript.ts';
import { Archive } from './archive.ts';
import { bookFormat } from './bookFormat.ts';
import { decodeText } from './decodeText.ts';

export type ReadSource = {
  metadata: MetadataGuess;
  chapters: Chapter[];
  losses: Loss[];
  meter: MeterReading[];
  words: number;
  /** Pictures that the chapters name, and where they lie: in the archive, or in a file of their own. */
  pictures: { source: string; path: string | null }[];
  /** The cover's picture by its name in the archive. */
  cover?: string;
};

type Report = (share: number, detail: string) => void;

/** Bytes of a text file; two million words have 12 MB. */
const MAX_TEXT_BYTES = 64 * 1024 * 1024;

/**
 * Reads a manuscript of any kind and measures what was lost. Meant for a thread of its own: it works without a pause.
 * Refuses `book/format-not-supported`, `book/not-text`, `book/too-large`, `book/nothing-to-read`, everything that
 * `Archive` and the readers refuse, and the system's failures.
 */
export async function readSource(
  path: string,
  newId: () => string,
  report: Report = () => undefined,
): Promise<ReadSource> {
  report(0, 'Reading');
  if (statSync(path).isDirectory()) return markdown(path, newId, report);
  const format = bookFormat(path);
  if (format === 'markdown') return markdown(path, newId, report);
  if (format === 'epub' || format === 'docx') return fromArchive(path, format, newId, report);
  const text = readText(path, format === 'html' ? 'markup' : 'plain');
  const name = basename(path);
  const read =
    format === 'html'
      ? fromHtml(name, text, { text: besideIt(path) }, newId)
      : fromPlainText(text, name, newId);
  const folder = realpathSync(dirname(path));
  return finish(read, report, (source) => insideFolder(folder, source));
}

function fromArchive(
  path: string,
  format: 'epub' | 'docx',
  newId: () => string,
  report: Report,
): ReadSource {
  const archive = new Archive(path);
  try {
    const { names } = archive;
    const files: SourceFiles = {
      names,
      text: (name) => {
        const bytes = archive.readText(name);
        return bytes === null ? null : decodeText(bytes, 'markup');
      },
    };
    const read =
      format === 'docx'
        ? fromDocx(files, newId)
        : fromEpub(files, newId, (done, of) =>
            report(0.1 + (0.6 * done) / of, `Page ${done + 1} of ${of}`),
          );
    return finish(read, report, (source) => (archive.has(source) ? null : undefined));
  } finally {
    archive.close();
  }
}

/** `find` gives a picture's file, null when it lies in the archive, and undefined when it is nowhere. */
function finish(
  read: Imported,
  report: Report,
  find: (source: string) => string | null | undefined,
): ReadSource {
  if (read.chapters.length > 5_000) {
    refuse(
      'book/too-many-chapters',
      `This manuscript would make ${read.chapters.length.toLocaleString('en')} chapters; a book may have 5,000. Split it into several files.`,
    );
  }
  const losses = [...read.losses];
  report(0.75, 'Checking that everything fits');
  const chapters = read.chapters.map((chapter) => fitChapter(chapter, losses));
  report(0.85, 'Counting words and marks');
  const measured = measureLoss({
    source: read.source,
    asides: read.asides,
    book: chapterLines(chapters),
  });
  const pictures: ReadSource['pictures'] = [];
  for (const source of picturesIn(chapters)) {
    const path = find(source);
    if (path !== undefined) pictures.push({ source, path });
    else losses.push(missingPicture(source));
  }
  const language = read.metadata.language ?? 'en';
  return {
    metadata: read.metadata,
    chapters,
    losses: [...measured.losses, ...losses],
    meter: measured.meter,
    words: chapters.reduce((sum, chapter) => sum + countChapterWords(chapter, language), 0),
    pictures,
    ...(read.cover !== undefined && { cover: read.cover }),
  };
}

async function markdown(path: string, newId: () => string, report: Report): Promise<ReadSource> {
  const read = await readManuscript(path, newId);
  report(0.85, 'Counting words and marks');
  const { metadata, chapters, words, pictures } = read;
  const measured = measureLoss({
    source: read.source,
    asides: read.asides.map((text) => plainLine('', text)),
    book: chapterLines(chapters),
  });
  const losses = [...measured.losses, ...read.losses];
  return { metadata, chapters, losses, meter: measured.meter, words, pictures };
}

function picturesIn(chapters: readonly Chapter[]): Set<string> {
  const sources = new Set<string>();
  for (const chapter of chapters) {
    for (const block of walkBlocks(chapter.blocks)) {
      if (block.kind === 'image') sources.add(block.source);
    }
  }
  return sources;
}

function missingPicture(source: string): Loss {
  return {
    code: 'picture-missing',
    where: source,
    message: `The picture “${source}” does not stand in the manuscript’s folder. Its place was kept.`,
  };
}

function readText(path: string, kind: 'markup' | 'plain'): string {
  const { size } = statSync(path);
  if (size > MAX_TEXT_BYTES) {
    refuse(
      'book/too-large',
      `“${basename(path)}” has more than 64 MB of text. Split it into several files.`,
      { path, sizeBytes: size },
    );
  }
  return (
    decodeText(readFileSync(path), kind) ??
    refuse(
      'book/not-text',
      `“${basename(path)}” is no text: it holds null characters. Save it as plain text in the program that made it, then import it again.`,
      { path },
    )
  );
}

/** Style sheets beside a page: small files of its own folder, and nothing else. */
function besideIt(page: string): (name: string) => string | null {
  const folder = realpathSync(dirname(page));
  return (name) => {
    const path = /\.css$/i.test(name) ? insideFolder(folder, name) : undefined;
    if (path === undefined || statSync(path).size > 4 * 1024 * 1024) return null;
    return decodeText(readFileSync(path), 'plain');
  };
}

/** The file that is meant by a name: a real file in the folder, wherever a link there may point. */
function insideFolder(folder: string, name: string): string | undefined {
  try {
    const path = realpathSync(resolve(folder, name));
    const way = relative(folder, path);
    const isInside = way !== '' && !way.startsWith('..') && !isAbsolute(way);
    return isInside && statSync(path).isFile() ? path : undefined;
  } catch {
    return undefined;
  }
}
