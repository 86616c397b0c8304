/** A tap moves less than this, in CSS pixels; more is choosing words. */
const TAP_PX = 6;
/** How long a first click on a word waits for the second one that chooses the word, in milliseconds. */
const SECOND_CLICK_MS = 280;
/** Words are hit a little beside their letters too, in CSS pixels. */
const BESIDE_PX = 3;

/**
 * Calls `onTap` for each tap on a page of a book: a press that is neither a drag, nor part of a double click, nor the
 * press that gives up the words that were chosen. Taps on words by mouse come a moment late, since they may turn out
 * to be the first half of a double click; those beside the words come at once. Links are left to the caller’s own
 * listener, which prevents their default.
 */
export function listenForTaps(doc: Document, onTap: (event: MouseEvent) => void): void {
  let down: { x: number; y: number; hadWords: boolean } | null = null;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  doc.addEventListener('pointerdown', (event) => {
    clearTimeout(waiting);
    down = { x: event.clientX, y: event.clientY, hadWords: hasChosenWords(doc) };
  });
  doc.addEventListener('click', (event) => {
    const isTap =
      !event.defaultPrevented &&
      down !== null &&
      !down.hadWords &&
      Math.hypot(event.clientX - down.x, event.clientY - down.y) < TAP_PX &&
      !hasChosenWords(doc);
    if (!isTap) return;
    if (isMouse(event) && isOnWords(doc, event))
      waiting = setTimeout(() => onTap(event), SECOND_CLICK_MS);
    else onTap(event);
  });
}

function hasChosenWords(doc: Document): boolean {
  return doc.getSelection()?.isCollapsed === false;
}

/** Events of a frame are no instances of this window’s classes. */
function isMouse(event: MouseEvent): boolean {
  return (event as PointerEvent).pointerType === 'mouse';
}

function isOnWords(doc: Document, { clientX, clientY }: MouseEvent): boolean {
  const caret = doc.caretPositionFromPoint(clientX, clientY);
  const node = caret?.offsetNode;
  if (caret === null || node?.nodeType !== Node.TEXT_NODE) return false;
  const range = doc.createRange();
  range.setStart(node, Math.max(0, caret.offset - 1));
  range.setEnd(node, Math.min(node.nodeValue?.length ?? 0, caret.offset + 1));
  return [...range.getClientRects()].some(
    ({ left, right, top, bottom }) =>
      clientX >= left - BESIDE_PX &&
      clientX <= right + BESIDE_PX &&
      clientY >= top - BESIDE_PX &&
      clientY <= bottom + BESIDE_PX,
  );
}
