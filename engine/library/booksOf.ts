import { z } from 'zod';
import { bookMetadataSchema } from '#core/book/manuscript.ts';
import { countChapterWords } from '#core/book/words.ts';
import { type ShelfBook, shelfBookSchema } from '#core/contract/library.ts';
import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import type { Book, ChapterEntity } from '#core/model/entities.ts';
import type { Project } from '#core/model/project.ts';

/** What a shelf shows of a book that lies in the book itself. */
export const bookFactsSchema = shelfBookSchema.pick({
  bookId: true,
  metadata: true,
  status: true,
  archived: true,
  chapters: true,
  words: true,
  goalWords: true,
});
export type BookFacts = Pick<ShelfBook, keyof z.infer<typeof bookFactsSchema>>;

/** How long a book is meant to be is read as loosely as it may be kept. */
const goalSchema = z.object({ goal: z.object({ words: z.int().positive() }) });

const counted = new WeakMap<ChapterEntity, number>();

/** The books of a project as a shelf shows them. Chapters are counted once for each state of them. */
export function booksOf(project: Project): BookFacts[] {
  return project.all('book').flatMap((book) => {
    const metadata = bookMetadataSchema.safeParse(book.metadata);
    return metadata.success ? [factsOf(project, book, metadata.data)] : [];
  });
}

function factsOf(project: Project, book: Book, metadata: BookFacts['metadata']): BookFacts {
  const chapters = chaptersOf(project, book.id);
  const goal = goalSchema.safeParse(book);
  return {
    bookId: book.id,
    metadata,
    status: book.status ?? 'draft',
    archived: book.archived ?? false,
    chapters: chapters.length,
    words: chapters.reduce((sum, chapter) => sum + wordsOf(chapter, metadata.language), 0),
    ...(goal.success && { goalWords: goal.data.goal.words }),
  };
}

function wordsOf(chapter: ChapterEntity, language: string): number {
  const known = counted.get(chapter);
  if (known !== undefined) return known;
  const words = countChapterWords(chapter, language);
  counted.set(chapter, words);
  return words;
}
