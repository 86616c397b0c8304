import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { WebSocketServer } from 'ws';
import { type Fault, Refusal } from '#core/fault.ts';
import type { Engine } from '../engine.ts';
import { createStudioResponder, SECURITY_HEADERS } from './respond.ts';

const LOOPBACK = '127.0.0.1';
const MAX_CALL_BYTES = 64 * 1024 * 1024;
const SESSION_COOKIE = 'inkreel-session';

export type BrowserHost = {
  /** Address with the token that opens the studio. */
  url: string;
  close: () => Promise<void>;
};

/**
 * Serves the studio on the loopback interface. The address carries a random token once; the page keeps the session in
 * a cookie that scripts cannot read. Requests from other origins, and to other host names, are refused.
 * Refuses `host/port-taken`.
 */
export async function startBrowserHost(options: {
  engine: Engine;
  port: number;
  rendererDir?: string;
}): Promise<BrowserHost> {
  const { engine } = options;
  const rendererDir =
    options.rendererDir ?? fileURLToPath(new URL('../../out/renderer', import.meta.url));
  const token = randomBytes(32).toString('base64url');
  const session = randomBytes(32).toString('base64url');
  const respond = createStudioResponder({ engine, rendererDir });
  let origin = '';

  const app = new Hono();
  app.use(async (context, next) => {
    // Another name for this address is a rebinding attack: the page would count as its own origin.
    if (context.req.header('host') !== new URL(origin).host)
      return context.text('Unknown host', 421);
    const given = context.req.query('token');
    if (given !== undefined && context.req.path === '/') {
      if (!isSame(given, token)) return notSignedIn(context);
      setCookie(context, SESSION_COOKIE, session, {
        httpOnly: true,
        sameSite: 'Strict',
        path: '/',
      });
      return context.redirect('/');
    }
    if (!isSame(getCookie(context, SESSION_COOKIE) ?? '', session)) {
      deleteCookie(context, SESSION_COOKIE);
      return notSignedIn(context);
    }
    return next();
  });
  app.post('/call/:name', bodyLimit({ maxSize: MAX_CALL_BYTES }), async (context) => {
    if (context.req.header('origin') !== origin)
      return context.text('Unknown origin', 403, { ...SECURITY_HEADERS });
    const input: unknown = await context.req.json().catch(() => undefined);
    return context.json(await engine.callUnchecked(context.req.param('name'), input));
  });
  app.get('*', (context) => respond(context.req.raw));

  const server = await listen(app, options.port);
  origin = `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`;
  const events = serveEvents({
    server,
    engine,
    isAllowed: (header) => header.origin === origin && isSame(cookieOf(header.cookie), session),
  });
  return {
    url: `${origin}/?token=${token}`,
    async close() {
      events.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(app: Hono, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: LOOPBACK, port }, () =>
      resolve(server),
    ) as Server;
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(isTaken ? new Refusal(portTaken(port), error) : error);
    });
  });
}

function portTaken(port: number): Fault {
  return {
    code: 'host/port-taken',
    message: `Port ${port} is in use or not allowed. Choose another one, or leave it out.`,
    details: { port },
  };
}

/** Sends every event of the engine to the windows that are connected to `/events`. */
function serveEvents(options: {
  server: Server;
  engine: Engine;
  isAllowed: (header: { origin?: string | undefined; cookie?: string | undefined }) => boolean;
}): { close: () => void } {
  const { server, engine } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 });
  server.on('upgrade', (request, socket, head) => {
    const { origin, cookie } = request.headers;
    if (request.url !== '/events' || !options.isAllowed({ origin, cookie })) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) =>
      sockets.emit('connection', client, request),
    );
  });
  const stopListening = engine.listen((event) => {
    const text = JSON.stringify(event);
    for (const client of sockets.clients) if (client.readyState === client.OPEN) client.send(text);
  });
  return {
    close() {
      stopListening();
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

function notSignedIn(context: Context) {
  return context.text(
    'Open the studio with the address that “inkreel studio” printed: it carries the key to this session.',
    401,
    { ...SECURITY_HEADERS },
  );
}

function cookieOf(header: string | undefined): string {
  const pair = (header ?? '').split(';').map((part) => part.trim().split('='));
  return pair.find(([name]) => name === SESSION_COOKIE)?.[1] ?? '';
}

/** Compares secrets in a time that does not tell where they differ. */
function isSame(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
