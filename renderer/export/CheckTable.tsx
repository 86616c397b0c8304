import { CircleAlert, CircleCheck, Info } from 'lucide-react';
import { Icon } from '../ui/Icon.tsx';
import { type Check, checkWords } from './check.ts';

/** What was compared of a file, and what was found. */
export function CheckTable({ checks, caption }: { checks: readonly Check[]; caption: string }) {
  return (
    <table className="w-full rounded-md bg-app text-sm">
      <caption className="sr-only">{caption}</caption>
      <tbody>
        {checks.map((check, index) => (
          <tr key={`${check.name} ${index}`} className="align-top">
            <td className="w-8 py-1 pl-3">
              <CheckMark check={check} />
            </td>
            <th scope="row" className="py-1 pr-3 text-left font-normal">
              {checkWords(check.name)}
            </th>
            <td data-selectable className="py-1 pr-3 text-right wrap-anywhere text-muted">
              {check.value}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CheckMark({ check }: { check: Check }) {
  const [icon, look, words] = check.ok
    ? ([CircleCheck, 'text-done', 'Passed'] as const)
    : isNotice(check)
      ? ([Info, 'text-muted', 'Worth a look'] as const)
      : ([CircleAlert, 'text-danger', 'Not passed'] as const);
  return (
    <>
      <Icon icon={icon} size={14} className={`mt-0.5 ${look}`} />
      <span className="sr-only">{words}</span>
    </>
  );
}

/** Whether a check found something that is no error, but may be none that was meant. */
export function isNotice(check: Check): boolean {
  return !check.ok && check.level === 'notice';
}
