import type { Manuscript } from '#core/book/manuscript.ts';
import type { PictureFile } from '#core/book/pictureFile.ts';
import type { BookDesign } from '#core/book/print/design.ts';
import { type BookLayout, designTrim } from '#core/book/print/printLayout.ts';
import type { TrimSize } from '#core/book/print/trims.ts';
import type { PageFaults } from './pageQuality.ts';
import { type SvgPages, svgPages } from './svgPages.ts';
import { typesetSvg } from './typeset.ts';

export type PreviewOptions = {
  use?: BookLayout['use'];
  trim?: TrimSize;
  openings?: BookLayout['openings'];
  design?: BookDesign;
  pictures?: ReadonlyMap<string, PictureFile>;
  /** Whether pages may be left as they first come. */
  isDraft?: boolean;
  signal?: AbortSignal;
};

export type BookPreview = SvgPages & { layout: BookLayout; faults: PageFaults | null };

const POINTS_PER_INCH = 72;

/**
 * Sets a book and gives its pages as SVG, exactly as the PDF will have them. Pictures that are not handed over are
 * shown as frames. `page` counts from 0.
 */
export async function createBookPreview(
  manuscript: Manuscript,
  options: PreviewOptions = {},
): Promise<BookPreview> {
  const { svg, layout, faults } = await typesetSvg(
    {
      manuscript,
      use: options.use ?? 'print',
      trim: options.trim ?? designTrim(options.design),
      ...(options.openings !== undefined && { openings: options.openings }),
      ...(options.design !== undefined && { design: options.design }),
      createdAtSeconds: 0,
      isDraft: options.isDraft ?? false,
      pictures: options.pictures ?? new Map(),
    },
    options.signal,
  );
  const size = {
    widthPt: (layout.widthIn + layout.bleedIn) * POINTS_PER_INCH,
    heightPt: (layout.heightIn + 2 * layout.bleedIn) * POINTS_PER_INCH,
  };
  return { ...svgPages(svg, size), layout, faults };
}
