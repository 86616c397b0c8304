import type { Command } from '../app/commands.ts';
import { splitAtCursor } from './chapters/chapterActions.ts';
import { openFind } from './find/findState.ts';
import { useChapterHistory } from './history/chapterHistoryState.ts';
import { toggleComfort, useWriting } from './writing/writingState.ts';

/** Shows nothing but the text, or everything again. */
export function toggleFocus(): void {
  useWriting.setState(({ isFocused }) => ({ isFocused: !isFocused }));
}

/** What can be done in the book room by shortcut. */
export const BOOK_COMMANDS: readonly Command[] = [
  {
    id: 'book.find',
    label: 'Find and replace in the book',
    group: 'Book',
    keys: ['Mod+F', 'Mod+H'],
    run: () => openFind(),
  },
  {
    id: 'book.focus',
    label: 'Nothing but the text',
    group: 'Book',
    keys: ['Mod+Shift+F'],
    run: toggleFocus,
  },
  {
    id: 'book.typewriter',
    label: 'Keep the line in place',
    group: 'Book',
    keys: ['Mod+Alt+T'],
    run: () => toggleComfort('isTypewriter'),
  },
  {
    id: 'book.history',
    label: 'History of the chapter',
    group: 'Book',
    keys: ['Mod+Alt+Y'],
    run: () => useChapterHistory.setState({ isOpen: true }),
  },
  {
    id: 'book.split',
    label: 'Split the chapter at the cursor',
    group: 'Book',
    keys: ['Mod+Alt+Enter'],
    run: splitAtCursor,
  },
];
