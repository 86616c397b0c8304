import { childElement, textOf, type XmlElement } from '../../xml/xmlElement.ts';
import { textRun, tidyInlines } from '../inlines.ts';
import { bookLink } from '../link.ts';
import type { Loss } from '../loss.ts';
import {
  type Block,
  type Inline,
  MAX_NESTING,
  type Picture,
  type TableCell,
} from '../manuscript.ts';
import { shown, textOfPiece } from './docxLines.ts';
import type { DocxPackage, DocxPart } from './docxPackage.ts';
import { type ParagraphStyle, value } from './docxStyles.ts';
import { attribute, walkElements } from './htmlTree.ts';
import { bookText, type BlockIds } from './imported.ts';
import { wordsOf } from './lossMeter.ts';
import type { Marks } from './marksOfElement.ts';
import type { MeterLine } from './meterLine.ts';
import { isOrnament } from './ornaments.ts';
import { plainText } from './pageLine.ts';

/** A block of a Word file with what its paragraph says of its place in the book. */
export type DocxItem = {
  block: Block;
  kind: ParagraphStyle['kind'];
  /** Level of a heading, from 1. */
  level: number;
  isPart: boolean;
  startsPage: boolean;
  /** An empty line, which may stand for a break. */
  isSoft: boolean;
  list: { numId: string; level: number } | undefined;
  /** The paragraph it was read from; tables and pictures have none. */
  element: XmlElement | undefined;
};

type Tally = { count: number; words: number; message: (count: number, words: number) => string };
type Field = { instruction: string; isResult: boolean };
type Piece = Inline | Picture | { kind: 'break' } | { kind: 'page' };

export class DocxReader {
  readonly file: DocxPackage;
  readonly ids: BlockIds;
  readonly language: string;
  readonly names: ReadonlySet<string>;
  readonly losses: Loss[] = [];
  readonly setAside = new Set<XmlElement>();
  readonly asides: MeterLine[] = [];
  readonly tallies = new Map<string, Tally>();
  /** Blocks of text boxes, which follow the paragraph that holds them. */
  #boxes: DocxItem[] = [];
  #fields: Field[] = [];
  #placed = new Set<XmlElement>();
  #carried: Piece[] = [];
  #part: DocxPart;

  constructor(file: DocxPackage, ids: BlockIds, language: string, names: readonly string[]) {
    this.file = file;
    this.ids = ids;
    this.language = language;
    this.names = new Set(names);
    this.#part = file.document;
  }

