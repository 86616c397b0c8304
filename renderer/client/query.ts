import { QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { CallInput, CallName, CallOutput } from '#core/contract/contract.ts';
import { type Fault, Refusal } from '#core/fault.ts';
import { engine } from './engineClient.ts';
import { notifyFault } from './notices.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    // The engine is on this computer and answers for good: asking again would say the same.
    queries: { retry: false, refetchOnWindowFocus: false, staleTime: 5_000, networkMode: 'always' },
  },
});

type EngineQueryOptions = {
  enabled?: boolean;
  /** Keeps the last answer in sight while a new input loads. */
  keepPrevious?: boolean;
  staleTime?: number;
  /** What the answer depends on beside the input: the revision of the project. */
  of?: string | number;
};

/** A call that changes nothing, as a query: `useEngineQuery('project.recent', {})`. Its error is a `Refusal`. */
export function useEngineQuery<N extends CallName>(
  name: N,
  input: CallInput<N>,
  { enabled = true, keepPrevious = false, staleTime, of }: EngineQueryOptions = {},
): UseQueryResult<CallOutput<N>, Refusal> {
  return useQuery<CallOutput<N>, Refusal>({
    queryKey: [name, input, of ?? null],
    queryFn: async () => {
      const answer = await engine.call(name, input);
      if (!answer.ok) throw new Refusal(answer.error);
      return answer.value;
    },
    enabled,
    ...(keepPrevious && { placeholderData: (before: CallOutput<N> | undefined) => before }),
    ...(staleTime !== undefined && { staleTime }),
  } as Parameters<typeof useQuery<CallOutput<N>, Refusal>>[0]);
}

/** Asks again what a call answered before. */
export function refresh(name: CallName): void {
  void queryClient.invalidateQueries({ queryKey: [name] });
}

/** A call from a button: a failure becomes a notice and the answer null. */
export async function callOrNotify<N extends CallName>(
  name: N,
  input: CallInput<N>,
  onFault: (fault: Fault) => void = notifyFault,
): Promise<CallOutput<N> | null> {
  const answer = await engine.call(name, input);
  if (answer.ok) return answer.value;
  onFault(answer.error);
  return null;
}
