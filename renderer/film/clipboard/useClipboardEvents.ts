import { useEffect } from 'react';
import { isOverlaid, isTyping } from '../../app/commands.ts';
import { matchesKeys } from '../../ui/keys.ts';
import type { FilmSession } from '../filmSession.ts';
import { chosenItemIds, copiedText, deleteCopied, pasteText } from './clipboardActions.ts';
import { answerCopy, lastCopied } from './systemClipboard.ts';

/** So long a paste event may take after its keys. */
const EVENT_MS = 120;

/**
 * Follows the system's own keys and menus for copy, cut and paste, which need no permission that way. In text fields,
 * dialogs and menus, and over selected text, they keep their usual meaning.
 */
export function useClipboardEvents(session: FilmSession): void {
  useEffect(() => {
    let mode: 'overwrite' | 'insert' = 'overwrite';
    let missing: ReturnType<typeof setTimeout> | undefined;
    const isOurs = (event: Event) =>
      !event.defaultPrevented &&
      !isTyping(event.target) &&
      !isTyping(document.activeElement) &&
      !isOverlaid();
    const copy = (event: ClipboardEvent) => {
      if (!isOurs(event) || window.getSelection()?.isCollapsed === false) return;
      if (chosenItemIds(session).length === 0) return;
      const text = copiedText(session);
      if (text === null) return;
      answerCopy(event, text);
      if (event.type === 'cut') deleteCopied(session);
    };
    const paste = (event: ClipboardEvent) => {
      clearTimeout(missing);
      if (!isOurs(event)) return;
      event.preventDefault();
      const files = event.clipboardData?.files.length ?? 0;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      pasteText(session, text === '' && files === 0 ? lastCopied() : text || 'a file', mode);
      mode = 'overwrite';
    };
    const key = (event: KeyboardEvent) => {
      if (event.repeat) return;
      const isInsert = matchesKeys(event, 'Mod+Shift+V');
      mode = isInsert ? 'insert' : 'overwrite';
      if (!isInsert || !isOurs(event)) return;
      // Some systems know these keys in text fields only and send nothing here.
      clearTimeout(missing);
      missing = setTimeout(() => {
        pasteText(session, lastCopied(), 'insert');
        mode = 'overwrite';
      }, EVENT_MS);
    };
    document.addEventListener('copy', copy);
    document.addEventListener('cut', copy);
    document.addEventListener('paste', paste);
    document.addEventListener('keydown', key);
    return () => {
      clearTimeout(missing);
      document.removeEventListener('copy', copy);
      document.removeEventListener('cut', copy);
      document.removeEventListener('paste', paste);
      document.removeEventListener('keydown', key);
    };
  }, [session]);
}
