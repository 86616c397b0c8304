import type { UseQueryResult } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { CallOutput } from '#core/contract/contract.ts';
import type { Refusal } from '#core/fault.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';

const LOOKS = {
  error: { icon: CircleAlert, look: 'text-danger', word: 'Must be fixed' },
  warning: { icon: TriangleAlert, look: 'text-accent', word: 'Should be fixed' },
  info: { icon: Info, look: 'text-faint', word: 'Good to know' },
};
const ORDER = ['error', 'warning', 'info'] as const;

type FindingsProps = { check: UseQueryResult<CallOutput<'book.check'>, Refusal> };

/** What a shop, a reader or a printer would object to, worst first. */
export function Findings({ check }: FindingsProps) {
  if (check.isPending) {
    return (
      <div role="status" aria-label="Checking the book" className="grid gap-2 p-3">
        <Skeleton className="h-12" />
        <Skeleton className="h-12" />
      </div>
    );
  }
  if (check.isError) {
    return (
      <EmptyState
        title="The book could not be checked"
        text={check.error.fault.message}
        actions={<Button onClick={() => void check.refetch()}>Check again</Button>}
      />
    );
  }
  const { findings } = check.data;
  if (findings.length === 0) {
    return (
      <EmptyState
        icon={CircleCheck}
        title="Nothing to object to"
        text="Shops, readers and printers would take this book as it is."
      />
    );
  }
  return (
    <div className="grid gap-4 px-4 pt-1 pb-4">
      {ORDER.map((severity) => {
        const rows = findings.filter((finding) => finding.severity === severity);
        const { icon, look, word } = LOOKS[severity];
        if (rows.length === 0) return null;
        return (
          <section key={severity}>
            <h3 className="mb-1.5 flex items-center gap-2 text-xs font-semibold text-muted">
              <Icon icon={icon} size={14} className={look} />
              {word}
            </h3>
            <ul className="grid gap-2.5 pl-5.5">
              {rows.map((finding) => (
                <li key={finding.id} data-selectable className="text-sm">
                  {finding.message}
                  {finding.where !== '' && (
                    <span className="block text-xs text-faint">{finding.where}</span>
                  )}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
