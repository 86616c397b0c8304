import { readFile } from 'node:fs/promises';
import { type Manuscript, walkBlocks } from '#core/book/manuscript.ts';
import { type PictureFile, pictureFile } from '#core/book/pictureFile.ts';
import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import { refuse } from '#core/fault.ts';
import { findAssetFile } from '../media/assetLocation.ts';
import type { ProjectFile } from '../project/projectFile.ts';

/** The id of the book that is meant: the named one, or the first. Refuses `book/no-such-book`. */
export function findBookId(file: ProjectFile, bookId?: string): string {
  const book =
    bookId === undefined ? file.project.all('book')[0] : file.project.find('book', bookId);
  return (
    book?.id ??
    refuse(
      'book/no-such-book',
      'This project has no such book. Make one, or import a manuscript.',
      { bookId },
    )
  );
}

/** A book of a project as a manuscript. */
export function manuscriptOf(file: ProjectFile, bookId: string): Manuscript {
  const book = file.project.find('book', bookId);
  if (book === undefined)
    refuse('book/no-such-book', 'That book is no longer in the project.', { bookId });
  const chapters = chaptersOf(file.project, bookId).map(({ id, title, role, blocks }) => ({
    id,
    title,
    ...(role !== undefined && { role }),
    blocks,
  }));
  return { metadata: book.metadata, chapters };
}

/** A picture of the project by its asset's name, with the path it lies at; undefined where there is none. */
export async function pictureNamed(
  file: ProjectFile,
  name: string | undefined,
): Promise<{ file: PictureFile; path: string } | undefined> {
  if (name === undefined) return undefined;
  const asset = file.project.all('asset').find((one) => one.name === name);
  const path = asset === undefined ? null : findAssetFile(asset, file.path);
  const picture = path === null ? null : pictureFile(await readFile(path));
  return picture === null || path === null ? undefined : { file: picture, path };
}

/** The pictures a manuscript names, found among the project's assets by name; those that are nowhere are left out. */
export async function picturesOf(
  file: ProjectFile,
  manuscript: Manuscript,
): Promise<Map<string, PictureFile>> {
  const sources = new Set<string>();
  for (const chapter of manuscript.chapters) {
    for (const block of walkBlocks(chapter.blocks)) {
      if (block.kind === 'image') sources.add(block.source);
    }
  }
  const pictures = new Map<string, PictureFile>();
  for (const asset of sources.size > 0 ? file.project.all('asset') : []) {
    const path = sources.has(asset.name) ? findAssetFile(asset, file.path) : null;
    const picture = path === null ? null : pictureFile(await readFile(path));
    if (picture) pictures.set(asset.name, picture);
  }
  return pictures;
}