  /** All blocks of the body, with their places. */
  readBody(): DocxItem[] {
    const items = this.#items(this.file.body, 1);
    for (const [kind, notes] of [
      ['footnotes', this.file.footnotes],
      ['endnotes', this.file.endnotes],
    ] as const) {
      for (const note of notes.values()) {
        if (this.#placed.has(note)) continue;
        const blocks = this.#noteBlocks(note, kind, 1);
        if (blocks.length > 0) {
          this.tally('footnote-unused', 0, (count) =>
            count === 1
              ? 'A footnote is never called. Its text now stands at the end.'
              : `${count} footnotes are never called. Their text now stands at the end.`,
          );
        }
        items.push(...blocks.map((block) => plainItem(block)));
      }
    }
    return items;
  }

  tally(code: string, words: number, message: Tally['message']): void {
    const known = this.tallies.get(code) ?? { count: 0, words: 0, message };
    known.count += 1;
    known.words += words;
    this.tallies.set(code, known);
  }

  #items(parent: XmlElement, depth: number): DocxItem[] {
    const items: DocxItem[] = [];
    let startsPage = false;
    const add = (made: DocxItem[]) => {
      const [first] = made;
      if (first && startsPage) first.startsPage = true;
      if (made.length > 0) startsPage = false;
      items.push(...made);
    };
    for (const child of shown(parent)) {
      switch (child.name) {
        case 'p': {
          const { before, endsPage } = this.#paragraph(child, depth);
          add(before);
          startsPage ||= endsPage;
          break;
        }
        case 'tbl':
          add(this.#table(child, depth));
          break;
        case 'sdt':
          if (isContents(child)) this.#leaveOutContents(child);
          else add(this.#items(childElement(child, 'sdtcontent') ?? child, depth));
          break;
        case 'del':
        case 'movefrom':
          this.#deleted(child);
          break;
        case 'ins':
        case 'moveto':
        case 'customxml':
        case 'smarttag':
        case 'sdtcontent':
          add(this.#items(child, depth));
          break;
        case 'altchunk':
          this.losses.push({
            code: 'alt-chunk',
            where: 'document',
            message: 'Another file that is embedded as text was left out.',
          });
          break;
        default:
      }
    }
    return items;
  }

  #leaveOutContents(element: XmlElement): void {
    this.setAside.add(element);
    this.tally(
      'contents',
      0,
      () => 'The table of contents was left out, because Inkreel makes its own.',
    );
  }

  #paragraph(element: XmlElement, depth: number): { before: DocxItem[]; endsPage: boolean } {
    const properties = childElement(element, 'ppr');
    const style = this.file.styles.paragraphStyle(properties);
    const isContentsOpen = () =>
      this.#fields.some(({ instruction }) => /^\s*TOC\b/.test(instruction));
    const wasInContents = isContentsOpen();
    const pieces: Piece[] = [...this.#carried];
    this.#carried = [];
    this.#pieces(element, style, pieces, {}, depth);
    if (style.kind === 'contents' || wasInContents || isContentsOpen()) {
      this.setAside.add(element);
      this.tally(
        'contents',
        0,
        () => 'The table of contents was left out, because Inkreel makes its own.',
      );
      this.#boxes = [];
      return { before: [], endsPage: false };
    }
    const mark = properties && childElement(properties, 'rpr');
    if (mark && (childElement(mark, 'del') ?? childElement(mark, 'movefrom'))) {
      // Its end was deleted, so the next paragraph goes on in this one.
      this.#carried = pieces.length > 0 ? pieces : [];
      return { before: [], endsPage: false };
    }
    const sectionEnds =
      properties !== undefined && childElement(properties, 'sectpr') !== undefined;
    const { items, endsPage } = this.#itemsOf(pieces, style, element, isRule(properties));
    const [first] = items;
    if (first && style.look.pageBreakBefore === true) first.startsPage = true;
    items.push(...this.#boxes);
    this.#boxes = [];
    return { before: items, endsPage: endsPage || sectionEnds };
  }

  #itemsOf(
    pieces: readonly Piece[],
    style: ParagraphStyle,
    element: XmlElement,
    isRuled: boolean,
  ): { items: DocxItem[]; endsPage: boolean } {
    const items: DocxItem[] = [];
    let lines: Inline[][] = [[]];
    let startsPage = false;
    const item = (block: Block, more: Partial<DocxItem> = {}) => {
      items.push({
        ...plainItem(block),
        kind: style.kind,
        level: style.level,
        isPart: style.isPart,
        list: style.kind === 'heading' ? undefined : style.look.list,
        element,
        startsPage,
        ...more,
      });
      startsPage = false;
    };
    const close = () => {
      const full = lines
        .map(tidyInlines)
        .filter(
          (line) => line.some(({ kind }) => kind === 'note') || plainText(line).trim() !== '',
        );
      lines = [[]];
      if (full.length > 0) item(this.#blockOf(full, style));
    };
    for (const piece of pieces) {
      if (piece.kind === 'break') lines.push([]);
      else if (piece.kind === 'page') {
        close();
        startsPage = true;
      } else if (piece.kind === 'image') {
        close();
        item(piece, { kind: 'text', list: undefined });
      } else lines.at(-1)?.push(piece);
    }
    close();
    if (items.length > 0) this.#noteNumber(style);
    const isEmpty = items.length === 0 && !startsPage && this.#boxes.length === 0;
    if (isEmpty && (style.kind === 'break' || isRuled)) {
      item({ kind: 'scene-break', id: this.ids.take() }, { list: undefined });
    } else if (isEmpty && style.kind !== 'heading') {
      item({ kind: 'scene-break', id: this.ids.take() }, { isSoft: true, list: undefined });
    }
    return { items, endsPage: startsPage };
  }

  /** A number that Word writes before a heading is nowhere in the text. */
  #noteNumber({ kind, look: { list } }: ParagraphStyle): void {
    const level = kind === 'heading' && list ? this.file.levelOf(list.numId, list.level) : null;
    if (level?.isNumbered !== true) return;
    this.tally('heading-numbers', 0, (count) =>
      count === 1
        ? 'Word numbers a heading by itself. The number was left out; the design of the book numbers chapters.'
        : `Word numbers ${count} headings by itself. The numbers were left out; the design of the book numbers chapters.`,
    );
  }

  #blockOf(lines: Inline[][], style: ParagraphStyle): Block {
    const id = this.ids.take();
    const [first = []] = lines;
    const isPlain = lines.flat().every(({ kind }) => kind === 'text');
    if (style.kind === 'code' && isPlain)
      return { kind: 'code', id, text: lines.map(plainText).join('\n') };
    if (style.kind === 'heading' || style.kind === 'title' || style.kind === 'subtitle') {
      const inlines = lines.flatMap((line, index) =>
        index === 0 ? line : [textRun(' '), ...line],
      );
      return { kind: 'heading', id, level: Math.min(5, style.level), inlines };
    }
    if (lines.length > 1) return { kind: 'verse', id, lines };
    if (isPlain && isOrnament(plainText(first))) return { kind: 'scene-break', id };
    const { align } = style.look;
    return {
      kind: 'paragraph',
      id,
      ...(align !== undefined && align !== 'none' && { align }),
      inlines: first,
    };
  }

  #pieces(
    parent: XmlElement,
    style: ParagraphStyle,
    pieces: Piece[],
    outer: Marks,
    depth: number,
  ): void {
    for (const child of shown(parent)) {
      switch (child.name) {
        case 'r':
          this.#run(child, style, pieces, outer, depth);
          break;
        case 'hyperlink': {
          const link = this.#linkOf(child);
          this.#pieces(child, style, pieces, link === null ? outer : { ...outer, link }, depth);
          break;
        }
        case 'ins':
        case 'moveto':
          this.tally(
            'tracked-insertion',
            wordsOf(textOf(child)).length,
            (count, words) =>
              `${count === 1 ? 'A tracked insertion' : `${count} tracked insertions`} (${wordCount(words)}) ${count === 1 ? 'was' : 'were'} kept as text, as if accepted.`,
          );
          this.#pieces(child, style, pieces, outer, depth);
          break;
        case 'del':
        case 'movefrom':
          this.#deleted(child);
          break;
        case 'fldsimple': {
          const instruction = attribute(child, 'instr') ?? '';
          const link = linkOfField(instruction);
          this.#pieces(child, style, pieces, link === null ? outer : { ...outer, link }, depth);
          break;
        }
        case 'omath':
        case 'omathpara': {
          this.tally('formula', 0, (count) =>
            count === 1
              ? 'A formula was kept as plain text.'
              : `${count} formulas were kept as plain text.`,
          );
          const text = [...walkElements(child)]
            .filter(({ name }) => name === 't')
            .map(textOf)
            .join('');
          pieces.push(textRun(clean(text), outer));
          break;
        }
        case 't':
          pieces.push(textRun(clean(textOf(child)), outer));
          break;
        case 'rt':
        case 'ppr':
        case 'rpr':
        case 'sectpr':
          break;
        default:
          this.#pieces(child, style, pieces, outer, depth);
      }
    }
  }

