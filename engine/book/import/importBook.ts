import { basename, extname } from 'node:path';
import { z } from 'zod';
import { withPictures } from '#core/book/import/withPictures.ts';
import type { MeterReading } from '#core/book/import/lossMeter.ts';
import type { Loss } from '#core/book/loss.ts';
import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import type { Ffmpeg } from '#engine/tools/ffmpeg.ts';
import { Cancelled } from '../../process/run.ts';
import type { Commit, ProjectFile } from '../../project/projectFile.ts';
import { type ImportedPictures, importPictures, removePictures } from './importPictures.ts';
import { readInWorker } from './readInWorker.ts';

export type ImportedBook = {
  bookId: string;
  chapters: number;
  words: number;
  losses: Loss[];
  meter: MeterReading[];
  pictures: number;
  /** The cover's picture, by its name among the project's media. */
  cover?: string;
  commit: Commit;
};

type Options = {
  tools: () => Promise<Ffmpeg>;
  signal: AbortSignal;
  onProgress: (share: number, detail: string) => void;
};

/**
 * Reads a manuscript into a new book of a project, as one edit that undo takes back. Until that edit nothing of the project
 * has changed, and on any failure the pictures that were unpacked are removed again. Refuses what `readSource` refuses.
 */
export async function importBook(
  file: ProjectFile,
  path: string,
  { tools, signal, onProgress }: Options,
): Promise<ImportedBook> {
  const read = await readInWorker(
    { path, seed: crypto.randomUUID() },
    { signal, onProgress: (share, detail) => onProgress(share * 0.8, detail) },
  );
  const { title = basename(path, extname(path)), ...details } = read.metadata;
  const metadata = {
    authors: [],
    language: 'en',
    identifier: `urn:uuid:${crypto.randomUUID()}`,
    ...details,
    title,
  };
  const cover = read.cover === undefined ? [] : [{ source: read.cover, path: null }];
  const isNamed = read.pictures.some(({ source }) => source === read.cover);
  const wishes = isNamed ? read.pictures : [...read.pictures, ...cover];
  const pictures =
    wishes.length === 0
      ? NO_PICTURES
      : await importPictures(path, title, wishes, {
          file,
          tools: await tools(),
          signal,
          onProgress: (share, detail) => onProgress(0.8 + share * 0.15, detail),
        });
  try {
    if (signal.aborted) throw new Cancelled();
    onProgress(0.95, 'Writing the book into the project');
    const losses = [...read.losses, ...pictures.losses];
    const isPacked = new Set(read.pictures.flatMap((one) => (one.path === null ? one.source : [])));
    const chapters = withPictures(read.chapters, pictures.names, isPacked);
    const { outcomes, ...commit } = file.edit([
      {
        type: 'book.create',
        metadata,
        chapters: chapters.map(({ title, role, blocks }) => ({
          title,
          ...(role !== undefined && { role }),
          blocks,
        })),
      },
      ...emptyBooks(file).map((bookId) => ({ type: 'book.delete', bookId })),
      ...pictures.commands,
    ]);
    const coverName = read.cover === undefined ? undefined : pictures.names.get(read.cover);
    return {
      bookId: z.string().parse(outcomes[0]?.['bookId']),
      chapters: chapters.length,
      words: read.words,
      losses,
      meter: read.meter,
      pictures: pictures.names.size,
      ...(coverName !== undefined && { cover: coverName }),
      commit,
    };
  } catch (error) {
    if (pictures.folder !== null) await removePictures(pictures.folder);
    throw error;
  }
}

const NO_PICTURES: ImportedPictures = { names: new Map(), commands: [], losses: [], folder: null };

/** Books in which nothing has been written: the one that a new project begins with gives way to an import. */
function emptyBooks(file: ProjectFile): string[] {
  return file.project
    .all('book')
    .filter((book) =>
      chaptersOf(file.project, book.id).every((chapter) => chapter.blocks.length === 0),
    )
    .map((book) => book.id);
}
