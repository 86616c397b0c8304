import type { Frame, Page } from 'playwright';

/** What of a document of a book is in sight. */
export type SeenDocument = {
  /** Path of the document in the book. */
  path: string;
  /** Its words in sight, white space one space. */
  text: string;
  /** Where its frame stands in the window, in CSS pixels as they are drawn. */
  box: { left: number; top: number; width: number; height: number };
  /** Where its words are in the window. */
  words: { word: string; x: number; y: number }[];
  frame: Frame;
};

let openings = 0;

/** Opens a book in a studio as the command line’s `studio FILE` does; ends when its first page or the reason stands there. */
export async function openBook(page: Page, path: string): Promise<void> {
  openings += 1;
  const origin = new URL(page.url()).origin;
  await page.goto(`${origin}/?book=${openings}#open=${encodeURIComponent(path)}`);
  await bookShown(page);
}

/** Waits until a page of a book, or the reason why there is none, is in sight. */
export async function bookShown(page: Page): Promise<void> {
  const failure = page.getByText('This book could not be opened');
  await page.locator('[data-testid="reader-page"][aria-busy="false"]').or(failure).waitFor();
  // The driver hears of frames a moment after the page has them.
  while (!(await failure.isVisible()) && bookFrames(page).length === 0)
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
}

/** The documents of the book that is open, those in sight first to last in the window. */
export async function seenDocuments(page: Page): Promise<SeenDocument[]> {
  const seen: SeenDocument[] = [];
  for (const frame of bookFrames(page)) {
    const found = await frame.evaluate(wordsInSight).catch(() => null);
    if (found !== null && found.isShown) {
      const path = decodeURIComponent(new URL(frame.url()).pathname).replace(/^.*\/~\//, '');
      seen.push({ ...found, path, frame, text: found.words.map(({ word }) => word).join(' ') });
    }
  }
  return seen.sort((a, b) => a.box.left - b.box.left);
}

/** All words in sight. */
export async function seenText(page: Page): Promise<string> {
  return (await seenDocuments(page)).map((one) => one.text).join(' ');
}

/** Frames in which pages of a book stand, without frames in them. */
export function bookFrames(page: Page): Frame[] {
  return page
    .frames()
    .filter(
      (frame) => frame.parentFrame() === page.mainFrame() && frame.url().includes('/reading/'),
    );
}

/** Runs in a page of a book. */
function wordsInSight(): {
  isShown: boolean;
  words: { word: string; x: number; y: number }[];
  box: { left: number; top: number; width: number; height: number };
} {
  const element = window.frameElement;
  const host = window.parent.document.querySelector('[data-testid="reader-page"]');
  if (element === null || host === null)
    return { isShown: false, words: [], box: { left: 0, top: 0, width: 0, height: 0 } };
  const outer = element.getBoundingClientRect();
  const whole = host.getBoundingClientRect();
  let room = { left: whole.left, top: whole.top, right: whole.right, bottom: whole.bottom };
  // What stands around the frame cuts off the pages beside the one in sight.
  for (let around = element.parentElement; around !== null; around = around.parentElement) {
    const { left, top, right, bottom } = around.getBoundingClientRect();
    room = {
      left: Math.max(room.left, left),
      top: Math.max(room.top, top),
      right: Math.min(room.right, right),
      bottom: Math.min(room.bottom, bottom),
    };
  }
  const scale = outer.width / (element.clientWidth || 1);
  const isShown =
    outer.width > 0 &&
    outer.height > 0 &&
    // Documents before and after are loaded behind it.
    element.checkVisibility({ visibilityProperty: true });
  const words: { word: string; x: number; y: number }[] = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const name = node.parentElement?.localName.toLowerCase() ?? '';
    if (['script', 'style', 'title'].includes(name)) continue;
    for (const match of (node.nodeValue ?? '').matchAll(/\S+/g)) {
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      const rect = range.getClientRects()[0];
      if (rect === undefined || rect.width === 0) continue;
      const x = outer.left + (rect.left + rect.width / 2) * scale;
      const y = outer.top + (rect.top + rect.height / 2) * scale;
      if (x > room.left && x < room.right && y > room.top && y < room.bottom)
        words.push({ word: match[0], x, y });
    }
  }
  const { left, top, width, height } = outer;
  return { isShown, words, box: { left, top, width, height } };
}