  #deleted(element: XmlElement): void {
    const texts = [...walkElements(element)].filter(
      ({ name }) => name === 'deltext' || name === 't',
    );
    const words = wordsOf(texts.map(textOf).join('')).length;
    if (element.name === 'movefrom') return;
    this.tally(
      'tracked-deletion',
      words,
      (count, all) =>
        `${count === 1 ? 'A tracked deletion' : `${count} tracked deletions`} (${wordCount(all)}) ${count === 1 ? 'was' : 'were'} left out, as if accepted.`,
    );
  }

  #run(run: XmlElement, style: ParagraphStyle, pieces: Piece[], outer: Marks, depth: number): void {
    const properties = childElement(run, 'rpr');
    const { marks: own, isHidden } = this.file.styles.marksOfRun(properties, style, this.language);
    if (isHidden) {
      const words = wordsOf(textOf(run)).length;
      this.setAside.add(run);
      if (words > 0) {
        this.tally(
          'hidden-text',
          words,
          (_, all) => `Hidden text (${wordCount(all)}) was left out.`,
        );
      }
      return;
    }
    if (properties && value(properties, 'highlight') !== undefined) {
      this.tally('highlight', 0, (count) =>
        count === 1
          ? 'A highlight was left out; its text was kept.'
          : `${count} highlights were left out; their text was kept.`,
      );
    }
    const fieldLink = this.#fields
      .map(({ instruction }) => linkOfField(instruction))
      .find((link) => link !== null);
    const marks = { ...outer, ...own, ...(fieldLink && { link: fieldLink }) };
    for (const child of shown(run)) this.#runPiece(child, style, pieces, marks, depth);
  }

  #runPiece(
    child: XmlElement,
    style: ParagraphStyle,
    pieces: Piece[],
    marks: Marks,
    depth: number,
  ): void {
    const text = textOfPiece(child);
    switch (child.name) {
      case 'fldchar':
        this.#field(attribute(child, 'fldCharType') ?? '');
        return;
      case 'instrtext': {
        const field = this.#fields.at(-1);
        if (field && !field.isResult) field.instruction += textOf(child);
        return;
      }
      case 'br':
        pieces.push({ kind: attribute(child, 'type') === 'page' ? 'page' : 'break' });
        return;
      case 'cr':
        pieces.push({ kind: 'break' });
        return;
      case 'footnotereference':
      case 'endnotereference':
        this.#noteCall(child, pieces, depth);
        return;
      case 'commentreference':
        return;
      case 'sym': {
        const code = Number.parseInt(attribute(child, 'char') ?? '', 16);
        const isPrivate = Number.isNaN(code) || (code >= 0xe000 && code <= 0xf8ff);
        if (isPrivate) {
          this.tally('symbol', 0, (count) =>
            count === 1
              ? 'A sign of a symbol font has no letter of its own; “\ufffd” stands in its place.'
              : `${count} signs of symbol fonts have no letters of their own; “\ufffd” stands in their places.`,
          );
        }
        pieces.push(textRun(isPrivate ? '\ufffd' : clean(String.fromCodePoint(code)), marks));
        return;
      }
      case 'drawing':
      case 'pict':
      case 'object':
        this.#drawing(child, pieces, depth);
        return;
      case 'ruby':
        this.#ruby(child, style, pieces, marks, depth);
        return;
      default:
        if (text !== null) pieces.push(textRun(clean(text), marks));
    }
  }

  #ruby(
    element: XmlElement,
    style: ParagraphStyle,
    pieces: Piece[],
    marks: Marks,
    depth: number,
  ): void {
    const base = childElement(element, 'rubybase');
    const above = childElement(element, 'rt');
    if (base) this.#pieces(base, style, pieces, marks, depth);
    const reading = above
      ? clean(
          [...walkElements(above)]
            .filter(({ name }) => name === 't')
            .map(textOf)
            .join(''),
        )
      : '';
    if (reading !== '') pieces.push(textRun(` (${reading})`, marks));
  }

  #field(type: string): void {
    if (type === 'begin') this.#fields.push({ instruction: '', isResult: false });
    else if (type === 'end') this.#fields.pop();
    else {
      const field = this.#fields.at(-1);
      if (field) field.isResult = true;
    }
  }

  #linkOf(element: XmlElement): string | null {
    const relation = this.#part.relations.get(attribute(element, 'id') ?? '');
    const target = relation?.isOutside ? relation.target : undefined;
    const link = target === undefined ? null : bookLink(target);
    if (link !== null) return link;
    this.tally(target === undefined ? 'link-inside' : 'link', 0, (count) =>
      target === undefined
        ? `${count === 1 ? 'A link to another place in the text' : `${count} links to other places in the text`} became plain text.`
        : `${count === 1 ? 'A link leads' : `${count} links lead`} neither to the web nor to a mail address. Only the text was kept.`,
    );
    return null;
  }

  #noteCall(call: XmlElement, pieces: Piece[], depth: number): void {
    const kind = call.name === 'footnotereference' ? 'footnotes' : 'endnotes';
    const note = this.file[kind].get(attribute(call, 'id') ?? '');
    if (note === undefined) return;
    if (this.#placed.has(note)) {
      this.tally(
        'footnote-repeated',
        0,
        (count) =>
          `${count === 1 ? 'A footnote is' : `${count} footnotes are`} called more than once. It stands at its first call.`,
      );
      return;
    }
    const blocks = this.#noteBlocks(note, kind, depth);
    if (blocks.length === 0) {
      this.tally('footnote-empty', 0, (count) =>
        count === 1
          ? 'A footnote without text was left out.'
          : `${count} footnotes without text were left out.`,
      );
    } else if (depth < MAX_NESTING) {
      pieces.push({ kind: 'note', id: this.ids.take(), blocks: blocks.slice(0, 200) });
      this.#boxes.push(...blocks.slice(200).map((block) => plainItem(block)));
    } else this.#boxes.push(...blocks.map((block) => plainItem(block)));
  }

  #noteBlocks(note: XmlElement, kind: 'footnotes' | 'endnotes', depth: number): Block[] {
    this.#placed.add(note);
    const outer = {
      part: this.#part,
      fields: this.#fields,
      carried: this.#carried,
      boxes: this.#boxes,
    };
    this.#part = this.file.notesParts[kind] ?? this.#part;
    this.#fields = [];
    this.#carried = [];
    this.#boxes = [];
    const items = this.#items(note, depth + 1);
    this.#part = outer.part;
    this.#fields = outer.fields;
    this.#carried = outer.carried;
    this.#boxes = outer.boxes;
    return joinItems(
      items.filter(({ isSoft }) => !isSoft),
      this,
      depth + 1,
    );
  }

  #drawing(element: XmlElement, pieces: Piece[], depth: number): void {
    let pictures = 0;
    let boxes = 0;
    const visit = (node: XmlElement, label: string, isDecorative: boolean) => {
      for (const child of shown(node)) {
        if (child.name === 'txbxcontent') {
          boxes += 1;
          this.#box(child, depth);
          continue;
        }
        if (child.name === 'blip' || child.name === 'imagedata') {
          pictures += 1;
          const picture = this.#picture(child, label, isDecorative);
          if (picture) pieces.push(picture);
        }
        const rectangle = child.name === 'rect' && attribute(child, 'hr') !== undefined;
        if (rectangle) {
          pictures += 1;
          pieces.push({ kind: 'break' }, textRun('***'), { kind: 'break' });
        }
        const said = child.name === 'docpr' ? attribute(child, 'descr') : attribute(child, 'alt');
        visit(child, said ?? label, isDecorative);
      }
    };
    const properties = [...walkElements(element)];
    const docPr = properties.find(({ name }) => name === 'docpr');
    const isDecorative = properties.some(
      (node) => node.name === 'decorative' && /^(?:1|true)$/.test(attribute(node, 'val') ?? ''),
    );
    visit(element, (docPr && attribute(docPr, 'descr')) ?? '', isDecorative);
    if (pictures === 0 && boxes === 0) {
      this.tally('drawing', 0, (count) =>
        count === 1
          ? 'A chart or drawing was left out.'
          : `${count} charts and drawings were left out.`,
      );
    }
  }

  #box(content: XmlElement, depth: number): void {
    this.tally('text-box', 0, (count) =>
      count === 1
        ? 'The text of a text box now follows the paragraph it stood beside.'
        : `The text of ${count} text boxes now follows the paragraphs they stood beside.`,
    );
    const outer = this.#boxes;
    const fields = this.#fields;
    this.#boxes = [];
    this.#fields = [];
    const items = this.#items(content, depth);
    this.#fields = fields;
    this.#boxes = [...outer, ...items.filter(({ isSoft }) => !isSoft)];
  }

  #picture(blip: XmlElement, label: string, isDecorative: boolean): Picture | null {
    const outside = blip.attributes.get('r:link') ?? '';
    const inside = attribute(blip, 'embed') ?? attribute(blip, 'id') ?? '';
    const relation = this.#part.relations.get(inside) ?? this.#part.relations.get(outside);
    const alt = clean(label.replace(/\s+/g, ' ')).trim().slice(0, 4_000);
    const about = alt === '' ? '' : ` (“${alt.slice(0, 60)}”)`;
    if (relation?.isOutside) {
      this.losses.push({
        code: 'remote-picture',
        where: 'document',
        message: `A picture${about} lies outside the document, at “${relation.target.slice(0, 120)}”. Nothing is loaded from there, so it was left out.`,
      });
      return null;
    }
    if (relation === undefined || !this.names.has(relation.target)) {
      this.losses.push({
        code: 'picture-missing',
        where: 'document',
        message: `The document does not hold one of its pictures${about}.`,
      });
      return null;
    }
    return {
      kind: 'image',
      id: this.ids.take(),
      source: relation.target,
      alt,
      ...(isDecorative && alt === '' && { decorative: true as const }),
    };
  }

  #table(element: XmlElement, depth: number): DocxItem[] {
    const rows: { cells: TableCell[]; isHead: boolean }[] = [];
    /** The cell above each column that goes on into this row. */
    const open = new Map<number, TableCell>();
    for (const row of shown(element).flatMap((child) => rowsIn(child))) {
      const properties = childElement(row, 'trpr');
      if (properties && childElement(properties, 'del')) {
        this.#deleted(row);
        continue;
      }
      const cells: TableCell[] = [];
      let column = properties ? Number(value(properties, 'gridbefore') ?? 0) || 0 : 0;
      for (const cell of shown(row).flatMap((child) => cellsIn(child))) {
        const own = childElement(cell, 'tcpr');
        const span = Math.max(1, Math.min(100, Number((own && value(own, 'gridspan')) ?? 1) || 1));
        const merge = own && childElement(own, 'vmerge');
        const above = open.get(column);
        if (merge && attribute(merge, 'val') !== 'restart' && above) {
          above.rows = Math.min(100, (above.rows ?? 1) + 1);
          const hidden = this.#cellBlocks(cell, depth);
          above.blocks.push(...hidden);
        } else {
          const made: TableCell = {
            blocks: this.#cellBlocks(cell, depth),
            ...(span > 1 && { columns: span }),
          };
          cells.push(made);
          if (merge) open.set(column, made);
          else open.delete(column);
        }
        column += span;
      }
      const isHead =
        properties !== undefined && childElement(properties, 'tblheader') !== undefined;
      if (cells.length > 0) rows.push({ cells: cells.slice(0, 100), isHead });
    }
    if (rows.length === 0) return [];
    if (depth >= MAX_NESTING || rows.length > 5_000) {
      return rows.flatMap(({ cells }) =>
        cells.flatMap(({ blocks }) => blocks.map((block) => plainItem(block))),
      );
    }
    const firstBody = rows.findIndex(({ isHead }) => !isHead);
    const headerRows = Math.min(20, firstBody < 0 ? rows.length : firstBody);
    const table: Block = {
      kind: 'table',
      id: this.ids.take(),
      headerRows,
      rows: rows.map(({ cells }) => cells.map(withAlignment)),
    };
    return [plainItem(table)];
  }

  #cellBlocks(cell: XmlElement, depth: number): Block[] {
    const items = this.#items(cell, depth + 1).filter(({ isSoft }) => !isSoft);
    return joinItems(items, this, depth + 1).slice(0, 1_000);
  }
}

