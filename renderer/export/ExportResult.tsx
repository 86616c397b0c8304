import { CircleAlert, CircleCheck } from 'lucide-react';
import { type Check, checkWords } from './check.ts';
import { Icon } from '../ui/Icon.tsx';

type ExportResultProps = {
  output: string;
  /** Figures of the file: `1,266 frames`, `84 MB`. */
  facts: readonly string[];
  checks: readonly Check[];
};

/** What was made, and what was checked about it. */
export function ExportResult({ output, facts, checks }: ExportResultProps) {
  const failed = checks.filter((check) => !check.ok).length;
  return (
    <div className="grid gap-4">
      <div>
        <p className="flex items-center gap-2 text-base font-medium">
          {failed === 0 ? (
            <Icon icon={CircleCheck} size={18} className="text-done" />
          ) : (
            <Icon icon={CircleAlert} size={18} className="text-danger" />
          )}
          {failed === 0
            ? 'Finished, and every check passed'
            : `Finished, but ${failed} of ${checks.length} checks did not pass`}
        </p>
        <p data-selectable className="mt-1 text-sm wrap-anywhere text-muted">
          {output}
        </p>
        <p className="mt-1 text-xs text-faint">{facts.join(' · ')}</p>
      </div>
      {checks.length > 0 && (
        <table className="w-full rounded-md bg-app text-sm">
          <caption className="sr-only">Checks of the file</caption>
          <tbody>
            {checks.map((check) => (
              <tr key={check.name}>
                <td className="w-8 py-1 pl-3">
                  <Icon
                    icon={check.ok ? CircleCheck : CircleAlert}
                    size={14}
                    className={check.ok ? 'text-done' : 'text-danger'}
                  />
                  <span className="sr-only">{check.ok ? 'Passed' : 'Not passed'}</span>
                </td>
                <th scope="row" className="py-1 pr-3 text-left font-normal">
                  {checkWords(check.name)}
                </th>
                <td data-selectable className="py-1 pr-3 text-right text-muted">
                  {check.value}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
