import { useEffect } from 'react';
import { create } from 'zustand';
import { matchesKeys } from '../ui/keys.ts';

/** Something the person can do by shortcut, menu or button. */
export type Command = {
  /** `group.verb`: `history.undo`. Menus of the desktop shell use it too. */
  id: string;
  label: string;
  /** Heading in the list of shortcuts. */
  group:
    | 'General'
    | 'Project'
    | 'Film'
    | 'Timeline'
    | 'Tools'
    | 'Range'
    | 'Markers'
    | 'Playback'
    | 'Book';
  /** `Mod+Shift+Z`, `Space`, `?`; the first is shown. `Mod` is ⌘ on a Mac and Ctrl elsewhere. */
  keys: readonly string[];
  run: () => void;
  /** Whether it can be done now; default yes. */
  when?: () => boolean;
  /** Whether its shortcut also works while text is being typed; default only with Mod. */
  whileTyping?: boolean;
  /**
   * Whether its keys are left to the system, which makes an event of them (copy, cut, paste) that is listened to
   * elsewhere; `run` is for menus then.
   */
  isSystems?: boolean;
};

const useRegistry = create<{ commands: ReadonlyMap<string, Command> }>(() => ({
  commands: new Map(),
}));

/** Adds commands until the returned function is called. A command replaces an older one of the same id. */
export function registerCommands(commands: readonly Command[]): () => void {
  useRegistry.setState((state) => {
    const next = new Map(state.commands);
    for (const command of commands) next.set(command.id, command);
    return { commands: next };
  });
  return () => {
    useRegistry.setState((state) => {
      const next = new Map(state.commands);
      for (const command of commands) if (next.get(command.id) === command) next.delete(command.id);
      return { commands: next };
    });
  };
}

/** Commands of a component, while it is shown. Give the same list until it changes (useMemo). */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => registerCommands(commands), [commands]);
}

/** Every command there is now. */
export function useCommandList(): Command[] {
  return [...useRegistry((state) => state.commands).values()];
}

/** A command by its id. */
export function commandById(id: string): Command | undefined {
  return useRegistry.getState().commands.get(id);
}

/** The first shortcut of a command, for menus and tooltips. */
export function useCommandKeys(id: string): string | undefined {
  return useRegistry((state) => state.commands.get(id)?.keys[0]);
}

/** Does a command by its id; false when there is none or it cannot be done now. */
export function runCommand(id: string): boolean {
  const command = commandById(id);
  if (command === undefined || command.when?.() === false) return false;
  command.run();
  return true;
}

/** Finds and does the command of a key press. */
export function onShortcut(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const typing = isTyping(event.target);
  for (const command of useRegistry.getState().commands.values()) {
    const keys = command.keys.find((shortcut) => matchesKeys(event, shortcut));
    if (keys === undefined) continue;
    const allowed = command.whileTyping ?? keys.includes('Mod+');
    if (typing && !allowed) continue;
    // Looked for last: a letter that is typed should not cost a look through the page.
    if (isOverlaid()) return;
    if (command.when?.() === false) continue;
    if (command.isSystems === true) return;
    event.preventDefault();
    command.run();
    return;
  }
}

/** Whether a dialog, a menu or a book is open, to which the keys belong then. */
export function isOverlaid(): boolean {
  const over = '[role="dialog"], [role="alertdialog"], [role="menu"], [data-whole-window]';
  return document.querySelector(over) !== null;
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'range'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}
