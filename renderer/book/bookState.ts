import { create } from 'zustand';
import { recall, remember } from '../ui/remembered.ts';

type BookState = {
  /** The book that is shown; null stands for the first. */
  bookId: string | null;
  chapterId: string | null;
  view: 'write' | 'whole' | 'preview';
  /** Panels beside the page. */
  hasList: boolean;
  hasSide: boolean;
};

/** With large text in a small window the page comes first. */
const isNarrow = () =>
  window.innerWidth < 60 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

/** What the book room shows. What no longer exists falls back to the first. */
export const useBookState = create<BookState>(() => ({
  bookId: null,
  chapterId: null,
  view: 'write',
  hasList: recall('book.list', true),
  hasSide: recall('book.side', !isNarrow()),
}));

/** Shows or hides a panel, and remembers it. */
export function togglePanel(panel: 'list' | 'side'): void {
  const { hasList, hasSide } = useBookState.getState();
  const shown = panel === 'list' ? !hasList : !hasSide;
  remember(`book.${panel}`, shown);
  useBookState.setState(panel === 'list' ? { hasList: shown } : { hasSide: shown });
}
