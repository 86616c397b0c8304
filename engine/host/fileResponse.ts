import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { Readable } from 'node:stream';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  '.mov': 'video/quicktime',
  '.webm': 'video/webm',
  '.mkv': 'video/x-matroska',
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
  '.wav': 'audio/wav',
  '.ogg': 'audio/ogg',
  '.flac': 'audio/flac',
};

/** A part of a file that a `Range` header asks for, both ends inclusive. */
export type ByteRange = { start: number; end: number };

/**
 * The single range that a `Range` header names (RFC 9110 §14.1.2); `null` without a usable one, which means all of
 * it; `unsatisfiable` when it lies outside the file.
 */
export function parseRange(
  header: string | null,
  size: number,
): ByteRange | null | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return null;
  const [, first = '', last = ''] = match;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return null;
  return start >= size ? 'unsatisfiable' : { start, end };
}

/** A file as a Web response, in part where the request asks for a range. 404 when it is not there. */
export async function fileResponse(
  path: string,
  request: { headers: Headers; method: string; signal?: AbortSignal },
  headers: Record<string, string> = {},
): Promise<Response> {
  const stats = await stat(path).catch(() => null);
  if (stats === null || !stats.isFile()) return new Response('Not found', { status: 404, headers });
  const base = {
    ...headers,
    'Content-Type': TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
    'Accept-Ranges': 'bytes',
    'Last-Modified': stats.mtime.toUTCString(),
  };
  const range = parseRange(request.headers.get('range'), stats.size);
  if (range === 'unsatisfiable') {
    return new Response(null, {
      status: 416,
      headers: { ...base, 'Content-Range': `bytes */${stats.size}` },
    });
  }
  const length = range ? range.end - range.start + 1 : stats.size;
  const partial: Record<string, string> = range
    ? { 'Content-Range': `bytes ${range.start}-${range.end}/${stats.size}` }
    : {};
  const body =
    request.method === 'HEAD' || length === 0 ? null : bodyOf(path, range, request.signal);
  return new Response(body, {
    status: range ? 206 : 200,
    headers: { ...base, ...partial, 'Content-Length': String(length) },
  });
}

function bodyOf(
  path: string,
  range: ByteRange | null,
  signal: AbortSignal | undefined,
): ReadableStream {
  const stream = createReadStream(path, { ...range, ...(signal ? { signal } : {}) });
  // A player that jumps elsewhere drops the answer halfway; that is no error.
  stream.on('error', () => stream.destroy());
  return Readable.toWeb(stream) as ReadableStream;
}
