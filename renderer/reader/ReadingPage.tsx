import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type CSSProperties, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { pageColors } from '#core/reading/pageStyle.ts';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/Icon.tsx';
import { AppearancePanel } from './AppearancePanel.tsx';
import { ContentsPanel } from './ContentsPanel.tsx';
import { ExternalLinkDialog } from './ExternalLinkDialog.tsx';
import { FootnotePopup } from './FootnotePopup.tsx';
import { NoteDialog } from './NoteDialog.tsx';
import { NotesPanel } from './NotesPanel.tsx';
import { ReaderFoot } from './ReaderFoot.tsx';
import { ReaderHead } from './ReaderHead.tsx';
import { pageKey } from './readerKeys.ts';
import type { ReadingDesk } from './readingDesk.ts';
import { SearchPanel } from './SearchPanel.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { useControls } from './useControls.ts';
import { DeskContext } from './useDesk.ts';

/** The page of an open book with everything around it. */
export function ReadingPage({ desk }: { desk: ReadingDesk }) {
  const host = useRef<HTMLDivElement>(null);
  const appearance = useStore(desk.state, (state) => state.appearance);
  const panel = useStore(desk.state, (state) => state.panel);
  const isShown = useStore(desk.state, (state) => state.sight !== null);
  const colors = pageColors(appearance);
  const areShown = useControls(desk);

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const onKey = (event: KeyboardEvent) => pageKey(desk, event);
    desk.onKey = onKey;
    window.addEventListener('keydown', onKey);
    void desk.show(element);
    element.focus();
    return () => window.removeEventListener('keydown', onKey);
  }, [desk]);

  const style: CSSProperties = {
    backgroundColor: colors.paper,
    // A frame of another scheme than what is around it would have a ground of its own.
    colorScheme: colors.isDark ? 'dark' : 'light',
  };
  return (
    <DeskContext value={desk}>
      <div className="relative flex min-h-0 grow">
        <div className="relative min-w-0 grow" style={style}>
          <div
            ref={host}
            tabIndex={-1}
            role="document"
            aria-busy={!isShown}
            aria-label={desk.book.title.text || 'Book'}
            data-testid="reader-page"
            className="absolute inset-0 outline-none"
          />
          <TurnButton side="left" areShown={areShown} onClick={() => void desk.view?.left()} />
          <TurnButton side="right" areShown={areShown} onClick={() => void desk.view?.right()} />
          <ReaderHead areShown={areShown} />
          <ReaderFoot areShown={areShown} />
        </div>
        {panel !== null && (
          <aside
            aria-label={PANEL_NAMES[panel]}
            className="flex w-84 max-w-full flex-none flex-col bg-panel max-lg:absolute max-lg:inset-y-0 max-lg:right-0 max-lg:z-20 max-lg:shadow-overlay"
          >
            {panel === 'contents' && <ContentsPanel />}
            {panel === 'notes' && <NotesPanel />}
            {panel === 'search' && <SearchPanel />}
            {panel === 'appearance' && <AppearancePanel />}
          </aside>
        )}
        <SelectionBar />
        <FootnotePopup />
      </div>
      <NoteDialog />
      <ExternalLinkDialog />
    </DeskContext>
  );
}

const PANEL_NAMES = {
  contents: 'Contents',
  notes: 'Bookmarks and notes',
  search: 'Search in the book',
  appearance: 'Appearance',
};

function TurnButton(props: { side: 'left' | 'right'; areShown: boolean; onClick: () => void }) {
  const isLeft = props.side === 'left';
  return (
    <button
      type="button"
      aria-label={isLeft ? 'Turn the page to the left' : 'Turn the page to the right'}
      onClick={props.onClick}
      className={classes(
        'absolute top-1/2 z-10 flex size-9 -translate-y-1/2 items-center justify-center rounded-full bg-raised text-muted transition-opacity duration-150 hover:text-strong focus-visible:opacity-100',
        isLeft ? 'left-2' : 'right-2',
        props.areShown ? 'opacity-100' : 'opacity-0',
      )}
    >
      <Icon icon={isLeft ? ChevronLeft : ChevronRight} size={18} />
    </button>
  );
}
