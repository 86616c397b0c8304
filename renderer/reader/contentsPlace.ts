import type { NavigationItem, OpenBook } from '#core/contract/reading.ts';

/** An entry of a table of contents with how deep it stands. */
export type ContentsRow = { entry: NavigationItem; depth: number; index: number };

/** A table of contents as rows; `index` is the document that an entry leads to, -1 for none. */
export function contentsRows(book: OpenBook, entries = book.contents, depth = 0): ContentsRow[] {
  return entries.flatMap((entry) => [
    { entry, depth, index: book.sections.findIndex((section) => section.path === entry.path) },
    ...contentsRows(book, entry.children, depth + 1),
  ]);
}

/**
 * The row that a place is below: the last one that leads to the place or before it. `isBefore` tells whether a part of
 * the document in sight, by its id, lies at the place or before it.
 */
export function currentRow(
  rows: readonly ContentsRow[],
  index: number,
  isBefore: (fragment: string) => boolean,
): number {
  let current = -1;
  let best = -1;
  for (const [row, { entry, index: at }] of rows.entries()) {
    if (at < 0 || at > index || at < best) continue;
    if (at === index && entry.fragment !== null && !isBefore(entry.fragment)) continue;
    current = row;
    best = at;
  }
  return current;
}

/** The labels of a row and of what it stands below, from the top. */
export function headingsOf(rows: readonly ContentsRow[], row: number): string[] {
  const labels: string[] = [];
  let depth = Number.POSITIVE_INFINITY;
  for (let at = row; at >= 0; at--) {
    const one = rows[at];
    if (one === undefined || one.depth >= depth) continue;
    labels.unshift(one.entry.label);
    depth = one.depth;
  }
  return labels;
}
