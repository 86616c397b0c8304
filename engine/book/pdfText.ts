import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  type PDFPage,
  PDFRawStream,
  PDFRef,
} from '@cantoo/pdf-lib';
import { Lexer } from './pdfLexer.ts';
import { fontDigest, type Glyphs, readGlyphs } from './pdfGlyphs.ts';

/** A run of glyphs as it stands on a page; points from the lower left corner. */
export type PdfPiece = {
  x: number;
  y: number;
  width: number;
  size: number;
  text: string;
  /** Which marked content it belongs to; null for artifacts such as running heads. */
  mcid: number | null;
};

export type PdfTextPage = { heightPt: number; widthPt: number; pieces: PdfPiece[] };

/** What pages of earlier readings had on them, by the bytes of their content and of what their fonts mean by it. */
export type ReadPages = Map<string, PdfPiece[]>;

/**
 * Every run of text on every page of a PDF, read from its content streams (ISO 32000-1, 9.4). A page that is in `known` is
 * not read again: of a book that is set several times most pages stay as they were.
 */
export function readPdfText(document: PDFDocument, known: ReadPages = new Map()): PdfTextPage[] {
  const fonts = new Map<string, ReadFont>();
  return document.getPages().map((page) => {
    const { width, height } = page.getMediaBox();
    return { widthPt: width, heightPt: height, pieces: readPieces(page, fonts, known) };
  });
}

type ReadFont = { glyphs: Glyphs; digest: string };

function readPieces(page: PDFPage, read: Map<string, ReadFont>, known: ReadPages): PdfPiece[] {
  const names = page.node.Resources()?.lookupMaybe(PDFName.of('Font'), PDFDict);
  const fonts = new Map<string, Glyphs>();
  const hash = createHash('sha256');
  for (const [name, value] of names?.entries() ?? []) {
    const key = value instanceof PDFRef ? value.tag : `${page.ref.tag} ${name.asString()}`;
    const font = names?.lookup(name, PDFDict);
    let one = read.get(key);
    if (one === undefined && font !== undefined) {
      one = { glyphs: readGlyphs(font), digest: fontDigest(font) };
      read.set(key, one);
    }
    if (one === undefined) continue;
    fonts.set(name.asString().slice(1), one.glyphs);
    hash.update(`${name.asString()} ${one.digest} `);
  }
  const streams = streamsOf(page);
  for (const stream of streams) hash.update(stream.getContents());
  const digest = hash.digest('base64');
  const pieces = known.get(digest) ?? interpret(contentOf(streams), fonts);
  known.set(digest, pieces);
  return pieces;
}

function streamsOf(page: PDFPage): PDFRawStream[] {
  const contents = page.node.Contents();
  const streams =
    contents instanceof PDFArray
      ? contents.asArray().map((_, index) => contents.lookup(index))
      : [contents];
  return streams.filter((stream) => stream instanceof PDFRawStream);
}

function contentOf(streams: readonly PDFRawStream[]): Uint8Array {
  const parts = streams.map(decode);
  return parts.length === 1 ? (parts[0] ?? new Uint8Array()) : Buffer.concat(parts);
}

function decode(stream: PDFRawStream): Uint8Array {
  const filter = stream.dict.lookup(PDFName.of('Filter'));
  // Node's own inflate is many times as fast as the library's, which matters over hundreds of pages.
  return filter === PDFName.of('FlateDecode') && !stream.dict.has(PDFName.of('DecodeParms'))
    ? inflateSync(stream.getContents())
    : decodePDFRawStream(stream).decode();
}

type Matrix = [number, number, number, number, number, number];
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

function multiply(a: Matrix, b: Matrix): Matrix {
  return [
    a[0] * b[0] + a[1] * b[2],
    a[0] * b[1] + a[1] * b[3],
    a[2] * b[0] + a[3] * b[2],
    a[2] * b[1] + a[3] * b[3],
    a[4] * b[0] + a[5] * b[2] + b[4],
    a[4] * b[1] + a[5] * b[3] + b[5],
  ];
}

/** Follows the operators that place text and mark content; all others are passed over. */
function interpret(content: Uint8Array, fonts: ReadonlyMap<string, Glyphs>): PdfPiece[] {
  const pieces: PdfPiece[] = [];
  const stack: Matrix[] = [];
  const marks: (number | null)[] = [];
  let matrix = IDENTITY;
  let textMatrix = IDENTITY;
  let font: Glyphs | undefined;
  let size = 0;
  const lexer = new Lexer(content);
  for (let operator = lexer.next(); operator !== ''; operator = lexer.next()) {
    const { numbers } = lexer;
    if (operator === 'q') stack.push(matrix);
    else if (operator === 'Q') matrix = stack.pop() ?? IDENTITY;
    else if (operator === 'cm') matrix = multiply(matrixOf(numbers), matrix);
    else if (operator === 'BT') textMatrix = IDENTITY;
    else if (operator === 'Tm') textMatrix = matrixOf(numbers);
    else if (operator === 'Tf') {
      font = fonts.get(lexer.name);
      size = numbers[0] ?? 0;
    } else if (operator === 'TJ' || operator === 'Tj') {
      if (font === undefined) continue;
      const { text, width } = font.read(lexer.shown);
      const at = multiply(textMatrix, matrix);
      const scale = Math.hypot(at[0], at[1]);
      const advance = (width / 1000) * size;
      const mcid = marks.findLast((mark) => mark !== null) ?? null;
      pieces.push({ x: at[4], y: at[5], width: advance * scale, size: size * scale, text, mcid });
      textMatrix = multiply([1, 0, 0, 1, advance, 0], textMatrix);
    } else if (operator === 'BMC') marks.push(null);
    else if (operator === 'BDC') marks.push(lexer.mark);
    else if (operator === 'EMC') marks.pop();
  }
  return pieces;
}

function matrixOf([a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: readonly number[]): Matrix {
  return [a, b, c, d, e, f];
}
