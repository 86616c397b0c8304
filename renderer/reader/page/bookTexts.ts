import type { OpenBook } from '#core/contract/reading.ts';
import { encodeBookPath } from '#core/reading/bookPath.ts';
import type { Place } from '#core/reading/readingModel.ts';
import {
  type SearchableText,
  searchable,
  searchText,
  type TextHit,
} from '#core/reading/searchText.ts';
import { documentText } from './documentText.ts';
import { hasPlace } from './places.ts';

export type BookHit = TextHit & { index: number };

/** More hits than a person looks through. */
const MOST_HITS = 500;

/** The text of every document of a book, read in the background, for searching and for finding places again. */
export class BookTexts {
  readonly #book: OpenBook;
  readonly #texts = new Map<number, Promise<SearchableText>>();
  readonly #read = new Map<number, SearchableText>();
  #all: Promise<void> | undefined;

  constructor(book: OpenBook) {
    this.#book = book;
  }

  /** Reads all documents, once; between them the page stays free. */
  readAll(signal: AbortSignal): Promise<void> {
    this.#all ??= (async () => {
      for (const index of this.#book.sections.keys()) {
        if (signal.aborted) return;
        await this.text(index);
      }
    })();
    return this.#all;
  }

  /** Share of the documents that are read, from 0 to 1. */
  get progress(): number {
    return this.#book.sections.length === 0 ? 1 : this.#read.size / this.#book.sections.length;
  }

  text(index: number): Promise<SearchableText> {
    const known = this.#texts.get(index);
    if (known !== undefined) return known;
    const read = this.#fetch(index).then((text) => {
      this.#read.set(index, text);
      return text;
    });
    this.#texts.set(index, read);
    return read;
  }

  /** Where words stand in what was read so far, in the order of the book. */
  search(words: string): { hits: BookHit[]; isCut: boolean } {
    const hits: BookHit[] = [];
    for (const index of this.#book.sections.keys()) {
      const text = this.#read.get(index);
      if (text === undefined) continue;
      for (const hit of searchText(text, words, MOST_HITS - hits.length))
        hits.push({ ...hit, index });
      if (hits.length >= MOST_HITS) return { hits, isCut: true };
    }
    return { hits, isCut: false };
  }

  /**
   * The document in which the words of a place stand: its own, else the first other one, which is where they are when a
   * book was made again with other chapters. Null when they are nowhere.
   */
  async findDocument(place: Place): Promise<number | null> {
    const own = this.#book.sections.findIndex((section) => section.path === place.path);
    const others = [...this.#book.sections.keys()]
      .filter((index) => index !== own)
      .sort((a, b) => Math.abs(a - own) - Math.abs(b - own));
    for (const index of own < 0 ? others : [own, ...others]) {
      const { original } = await this.text(index);
      if (hasPlace(original, place)) return index;
    }
    return null;
  }

  /** A document that is only parsed: it runs and loads nothing. Null when it cannot be read. */
  async document(index: number): Promise<Document | null> {
    const section = this.#book.sections[index];
    if (section === undefined) return null;
    try {
      const response = await fetch(`${this.#book.root}${encodeBookPath(section.path)}?page`);
      if (!response.ok) return null;
      const isHtml = (response.headers.get('content-type') ?? '').startsWith('text/html');
      return new DOMParser().parseFromString(
        await response.text(),
        isHtml ? 'text/html' : 'application/xhtml+xml',
      );
    } catch {
      return null;
    }
  }

  async #fetch(index: number): Promise<SearchableText> {
    const doc = await this.document(index);
    return searchable(doc === null ? '' : documentText(doc).text);
  }
}
