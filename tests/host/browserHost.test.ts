import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createEngine, type Engine } from '#engine/engine.ts';
import { type BrowserHost, startBrowserHost } from '#engine/host/browserHost.ts';
import { engineFolders } from '#engine/folders.ts';
import { cliEnvironment } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';

const folder = testFolder('host');
const rendererDir = join(folder, 'renderer');
let engine: Engine;
let host: BrowserHost;
let origin: string;
let cookie: string;

beforeAll(async () => {
  mkdirSync(join(rendererDir, 'assets'), { recursive: true });
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html><title>Studio</title>');
  writeFileSync(join(folder, 'secret.txt'), 'not for the window');
  engine = await createEngine({
    ...engineFolders(folder, cliEnvironment(folder)),
    appVersion: '0.0.0',
  });
  host = await startBrowserHost({ engine, port: 0, rendererDir });
  origin = new URL(host.url).origin;
  const entered = await fetch(host.url, { redirect: 'manual' });
  cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
});
afterAll(async () => {
  await host.close();
  await engine.close();
});

const page = (path: string, init: RequestInit = {}) =>
  fetch(`${origin}${path}`, { ...init, headers: { cookie, ...init.headers } });
const call = (name: string, headers: Record<string, string>, body = '{}') =>
  fetch(`${origin}/call/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });

/** A request whose path and host header go out exactly as given. */
function rawStatus(path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    request({ hostname, port, path, headers: { cookie, ...headers } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end();
  });
}

describe('the key to the session', () => {
  it('is in the address once and then in a cookie that scripts and other sites do not get', async () => {
    const entered = await fetch(host.url, { redirect: 'manual' });
    expect(entered.status).toBe(302);
    expect(entered.headers.get('location')).toBe('/');
    expect(entered.headers.get('set-cookie')).toMatch(/HttpOnly/);
    expect(entered.headers.get('set-cookie')).toMatch(/SameSite=Strict/);
  });

  it('is needed for everything', async () => {
    for (const path of ['/', '/?token=wrong', '/media/a/b', '/assets/index.js']) {
      expect((await fetch(`${origin}${path}`)).status).toBe(401);
    }
    expect((await call('app.info', { origin })).status).toBe(401);
    expect((await call('app.info', { origin, cookie: `${cookie}x` })).status).toBe(401);
    expect((await call('app.info', { origin, cookie })).status).toBe(200);
  });
});

describe('other sites', () => {
  it('cannot call the engine', async () => {
    expect((await call('app.info', { cookie, origin: 'https://elsewhere.example' })).status).toBe(
      403,
    );
    expect((await call('app.info', { cookie })).status).toBe(403);
  });

  it('cannot reach the host under another name', async () => {
    expect(await rawStatus('/', { host: 'rebound.example' })).toBe(421);
    expect(await rawStatus('/', {})).toBe(200);
  });

  it('cannot listen to events', async () => {
    const open = async (headers: Record<string, string>) => {
      const socket = new WebSocket(`${origin.replace('http', 'ws')}/events`, { headers });
      // A refused socket reports an error before anything else.
      const opened = await once(socket, 'open').then(
        () => true,
        () => false,
      );
      socket.terminate();
      return opened;
    };
    expect(await open({ cookie, origin })).toBe(true);
    expect(await open({ cookie, origin: 'https://elsewhere.example' })).toBe(false);
    expect(await open({ origin })).toBe(false);
  });
});

describe('files', () => {
  it('outside the interface and the media are not served', async () => {
    for (const path of [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/assets/../../secret.txt',
      '/%2e%2e/secret.txt',
      '/media/../secret.txt',
      '/derived/../../secret.txt',
    ]) {
      expect(await rawStatus(path, {})).toBe(404);
    }
  });

  it('come with a policy that lets nothing else run or load', async () => {
    const response = await page('/');
    expect(await response.text()).toContain('<title>Studio</title>');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('calls', () => {
  it('answer faults as values', async () => {
    const answer = async (name: string, body: string): Promise<unknown> =>
      (await call(name, { cookie, origin }, body)).json();
    expect(await answer('no.such', '{}')).toMatchObject({
      ok: false,
      error: { code: 'contract/unknown-call' },
    });
    expect(await answer('project.open', '{"path": 5}')).toMatchObject({
      ok: false,
      error: { code: 'contract/bad-input' },
    });
    expect(await answer('project.open', 'not json')).toMatchObject({
      ok: false,
      error: { code: 'contract/bad-input' },
    });
    expect(await answer('__proto__', '{}')).toMatchObject({
      ok: false,
      error: { code: 'contract/unknown-call' },
    });
    expect(await answer('app.info', '{}')).toMatchObject({ ok: true, value: { version: '0.0.0' } });
  });
});
