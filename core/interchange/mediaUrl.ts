/**
 * The URL of a media file for an interchange file: relative when it lies in the folder of that file or below, so that
 * the two can move together, else an absolute `file:` URL (RFC 8089). Paths are absolute, of POSIX or Windows form;
 * without a folder the URL is always absolute.
 */
export function mediaUrlOf(path: string, folder: string | null): string {
  const relative = folder === null ? null : pathWithin(path, folder);
  return relative === null ? fileUrlOf(path) : encodeSegments(relative);
}

/**
 * Absolute paths that a media URL may mean, likeliest first: relative ones resolve against `folder`, and because
 * programs differ in what they escape, the text as it stands is tried too. Empty for URLs of other schemes.
 */
export function pathsOfMediaUrl(url: string, folder: string): string[] {
  const file = /^file:\/\/([^/]*)(\/.*)$/is.exec(url);
  if (file !== null) {
    const [, host = '', path = ''] = file;
    const isLocal = host === '' || host.toLowerCase() === 'localhost';
    return spellings(path).map((each) =>
      isLocal ? each.replace(/^\/([A-Za-z]:)/, '$1') : `//${host}${each}`,
    );
  }
  if (/^[a-z][a-z0-9+.-]+:/i.test(url) || url === '') return [];
  if (isAbsolute(url)) return spellings(url);
  return spellings(url).map((each) => `${folder.replace(/[\\/]+$/, '')}/${each}`);
}

function fileUrlOf(path: string): string {
  if (/^\\\\/.test(path)) return `file://${encodeSegments(path.slice(2).replaceAll('\\', '/'))}`;
  if (isWindows(path)) {
    return `file:///${path.slice(0, 2)}${encodeSegments(path.slice(2).replaceAll('\\', '/'))}`;
  }
  return `file://${encodeSegments(path)}`;
}

/** The rest of `path` below `folder`, with forward slashes; null when it lies elsewhere. */
function pathWithin(path: string, folder: string): string | null {
  const unify = (text: string) => (isWindows(text) ? text.replaceAll('\\', '/') : text);
  const inside = unify(path);
  const prefix = `${unify(folder).replace(/\/+$/, '')}/`;
  const begin = inside.slice(0, prefix.length);
  const isSame = isWindows(path) ? begin.toLowerCase() === prefix.toLowerCase() : begin === prefix;
  return isSame && inside.length > prefix.length ? inside.slice(prefix.length) : null;
}

function encodeSegments(path: string): string {
  return path
    .toWellFormed()
    .split('/')
    .map((segment) => encodeURIComponent(segment))
    .join('/');
}

function spellings(text: string): string[] {
  const decoded = decode(text);
  return [...new Set(decoded === null ? [text] : [decoded, text])].filter(
    (each) => !each.includes('\0'),
  );
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

function isWindows(path: string): boolean {
  return /^([A-Za-z]:[\\/]|\\\\)/.test(path);
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || isWindows(path);
}
