/** How a text is written where nothing in it says so otherwise. */
type Kind = 'markup' | 'plain';

/**
 * Bytes as text: by their byte order mark, by what XML or HTML say of themselves, as UTF-8 where they are, and else as
 * Windows-1252, as browsers do. Null when they are no text: plain text with null characters in it.
 */
export function decodeText(bytes: Uint8Array, kind: Kind): string | null {
  const text = decoded(bytes, kind);
  return kind === 'plain' && text.includes('\0') ? null : text;
}

function decoded(bytes: Uint8Array, kind: Kind): string {
  const marked = byteOrderMark(bytes);
  if (marked) return new TextDecoder(marked).decode(bytes);
  const wide = withoutMark(bytes);
  if (wide) return new TextDecoder(wide).decode(bytes);
  if (kind === 'markup') {
    const named = declaredEncoding(bytes);
    if (named !== null && named !== 'utf-8') return new TextDecoder(named).decode(bytes);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function byteOrderMark(bytes: Uint8Array): string | null {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return a === 0xff && b === 0xfe ? 'utf-16le' : null;
}

/** UTF-16 without its mark: nearly every second byte of Latin text is zero. */
function withoutMark(bytes: Uint8Array): string | null {
  const most = Math.min(bytes.length - (bytes.length % 2), 512);
  if (most < 8) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < most; at += 2) {
    if (bytes[at] === 0) even += 1;
    if (bytes[at + 1] === 0) odd += 1;
  }
  const nearlyAll = (most / 2) * 0.7;
  if (odd > nearlyAll && even === 0) return 'utf-16le';
  return even > nearlyAll && odd === 0 ? 'utf-16be' : null;
}

function declaredEncoding(bytes: Uint8Array): string | null {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 2_048));
  const xml = /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/i.exec(head)?.[1];
  const meta = /<meta[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1];
  const label = (xml ?? meta)?.toLowerCase();
  // A text that can be read so far cannot be in UTF-16.
  if (label === undefined || label.startsWith('utf-16')) return null;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}
