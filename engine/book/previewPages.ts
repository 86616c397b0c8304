import type { Manuscript } from '#core/book/manuscript.ts';
import type { PictureFile } from '#core/book/pictureFile.ts';
import { type BookLayout, DEFAULT_TRIM_SIZE, type TrimSize } from '#core/book/printLayout.ts';
import { type SvgPages, svgPages } from './svgPages.ts';
import { typesetSvg } from './typeset.ts';

export type PreviewOptions = {
  use?: BookLayout['use'];
  trim?: TrimSize;
  openings?: BookLayout['openings'];
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
      trim: options.trim ?? DEFAULT_TRIM_SIZE,
      openings: options.openings ?? 'next',
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
