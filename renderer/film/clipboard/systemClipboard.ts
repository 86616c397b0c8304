/** What was copied last in this or another window of Inkreel, for when the system's clipboard cannot be read. */
let last = '';
const windows = new BroadcastChannel('inkreel.clipboard');
windows.onmessage = (message: MessageEvent<unknown>) => {
  if (typeof message.data === 'string') last = message.data;
};

/** Keeps what is copied, for all windows. */
function keep(text: string): void {
  last = text;
  windows.postMessage(text);
}

/** Answers the system's request for what is to be copied. */
export function answerCopy(event: ClipboardEvent, text: string): void {
  event.clipboardData?.setData('text/plain', text);
  event.preventDefault();
  keep(text);
}

/** Puts text on the system's clipboard, for commands that were not given by its keys. */
export function putOnClipboard(text: string): void {
  keep(text);
  const answer = (event: ClipboardEvent) => {
    event.stopImmediatePropagation();
    answerCopy(event, text);
  };
  // Asking the document needs no permission, which the clipboard’s own interface would ask the person for.
  document.addEventListener('copy', answer, { capture: true, once: true });
  document.execCommand('copy');
  document.removeEventListener('copy', answer, { capture: true });
}

/** The text of the system's clipboard, or what was copied last in Inkreel where reading is not allowed. */
export async function textFromClipboard(): Promise<string> {
  try {
    return await navigator.clipboard.readText();
  } catch {
    return last;
  }
}

/** What was copied last in Inkreel. */
export function lastCopied(): string {
  return last;
}
