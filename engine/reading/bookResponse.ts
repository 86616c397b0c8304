import { readerCss, readerDocument } from '#core/reading/readerCss.ts';
import { parseRange } from '../host/fileResponse.ts';
import { type BookFile, decodeMarkup } from './bookFile.ts';

/** Types that are served as what they claim to be; all else is bytes that nothing shows. */
const SERVED =
  /^(image\/(png|jpeg|gif|webp|svg\+xml)|audio\/[\w.+-]+|video\/[\w.+-]+|font\/[\w.+-]+|application\/(font-[\w-]+|vnd\.ms-opentype|x-font-[\w-]+|xhtml\+xml)|text\/(css|html))$/;

/**
 * Every book is served below an address of its own, many folders deep: links that climb out of the book’s root, which
 * EPUB ends at the root, come out in these folders.
 */
const DEPTH = '~/'.repeat(24);

/** Address below which the files of a session are served. */
export function bookRoot(sessionId: string): string {
  return `/reading/${sessionId}/${DEPTH}`;
}

/** The session and the file of the book that an address means; null when it is none of these. */
export function bookAddress(path: string): { sessionId: string; file: string } | null {
  const match = /^\/reading\/([\w-]{1,64})\/(?:~\/)*(.*)$/s.exec(path);
  return match?.[1] === undefined ? null : { sessionId: match[1], file: match[2] ?? '' };
}

/**
 * What a page of a book may do: show its own files and the fonts of the interface. No script runs in it, however it
 * is written; it sends nothing, opens nothing and reads nothing else, whoever embeds it.
 */
function bookPolicy(origin: string, sessionId: string): string {
  const own = `${origin}/reading/${sessionId}/`;
  return [
    "default-src 'none'",
    "script-src 'none'",
    `img-src ${own} data:`,
    `media-src ${own} data:`,
    `style-src ${own} 'unsafe-inline'`,
    `font-src ${own} data: ${origin}/assets/`,
    `frame-src ${own}`,
    `object-src ${own}`,
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    // The page around it reads the text, which takes the same origin; without scripts that gives the book nothing.
    'sandbox allow-same-origin',
  ].join('; ');
}

/** Answers a request for a file of a book. */
export async function bookResponse(input: {
  book: BookFile;
  file: string;
  sessionId: string;
  request: { url: string; headers: Headers; method: string };
  headers: Readonly<Record<string, string>>;
}): Promise<Response> {
  const { book, file, sessionId, request } = input;
  const url = new URL(request.url);
  const headers = {
    ...input.headers,
    'Content-Security-Policy': bookPolicy(`${url.protocol}//${url.host}`, sessionId),
    'Cache-Control': 'private, max-age=3600',
  };
  const type = book.typeOf(file);
  const bytes = type === null ? null : await book.read(file);
  if (type === null || bytes === null) return new Response('Not found', { status: 404, headers });
  const isPage = url.searchParams.has('page');
  if (isPage && type === 'image/svg+xml')
    return answer(
      drawingPage(decodeMarkup(bytes)),
      'application/xhtml+xml; charset=utf-8',
      request,
      headers,
    );
  if (isPage && type.startsWith('image/'))
    return answer(picturePage(file), 'application/xhtml+xml; charset=utf-8', request, headers);
  if (type === 'text/css')
    return answer(readerCss(decodeMarkup(bytes)), 'text/css; charset=utf-8', request, headers);
  if (/html/.test(type)) {
    const markup = readerDocument(withoutEncoding(decodeMarkup(bytes)));
    const shown = type === 'text/html' ? 'text/html' : 'application/xhtml+xml';
    return answer(markup, `${shown}; charset=utf-8`, request, headers);
  }
  return answer(bytes, SERVED.test(type) ? type : 'application/octet-stream', request, headers);
}

function answer(
  body: string | Uint8Array,
  type: string,
  request: { headers: Headers; method: string },
  headers: Record<string, string>,
): Response {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const base = { ...headers, 'Content-Type': type, 'Accept-Ranges': 'bytes' };
  const range = parseRange(request.headers.get('range'), bytes.length);
  if (range === 'unsatisfiable') {
    return new Response(null, {
      status: 416,
      headers: { ...base, 'Content-Range': `bytes */${bytes.length}` },
    });
  }
  const part = range === null ? bytes : bytes.subarray(range.start, range.end + 1);
  return new Response(request.method === 'HEAD' ? null : Uint8Array.from(part), {
    status: range === null ? 200 : 206,
    headers: {
      ...base,
      ...(range !== null && {
        'Content-Range': `bytes ${range.start}-${range.end}/${bytes.length}`,
      }),
      'Content-Length': String(part.length),
    },
  });
}

/** The text was decoded, so what it says of its encoding no longer holds. */
function withoutEncoding(markup: string): string {
  return markup.replace(/^\uFEFF?(\s*<\?xml[^>]*?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')/, '$1');
}

/** A page around a drawing that is a document of its own: what shows books reckons with a body. */
function drawingPage(svg: string): string {
  const sheets = [...svg.matchAll(/<\?xml-stylesheet[^>]*?href\s*=\s*["']([^"']*)["'][^>]*\?>/g)]
    .map((match) => `<link rel="stylesheet" href="${match[1] ?? ''}"/>`)
    .join('');
  const drawing = svg
    .replace(/<\?[\s\S]*?\?>/g, '')
    .replace(/<!DOCTYPE[^>[]*(\[[\s\S]*?\])?[^>]*>/i, '');
  const [, , width, height] =
    /viewBox\s*=\s*["']\s*([\d.+-]+)[\s,]+([\d.+-]+)[\s,]+([\d.]+)[\s,]+([\d.]+)/
      .exec(svg)
      ?.slice(1) ?? [];
  const viewport =
    width === undefined ? '' : `<meta name="viewport" content="width=${width}, height=${height}"/>`;
  return page(`${viewport}${sheets}`, readerDocument(drawing));
}

function picturePage(file: string): string {
  const name = encodeURIComponent(file.slice(file.lastIndexOf('/') + 1));
  return page('', `<img src="${name}" alt="" style="max-width: 100%; max-height: 100%"/>`);
}

function page(head: string, body: string): string {
  return `<html xmlns="http://www.w3.org/1999/xhtml"><head><title></title>${head}</head><body style="margin: 0">${body}</body></html>`;
}
