/*
 * What runs inside pages, sent there as source text: nothing here may use anything from outside its function. Two
 * worlds look at the same document and share no objects: the page's own, and the preload's.
 */
import type { fromWire, toWire } from './wire.ts';

/** Names that pages cannot guess, chosen anew at each start. */
export type SecretNames = {
  /** Events from the preload's world to the page's, and the other way. */
  toPage: string;
  toPreload: string;
  /** Function that carries text to the main process; only the preload's world has it. */
  binding: string;
  /** Where the preload's world takes messages from the main process. */
  deliver: string;
  /** The preload's `ipcRenderer`, for tests that play a page whose sandbox has fallen. */
  raw: string;
};

/** One end of the context bridge in one world. */
export type BridgeEnd = {
  expose(key: string, api: unknown): void;
};

/**
 * One end of the context bridge: what is exposed on one end appears on the other as a frozen copy, in which functions
 * call across, promises settle across, and nothing keeps its prototype.
 */
export function bridgeEnd(sendName: string, receiveName: string): BridgeEnd {
  type Tree =
    | { kind: 'value'; value: unknown }
    | { kind: 'list'; items: Tree[] }
    | { kind: 'object'; entries: [string, Tree][] }
    | { kind: 'function' | 'promise'; id: number };
  type Message =
    | { kind: 'expose'; key: string; tree: Tree }
    | { kind: 'call'; id: number; turn: number; argumentTrees: Tree[] }
    | { kind: 'return' | 'throw'; turn: number; tree: Tree }
    | { kind: 'resolve' | 'reject'; id: number; tree: Tree };

  const target = window;
  const dispatch = target.dispatchEvent.bind(target);
  const BridgeEvent = CustomEvent;
  const functions = new Map<number, (...list: unknown[]) => unknown>();
  const promises = new Map<
    number,
    { resolve(value: unknown): void; reject(reason: unknown): void }
  >();
  const returned = new Map<number, Extract<Message, { kind: 'return' | 'throw' }>>();
  let lastId = 0;
  let lastTurn = 0;
  const send = (message: Message) => {
    dispatch(new BridgeEvent(sendName, { detail: message }));
  };

  const pack = (value: unknown): Tree => {
    if (typeof value === 'function') {
      lastId += 1;
      functions.set(lastId, value as (...list: unknown[]) => unknown);
      return { kind: 'function', id: lastId };
    }
    if (value instanceof Promise) {
      lastId += 1;
      const id = lastId;
      value.then(
        (result: unknown) => {
          send({ kind: 'resolve', id, tree: pack(result) });
        },
        (reason: unknown) => {
          send({ kind: 'reject', id, tree: pack(reason) });
        },
      );
      return { kind: 'promise', id };
    }
    if (Array.isArray(value)) return { kind: 'list', items: value.map(pack) };
    if (typeof value === 'object' && value !== null && !isCloneable(value)) {
      const entries = Object.entries(value).map(([key, item]): [string, Tree] => [key, pack(item)]);
      return { kind: 'object', entries };
    }
    return { kind: 'value', value: structuredClone(value) };
  };
  const isCloneable = (value: object) =>
    [Date, RegExp, Map, Set, Error, ArrayBuffer, Blob].some((type) => value instanceof type) ||
    ArrayBuffer.isView(value);

  const unpack = (tree: Tree): unknown => {
    switch (tree.kind) {
      case 'value':
        return tree.value;
      case 'list':
        return tree.items.map(unpack);
      case 'object':
        return Object.fromEntries(tree.entries.map(([key, item]) => [key, unpack(item)]));
      case 'function':
        return (...list: unknown[]) => callAcross(tree.id, list);
      case 'promise':
        return new Promise((resolve, reject) => {
          promises.set(tree.id, { resolve, reject });
        });
    }
  };
  const callAcross = (id: number, list: unknown[]): unknown => {
    lastTurn += 1;
    const turn = lastTurn;
    send({ kind: 'call', id, turn, argumentTrees: list.map(pack) });
    const answer = returned.get(turn);
    returned.delete(turn);
    if (answer === undefined) throw new Error('The other side of the bridge is gone.');
    if (answer.kind === 'throw') throw unpack(answer.tree);
    return unpack(answer.tree);
  };
  const answerCall = ({ id, turn, argumentTrees }: Extract<Message, { kind: 'call' }>) => {
    try {
      const result = functions.get(id)?.(...argumentTrees.map(unpack));
      send({ kind: 'return', turn, tree: pack(result) });
    } catch (error) {
      send({ kind: 'throw', turn, tree: pack(error) });
    }
  };
  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
    for (const item of Object.values(value)) freeze(item);
    Object.freeze(value);
  };
  const receive = (message: Message) => {
    switch (message.kind) {
      case 'expose': {
        const value = unpack(message.tree);
        freeze(value);
        Object.defineProperty(window, message.key, { value, enumerable: true });
        return;
      }
      case 'call':
        answerCall(message);
        return;
      case 'return':
      case 'throw':
        returned.set(message.turn, message);
        return;
      case 'resolve':
      case 'reject':
        promises.get(message.id)?.[message.kind](unpack(message.tree));
        promises.delete(message.id);
    }
  };
  target.addEventListener(receiveName, (event) => {
    receive((event as CustomEvent<Message>).detail);
  });
  return {
    expose: (key, api) => {
      send({ kind: 'expose', key, tree: pack(api) });
    },
  };
}

