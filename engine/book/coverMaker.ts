import { join, resolve } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import bwipjs from 'bwip-js/node';
import type { CoverDesign } from '#core/book/cover/coverDesign.ts';
import {
  coverLetters,
  EBOOK_COVER_IN,
  frontSource,
  type WrapInput,
  wrapSource,
} from '#core/book/cover/coverTypst.ts';
import { TEMPLATES } from '#core/book/cover/coverTemplates.ts';
import { coverWrap, type CoverWrap } from '#core/book/cover/wrap.ts';
import { ownScripts } from '#core/book/print/letters.ts';
import { isbn13 } from '#core/book/isbn.ts';
import type { BookMetadata } from '#core/book/manuscript.ts';
import type { PictureFile } from '#core/book/pictureFile.ts';
import type { Paper, TrimSize } from '#core/book/print/trims.ts';
import { bookFonts } from './bookFonts.ts';
import { withBoxes } from './pdfBoxes.ts';
import { encodePng, type Raster } from './png.ts';
import { rasterize } from './rasterize.ts';

export type CoverOrder = {
  metadata: BookMetadata;
  cover: CoverDesign;
  /** What the cover names as its picture; absent where there is none or it was not found. */
  picture?: PictureFile | undefined;
  /** The same, decoded; needed only where the front is to be drawn as pixels. */
  pixels?: Raster | undefined;
};

const WORKSPACE = resolve('/inkreel-cover');
/** How many covers a cached result outlives without being used. */
const CACHED_COVERS = 20;
/** Pixels across the picture of a front that goes to shops. */
const COVER_WIDTH_PX = 1_600;

/** The front as PNG, 1600 × 2560 pixels unless a narrower one is asked for. */
export function coverPng(order: CoverOrder, widthPx = COVER_WIDTH_PX): Uint8Array {
  const svg = coverSvg(order);
  const scale = widthPx / (EBOOK_COVER_IN.widthIn * 72);
  const heightPx = Math.round(EBOOK_COVER_IN.heightIn * 72 * scale);
  return encodePng(rasterize(svg, { widthPx, heightPx, scale, picture: placedPixels(order) }));
}

/** The pixels of a cover’s picture and where its template has it, points. */
function placedPixels({ cover, pixels }: CoverOrder) {
  if (pixels === undefined) return undefined;
  const { x, y, width, height } = TEMPLATES[cover.template].picture;
  const [wide, high] = [EBOOK_COVER_IN.widthIn * 72, EBOOK_COVER_IN.heightIn * 72];
  return { pixels, x: x * wide, y: y * high, width: width * wide, height: height * high };
}

/** The front as the SVG that the typesetter makes, letters as outlines. */
export function coverSvg(order: CoverOrder): string {
  const compiler = compilerFor(order);
  const { metadata, cover, picture } = order;
  const source = frontSource(
    { metadata, cover, ...(picture && { picture: `/picture${extension(picture)}` }) },
    EBOOK_COVER_IN,
  );
  return compiler.plainSvg({ mainFileContent: source });
}

export type WrapOrder = CoverOrder & {
  trim: TrimSize;
  pages: number;
  paper: Paper;
  createdAtSeconds: number;
};
export type MadeWrap = { pdf: Uint8Array; wrap: CoverWrap; hasBarcode: boolean };

/** The whole cover as a PDF with bleed, its spine as wide as the pages are thick. */
export function coverPdf(order: WrapOrder): MadeWrap {
  const compiler = compilerFor(order);
  const { input, wrap, isbn } = wrapInput(order, compiler);
  const document = compiler.compile({ mainFileContent: wrapSource(input) }).result;
  if (document === null) throw new Error('The cover could not be set');
  const pdf = compiler.pdf(document, { creationTimestamp: order.createdAtSeconds });
  const bleed = wrap.bleedIn * 72;
  const box = {
    left: bleed,
    bottom: bleed,
    right: wrap.widthIn * 72 - bleed,
    top: wrap.heightIn * 72 - bleed,
  };
  return { pdf: withBoxes(pdf, () => box), wrap, hasBarcode: isbn !== null };
}

/** The whole cover as a drawing, for the screen. */
export function wrapSvg(order: WrapOrder): { svg: string; wrap: CoverWrap } {
  const compiler = compilerFor(order);
  const { input, wrap } = wrapInput(order, compiler);
  return { svg: compiler.plainSvg({ mainFileContent: wrapSource(input) }), wrap };
}

function wrapInput(order: WrapOrder, compiler: NodeCompiler) {
  const wrap = coverWrap({ ...order, direction: coverLetters(order).direction });
  const isbn = isbn13(order.metadata.identifier);
  if (isbn !== null) {
    const bars = Buffer.from(barcodeSvg(isbn, order.cover.priceCode));
    compiler.mapShadow(join(WORKSPACE, 'barcode.svg'), bars);
  }
  const input: WrapInput = {
    metadata: order.metadata,
    cover: order.cover,
    wrap,
    ...(order.picture && { picture: `/picture${extension(order.picture)}` }),
    ...(isbn !== null && { barcode: { path: '/barcode.svg', isbn } }),
  };
  return { input, wrap, isbn };
}

const compilers = new Map<string, NodeCompiler>();

/** One compiler for all covers of the same scripts: reading the typefaces takes longer than setting a cover. */
function compilerFor(order: CoverOrder): NodeCompiler {
  const { picture } = order;
  const scripts = ownScripts(coverLetters(order));
  const key = scripts.join(' ');
  const compiler =
    compilers.get(key) ??
    NodeCompiler.create({ workspace: WORKSPACE, fontArgs: [{ fontBlobs: bookFonts(scripts) }] });
  compilers.set(key, compiler);
  compiler.evictCache(CACHED_COVERS);
  compiler.resetShadow();
  if (picture) {
    compiler.mapShadow(join(WORKSPACE, `picture${extension(picture)}`), Buffer.from(picture.bytes));
  }
  return compiler;
}

function extension(picture: PictureFile): string {
  return `.${picture.extension}`;
}

/** An EAN-13 with its digits, and the five digits of a price where there are some (ISO/IEC 15420). */
function barcodeSvg(isbn: string, priceCode: string | undefined): string {
  const text = priceCode === undefined ? isbn : `${isbn} ${priceCode}`;
  return bwipjs.toSVG({
    bcid: 'ean13',
    text,
    includetext: true,
    guardwhitespace: true,
    height: 20,
  });
}
