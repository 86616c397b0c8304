import { useEffect, useRef, useState } from 'react';
import { classes } from '../ui/classes.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { contentsRows } from './contentsPlace.ts';
import { PanelHead } from './PanelHead.tsx';
import { useDesk, useDeskState } from './useDesk.ts';

type ListName = 'contents' | 'pages' | 'landmarks';

/** The lists of a book: chapters, pages of the printed edition, landmarks. */
export function ContentsPanel() {
  const desk = useDesk();
  const current = useDeskState((state) => state.row);
  const [list, setList] = useState<ListName>('contents');
  const here = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    void here.current?.scrollIntoView({ block: 'center' });
  }, []);
  const { book } = desk;
  const lists = [
    { value: 'contents' as const, label: 'Chapters' },
    ...(book.pages.length > 0 ? [{ value: 'pages' as const, label: 'Pages' }] : []),
    ...(book.landmarks.length > 0 ? [{ value: 'landmarks' as const, label: 'Landmarks' }] : []),
  ];
  const rows = list === 'contents' ? desk.rows : contentsRows(book, book[list]);
  return (
    <>
      <PanelHead title="Contents" />
      {lists.length > 1 && (
        <div className="px-4 pb-2">
          <Segmented label="List" size="small" value={list} options={lists} onChange={setList} />
        </div>
      )}
      {rows.length === 0 && (
        <EmptyState
          title="No table of contents"
          text="This book brings none. Use the line at the foot of the page to move in it."
        />
      )}
      <ul className="min-h-0 grow overflow-y-auto px-2 pb-3">
        {rows.map(({ entry, depth }, row) => {
          const isHere = list === 'contents' && row === current;
          const look = { paddingLeft: `${0.5 + depth * 0.9}rem` };
          return (
            <li key={`${row} ${entry.label}`}>
              {entry.path === null ? (
                <span className="block py-1.5 pr-2 text-sm text-muted" style={look}>
                  <bdi>{entry.label}</bdi>
                </span>
              ) : (
                <button
                  ref={isHere ? here : undefined}
                  type="button"
                  aria-current={isHere ? 'location' : undefined}
                  onClick={() => void desk.goToEntry(entry)}
                  style={look}
                  className={classes(
                    'block min-h-7 w-full rounded-md py-1.5 pr-2 text-left text-sm wrap-anywhere hover:bg-hover',
                    isHere ? 'bg-accent-soft text-accent' : '',
                  )}
                >
                  <bdi>{entry.label || 'Without a name'}</bdi>
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
