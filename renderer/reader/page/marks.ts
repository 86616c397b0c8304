/**
 * Paints stretches of documents without touching them, so that places in them keep their names. The browser draws
 * them, on fixed pages as on flowing ones.
 */
export function paintMarks(doc: Document, name: string, ranges: readonly Range[]): void {
  const view = doc.defaultView;
  if (view === null || !('highlights' in view.CSS)) return;
  if (ranges.length === 0) view.CSS.highlights.delete(name);
  else view.CSS.highlights.set(name, new view.Highlight(...ranges));
}
