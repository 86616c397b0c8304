import { create } from 'zustand';

export type Connection = 'connecting' | 'online' | 'offline';

type ConnectionState = {
  state: Connection;
  /** How often the engine was reached again after a loss; what was loaded before may be old. */
  returns: number;
};

/** Whether the engine answers. */
export const useConnection = create<ConnectionState>(() => ({ state: 'connecting', returns: 0 }));

/** Told by the client whenever the line to the engine opens or breaks. */
export function setConnection(state: Connection): void {
  useConnection.setState((before) => {
    if (before.state === state) return before;
    const isReturn = state === 'online' && before.state === 'offline';
    return { state, returns: before.returns + (isReturn ? 1 : 0) };
  });
}

/** Runs `work` each time the engine is reached again. */
export function onReturn(work: () => void): () => void {
  return useConnection.subscribe((now, before) => {
    if (now.returns > before.returns) work();
  });
}
