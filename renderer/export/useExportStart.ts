import { useState } from 'react';
import type { Fault, Result } from '#core/fault.ts';
import { watchExport } from './exportState.ts';

type ExportStart = {
  /** Why it did not begin. */
  fault: Fault | null;
  /** Whether a file of that name is in the way. */
  exists: boolean;
  isStarting: boolean;
  start: (ask: () => Promise<Result<{ jobId: string }>>) => Promise<void>;
  clear: () => void;
};

/** Starts an export and lets its dialog watch the job; a refusal stays in the form. */
export function useExportStart(): ExportStart {
  const [fault, setFault] = useState<Fault | null>(null);
  const [isStarting, setStarting] = useState(false);
  return {
    fault,
    exists: fault?.code === 'file/exists' || fault?.code === 'folder/exists',
    isStarting,
    async start(ask) {
      setStarting(true);
      const answer = await ask();
      setStarting(false);
      setFault(answer.ok ? null : answer.error);
      if (answer.ok) watchExport(answer.value.jobId);
    },
    clear: () => setFault(null),
  };
}
