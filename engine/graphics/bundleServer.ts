import { createReadStream } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve, sep } from 'node:path';

const MEDIA_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
  '.ico': 'image/x-icon',
};

export type BundleServer = { url: string; close: () => Promise<void> };

/**
 * Serves the files of one folder, read only, on the loopback address alone. Remotion's own server would listen on
 * every network interface of the computer and fetch addresses for whoever asks.
 */
export async function serveBundle(dir: string): Promise<BundleServer> {
  const root = resolve(dir);
  const server = createServer((request, response) => {
    const file = fileOf(root, request.url ?? '/');
    if (request.method !== 'GET' || file === null) return refuseRequest(response);
    const stream = createReadStream(file);
    stream.once('open', () => {
      response.writeHead(200, {
        'content-type': MEDIA_TYPES[extname(file)] ?? 'application/octet-stream',
        'cache-control': 'max-age=3600',
      });
      stream.pipe(response);
    });
    stream.once('error', () => refuseRequest(response));
  });
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', done);
  });
  // A server that waits for pages must not keep the program alive.
  server.unref();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => closeServer(server),
  };
}

function fileOf(root: string, url: string): string | null {
  const path = URL.parse(url, 'http://127.0.0.1')?.pathname;
  // Names in a bundle are plain: anything escaped is not one of them.
  if (path === undefined || path.includes('%')) return null;
  const file = resolve(join(root, path === '/' ? 'index.html' : path));
  return file.startsWith(root + sep) ? file : null;
}

function refuseRequest(response: ServerResponse): void {
  if (!response.headersSent) response.writeHead(404);
  response.end();
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((done) => {
    server.close(() => done());
  });
}
