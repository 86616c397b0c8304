const MAC_NAMES: Record<string, string> = {
  Mod: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  Ctrl: '⌃',
  Enter: '↩',
  Backspace: '⌫',
  Delete: '⌦',
};
const NAMES: Record<string, string> = {
  Mod: 'Ctrl',
  Delete: 'Del',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Space: 'Space',
  Escape: 'Esc',
};

function isMac(): boolean {
  if (typeof window === 'undefined') return false;
  return window.inkreel?.platform === 'darwin' || /Mac/.test(navigator.platform);
}

/** The keys of a shortcut (`Mod+Shift+Z`) as this computer's keyboard names them. */
export function keyNames(shortcut: string): string[] {
  const mac = isMac();
  return shortcut.split('+').map((key) => (mac ? MAC_NAMES[key] : undefined) ?? NAMES[key] ?? key);
}

/** Whether an event is a shortcut. `Mod` is the command key on a Mac and Ctrl elsewhere. */
export function matchesKeys(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
  shortcut: string,
): boolean {
  const parts = shortcut.split('+');
  const key = parts.at(-1) ?? '';
  const wants = (name: string) => parts.slice(0, -1).includes(name);
  const mod = isMac() ? event.metaKey : event.ctrlKey;
  const other = isMac() ? event.ctrlKey : event.metaKey;
  if (wants('Mod') !== mod || other || wants('Alt') !== event.altKey) return false;
  const pressed = pressedKey(event);
  // A sign such as “?” already says whether Shift is held; for letters and named keys it must be asked for.
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase() && !/\d/.test(key);
  if (!isSign && wants('Shift') !== event.shiftKey) return false;
  return pressed.toLowerCase() === key.toLowerCase();
}

/** With Alt held many keyboards give other signs, so letters and digits go by their place then. */
function pressedKey(event: Pick<KeyboardEvent, 'key' | 'code' | 'altKey'>): string {
  if (event.code === 'Space') return 'Space';
  const place = event.altKey ? /^(?:Key|Digit)(.)$/.exec(event.code)?.[1] : undefined;
  return place ?? event.key;
}
