/** Passes messages to whoever listens. */
export type Hub<T> = {
  tell(message: T): void;
  /** Listens until the returned function is called. */
  listen(listener: (message: T) => void): () => void;
};

/** Most messages that wait for a first listener. */
const MAX_KEPT = 100;

/** With `keep`, messages that come while nobody listens wait for the first listener. */
export function createHub<T>({ keep }: { keep: boolean }): Hub<T> {
  const listeners = new Set<(message: T) => void>();
  let kept: T[] = [];
  return {
    tell: (message) => {
      if (listeners.size === 0 && keep) kept = [...kept, message].slice(-MAX_KEPT);
      for (const listener of [...listeners]) listener(message);
    },
    listen: (listener) => {
      // A function given twice is listened to twice, and each is ended by itself.
      const own = (message: T) => {
        listener(message);
      };
      listeners.add(own);
      const waiting = kept;
      kept = [];
      // Only after the caller has been given the way to stop listening.
      queueMicrotask(() => {
        for (const message of waiting) own(message);
      });
      return () => {
        listeners.delete(own);
      };
    },
  };
}