/** A cell whose paragraphs all stand alike stands like them. */
function withAlignment(cell: TableCell): TableCell {
  const aligns = new Set(
    cell.blocks.map((block) => (block.kind === 'paragraph' ? block.align : undefined)),
  );
  const [align] = aligns;
  if (aligns.size !== 1 || align === undefined) return cell;
  const blocks = cell.blocks.map((block): Block => {
    if (block.kind !== 'paragraph') return block;
    const { align: _, ...rest } = block;
    return rest;
  });
  return { ...cell, blocks, align };
}

function rowsIn(element: XmlElement): XmlElement[] {
  if (element.name === 'tr') return [element];
  return /^(?:sdt|sdtcontent|customxml|ins|moveto)$/.test(element.name)
    ? shown(element).flatMap(rowsIn)
    : [];
}

function cellsIn(element: XmlElement): XmlElement[] {
  if (element.name === 'tc') return [element];
  return /^(?:sdt|sdtcontent|customxml|ins|moveto)$/.test(element.name)
    ? shown(element).flatMap(cellsIn)
    : [];
}

/** A block that stands for itself. */
function plainItem(block: Block): DocxItem {
  return {
    block,
    kind: 'text',
    level: 1,
    isPart: false,
    startsPage: false,
    isSoft: false,
    list: undefined,
    element: undefined,
  };
}

