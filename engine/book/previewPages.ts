import type { Manuscript } from '#core/book/manuscript.ts';
import type { PictureFile } from '#core/book/pictureFile.ts';
import type { BookDesign } from '#core/book/print/design.ts';
import { type BookLayout, designTrim } from '#core/book/print/printLayout.ts';
import type { TrimSize } from '#core/book/print/trims.ts';
import { type SvgPages, svgPages } from './svgPages.ts';
import { typesetSvg } from './typeset.ts';

export type PreviewOptions = {
  use?: BookLayout['use'];
  trim?: TrimSize;
  openings?: BookLayout['openings'];
  design?: BookDesign;
  pictures?: ReadonlyMap<string, PictureFile>;
  signal?: AbortSignal;
};

export type BookPreview = SvgPages & { layout: BookLayout };

const POINTS_PER_INCH = 72;

/**
 * Sets a book and gives its pages as SVG, exactly as the PDF will have them. Pictures that are not handed over are
 * shown as frames. `page` counts from 0.
 */
export async function createBookPreview(
  manuscript: Manuscript,
  options: PreviewOptions = {},
): Promise<BookPreview> {
  const { svg, layout } = await typesetSvg(
    {
      manuscript,
      use: options.use ?? 'print',
      trim: options.trim ?? designTrim(options.design),
      ...(options.openings !== undefined && { openings: options.openings }),
      ...(options.design !== undefined && { design: options.design }),
      createdAtSeconds: 0,
      pictures: options.pictures ?? new Map(),
    },
    options.signal,
  );
  const size = {
    widthPt: layout.widthIn * POINTS_PER_INCH,
    heightPt: layout.heightIn * POINTS_PER_INCH,
  };
  return { ...svgPages(svg, size), layout };
}
