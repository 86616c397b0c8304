import type { CallName, CallOutput, ParsedInput } from '#core/contract/contract.ts';

/** A handler for every call; an expected failure is a thrown `Refusal`. */
export type Handlers = {
  [N in CallName]: (input: ParsedInput<N>) => CallOutput<N> | Promise<CallOutput<N>>;
};

/** The handlers of one domain. */
export type HandlersOf<D extends string> = {
  [N in Extract<CallName, `${D}.${string}`>]: Handlers[N];
};
