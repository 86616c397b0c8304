import { BookImage, Info, ListChecks, ListTree, StickyNote, Target, Type } from 'lucide-react';
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
    // A stack of its own, like the bars over the page: its drawing is kept while the text beside it changes.
    <aside aria-label="Book" className="isolate flex h-full flex-col bg-panel">
      <Tabs<Side>
        label="Book"
        value={side}
        onChange={setSide}
        tabs={[
          {
            value: 'details',
            label: 'Details',
            icon: Info,
            content: <BookDetails bookId={bookId} />,
          },
          {
            value: 'notes',
            label: 'Notes',
            icon: StickyNote,
            content: <NotesPanel bookId={bookId} />,
          },
          {
            value: 'outline',
            label: 'Outline',
            icon: ListTree,
            content: <OutlinePanel bookId={bookId} />,
          },
          {
            value: 'progress',
            label: 'Goals',
            icon: Target,
            content: <ProgressPanel bookId={bookId} />,
          },
          {
            value: 'design',
            label: 'Design',
            icon: Type,
            content: <DesignPanel bookId={bookId} />,
          },
          {
            value: 'cover',
            label: 'Cover',
            icon: BookImage,
            content: <CoverPanel bookId={bookId} />,
          },
          {
            value: 'findings',
            icon: ListChecks,
            label: count === 0 ? 'Preflight' : `Preflight (${count})`,
            content: <Preflight bookId={bookId} check={check} />,
          },
        ]}
      />
    </aside>
  );
}
