import type { EditorView } from '@tiptap/pm/view';

/** Where the line that is written stays, from the top of the window: a little above its middle. */
const HEIGHT = 0.45;

/** Scrolls the page so that the line of the cursor stays at one height; true when that was done. */
export function keepLineInPlace(view: EditorView): boolean {
  const scroller = view.dom.closest('[data-page-scroll]');
  if (scroller === null) return false;
  const line = view.coordsAtPos(view.state.selection.head);
  const box = scroller.getBoundingClientRect();
  scroller.scrollTop += line.top - (box.top + box.height * HEIGHT);
  return true;
}
