/** A place in a book: a file of its container, by its path from the root, and a part of it. */
export type BookPlace = { path: string; fragment: string | null };

/** Whether a link leads out of the book: it has a scheme or names a host. */
export function isExternalLink(href: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(href.trim()) || /^[\\/]{2}/.test(href.trim());
}

/**
 * Where a link of a book leads, as a path from the root of the container (EPUB 3.3 §4.2.5): relative to the file it
 * stands in, percent-encoding undone. Steps out of the root end at the root, so that no link leads out of the book.
 * Null for links that do, and for such as are no address at all.
 */
export function resolveBookLink(href: string, from: string): BookPlace | null {
  const link = href.trim();
  if (isExternalLink(link)) return null;
  const hash = link.indexOf('#');
  const beforeHash = hash < 0 ? link : link.slice(0, hash);
  const path = decoded(beforeHash.split('?')[0] ?? '');
  const fragment = hash < 0 ? null : decoded(link.slice(hash + 1));
  if (path === null) return null;
  if (path === '') return { path: from, fragment };
  const parts = path.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return { path: parts.join('/'), fragment };
}

/** A path of a book as it stands in an address. */
export function encodeBookPath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
