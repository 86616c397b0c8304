import { useState } from 'react';
import { useOpenProject } from '../client/project.ts';
import { useEngineQuery } from '../client/query.ts';
import { Tabs } from '../ui/Tabs.tsx';
import { BookDetails } from './BookDetails.tsx';
import { CoverPanel } from './design/CoverPanel.tsx';
import { DesignPanel } from './design/DesignPanel.tsx';
import { NotesPanel } from './panels/NotesPanel.tsx';
import { OutlinePanel } from './panels/OutlinePanel.tsx';
import { ProgressPanel } from './panels/ProgressPanel.tsx';
import { Preflight } from './preflight/Preflight.tsx';

type Side = 'details' | 'notes' | 'outline' | 'progress' | 'design' | 'cover' | 'findings';

/** Beside the page: what the book says of itself, and what shops and printers would object to. */
export function BookSide({ bookId }: { bookId: string }) {
  const { projectId, revision } = useOpenProject();
  const [side, setSide] = useState<Side>('details');
  const check = useEngineQuery(
    'book.check',
    { projectId, bookId, depth: 'text' },
    { of: revision, keepPrevious: true },
  );
  const counts = check.data?.counts;
  const count = (counts?.error ?? 0) + (counts?.warning ?? 0);
  return (
    <aside aria-label="Book" className="flex h-full flex-col bg-panel">
      <Tabs<Side>
        label="Book"
        value={side}
        onChange={setSide}
        tabs={[
          { value: 'details', label: 'Details', content: <BookDetails bookId={bookId} /> },
          { value: 'notes', label: 'Notes', content: <NotesPanel bookId={bookId} /> },
          { value: 'outline', label: 'Outline', content: <OutlinePanel bookId={bookId} /> },
          { value: 'progress', label: 'Goals', content: <ProgressPanel bookId={bookId} /> },
          { value: 'design', label: 'Design', content: <DesignPanel bookId={bookId} /> },
          { value: 'cover', label: 'Cover', content: <CoverPanel bookId={bookId} /> },
          {
            value: 'findings',
            label: count === 0 ? 'Preflight' : `Preflight (${count})`,
            content: <Preflight bookId={bookId} check={check} />,
          },
        ]}
      />
    </aside>
  );
}
