import { linkSchema } from './manuscript.ts';

/**
 * The address as a book can carry it, with characters that a URL may not hold percent-encoded (RFC 3986), or null when
 * it does not lead to the web or a mail address.
 */
export function bookLink(address: string): string | null {
  const encoded = address
    .trim()
    .replace(/[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/gu, (char) =>
      char.isWellFormed() ? encodeURIComponent(char) : '',
    )
    .replace(/%(?![0-9A-Fa-f]{2})/g, '%25')
    .replace(/[[\]]/g, (bracket) => (bracket === '[' ? '%5B' : '%5D'));
  return linkSchema.safeParse(encoded).success ? encoded : null;
}
