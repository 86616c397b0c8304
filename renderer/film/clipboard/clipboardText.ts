import type { Clipboard } from '#core/clipboard/clipboard.ts';
import { readClipboard } from '#core/clipboard/readClipboard.ts';
import { type Fault, settle } from '#core/fault.ts';

/** The first line of what is put on the system's clipboard, so that it is known again, by people too. */
const HEADER = 'Inkreel clips, to be pasted on a timeline';

/** Copied items as text for the system's clipboard. */
export function textOfClipboard(clipboard: Clipboard): string {
  return `${HEADER}\n${JSON.stringify(clipboard)}`;
}

const FOREIGN: Fault = {
  code: 'clipboard/foreign',
  message:
    'What is on the clipboard was not copied from a timeline, so it cannot be pasted on one. Nothing was changed.',
};
const EMPTY: Fault = {
  code: 'clipboard/empty',
  message: 'There is nothing to paste yet. Choose clips and copy them first.',
};

/**
 * Copied items out of text of the system's clipboard, also as the command line prints them. Anything else is a fault:
 * `clipboard/empty`, `clipboard/foreign`, or `edit/bad-clipboard` when it began as copied items do.
 */
export function clipboardOfText(
  text: string,
): { ok: true; value: Clipboard } | { ok: false; error: Fault } {
  if (text.trim() === '') return { ok: false, error: EMPTY };
  const hasHeader = text.startsWith(HEADER);
  const body = hasHeader ? text.slice(HEADER.length) : text;
  if (!hasHeader && !/^\s*\{[^{}]{0,200}"inkreel\/clipboard"/.test(body))
    return { ok: false, error: FOREIGN };
  return settle(() => readClipboard(parsed(body)));
}

/** Text that was cut off on its way is no clipboard, which the check then says. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