const BOXES = new Map([
  ['quote', 'blockquote'],
  ['letter', 'letter'],
  ['epigraph', 'epigraph'],
] as const);

/** Items as blocks: paragraphs of lists become lists, those of quotations, letters and poems stand together. */
export function joinItems(items: readonly DocxItem[], reader: DocxReader, depth: number): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < items.length) {
    const item = items[at];
    if (item === undefined) break;
    const run = runFrom(items, at, (other) => sameGroup(item, other));
    const kind = BOXES.get(item.kind as 'quote');
    if (item.list && reader.file.levelOf(item.list.numId, item.list.level) && depth < MAX_NESTING) {
      blocks.push(...listOf(run, reader, depth));
      at += run.length;
    } else if (kind !== undefined && depth < MAX_NESTING) {
      blocks.push({ kind, id: reader.ids.take(), blocks: run.map(({ block }) => block) });
      at += run.length;
    } else if (item.kind === 'code' && run.length > 1) {
      const texts = run.map(({ block }) => (block.kind === 'code' ? block.text : ''));
      blocks.push({ kind: 'code', id: reader.ids.take(), text: texts.join('\n') });
      at += run.length;
    } else if (item.kind === 'verse' && run.length > 1) {
      const lines = run.flatMap(({ block }) =>
        block.kind === 'paragraph' ? [block.inlines] : block.kind === 'verse' ? block.lines : [],
      );
      if (lines.length > 1) blocks.push({ kind: 'verse', id: item.block.id, lines });
      else blocks.push(...run.map(({ block }) => block));
      at += run.length;
    } else {
      const last = blocks.at(-1);
      const caption =
        item.kind === 'caption' && last?.kind === 'image' ? captionOf(item.block) : null;
      if (caption !== null && last?.kind === 'image' && last.caption === undefined) {
        blocks[blocks.length - 1] = { ...last, caption };
      } else blocks.push(item.block);
      at += 1;
    }
  }
  return blocks;
}

