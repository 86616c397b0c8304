import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute, join, relative, resolve } from 'node:path';
import type { MetadataGuess } from '#core/book/frontMatter.ts';
import { markdownLines } from '#core/book/import/markdownLines.ts';
import type { MeterLine } from '#core/book/import/meterLine.ts';
import type { Loss } from '#core/book/loss.ts';
import { type Chapter, walkBlocks } from '#core/book/manuscript.ts';
import { parseMarkdown } from '#core/book/parseMarkdown.ts';
import { countChapterWords } from '#core/book/words.ts';
import { Refusal, refuse } from '#core/fault.ts';
import { systemFault } from '#engine/files/systemFault.ts';

export type ReadManuscript = {
  metadata: MetadataGuess;
  chapters: Chapter[];
  losses: Loss[];
  words: number;
  /** Pictures that the text names and that stand beside it. */
  pictures: { source: string; path: string }[];
  /** Visible text of the files, by other means than the reader's own. */
  source: () => Iterable<MeterLine>;
  /** Text that became the book’s title or says what a chapter is. */
  asides: string[];
};

const MAX_BYTES = 50 * 1024 * 1024;
const MARKDOWN = new Set(['.md', '.markdown', '.mdown']);

/**
 * Reads a Markdown file, or a folder whose Markdown files are taken in the order of their names (2 before 10). Refuses
 * `book/format-not-supported`, `book/not-text`, `book/too-large`, `book/nothing-to-read` and the system's failures.
 */
export async function readManuscript(source: string, newId: () => string): Promise<ReadManuscript> {
  const path = resolve(source);
  try {
    const info = await stat(path);
    const files = info.isDirectory() ? await markdownFiles(path) : [path];
    const folder = info.isDirectory() ? path : dirname(path);
    return await readFiles(files, folder, newId);
  } catch (error) {
    const fault = error instanceof Refusal ? null : systemFault(error, path);
    if (fault) throw new Refusal(fault, error);
    throw error;
  }
}

async function readFiles(
  files: readonly string[],
  folder: string,
  newId: () => string,
): Promise<ReadManuscript> {
  let bytesLeft = MAX_BYTES;
  const isPart = files.length > 1;
  const metadata: MetadataGuess = {};
  const chapters: Chapter[] = [];
  const losses: Loss[] = [];
  const texts: { name: string; text: string }[] = [];
  const asides: string[] = [];
  for (const file of files) {
    const bytes = await readSome(file, bytesLeft);
    bytesLeft -= bytes.length;
    const text = decode(bytes, file);
    texts.push({ name: basename(file), text });
    const parsed = parseMarkdown(text, newId, { isPart });
    asides.push(...parsed.asides);
    Object.assign(metadata, { ...parsed.metadata, ...metadata });
    for (const [index, chapter] of parsed.chapters.entries()) {
      const isUntitledFile = isPart && index === 0 && chapter.title === '';
      chapters.push(isUntitledFile ? { ...chapter, title: titleFromName(file) } : chapter);
    }
    const name = basename(file);
    losses.push(
      ...parsed.losses.map((loss) =>
        isPart ? { ...loss, where: `${name}, ${loss.where}` } : loss,
      ),
    );
  }
  const pictures = await findPictures(chapters, folder, losses);
  const language = metadata.language ?? 'en';
  const words = chapters.reduce((sum, chapter) => sum + countChapterWords(chapter, language), 0);
  return { metadata, chapters, losses, words, pictures, source: () => linesOf(texts), asides };
}

function* linesOf(texts: readonly { name: string; text: string }[]): Generator<MeterLine> {
  for (const { name, text } of texts) yield* markdownLines(text, name);
}

async function markdownFiles(folder: string): Promise<string[]> {
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .filter((name) => /\.(?:md|markdown|mdown)$/i.test(name));
  if (names.length === 0) {
    refuse(
      'book/nothing-to-read',
      `“${basename(folder)}” holds no Markdown files. Choose a folder with .md files in it.`,
      { path: folder },
    );
  }
  const inOrder = new Intl.Collator('en', { numeric: true });
  return names.sort((a, b) => inOrder.compare(a, b)).map((name) => join(folder, name));
}

async function readSome(file: string, bytesLeft: number): Promise<Uint8Array> {
  const extension = extname(file).toLowerCase();
  if (!MARKDOWN.has(extension)) {
    refuse('book/format-not-supported', `“${basename(file)}” is no Markdown file (.md).`, {
      path: file,
      extension,
    });
  }
  const { size } = await stat(file);
  if (size > bytesLeft) {
    refuse(
      'book/too-large',
      `“${basename(file)}” would make this import larger than 50 MB of text. Split it into several books.`,
      { path: file, sizeBytes: size },
    );
  }
  return readFile(file);
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  return refuse(
    'book/not-text',
    `“${basename(file)}” is not text in UTF-8. Save it as UTF-8 in your editor, then import it again.`,
    { path: file },
  );
}

function titleFromName(file: string): string {
  const name = basename(file, extname(file));
  return name
    .replace(/^\d+[\s._-]*/, '')
    .replace(/[_-]+/g, ' ')
    .trim()
    .slice(0, 500);
}

async function findPictures(
  chapters: readonly Chapter[],
  folder: string,
  losses: Loss[],
): Promise<{ source: string; path: string }[]> {
  const root = await realpath(folder);
  const found: { source: string; path: string }[] = [];
  const sources = new Set(
    chapters
      .flatMap((chapter) => [...walkBlocks(chapter.blocks)])
      .flatMap((block) => (block.kind === 'image' ? [block.source] : [])),
  );
  for (const source of sources) {
    const path = await insideFolder(root, source);
    if (path !== null) found.push({ source, path });
    else {
      losses.push({
        code: 'picture-missing',
        where: source,
        message: `The picture “${source}” does not stand in the manuscript’s folder. Its place was kept.`,
      });
    }
  }
  return found;
}

/** The file a manuscript may mean by `source`: a real file in its own folder, wherever a link there may point. */
async function insideFolder(root: string, source: string): Promise<string | null> {
  if (/^[a-z][a-z0-9+.-]+:/i.test(source)) return null;
  const path = await realpath(resolve(root, decodeName(source))).catch(() => null);
  if (path === null) return null;
  const way = relative(root, path);
  const isInside = way !== '' && !way.startsWith('..') && !isAbsolute(way);
  return isInside && (await stat(path)).isFile() ? path : null;
}

function decodeName(source: string): string {
  try {
    return decodeURIComponent(source);
  } catch {
    return source;
  }
}
