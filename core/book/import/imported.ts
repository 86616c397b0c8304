import type { MetadataGuess } from '../frontMatter.ts';
import type { Loss } from '../loss.ts';
import type { Chapter } from '../manuscript.ts';
import type { MeterLine } from './meterLine.ts';

/** What a reader made of a source, with what the loss meter needs to check it. */
export type Imported = {
  metadata: MetadataGuess;
  chapters: Chapter[];
  losses: Loss[];
  /** Visible text of the source, by other means than the reader's own. */
  source: () => Iterable<MeterLine>;
  /** Text that was left out for a reason and is accounted for. */
  asides: MeterLine[];
  /** Name of the cover picture, as `pictures` of the source name it. */
  cover?: string;
};

/** The files of a source, by their names in it. Names have `/` between folders and do not begin with one. */
export type SourceFiles = {
  names: readonly string[];
  /** A file as text by the encoding it declares, or null when it is not there. */
  text: (name: string) => string | null;
};

/** Gives ids to blocks: the source's own where a book may hold it and nobody else has it, or a new one. */
export class BlockIds {
  readonly #taken = new Set<string>();
  readonly #newId: () => string;

  constructor(newId: () => string) {
    this.#newId = newId;
  }

  take(wanted?: string): string {
    // An id that begins with a digit stands in XML with an underscore before it.
    const id = wanted === undefined ? '' : /^_\d/.test(wanted) ? wanted.slice(1) : wanted;
    if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(id) && !this.#taken.has(id)) {
      this.#taken.add(id);
      return id;
    }
    let made = this.#newId();
    while (this.#taken.has(made)) made = this.#newId();
    this.#taken.add(made);
    return made;
  }
}

/** The text of a string without what no book format can hold, and whether anything was left out. */
export function bookText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, (char) =>
    char === '\n' || char === '\t' || char === '\r' || char === '\f' ? ' ' : '',
  );
}
