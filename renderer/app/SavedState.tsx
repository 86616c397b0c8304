import { Check, CloudOff, Lock } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useConnection } from '../client/connection.ts';
import { useOpenProject } from '../client/project.ts';
import { Icon } from '../ui/Icon.tsx';

/** How long writing may take before it is worth a word. */
const PATIENCE_MS = 400;

/** Whether the work is on disk. */
export function SavedState() {
  const { unsaved, readOnly } = useOpenProject();
  const isOffline = useConnection((connection) => connection.state === 'offline');
  const [isSlow, setSlow] = useState(false);
  const isWriting = unsaved > 0;
  useEffect(() => {
    if (!isWriting) return;
    const timer = setTimeout(() => setSlow(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [isWriting]);
  const state = readOnly
    ? { icon: Lock, text: 'Read-only' }
    : isOffline
      ? { icon: CloudOff, text: isWriting ? 'Not saved yet' : 'Engine away' }
      : isWriting && isSlow
        ? { icon: null, text: 'Saving…' }
        : { icon: Check, text: 'Saved' };
  return (
    <span role="status" className="flex flex-none items-center gap-1 text-xs text-faint">
      {state.icon && <Icon icon={state.icon} size={14} />}
      {state.text}
    </span>
  );
}
