import type { UseQueryResult } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import type { CallOutput } from '#core/contract/contract.ts';
import type { Refusal } from '#core/fault.ts';
import { useOpenProject, useProject } from '../../client/project.ts';
import { useEngineQuery } from '../../client/query.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { plural } from '../../ui/words.ts';
import { heedAll, mendAll } from './findingActions.ts';
import { filterGroups, groupFindings, type RuleGroup, SEVERITIES } from './groupFindings.ts';
import { RuleSection } from './RuleSection.tsx';

const WORDS = { error: 'Must be fixed', warning: 'Should be fixed', info: 'Good to know' };

type PreflightProps = {
  bookId: string;
  check: UseQueryResult<CallOutput<'book.check'>, Refusal>;
};

/** What a shop, a reader or a printer would object to, by how much it matters and by rule. */
export function Preflight({ bookId, check }: PreflightProps) {
  const { projectId, revision, readOnly } = useOpenProject();
  const ignored = useProject((project) => project.find('book', bookId)?.ignored, [bookId]);
  const [words, setWords] = useState('');
  const [filesOf, setFilesOf] = useState<number | null>(null);
  // Making the files takes a while, so they are checked when somebody asks for it.
  const files = useEngineQuery(
    'book.check',
    { projectId, bookId, depth: 'all' },
    { enabled: filesOf === revision, of: revision },
  );
  const shown = filesOf === revision && files.data ? files.data : check.data;
  if (check.isError) {
    return (
      <EmptyState
        title="The book could not be checked"
        text={check.error.fault.message}
        actions={<Button onClick={() => void check.refetch()}>Check again</Button>}
      />
    );
  }
  if (shown === undefined) {
    return (
      <div role="status" aria-label="Checking the book" className="grid gap-2 p-3">
        <Skeleton className="h-12" />
        <Skeleton className="h-12" />
      </div>
    );
  }
  const all = groupFindings(shown);
  const groups = filterGroups(all, words);
  const canMend = all.some(({ canFix, changesWords }) => canFix && !changesWords);
  const leftOut = (ignored?.rules.length ?? 0) + (ignored?.places.length ?? 0);
  return (
    <div className="flex min-h-0 grow flex-col">
      <div className="grid gap-2 px-3 pt-1 pb-2">
        {all.length > 0 && (
          <TextField
            label="Filter"
            placeholder="Words of a rule, a place or the text"
            value={words}
            onChange={setWords}
          />
        )}
        <div className="flex flex-wrap gap-1">
          {canMend && !readOnly && (
            <Button size="small" onClick={() => mendAll(bookId)}>
              Fix all that is safe
            </Button>
          )}
          <Button
            size="small"
            look="quiet"
            disabled={files.isFetching || filesOf === revision}
            onClick={() => setFilesOf(revision)}
          >
            {files.isFetching
              ? 'Checking the files…'
              : filesOf === revision
                ? 'Files are checked'
                : 'Check EPUB and print files'}
          </Button>
        </div>
        {leftOut > 0 && (
          <p className="flex flex-wrap items-center justify-between gap-x-2 text-xs text-faint">
            {plural(leftOut, 'thing is', 'things are')} ignored in this book.
            {!readOnly && (
              <Button size="small" look="quiet" onClick={() => heedAll(bookId)}>
                Show again
              </Button>
            )}
          </p>
        )}
      </div>
      {all.length === 0 ? (
        <EmptyState
          icon={CircleCheck}
          title="Nothing to mend"
          text="Shops, readers and printers would take this book as it is."
        />
      ) : groups.length === 0 ? (
        <EmptyState
          title="Nothing has these words"
          text="The filter looks at rules, chapters and the words around each place."
        />
      ) : (
        SEVERITIES.map((severity) => (
          <SeverityPart
            key={severity}
            bookId={bookId}
            title={WORDS[severity]}
            startsOpen={severity === 'error'}
            groups={groups.filter((group) => group.severity === severity)}
          />
        ))
      )}
    </div>
  );
}

type SeverityPartProps = {
  bookId: string;
  title: string;
  startsOpen: boolean;
  groups: readonly RuleGroup[];
};

function SeverityPart({ bookId, title, startsOpen, groups }: SeverityPartProps) {
  if (groups.length === 0) return null;
  return (
    <section className="pb-3">
      <h3 className="px-3 pb-1 text-xs font-semibold text-muted">{title}</h3>
      <div className="border-y border-line">
        {groups.map((group) => (
          <RuleSection
            key={`${group.severity} ${group.id}`}
            bookId={bookId}
            group={group}
            startsOpen={startsOpen}
          />
        ))}
      </div>
    </section>
  );
}
