import { PDFDocument } from '@cantoo/pdf-lib';
import { LEAST_SPINE_TEXT_PAGES } from '#core/book/cover/wrap.ts';
import { pictureFile } from '#core/book/pictureFile.ts';
import type { BookCheck } from './bookCheck.ts';
import type { MadeWrap } from './coverMaker.ts';
import { readPdfText } from './pdfText.ts';

const POINTS_PER_INCH = 72;
/** What shops ask of the front of an e-book (KDP: 1.6 to 1, at least 1,000 on the longer side). */
const LEAST_FRONT_PX = { width: 1_600, height: 2_560 } as const;

/** Reads a front cover back. */
export function inspectFront(bytes: Uint8Array): BookCheck[] {
  const picture = pictureFile(bytes);
  const [width, height] = [picture?.widthPx ?? 0, picture?.heightPx ?? 0];
  return [
    {
      name: 'cover-size',
      ok: width >= LEAST_FRONT_PX.width && height >= LEAST_FRONT_PX.height,
      value: `${width} × ${height} px`,
    },
  ];
}

/** Reads a wrap back and compares it with the book whose cover it is. */
export async function inspectWrap(
  bytes: Uint8Array,
  { wrap, hasBarcode, pages }: Pick<MadeWrap, 'wrap' | 'hasBarcode'> & { pages: number },
): Promise<BookCheck[]> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const page = document.getPage(0);
  const [media, trim] = [page.getMediaBox(), page.getTrimBox()];
  const isNear = (points: number, inches: number) =>
    Math.abs(points - inches * POINTS_PER_INCH) < 0.05;
  const cut = wrap.bleedIn + wrap.bleedIn;
  const texts = readPdfText(document)[0]?.pieces ?? [];
  const inside = texts.every(
    (piece) =>
      piece.x >= trim.x - 0.01 &&
      piece.x <= trim.x + trim.width &&
      piece.y >= trim.y &&
      piece.y <= trim.y + trim.height,
  );
  return [
    {
      name: 'cover-size',
      ok: isNear(media.width, wrap.widthIn) && isNear(media.height, wrap.heightIn),
      value: `${wrap.widthIn.toFixed(3)} × ${wrap.heightIn.toFixed(3)} in`,
    },
    { name: 'bleed', ok: isNear(media.width - trim.width, cut), value: `${wrap.bleedIn} in` },
    {
      name: 'spine',
      ok: wrap.spineIn > 0,
      value: `${wrap.spineIn.toFixed(4)} in of ${pages} pages`,
    },
    {
      name: 'spine-text',
      ok: wrap.hasSpineText === pages >= LEAST_SPINE_TEXT_PAGES,
      value: wrap.hasSpineText ? 'yes' : `none below ${LEAST_SPINE_TEXT_PAGES} pages`,
    },
    { name: 'words-inside-trim', ok: inside, value: texts.length },
    { name: 'barcode', ok: true, value: hasBarcode ? 'EAN-13' : 'none, the book has no ISBN' },
  ];
}
