import { useMemo } from 'react';
import type { BookMetadata } from '#core/book/manuscript.ts';
import { coverSvg } from '#core/book/epubCover.ts';

/** The cover that a book is exported with. The words beside it say what it shows. */
export function BookCover({ metadata }: { metadata: BookMetadata }) {
  const source = useMemo(
    () => `data:image/svg+xml,${encodeURIComponent(coverSvg(metadata))}`,
    [metadata],
  );
  return <img src={source} alt="" draggable={false} className="block aspect-5/8 w-full" />;
}
