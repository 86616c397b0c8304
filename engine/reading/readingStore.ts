import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import {
  type Annotation,
  annotationSchema,
  type Appearance,
  appearanceSchema,
  DEFAULT_APPEARANCE,
  type Place,
  placeSchema,
} from '#core/reading/readingModel.ts';

/** What a book is known by: its own identifier, its title, and where it was read from. */
export type BookIdentity = {
  identifier: string;
  title: string;
  creators: readonly string[];
  /** Path of the file, or the project and book it is made of. */
  source: string;
};

export type ReadBook = {
  path: string;
  title: string;
  creators: string[];
  total: number;
  readAtMs: number;
};

const bookRow = z.object({ id: z.number(), title: z.string(), source: z.string() });
const recentRow = z.object({
  source: z.string(),
  title: z.string(),
  creators: z.string(),
  total: z.number(),
  read_at: z.number(),
});
const bodyRow = z.object({ body: z.string() });

/**
 * What readers leave in books, in one small SQLite file: places, annotations, and how books are to look. A book is
 * known again by its identifier, so that all of it outlives a new edition or another place on disk; two books that
 * carry the same identifier are told apart by title and place.
 */
export class ReadingStore {
  readonly #path: string;
  #database: Database.Database | undefined;

  constructor(dataDir: string) {
    this.#path = join(dataDir, 'reading.sqlite');
  }

  /** The row of a book, made at its first opening. */
  bookId(book: BookIdentity, nowMs: number): number {
    const database = this.#open();
    const known = z
      .array(bookRow)
      .parse(
        database
          .prepare('SELECT id, title, source FROM books WHERE identifier = ? ORDER BY read_at DESC')
          .all(book.identifier),
      );
    const row =
      known.find((one) => one.title === book.title && one.source === book.source) ??
      known.find((one) => one.title === book.title) ??
      known.find((one) => one.source === book.source);
    const creators = JSON.stringify(book.creators);
    if (row !== undefined) {
      database
        .prepare('UPDATE books SET title = ?, creators = ?, source = ?, read_at = ? WHERE id = ?')
        .run(book.title, creators, book.source, nowMs, row.id);
      return row.id;
    }
    const { lastInsertRowid } = database
      .prepare(
        'INSERT INTO books (identifier, title, creators, source, read_at) VALUES (?, ?, ?, ?, ?)',
      )
      .run(book.identifier, book.title, creators, book.source, nowMs);
    return Number(lastInsertRowid);
  }

  place(bookId: number): Place | null {
    const row = this.#open().prepare('SELECT place AS body FROM books WHERE id = ?').get(bookId);
    return parse(row, placeSchema);
  }

  setPlace(bookId: number, place: Place, nowMs: number): void {
    this.#open()
      .prepare('UPDATE books SET place = ?, total = ?, read_at = ? WHERE id = ?')
      .run(JSON.stringify(place), place.total, nowMs, bookId);
  }

  annotations(bookId: number): Annotation[] {
    const rows = this.#open()
      .prepare('SELECT body FROM annotations WHERE book_id = ? ORDER BY rowid')
      .all(bookId);
    return rows.flatMap((row) => parse(row, annotationSchema) ?? []);
  }

  annotate(bookId: number, annotations: readonly Annotation[]): void {
    const database = this.#open();
    const put = database.prepare(
      'INSERT INTO annotations (book_id, id, body) VALUES (?, ?, ?) ON CONFLICT (book_id, id) DO UPDATE SET body = excluded.body',
    );
    database.transaction(() => {
      for (const annotation of annotations)
        put.run(bookId, annotation.id, JSON.stringify(annotation));
    })();
  }

  removeAnnotation(bookId: number, id: string): void {
    this.#open().prepare('DELETE FROM annotations WHERE book_id = ? AND id = ?').run(bookId, id);
  }

  appearance(): Appearance {
    const row = this.#open().prepare("SELECT body FROM settings WHERE name = 'appearance'").get();
    return parse(row, appearanceSchema) ?? DEFAULT_APPEARANCE;
  }

  setAppearance(appearance: Appearance): void {
    this.#open()
      .prepare(
        "INSERT INTO settings (name, body) VALUES ('appearance', ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body",
      )
      .run(JSON.stringify(appearance));
  }

  /** Books that were read from files, last first. */
  recent(most: number): ReadBook[] {
    const rows = this.#open()
      .prepare(
        "SELECT source, title, creators, total, read_at FROM books WHERE source LIKE 'file:%' ORDER BY read_at DESC LIMIT ?",
      )
      .all(most);
    return z
      .array(recentRow)
      .parse(rows)
      .map((row) => ({
        path: row.source.slice('file:'.length),
        title: row.title,
        creators: z.array(z.string()).catch([]).parse(JSON.parse(row.creators)),
        total: row.total,
        readAtMs: row.read_at,
      }));
  }

  close(): void {
    this.#database?.close();
    this.#database = undefined;
  }

  /** Opened with the first book, since most runs of the engine read none. */
  #open(): Database.Database {
    if (this.#database !== undefined) return this.#database;
    const database = new Database(this.#path);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('busy_timeout = 5000');
    database.pragma('foreign_keys = ON');
    database.exec(SCHEMA);
    this.#database = database;
    return database;
  }
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS books (
    id INTEGER PRIMARY KEY,
    identifier TEXT NOT NULL,
    title TEXT NOT NULL,
    creators TEXT NOT NULL,
    source TEXT NOT NULL,
    place TEXT,
    total REAL NOT NULL DEFAULT 0,
    read_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS books_by_identifier ON books (identifier);
  CREATE TABLE IF NOT EXISTS annotations (
    book_id INTEGER NOT NULL REFERENCES books (id),
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (book_id, id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
`;

/** What a row holds as JSON; null when there is nothing, or something of another version. */
function parse<T>(row: unknown, schema: z.ZodType<T>): T | null {
  const body = bodyRow.safeParse(row);
  if (!body.success) return null;
  try {
    const read = schema.safeParse(JSON.parse(body.data.body));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
