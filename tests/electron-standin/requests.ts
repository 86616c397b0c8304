import type { Frame, Request as PageRequest, Route } from 'playwright';
import { fromChromium } from './address.ts';
import { StandinWindow } from './browserWindow.ts';
import { defaultSession } from './session.ts';

/** Requests that no guard stopped; they end here, but a computer with a network would have sent them. */
export const escaped: string[] = [];

/** Answers what pages ask for: from the program's own schemes, or not at all. */
export async function answerRequest(route: Route): Promise<void> {
  const request = route.request();
  const url = fromChromium(request.url());
  if (request.isNavigationRequest() && !(await mayNavigate(request))) {
    await route.abort('aborted');
    return;
  }
  if (!(await defaultSession.mayRequest(url))) {
    await route.abort('blockedbyclient');
    return;
  }
  const handler = defaultSession.handlerFor(new URL(url).protocol.slice(0, -1));
  if (handler === null) {
    escaped.push(url);
    await route.abort('internetdisconnected');
    return;
  }
  const body = request.postDataBuffer();
  const response = await handler(
    new Request(url, {
      method: request.method(),
      headers: await request.allHeaders(),
      ...(body === null ? {} : { body: new Uint8Array(body) }),
    }),
  );
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}

async function mayNavigate(request: PageRequest): Promise<boolean> {
  const frame = frameOf(request);
  if (frame === null) return false;
  for (const window of StandinWindow.getAllWindows()) {
    const page = await window.webContents.page;
    if (page !== frame.page()) continue;
    return window.webContents.mayNavigate(
      request.url(),
      frame.parentFrame() === null ? 'main' : 'child',
    );
  }
  return false;
}

/** A request can come before Playwright knows its frame, as for a window that was never to be. */
function frameOf(request: PageRequest): Frame | null {
  try {
    return request.frame();
  } catch {
    return null;
  }
}
