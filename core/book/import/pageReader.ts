import type { XmlElement } from '../../xml/xmlElement.ts';
import type { Loss } from '../loss.ts';
import type { Block, Picture } from '../manuscript.ts';
import type { BookStyles } from './bookStyles.ts';
import type { BlockIds } from './imported.ts';
import type { Marks } from './marksOfElement.ts';
import type { MeterLine } from './meterLine.ts';

/** A place in a source: a page by its name, and an element of it by its id; an empty id means the page itself. */
export type Place = { page: string; id: string };

/** A footnote as a page has it: the elements that hold its text. */
export type NoteBody = { elements: XmlElement[]; page: Page; ancestors: XmlElement[] };

/** A page of a source on its way into blocks. */
export type Page = {
  /** Name for losses and places. */
  name: string;
  root: XmlElement;
  styles: BookStyles;
  language: string;
};

/** What all pages of a source share while they are read. */
export type PageReader = {
  ids: BlockIds;
  losses: Loss[];
  /** Elements that are left out for a reason; the loss meter passes over them. */
  setAside: Set<XmlElement>;
  /** Text that is left out where it is no element of its own. */
  asides: MeterLine[];
  /** How often something without a place of its own happened, by page and kind. */
  tallies: Map<string, Tally>;
  /** Where an address of a page leads inside the source, or null when it leads out of it. */
  resolve: (page: Page, href: string) => Place | null;
  /** The name by which the book calls a picture of the source, or null with a loss when it cannot be had. */
  picture: (page: Page, address: string) => string | null;
  /** The note that a call leads to. */
  noteOf: (call: XmlElement) => NoteBody | undefined;
  /** Elements that are text of notes, or only lead back from them, and so do not stand in the flow. */
  noteParts: ReadonlySet<XmlElement>;
  placedNotes: Set<NoteBody>;
  /** Empty paragraphs mean breaks between scenes, because they are rare. */
  blankIsBreak: boolean;
};

export type Tally = {
  code: string;
  where: string;
  count: number;
  message: (count: number) => string;
};

/** What stands in a line of a page before it is sorted into blocks. */
export type Piece =
  | { kind: 'text'; text: string; marks: Marks }
  | { kind: 'note'; id: string; blocks: Block[] }
  | { kind: 'break' }
  | Picture;

/** Adds to what is told once for a page, with how often it was. */
export function tally(
  reader: PageReader,
  page: Page,
  code: string,
  message: (count: number) => string,
): void {
  const key = `${page.name} ${code}`;
  const known = reader.tallies.get(key);
  if (known) known.count += 1;
  else reader.tallies.set(key, { code, where: page.name, count: 1, message });
}

/** Adds a loss of a page. */
export function lose(reader: PageReader, page: Page, code: string, message: string): void {
  reader.losses.push({ code, where: page.name, message });
}

/** Blocks that are being collected, with the line that is not finished yet. */
export type Flow = {
  reader: PageReader;
  page: Page;
  out: Block[];
  pieces: Piece[];
  /** The id for the paragraph that the line becomes. */
  wantedId: string | undefined;
  /** Where in `out` each id of the page stands; only for the page's own flow. */
  anchors: Map<string, number> | null;
  /** The level of each heading as the page has it, from 1 to 6. */
  levels: Map<Block, number>;
  /** Headings that are only the number of their chapter. */
  numbers: Set<Block>;
  /** Breaks that only an empty line stands for. */
  softBreaks: Set<Block>;
  /** Parts of the page with the words that say what they are, by where in `out` they begin. */
  sections: { index: number; terms: string[]; id: string | undefined }[];
};

export type Context = {
  ancestors: readonly XmlElement[];
  marks: Marks;
  align: 'center' | 'end' | undefined;
  /** How deep blocks of this flow stand, from 1. */
  depth: number;
  isSetApart: boolean;
};

/** The id of a block: its element's own, if it can be had. */
export function takeId(flow: Flow, element: XmlElement): string {
  return flow.reader.ids.take(element.attributes.get('id'));
}
