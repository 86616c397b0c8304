/** Rows that are drawn beyond each edge, so that a key or a short scroll finds them there. */
const OVERSCAN = 8;

/** Which rows of equal height are drawn: from `first` up to, but not with, `end`. */
export function rowWindow(options: {
  count: number;
  rowPx: number;
  scrollTop: number;
  heightPx: number;
}): { first: number; end: number } {
  const { count, rowPx, scrollTop, heightPx } = options;
  const first = Math.max(0, Math.min(count, Math.floor(scrollTop / rowPx)) - OVERSCAN);
  const end = Math.min(count, Math.ceil((scrollTop + heightPx) / rowPx) + OVERSCAN);
  return { first, end: Math.max(first, end) };
}

/** Where a list must be scrolled to so that a row is seen whole; where it is, when it is seen already. */
export function scrollToRow(options: {
  row: number;
  rowPx: number;
  scrollTop: number;
  heightPx: number;
}): number {
  const { row, rowPx, scrollTop, heightPx } = options;
  const top = row * rowPx;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + rowPx - heightPx);
}
