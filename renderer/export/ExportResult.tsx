import { CircleAlert, CircleCheck } from 'lucide-react';
import { Icon } from '../ui/Icon.tsx';
import { plural } from '../ui/words.ts';
import type { Check } from './check.ts';
import { CheckTable, isNotice } from './CheckTable.tsx';
import { Fold } from './Fold.tsx';

type ExportResultProps = {
  output: string;
  /** Figures of the file: `1,266 frames`, `84 MB`. */
  facts: readonly string[];
  checks: readonly Check[];
  /** What more there is to tell, folded. */
  more?: { title: string; lines: readonly string[] } | null;
};

/** What was made, and what was checked about it. */
export function ExportResult({ output, facts, checks, more = null }: ExportResultProps) {
  const notices = checks.filter(isNotice);
  const failed = checks.filter((check) => !check.ok && !isNotice(check));
  const passed = checks.filter((check) => check.ok);
  return (
    <div className="grid gap-3">
      <div>
        <p className="flex items-center gap-2 text-base font-medium">
          <Icon
            icon={failed.length === 0 ? CircleCheck : CircleAlert}
            size={18}
            className={failed.length === 0 ? 'text-done' : 'text-danger'}
          />
          {headline(failed.length, notices.length, checks.length)}
        </p>
        <p data-selectable className="mt-1 text-sm wrap-anywhere text-muted">
          {output}
        </p>
        <p className="mt-1 text-xs text-faint">{facts.join(' · ')}</p>
      </div>
      {failed.length + notices.length > 0 && (
        <CheckTable checks={[...failed, ...notices]} caption="Checks that found something" />
      )}
      <div className="grid">
        {more !== null && (
          <Fold title={more.title}>
            <ul className="grid gap-1 text-sm text-muted">
              {more.lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Fold>
        )}
        {passed.length > 0 && (
          <Fold title={`${plural(passed.length, 'check')} passed`}>
            <CheckTable checks={passed} caption="Checks that the file passed" />
          </Fold>
        )}
      </div>
    </div>
  );
}

function headline(failed: number, notices: number, all: number): string {
  if (failed > 0) return `Finished, but ${failed} of ${all} checks did not pass`;
  if (notices > 0) return `Finished, with ${plural(notices, 'thing')} to look at`;
  return 'Finished, and every check passed';
}
