import { useEffect, useRef, useState } from 'react';
import type { Fault, Result } from '#core/fault.ts';
import { useOpenProject } from '../client/project.ts';
import type { History } from './historyLine.ts';
import { loadNewest, loadOlder } from './loadHistory.ts';

/** The history of the open project, which follows it while it is shown. */
export function useHistory(): {
  history: History | null;
  fault: Fault | null;
  /** Loads what is older; does nothing while that is under way, or at the beginning. */
  loadMore: () => void;
} {
  const { projectId, revision } = useOpenProject();
  const [history, setHistory] = useState<History | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const latest = useRef<History | null>(null);
  const isBusy = useRef(false);
  const isStale = useRef(true);

  const take = (answer: Result<History>) => {
    if (answer.ok) {
      latest.current = answer.value;
      setHistory(answer.value);
    }
    setFault(answer.ok ? null : answer.error);
  };

  useEffect(() => {
    isStale.current = true;
    void follow();
    async function follow(): Promise<void> {
      // One call at a time: what changes meanwhile is asked for afterwards.
      if (isBusy.current) return;
      isBusy.current = true;
      while (isStale.current) {
        isStale.current = false;
        take(await loadNewest(projectId, latest.current));
      }
      isBusy.current = false;
    }
  }, [projectId, revision]);

  const loadMore = () => {
    const known = latest.current;
    if (known === null || known.isComplete || isBusy.current) return;
    isBusy.current = true;
    void loadOlder(projectId, known).then(async (older) => {
      take(older);
      while (isStale.current) {
        isStale.current = false;
        take(await loadNewest(projectId, latest.current));
      }
      isBusy.current = false;
    });
  };

  return { history, fault, loadMore };
}