function captionOf(block: Block): string | null {
  if (block.kind !== 'paragraph' || block.inlines.some(({ kind }) => kind === 'note')) return null;
  const text = plainText(block.inlines).trim();
  return text === '' || text.length > 4_000 ? null : text;
}

function runFrom(
  items: readonly DocxItem[],
  at: number,
  fits: (item: DocxItem) => boolean,
): DocxItem[] {
  let end = at + 1;
  for (let next = items[end]; next && fits(next); next = items[end]) end += 1;
  return items.slice(at, end);
}

function sameGroup(item: DocxItem, other: DocxItem): boolean {
  if (item.list) return other.list?.numId === item.list.numId;
  if (other.list || other.block.kind === 'scene-break') return false;
  return other.kind === item.kind && item.kind !== 'text' && item.kind !== 'heading';
}

function listOf(items: readonly DocxItem[], reader: DocxReader, depth: number): Block[] {
  const [first] = items;
  if (!first?.list) return [];
  const level = Math.min(...items.map((item) => item.list?.level ?? 0));
  const format = reader.file.levelOf(first.list.numId, level);
  const made: { id: string; blocks: Block[] }[] = [];
  let at = 0;
  while (at < items.length) {
    const item = items[at];
    if (item === undefined) break;
    const isDeeper = (one: DocxItem) => (one.list?.level ?? 0) > level;
    if (isDeeper(item)) {
      const inner = runFrom(items, at, isDeeper);
      const last = made.at(-1);
      const blocks =
        depth + 1 < MAX_NESTING
          ? listOf(inner, reader, depth + 1)
          : inner.map(({ block }) => block);
      if (last) last.blocks.push(...blocks);
      else made.push({ id: reader.ids.take(), blocks });
      at += inner.length;
    } else {
      made.push({ id: reader.ids.take(), blocks: [item.block] });
      at += 1;
    }
  }
  const start = format?.isNumbered ? { start: format.start } : {};
  return [{ kind: 'list', id: reader.ids.take(), ...start, items: made }];
}

function isContents(element: XmlElement): boolean {
  return [...walkElements(childElement(element, 'sdtpr') ?? element)].some(
    (node) => node.name === 'docpartgallery' && attribute(node, 'val') === 'Table of Contents',
  );
}

function isRule(properties: XmlElement | undefined): boolean {
  return properties !== undefined && childElement(properties, 'pbdr') !== undefined;
}

function linkOfField(instruction: string): string | null {
  const address = /^\s*HYPERLINK\s+"([^"]+)"/.exec(instruction)?.[1];
  return address === undefined ? null : bookLink(address);
}

function clean(text: string): string {
  return bookText(text);
}

function wordCount(words: number): string {
  return words === 1 ? 'one word' : `${words} words`;
}
