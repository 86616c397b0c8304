/** Size of a fixed page in CSS pixels. */
export type PageSize = { width: number; height: number };

/**
 * The size that a fixed page states in the first of its viewport declarations (EPUB 3.3 §8.2.2.6): of repeated values
 * the first counts, what is no value is passed over, `device-width` and `device-height` are those of the room it has.
 * Null when it states none.
 */
export function statedSize(content: string | null, room: PageSize): PageSize | null {
  const stated = new Map<string, string>();
  for (const part of (content ?? '').split(/[,;\s]+/)) {
    const [name = '', value] = part.split('=').map((text) => text.trim().toLowerCase());
    if (value !== undefined && !stated.has(name)) stated.set(name, value);
  }
  const length = (name: 'width' | 'height'): number | null => {
    const value = stated.get(name);
    if (value === `device-${name}`) return room[name];
    const number = Number.parseFloat(value ?? '');
    return number > 0 && number < 100_000 ? number : null;
  };
  const width = length('width');
  const height = length('height');
  return width === null || height === null ? null : { width, height };
}

/** Makes a fixed page say its size once and plainly, for what lays pages out. */
export function settleViewport(doc: Document, room: PageSize): void {
  const declarations = [...doc.querySelectorAll('meta[name="viewport"]')];
  const size = statedSize(declarations[0]?.getAttribute('content') ?? null, room);
  for (const declaration of declarations.slice(1)) declaration.remove();
  if (size !== null)
    declarations[0]?.setAttribute('content', `width=${size.width}, height=${size.height}`);
}
