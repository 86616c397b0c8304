import { inflateSync } from 'node:zlib';
import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import { COVER_TEMPLATES } from '#core/book/cover/coverDesign.ts';
import { TEMPLATES } from '#core/book/cover/coverTemplates.ts';
import { coverWrap } from '#core/book/cover/wrap.ts';
import { pictureFile } from '#core/book/pictureFile.ts';
import { coverPdf, coverPng } from '#engine/book/coverMaker.ts';
import { inspectFront, inspectWrap } from '#engine/book/inspectCover.ts';
import { readPdfText } from '#engine/book/pdfText.ts';
import { lampPicture } from './richManuscript.ts';

const METADATA = {
  title: 'Four Minutes of Dark',
  subtitle: 'A story from a harbour',
  authors: ['Mara Ellison'],
  language: 'en',
  identifier: '978-3-16-148410-0',
  description: 'A lighthouse, a film crew, and a town that never turned off its lamp.',
};
const TITLES = [
  'It',
  'Донаудампфшифффартсгезельшафт und Kapitän',
  'Donaudampfschifffahrtsgesellschaftskapitänswitwe',
  'The Strange and Surprising Adventures of a Very Long Title That Goes On Well Past the Point at Which Anybody Would Still Be Reading It, With an Afterword',
  'Η Οδύσσεια',
];
const order = { trim: '6x9in', paper: 'cream', createdAtSeconds: 0 } as const;
const failed = (checks: { name: string; ok: boolean }[]) =>
  checks.filter((check) => !check.ok).map((check) => check.name);

describe('wrap', () => {
  it('grows its spine with every page and the kind of paper', () => {
    const spine = (pages: number, paper: 'white' | 'cream' | 'colour') =>
      coverWrap({ trim: '6x9in', pages, paper, direction: 'ltr' }).spineIn;
    expect(spine(300, 'white')).toBeCloseTo(0.6756, 6);
    expect(spine(300, 'cream')).toBeCloseTo(0.75, 6);
    expect(spine(300, 'colour')).toBeCloseTo(0.7041, 6);
    const wrap = coverWrap({ trim: '6x9in', pages: 300, paper: 'cream', direction: 'ltr' });
    expect(wrap.widthIn).toBeCloseTo(0.125 + 6 + 0.75 + 6 + 0.125, 6);
    expect(wrap.heightIn).toBeCloseTo(9.25, 6);
    const hasText = (pages: number) =>
      coverWrap({ trim: '6x9in', pages, paper: 'cream', direction: 'ltr' }).hasSpineText;
    expect([hasText(78), hasText(79)]).toEqual([false, true]);
  });

  it('has its front on the left where lines run from the right', async () => {
    const metadata = { ...METADATA, title: 'ضوء الميناء', authors: ['آن'], language: 'ar' };
    const made = coverPdf({ metadata, cover: { template: 'frame' }, ...order, pages: 200 });
    const { front, spine, back, barcode } = made.wrap;
    expect(front.x).toBeLessThan(spine.x);
    expect(spine.x).toBeLessThan(back.x);
    expect(barcode.x).toBeGreaterThan(back.x);
    expect(failed(await inspectWrap(made.pdf, { ...made, pages: 200 }))).toEqual([]);
    const pdf = await PDFDocument.load(made.pdf, { updateMetadata: false });
    const titles = (readPdfText(pdf)[0]?.pieces ?? []).filter(({ text }) => text.includes('ضوء'));
    expect(titles.some(({ x }) => x < spine.x * 72)).toBe(true);
    expect(titles.some(({ x }) => x > (spine.x + spine.width) * 72)).toBe(false);
  });

  it.each(COVER_TEMPLATES)(
    '“%s” keeps words of any length inside their place',
    async (template) => {
      for (const title of TITLES) {
        const metadata = { ...METADATA, title, authors: [`${title.slice(0, 60)} author`] };
        const made = coverPdf({ metadata, cover: { template }, ...order, pages: 200 });
        expect(failed(await inspectWrap(made.pdf, { ...made, pages: 200 }))).toEqual([]);
        const pdf = await PDFDocument.load(made.pdf, { updateMetadata: false });
        const { front } = made.wrap;
        const place = TEMPLATES[template].title;
        const pieces = (readPdfText(pdf)[0]?.pieces ?? []).filter(
          (piece) => piece.x > front.x * 72 && piece.text.trim() !== '',
        );
        expect(pieces.length).toBeGreaterThan(0);
        for (const piece of pieces) {
          expect(piece.x).toBeGreaterThan((front.x + place.x * front.width) * 72 - 3);
          expect(piece.x + piece.width).toBeLessThan((front.x + front.width * 0.96) * 72);
          expect(piece.y).toBeGreaterThan(front.y * 72 + 0.25 * 72);
        }
      }
    },
  );

  it('has no words on a thin spine and no bars without an ISBN', async () => {
    const metadata = { ...METADATA, identifier: 'urn:uuid:5f0c9a3e-8d0f-4a52-9b6e-6a1f6d3b2c10' };
    const made = coverPdf({ metadata, cover: { template: 'lamp' }, ...order, pages: 40 });
    expect(made.hasBarcode).toBe(false);
    const text = readPdfText(await PDFDocument.load(made.pdf, { updateMetadata: false }));
    const titles = (text[0]?.pieces ?? []).filter((piece) => piece.text.includes('Four Minutes'));
    expect(titles).toHaveLength(1);
  });

  it('is the same bytes twice', () => {
    const make = () =>
      coverPdf({ metadata: METADATA, cover: { template: 'mosaic' }, ...order, pages: 200 });
    expect(Buffer.from(make().pdf).equals(Buffer.from(make().pdf))).toBe(true);
  });
});

describe('front', () => {
  it('is a PNG as large as shops ask, the same twice, another for another seed', () => {
    const make = (seed: number) =>
      coverPng({ metadata: METADATA, cover: { template: 'botanic', seed } });
    const png = make(3);
    expect(failed(inspectFront(png))).toEqual([]);
    expect(Buffer.from(make(3)).equals(Buffer.from(png))).toBe(true);
    expect(Buffer.from(make(4)).equals(Buffer.from(png))).toBe(false);
  });

  it('shows a picture of the project where its template has one', () => {
    const picture = lampPicture().get('lamp.png');
    const pixels = { widthPx: 2, heightPx: 2, rgb: Uint8Array.from({ length: 12 }, () => 160) };
    const png = coverPng(
      { metadata: METADATA, cover: { template: 'photo' }, picture, pixels },
      320,
    );
    expect(pictureFile(png)).toMatchObject({ widthPx: 320, heightPx: 512 });
    expect(pixelOf(png, 320, 160, 60)).toEqual([160, 160, 160]);
    expect(pixelOf(png, 320, 160, 508)).toEqual([0x10, 0x18, 0x2b]);
  });
});

/** A pixel of a PNG as `encodePng` writes it: one chunk of data, every row as its difference from the one above. */
function pixelOf(png: Uint8Array, widthPx: number, x: number, y: number): number[] {
  const bytes = Buffer.from(png);
  const at = bytes.indexOf('IDAT');
  const rows = inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)));
  const stride = widthPx * 3 + 1;
  return [0, 1, 2].map((channel) => {
    let value = 0;
    for (let row = 0; row <= y; row += 1) value += rows[row * stride + 1 + x * 3 + channel] ?? 0;
    return value & 255;
  });
}
