import { EventEmitter } from 'node:events';
import type { PageMessage, StandinFrame } from './frames.ts';
import type { StandinWebContents } from './webContents.ts';

export type InvokeEvent = {
  type: 'frame';
  sender: StandinWebContents;
  senderFrame: StandinFrame | null;
};
type Handler = (event: InvokeEvent, ...list: unknown[]) => unknown;

const handlers = new Map<string, Handler>();

/** Where the main process says which messages it answers. */
class StandinIpcMain extends EventEmitter<
  Record<string, [event: InvokeEvent, ...list: unknown[]]>
> {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    handlers.set(channel, handler);
  }

  removeHandler(channel: string): void {
    handlers.delete(channel);
  }
}

export const ipcMain = new StandinIpcMain();

/** Answers a message of a page. What a handler throws reaches the page as a sentence only, as in Electron. */
export async function handleMessage(
  message: PageMessage,
  sender: StandinWebContents,
  frame: StandinFrame,
): Promise<{ ok: boolean; value: unknown }> {
  const event: InvokeEvent = { type: 'frame', sender, senderFrame: frame.detached ? null : frame };
  if (message.kind === 'send') {
    ipcMain.emit(message.channel, event, ...message.list);
    return { ok: true, value: undefined };
  }
  const handler = handlers.get(message.channel);
  const failed = `Error invoking remote method '${message.channel}': `;
  if (handler === undefined) {
    return { ok: false, value: `${failed}Error: No handler registered for '${message.channel}'` };
  }
  try {
    return { ok: true, value: structuredClone(await handler(event, ...message.list)) };
  } catch (error) {
    return { ok: false, value: `${failed}${String(error)}` };
  }
}
