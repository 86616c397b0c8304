import {
  answerSchema,
  type CallInput,
  type CallName,
  type CallOutput,
  type EngineClient,
  type EngineEvent,
  engineEventSchema,
} from '#core/contract/contract.ts';
import type { Fault, Result } from '#core/fault.ts';
import type { Connection } from './connection.ts';

export const ENGINE_SILENT = 'client/engine-silent';

const SILENT: Fault = {
  code: ENGINE_SILENT,
  message:
    'The engine stopped answering. What was saved is safe on disk. Inkreel keeps trying to reach it; if this lasts, start it again.',
};
const STRANGE: Fault = {
  code: 'client/bad-answer',
  message:
    'The engine gave an answer that this window does not understand. Reload the window; if that does not help, both may be of different versions.',
};
const NO_SESSION: Fault = {
  code: 'client/no-session',
  message:
    'This window is not allowed to use the engine. Open the address again that “inkreel studio” printed.',
};

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;
/** Browsers send at most 64 KiB on behalf of a page that is going away. */
const KEEPALIVE_MAX_CHARS = 20_000;

/** The engine over HTTP and a WebSocket of the same origin, for a window in a browser. */
export function createHttpClient(
  origin: string,
  onConnection: (state: Connection) => void,
): EngineClient {
  const listeners = new Set<(event: EngineEvent) => void>();
  let isListening = false;

  function connect(wait: number): void {
    const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/events`);
    let isOpen = false;
    socket.onopen = () => {
      isOpen = true;
      onConnection('online');
    };
    socket.onmessage = (message) => {
      const event = readEvent(message.data);
      if (event !== null) for (const listener of listeners) listener(event);
    };
    socket.onclose = () => {
      onConnection('offline');
      const next = isOpen ? FIRST_WAIT_MS : Math.min(LONGEST_WAIT_MS, wait * 2);
      setTimeout(() => connect(next), isOpen ? FIRST_WAIT_MS : wait);
    };
  }

  return {
    call: (name, input) => post(origin, name, input),
    listen(listener) {
      listeners.add(listener);
      if (!isListening) {
        isListening = true;
        connect(FIRST_WAIT_MS);
      }
      return () => listeners.delete(listener);
    },
  };
}

/** Reads an event off the wire; null for what this version does not know. */
function readEvent(data: unknown): EngineEvent | null {
  if (typeof data !== 'string') return null;
  try {
    const parsed = engineEventSchema.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

async function post<N extends CallName>(
  origin: string,
  name: N,
  input: CallInput<N>,
): Promise<Result<CallOutput<N>>> {
  const body = JSON.stringify(input);
  try {
    const response = await fetch(`${origin}/call/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      keepalive: body.length < KEEPALIVE_MAX_CHARS,
    });
    if (response.status === 401 || response.status === 403) return { ok: false, error: NO_SESSION };
    return readAnswer<N>(await response.json());
  } catch (error) {
    return { ok: false, error: error instanceof SyntaxError ? STRANGE : SILENT };
  }
}

/** Reads an answer of either carrier. */
export function readAnswer<N extends CallName>(answer: unknown): Result<CallOutput<N>> {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) return { ok: false, error: STRANGE };
  if (!parsed.data.ok) return { ok: false, error: parsed.data.error };
  // The engine checks what it gives out against the same contract.
  return { ok: true, value: parsed.data.value as CallOutput<N> };
}
