import type { EngineClient } from '#core/contract/contract.ts';
import type { ShellBridge } from '#core/contract/shell.ts';
import { setConnection } from './connection.ts';
import { createHttpClient, readAnswer } from './httpClient.ts';

/** The engine through the desktop shell. */
function createShellClient(bridge: ShellBridge): EngineClient {
  setConnection('online');
  return {
    call: async (name, input) => readAnswer(await bridge.call(name, input)),
    listen: (listener) => bridge.listen(listener),
  };
}

/** The engine this window works with. */
export const engine: EngineClient = window.inkreel
  ? createShellClient(window.inkreel)
  : createHttpClient(window.location.origin, setConnection);
