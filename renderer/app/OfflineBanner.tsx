import { CloudOff } from 'lucide-react';
import { useConnection } from '../client/connection.ts';
import { Icon } from '../ui/Icon.tsx';

/** Says that the engine does not answer, for as long as that is so. */
export function OfflineBanner() {
  const state = useConnection((connection) => connection.state);
  if (state !== 'offline') return null;
  return (
    <div role="alert" className="flex items-center gap-2 bg-danger-soft px-4 py-1.5 text-sm">
      <Icon icon={CloudOff} className="text-danger" />
      <p>
        The engine stopped answering. What was saved is safe on disk, and later changes are kept
        here until it is back. Inkreel keeps trying; start it again if this lasts.
      </p>
    </div>
  );
}
