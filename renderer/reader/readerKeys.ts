import { isTyping } from '../app/commands.ts';
import { matchesKeys } from '../ui/keys.ts';
import { closeReader } from './readerState.ts';
import type { ReadingDesk } from './readingDesk.ts';

type KeyAction = { keys: readonly string[]; label: string; run: (desk: ReadingDesk) => unknown };

/** What keys do on the page of a book. */
const READER_KEYS: readonly KeyAction[] = [
  { keys: ['ArrowRight'], label: 'Turn right', run: (desk) => desk.view?.right() },
  { keys: ['ArrowLeft'], label: 'Turn left', run: (desk) => desk.view?.left() },
  {
    keys: ['Space', 'PageDown', 'ArrowDown'],
    label: 'Next page',
    run: (desk) => desk.view?.next(),
  },
  {
    keys: ['Shift+Space', 'PageUp', 'ArrowUp'],
    label: 'Previous page',
    run: (desk) => desk.view?.prev(),
  },
  { keys: ['Home'], label: 'Beginning', run: (desk) => desk.jump((view) => view.first()) },
  { keys: ['End'], label: 'End', run: (desk) => desk.jump((view) => view.last()) },
  { keys: ['Mod+F'], label: 'Search', run: (desk) => desk.togglePanel('search') },
  { keys: ['T'], label: 'Contents', run: (desk) => desk.togglePanel('contents') },
  { keys: ['N'], label: 'Bookmarks and notes', run: (desk) => desk.togglePanel('notes') },
  { keys: ['A'], label: 'Appearance', run: (desk) => desk.togglePanel('appearance') },
  { keys: ['B'], label: 'Bookmark this page', run: (desk) => desk.toggleBookmark() },
  { keys: ['H'], label: 'Highlight the chosen words', run: (desk) => desk.highlight('yellow') },
  {
    keys: ['M'],
    label: 'Write a note on the chosen words',
    run: (desk) => desk.highlight('yellow', 'note'),
  },
  { keys: ['R'], label: 'Read aloud, or pause', run: (desk) => desk.toggleNarration() },
  { keys: ['+', '='], label: 'Larger text', run: (desk) => resize(desk, 10) },
  { keys: ['-'], label: 'Smaller text', run: (desk) => resize(desk, -10) },
  {
    keys: ['Alt+ArrowLeft', 'Backspace'],
    label: 'Back to where a link left from',
    run: (desk) => desk.goBack(),
  },
  { keys: ['Escape'], label: 'Close', run: closeOne },
];

/** Does what a key means, pressed on the page or on the controls around it. */
export function pageKey(desk: ReadingDesk, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  if (document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]') !== null) return;
  const typing = isTyping(event.target);
  const action = READER_KEYS.find(({ keys }) => keys.some((key) => matchesKeys(event, key)));
  if (action === undefined) return;
  const isOwn = isPressable(event.target) && /^(Enter| |Arrow|Home|End|Page)/.test(event.key);
  if ((typing && event.key !== 'Escape' && !event.ctrlKey && !event.metaKey) || isOwn) return;
  event.preventDefault();
  void action.run(desk);
}

/** Buttons, sliders and lists use some keys themselves. */
function isPressable(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest(
      'button, a, input, select, textarea, [role="slider"], [role="radio"], [role="tab"]',
    ) !== null
  );
}

function resize(desk: ReadingDesk, by: number): void {
  const { size } = desk.state.getState().appearance;
  desk.setAppearance({ size: Math.min(300, Math.max(60, size + by)) });
}

/** Closes what is uppermost: what is chosen, a note, a panel, then the book. */
function closeOne(desk: ReadingDesk): void {
  const state = desk.state.getState();
  if (state.selection !== null) desk.dropSelection();
  else if (state.footnote !== null) desk.state.setState({ footnote: null });
  else if (state.panel !== null) desk.togglePanel(state.panel);
  else if (desk.narrator.state !== 'stopped') desk.narrator.stop();
  else void closeReader();
}
