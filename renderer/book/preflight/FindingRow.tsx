import { EyeOff, Wrench } from 'lucide-react';
import { useOpenProject } from '../../client/project.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { goToFinding, ignoreFinding, mendFinding } from './findingActions.ts';
import type { Finding } from './groupFindings.ts';

/** One place: the words around it, where it is, and what can be done about it. */
export function FindingRow({ bookId, finding }: { bookId: string; finding: Finding }) {
  const { readOnly } = useOpenProject();
  const { where, note, count, chapterId, canFix, place } = finding;
  const words = <Words finding={finding} />;
  const facts = [
    where === 'book' ? '' : where,
    count !== undefined && count > 1 ? `${count} in this chapter` : '',
    note ?? '',
  ].filter((fact) => fact !== '');
  return (
    <li className="group flex items-start gap-1 rounded-sm pr-1 hover:bg-hover">
      {chapterId === undefined ? (
        <div data-selectable className="min-w-0 grow px-2 py-1 text-sm">
          {words}
          <Facts facts={facts} />
        </div>
      ) : (
        <button
          type="button"
          className="min-w-0 grow rounded-sm px-2 py-1 text-left text-sm"
          onClick={() => goToFinding(finding)}
        >
          {words}
          <Facts facts={facts} />
        </button>
      )}
      {!readOnly && (
        <span className="flex flex-none pt-0.5 opacity-0 transition-opacity duration-120 group-focus-within:opacity-100 group-hover:opacity-100">
          {canFix && (count === undefined || count === 1) && (
            <IconButton
              size="small"
              icon={Wrench}
              label="Fix"
              onClick={() => mendFinding(bookId, finding)}
            />
          )}
          {place !== undefined && (count === undefined || count === 1) && (
            <IconButton
              size="small"
              icon={EyeOff}
              label="Ignore here"
              onClick={() => ignoreFinding(bookId, finding)}
            />
          )}
        </span>
      )}
    </li>
  );
}

function Words({ finding: { excerpt, found, message } }: { finding: Finding }) {
  if (excerpt === undefined) return <span>{message}</span>;
  if (found === undefined) return <span className="wrap-anywhere">{excerpt}</span>;
  // What cannot be seen is shown by its place.
  const hit = excerpt.slice(found.start, found.end).replaceAll(/[ \u00A0\u202F]/gu, '·');
  return (
    <span className="font-serif wrap-anywhere">
      {excerpt.slice(0, found.start)}
      <mark className="rounded-xs bg-accent/25 px-px text-strong">{hit === '' ? '‸' : hit}</mark>
      {excerpt.slice(found.end)}
    </span>
  );
}

function Facts({ facts }: { facts: readonly string[] }) {
  return facts.length === 0 ? null : (
    <span className="block text-xs wrap-anywhere text-faint">{facts.join(' · ')}</span>
  );
}
