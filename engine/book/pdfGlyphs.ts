import { createHash } from 'node:crypto';
import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFName,
  PDFNumber,
  PDFRawStream,
} from '@cantoo/pdf-lib';
import type { Shown } from './pdfLexer.ts';

/**
 * The glyphs of a composite font (Identity-H): what they mean, in the order in which they are read, and how wide they are
 * in thousandths of an em.
 */
export type Glyphs = {
  read: (shown: Shown) => { text: string; width: number };
};

/** Stands for a glyph that takes room and does not say what it means, as the frame does that is set for a missing one. */
const UNKNOWN = '\uFFFD';

/** Reads a font’s `ToUnicode` and widths (ISO 32000-1, 9.7.4.3 and 9.10.3). */
export function readGlyphs(font: PDFDict): Glyphs {
  const texts = readToUnicode(font.lookup(PDFName.of('ToUnicode')));
  const descendant = font.lookupMaybe(PDFName.of('DescendantFonts'), PDFArray)?.lookup(0);
  const { widths, fallback } = readWidths(descendant instanceof PDFDict ? descendant : undefined);
  return {
    read: ({ codes, adjustments }) => {
      const read: string[] = [];
      let width = 0;
      let adjusted = 0;
      for (const code of codes) {
        if (code < 0) {
          width -= adjustments[adjusted] ?? 0;
          adjusted += 1;
        } else {
          const wide = widths.get(code) ?? fallback;
          read.push(texts.get(code) ?? (wide > 0 ? UNKNOWN : ''));
          width += wide;
        }
      }
      const text = read.join('');
      // Glyphs stand from left to right, whatever the direction of their script.
      return { text: isRightToLeft(text) ? read.reverse().join('') : text, width };
    },
  };
}

/** Whether a text has letters that are read from right to left. */
export function isRightToLeft(text: string): boolean {
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(text);
}

/** A digest of all that `readGlyphs` makes of a font. */
export function fontDigest(font: PDFDict): string {
  const texts = font.lookup(PDFName.of('ToUnicode'));
  const descendant = font.lookupMaybe(PDFName.of('DescendantFonts'), PDFArray)?.lookup(0);
  const hash = createHash('sha256');
  if (texts instanceof PDFRawStream) hash.update(texts.getContents());
  if (descendant instanceof PDFDict) {
    for (const name of ['W', 'DW']) hash.update(String(descendant.lookup(PDFName.of(name))));
  }
  return hash.digest('base64');
}

function readToUnicode(stream: unknown): Map<number, string> {
  const texts = new Map<number, string>();
  if (!(stream instanceof PDFRawStream)) return texts;
  const map = Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1');
  for (const [, body = ''] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, code = '', text = ''] of body.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>/g)) {
      texts.set(Number.parseInt(code, 16), utf16(text));
    }
  }
  for (const [, body = ''] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from = '', to = '', text = ''] of body.matchAll(
      /<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g,
    )) {
      const first = Number.parseInt(from, 16);
      const start = utf16(text).codePointAt(0) ?? 0;
      for (let code = first; code <= Number.parseInt(to, 16); code += 1) {
        texts.set(code, String.fromCodePoint(start + code - first));
      }
    }
  }
  return texts;
}

function utf16(hex: string): string {
  return Buffer.from(hex, 'hex').swap16().toString('utf16le');
}

function readWidths(font: PDFDict | undefined): { widths: Map<number, number>; fallback: number } {
  const widths = new Map<number, number>();
  const stated = font?.lookup(PDFName.of('DW'));
  const fallback = stated instanceof PDFNumber ? stated.asNumber() : 1000;
  const list = font?.lookupMaybe(PDFName.of('W'), PDFArray);
  for (let at = 0; list !== undefined && at < list.size(); ) {
    const first = Number(String(list.lookup(at)));
    const next = list.lookup(at + 1);
    if (next instanceof PDFArray) {
      next.asArray().forEach((width, index) => widths.set(first + index, Number(String(width))));
      at += 2;
    } else {
      const width = Number(String(list.lookup(at + 2)));
      for (let code = first; code <= Number(String(next)); code += 1) widths.set(code, width);
      at += 3;
    }
  }
  return { widths, fallback };
}
