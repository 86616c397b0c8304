import { join, normalize, sep } from 'node:path';
import { Refusal } from '#core/fault.ts';
import type { Engine } from '../engine.ts';
import { bookAddress, bookResponse } from '../reading/bookResponse.ts';
import { fileResponse } from './fileResponse.ts';

/**
 * What the interface may load: itself, its media, nothing else. Styles are inline because React sets them so. Frames are
 * for pages of books, which alone allow to be framed.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-src 'self'",
  "frame-ancestors 'none'",
  "form-action 'none'",
].join('; ');

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
};

/** Answers requests for the interface and its media; the same for every shell. */
export type StudioResponder = (request: Request) => Promise<Response>;

/**
 * Serves the built interface from `rendererDir` at `/`, media of open projects at `/media/<projectId>/<assetId>` and
 * what is made of them at `/derived/…`, files of books that are being read at `/reading/…`. Anything else is 404; only GET and HEAD are answered.
 */
export function createStudioResponder(options: {
  engine: Engine;
  rendererDir: string;
}): StudioResponder {
  return async (request) => {
    const headers: Record<string, string> = { ...SECURITY_HEADERS };
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return new Response('Method not allowed', {
        status: 405,
        headers: { ...headers, Allow: 'GET, HEAD' },
      });
    }
    const path = decodedPath(request.url);
    if (path === null) return new Response('Not found', { status: 404, headers });
    if (/^\/(media|derived)\//.test(path)) {
      const file = options.engine.mediaFile(path.slice(1));
      if (file === null) return new Response('Not found', { status: 404, headers });
      return fileResponse(file, request, { ...headers, 'Cache-Control': 'no-cache' });
    }
    const address = bookAddress(path);
    if (address !== null) {
      const book = options.engine.readBook(address.sessionId);
      if (book === null) return new Response('Not found', { status: 404, headers });
      return bookResponse({ ...address, book, request, headers }).catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        return new Response(error.message, { status: 422, headers });
      });
    }
    const file = normalize(join(options.rendererDir, path === '/' ? 'index.html' : path));
    if (!file.startsWith(options.rendererDir + sep))
      return new Response('Not found', { status: 404, headers });
    // Built files carry a hash of their content in their names, the page itself does not.
    const cache = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    return fileResponse(file, request, { ...headers, 'Cache-Control': cache });
  };
}

function decodedPath(url: string): string | null {
  try {
    const path = decodeURIComponent(new URL(url).pathname);
    return path.includes('\0') ? null : path;
  } catch {
    return null;
  }
}
