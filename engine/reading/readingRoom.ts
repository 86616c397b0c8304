import { randomBytes } from 'node:crypto';
import { refuse } from '#core/fault.ts';
import { BookFile } from './bookFile.ts';
import { BookZip } from './bookZip.ts';
import { type BookIdentity, ReadingStore } from './readingStore.ts';

/** A book that is being read. */
export type ReadingSession = { id: string; book: BookFile; bookId: number; identity: BookIdentity };

/** More open books than a person reads at once: the one that was opened first is closed. */
const MOST_SESSIONS = 12;

/** The books that are open to read, and what is kept of them. */
export class ReadingRoom {
  readonly store: ReadingStore;
  readonly #sessions = new Map<string, ReadingSession>();

  constructor(dataDir: string) {
    this.store = new ReadingStore(dataDir);
  }

  /** Opens an EPUB from a file or from bytes that were made of a project. Refuses what `BookZip` and `BookFile` refuse. */
  async open(
    from: { path: string } | { bytes: Uint8Array; source: string },
  ): Promise<ReadingSession> {
    const zip = await ('path' in from
      ? BookZip.openFile(from.path)
      : BookZip.openBytes(from.bytes));
    const book = await BookFile.open(zip);
    const { identifier, title, creators } = book.package;
    const identity = {
      identifier: identifier || title.text,
      title: title.text,
      creators,
      source: 'path' in from ? `file:${from.path}` : from.source,
    };
    // The address of a book cannot be guessed, not even by another book.
    const id = randomBytes(18).toString('base64url');
    const session = { id, book, identity, bookId: this.store.bookId(identity, Date.now()) };
    this.#sessions.set(id, session);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > MOST_SESSIONS && oldest !== undefined) await this.close(oldest);
    return session;
  }

  find(sessionId: string): ReadingSession | undefined {
    return this.#sessions.get(sessionId);
  }

  /** Refuses `reading/not-open`. */
  need(sessionId: string): ReadingSession {
    return (
      this.find(sessionId) ??
      refuse(
        'reading/not-open',
        'This book is no longer open. Open it again; your place and notes are kept.',
      )
    );
  }

  async close(sessionId: string): Promise<void> {
    const session = this.find(sessionId);
    this.#sessions.delete(sessionId);
    await session?.book.close();
  }

  async closeAll(): Promise<void> {
    for (const id of [...this.#sessions.keys()]) await this.close(id);
    this.store.close();
  }
}
