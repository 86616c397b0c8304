import type * as Electron from 'electron';
import type { CDPSession } from 'playwright';
import { fromChromium } from './address.ts';
import { names, PRELOAD_WORLD } from './chromium.ts';
import { fromWire, toWire } from './wire.ts';

/** What Chromium itself says of a frame; a page cannot change any of it. */
export class StandinFrame
  implements Pick<Electron.WebFrameMain, 'url' | 'origin' | 'detached' | 'isDestroyed'>
{
  readonly parent: StandinFrame | null;
  url = '';
  origin = 'null';
  detached = false;

  constructor(parent: StandinFrame | null) {
    this.parent = parent;
  }

  isDestroyed(): boolean {
    return this.detached;
  }
}

/** A message that a page's preload world sent. */
export type PageMessage =
  | { kind: 'invoke'; call: number; channel: string; list: unknown[] }
  | { kind: 'send'; channel: string; list: unknown[] };

export type FrameWatcher = {
  mainFrame(): StandinFrame;
  /** Hands a message to the preload's world of a frame, the main one unless told otherwise. */
  deliver(message: object, frame?: StandinFrame): Promise<void>;
  /** Calls `ipcRenderer.invoke` in a frame, whatever was exposed to its page. */
  invokeRaw(frame: 'main' | 'child', channel: string, list: unknown[]): Promise<unknown>;
};

/** Follows the frames of a page and carries messages between their preload worlds and the main process. */
export async function watchFrames(
  session: CDPSession,
  onMessage: (message: PageMessage, frame: StandinFrame) => void,
  onWindowOpen: (address: string) => void,
): Promise<FrameWatcher> {
  const frames = new Map<string, StandinFrame>();
  const worlds = new Map<number, { frameId: string; origin: string }>();
  session.on('Page.frameAttached', ({ frameId, parentFrameId }) => {
    frames.set(frameId, new StandinFrame(frames.get(parentFrameId) ?? null));
  });
  session.on('Page.frameNavigated', ({ frame }) => {
    const known =
      frames.get(frame.id) ?? new StandinFrame(frames.get(frame.parentId ?? '') ?? null);
    known.url = fromChromium(`${frame.url}${frame.urlFragment ?? ''}`);
    known.origin = originOf(frame.securityOrigin);
    frames.set(frame.id, known);
  });
  session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
    const known = frames.get(frameId);
    if (known) known.url = fromChromium(url);
  });
  session.on('Page.frameDetached', ({ frameId, reason }) => {
    const known = frames.get(frameId);
    if (known && reason === 'remove') known.detached = true;
  });
  session.on('Page.windowOpen', ({ url }) => {
    onWindowOpen(fromChromium(url));
  });
  session.on('Runtime.executionContextCreated', ({ context }) => {
    const facts = context.auxData as { frameId?: string } | undefined;
    if (context.name !== PRELOAD_WORLD || facts?.frameId === undefined) return;
    worlds.set(context.id, { frameId: facts.frameId, origin: context.origin });
  });
  session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    worlds.delete(executionContextId);
  });
  session.on('Runtime.executionContextsCleared', () => {
    worlds.clear();
  });
  session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    const frame = frames.get(worlds.get(executionContextId)?.frameId ?? '');
    if (name !== names.binding || frame === undefined) return;
    onMessage(fromWire(payload) as PageMessage, frame);
  });
  await session.send('Page.enable');
  await session.send('Runtime.enable');
  const { frameTree } = await session.send('Page.getFrameTree');
  const main = new StandinFrame(null);
  frames.set(frameTree.frame.id, main);

  const worldOf = (frame: StandinFrame): number => {
    for (const [id, world] of worlds) if (frames.get(world.frameId) === frame) return id;
    throw new Error('That frame has no preload world.');
  };
  const run = async (frame: StandinFrame, expression: string): Promise<unknown> => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      contextId: worldOf(frame),
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result.value as unknown;
  };
  return {
    mainFrame: () => main,
    deliver: async (message, frame = main) => {
      const text = JSON.stringify(toWire(message));
      await run(frame, `globalThis[${JSON.stringify(names.deliver)}](${text})`);
    },
    invokeRaw: async (which, channel, list) => {
      const child = [...frames.values()].find((frame) => frame.parent === main && !frame.detached);
      const frame = which === 'main' ? main : child;
      if (frame === undefined) throw new Error('There is no such frame.');
      const text = await run(
        frame,
        `(async () => {
          const toWire = ${toWire.toString()};
          const fromWire = ${fromWire.toString()};
          const list = fromWire(${JSON.stringify(toWire(list))});
          return toWire(await globalThis[${JSON.stringify(names.raw)}].invoke(${JSON.stringify(channel)}, ...list));
        })()`,
      );
      return fromWire(String(text));
    },
  };
}

/** Chromium names the origin of pages that have none "://". */
function originOf(securityOrigin: string): string {
  return securityOrigin === '' || securityOrigin === '://' ? 'null' : fromChromium(securityOrigin);
}