/** The preload's world: the modules of Electron that a sandboxed preload may require, and the preload itself. */
export function preloadWorld(
  tools: { bridgeEnd: typeof bridgeEnd; toWire: typeof toWire; fromWire: typeof fromWire },
  names: SecretNames,
  process: { platform: string },
  preload: ((require: (name: string) => unknown, process: { platform: string }) => void) | null,
): void {
  type Listener = (event: object, ...list: unknown[]) => void;
  const world = globalThis as unknown as Record<string, unknown>;
  const post = world[names.binding] as (text: string) => void;
  const waiting = new Map<
    number,
    { resolve(value: unknown): void; reject(reason: unknown): void }
  >();
  const listeners = new Map<string, Set<Listener>>();
  const files = new Map<string, string>();
  let lastCall = 0;
  const ipcRenderer = {
    invoke: (channel: string, ...list: unknown[]) =>
      new Promise((resolve, reject) => {
        lastCall += 1;
        const text = tools.toWire({ kind: 'invoke', call: lastCall, channel, list });
        waiting.set(lastCall, { resolve, reject });
        post(text);
      }),
    send: (channel: string, ...list: unknown[]) => {
      post(tools.toWire({ kind: 'send', channel, list }));
    },
    on: (channel: string, listener: Listener) => {
      const present = listeners.get(channel) ?? new Set();
      listeners.set(channel, present.add(listener));
      return ipcRenderer;
    },
    off: (channel: string, listener: Listener) => {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
  };
  type Delivery =
    | { kind: 'reply'; call: number; ok: boolean; value: unknown }
    | { kind: 'message'; channel: string; list: unknown[] }
    | { kind: 'file'; name: string; sizeBytes: number; path: string };
  world[names.deliver] = (text: string) => {
    const delivery = tools.fromWire(text) as Delivery;
    if (delivery.kind === 'file') {
      files.set(`${delivery.name}:${delivery.sizeBytes}`, delivery.path);
    } else if (delivery.kind === 'message') {
      const event = { sender: ipcRenderer };
      for (const listener of [...(listeners.get(delivery.channel) ?? [])]) {
        listener(event, ...delivery.list);
      }
    } else {
      const { resolve, reject } = waiting.get(delivery.call) ?? {};
      waiting.delete(delivery.call);
      if (delivery.ok) resolve?.(delivery.value);
      else reject?.(new Error(String(delivery.value)));
    }
  };
  world[names.raw] = ipcRenderer;
  // Electron runs a preload in the main frame only, unless told otherwise.
  if (window !== window.top || preload === null) return;
  const bridge = tools.bridgeEnd(names.toPage, names.toPreload);
  const electron = {
    contextBridge: { exposeInMainWorld: bridge.expose },
    ipcRenderer,
    webUtils: { getPathForFile: (file: File) => files.get(`${file.name}:${file.size}`) ?? '' },
  };
  const require = (name: string) => {
    if (name === 'electron') return electron;
    throw new Error(`module not found: ${name}`);
  };
  preload(require, process);
}
