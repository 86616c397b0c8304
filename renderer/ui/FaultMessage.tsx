import { CircleAlert } from 'lucide-react';
import type { Fault } from '#core/fault.ts';
import { Icon } from './Icon.tsx';

/** A failure in place: what happened, what is safe, what to do, in the engine's words. */
export function FaultMessage({ fault }: { fault: Fault }) {
  return (
    <div
      role="alert"
      className="flex items-start gap-2 rounded-md bg-danger-soft px-3 py-2 text-sm"
    >
      <Icon icon={CircleAlert} className="mt-0.5 text-danger" />
      <p data-selectable className="wrap-anywhere">
        {fault.message}
      </p>
    </div>
  );
}
