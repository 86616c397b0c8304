import { type Manuscript, type Picture, walkBlocks } from '#core/book/manuscript.ts';
import type { PictureFile } from '#core/book/pictureFile.ts';
import { bookLayout } from '#core/book/print/printLayout.ts';
import type { TrimSize } from '#core/book/print/trims.ts';
import { MAX_PICTURE_HEIGHT } from '#core/book/print/typstBlocks.ts';
import type { Finding } from '#core/preflight/check.ts';
import { blockFinding, type FileRule } from './fileFinding.ts';
import { brokenLimits, type StoreLimit } from './storeLimits.ts';

/** What printers ask of pictures, dots an inch; line art wants more, which cannot be told from here. */
const PRINT_DPI = 300;
/** Below this a printed picture is visibly made of squares. */
const POOR_DPI = 150;

const MISSING: FileRule = {
  id: 'picture/missing-file',
  severity: 'error',
  message: 'A picture was not found, or is neither JPEG nor PNG.',
  why: 'The book cannot be exported without it.',
  fix: 'Add the picture again, or remove it from the text.',
};
const COARSE: FileRule = {
  id: 'picture/print-resolution',
  severity: 'warning',
  message: 'A picture has fewer than 300 dots an inch at its printed size.',
  why: 'Printers warn of it or refuse it, and the picture looks soft or made of squares.',
  fix: 'Use a larger version of the picture.',
};

/** Pictures that are missing, too coarse for print at the size they are placed at, or too large for a shop. */
export function checkPictures(
  manuscript: Manuscript,
  pictures: ReadonlyMap<string, PictureFile>,
  trim: TrimSize,
): Finding[] {
  return manuscript.chapters.flatMap((chapter) =>
    [...walkBlocks(chapter.blocks)].flatMap((block): Finding[] => {
      if (block.kind !== 'image') return [];
      const file = pictures.get(block.source);
      const found = (rule: FileRule, note?: string) =>
        blockFinding(rule, manuscript, chapter, block.id, {
          excerpt: excerptOf(block),
          ...(note !== undefined && { note }),
        });
      if (file === undefined) return [found(MISSING)];
      const { dpi, widthIn } = placed(file, trim);
      const size = `${file.widthPx} × ${file.heightPx} pixels over ${widthIn.toFixed(2)} inches are ${Math.round(dpi)} dots an inch.`;
      const coarse =
        dpi < PRINT_DPI
          ? [found({ ...COARSE, severity: dpi < POOR_DPI ? 'error' : 'warning' }, size)]
          : [];
      const refused = (limits: StoreLimit[], note: string) =>
        limits.map(({ id, severity, rule }) =>
          found(
            {
              id,
              severity,
              message: rule,
              why: 'The shop refuses the book, or scales the picture down by itself.',
              fix: 'Use a smaller version of the picture.',
            },
            note,
          ),
        );
      const { widthPx, heightPx } = file;
      const tooLarge = [
        ...refused(
          brokenLimits('picturePixels', widthPx * heightPx),
          `It has ${widthPx} × ${heightPx} pixels.`,
        ),
        ...refused(
          brokenLimits('pictureBytes', file.bytes.length),
          `It has ${(file.bytes.length / 2 ** 20).toFixed(1)} MB.`,
        ),
      ];
      return [...coarse, ...tooLarge];
    }),
  );
}

const excerptOf = ({ source, alt }: Picture) => (alt.trim() === '' ? source : `${alt} (${source})`);

/** How large a picture is printed and how fine it is there: as wide as the text unless it is too high for a page. */
function placed(file: PictureFile, trim: TrimSize): { dpi: number; widthIn: number } {
  const layout = bookLayout({ use: 'print', trim, pages: 24 });
  const textWidthIn = layout.widthIn - layout.insideIn - layout.outsideIn;
  const highestIn = (layout.heightIn - layout.topIn - layout.bottomIn) * MAX_PICTURE_HEIGHT;
  const widthIn = Math.min(textWidthIn, (highestIn * file.widthPx) / file.heightPx);
  return { dpi: file.widthPx / widthIn, widthIn };
}
