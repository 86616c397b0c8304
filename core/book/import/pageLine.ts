import type { XmlElement } from '../../xml/xmlElement.ts';
import { textRun, tidyInlines } from '../inlines.ts';
import type { Block, Inline, Picture } from '../manuscript.ts';
import { attribute } from './htmlTree.ts';
import { bookText } from './imported.ts';
import { isOrnament } from './ornaments.ts';
import { lose, type Page, type PageReader, type Piece, tally } from './pageReader.ts';

/** Pieces as lines: spaces as a page shows them, broken where the source breaks; pictures stand between lines. */
export function linesOf(pieces: readonly Piece[]): (Inline[] | Picture)[] {
  const lines: (Inline[] | Picture)[] = [];
  let line: Inline[] = [];
  let endsWithSpace = true;
  const close = () => {
    const tidy = tidyInlines(line);
    const isBlank = plainText(tidy).trim() === '' && tidy.every(({ kind }) => kind === 'text');
    if (!isBlank) lines.push(tidy);
    line = [];
    endsWithSpace = true;
  };
  for (const piece of pieces) {
    if (piece.kind === 'break') close();
    else if (piece.kind === 'image') {
      close();
      lines.push(piece);
    } else if (piece.kind === 'note') line.push(piece);
    else {
      let text = bookText(piece.text.replace(/[ \t\r\n\f]+/g, ' '));
      if (endsWithSpace) text = text.replace(/^ /, '');
      if (text === '') continue;
      endsWithSpace = text.endsWith(' ');
      line.push(textRun(text, piece.marks));
    }
  }
  close();
  return lines;
}

/** Text of inlines, notes left out. */
export function plainText(inlines: readonly Inline[]): string {
  return inlines.map((inline) => (inline.kind === 'text' ? inline.text : '')).join('');
}

/**
 * Pieces of a paragraph as blocks: one paragraph, or a stanza where lines break, with pictures set apart. A line of
 * nothing but ornaments is a break between scenes.
 */
export function paragraphBlocks(
  reader: PageReader,
  page: Page,
  pieces: readonly Piece[],
  options: { id?: string | undefined; align?: 'center' | 'end' | undefined },
): Block[] {
  const blocks: Block[] = [];
  let lines: Inline[][] = [];
  let wanted = options.id;
  const takeId = () => {
    const id = reader.ids.take(wanted);
    wanted = undefined;
    return id;
  };
  const close = () => {
    const [first] = lines;
    if (lines.length > 1) blocks.push({ kind: 'verse', id: takeId(), lines });
    else if (first) {
      if (first.every(({ kind }) => kind === 'text') && isOrnament(plainText(first))) {
        blocks.push({ kind: 'scene-break', id: takeId() });
      } else {
        const align = options.align === undefined ? {} : { align: options.align };
        blocks.push({ kind: 'paragraph', id: takeId(), ...align, inlines: first });
      }
    }
    lines = [];
  };
  const all = linesOf(pieces);
  for (const line of all) {
    if (Array.isArray(line)) lines.push(line);
    else {
      close();
      blocks.push(line);
    }
  }
  close();
  if (all.length > 1 && all.some((line) => !Array.isArray(line)) && all.some(Array.isArray)) {
    tally(reader, page, 'picture-moved', (count) =>
      count === 1
        ? 'A picture inside a paragraph now stands on its own.'
        : `${count} pictures inside paragraphs now stand on their own.`,
    );
  }
  return blocks;
}

/** A picture of a page, or null with a loss when the book cannot have it. */
export function readPicture(
  reader: PageReader,
  page: Page,
  element: XmlElement,
  caption?: string,
): Picture | null {
  const address =
    element.name === 'object'
      ? (attribute(element, 'data') ?? '')
      : (attribute(element, 'src') ?? attribute(element, 'href') ?? '');
  const alt = bookText((element.attributes.get('alt') ?? '').replace(/\s+/g, ' ')).trim();
  if (address.trim() === '') {
    lose(
      reader,
      page,
      'picture',
      `A picture without an address${alt === '' ? '' : ` (“${alt.slice(0, 80)}”)`} was left out.`,
    );
    return null;
  }
  const source = reader.picture(page, address);
  if (source === null) return null;
  const role = element.attributes.get('role') ?? '';
  const isDecorative = /\b(?:presentation|none)\b/.test(role);
  return {
    kind: 'image',
    id: reader.ids.take(element.attributes.get('id')),
    source,
    alt: alt.slice(0, 4_000),
    ...(isDecorative && alt === '' && { decorative: true as const }),
    ...(caption && { caption: caption.slice(0, 4_000) }),
  };
}
