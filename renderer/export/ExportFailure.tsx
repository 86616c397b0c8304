import { z } from 'zod';
import { checkSchema } from '#core/contract/films.ts';
import type { Fault } from '#core/fault.ts';
import { FaultMessage } from '../ui/FaultMessage.tsx';
import { CheckTable } from './CheckTable.tsx';

const failedChecks = z.object({ failed: z.array(checkSchema) });

/** Why there is no file; with the checks that it did not pass, where it was made and found wrong. */
export function ExportFailure({ fault }: { fault: Fault }) {
  const found = failedChecks.safeParse(fault.details);
  return (
    <div className="grid gap-3 pb-2">
      <FaultMessage fault={fault} />
      {found.success && (
        <CheckTable checks={found.data.failed} caption="Checks that did not pass" />
      )}
    </div>
  );
}
