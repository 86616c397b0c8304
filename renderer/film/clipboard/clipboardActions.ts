import type { Clipboard } from '#core/clipboard/clipboard.ts';
import { copyItems } from '#core/clipboard/copyItems.ts';
import { settle } from '#core/fault.ts';
import type { ObjectId } from '#core/model/entities.ts';
import { notify, notifyFault } from '../../client/notices.ts';
import { projectStore } from '../../client/project.ts';
import { plural } from '../../ui/words.ts';
import { placeOf } from '../commands/place.ts';
import { announce, type FilmSession, select } from '../filmSession.ts';
import { clipboardOfText, textOfClipboard } from './clipboardText.ts';

/** Chosen items; transitions and markers have no place of their own to be copied from. */
export function chosenItemIds(session: FilmSession): ObjectId[] {
  const place = placeOf(session);
  if (place === null) return [];
  return [...session.state.getState().selection].filter(
    (id) => place.project.item(id) !== undefined,
  );
}

/** What is chosen, as text for the clipboard; null when that cannot be copied, which is told. */
export function copiedText(session: FilmSession): string | null {
  const place = placeOf(session);
  const ids = chosenItemIds(session);
  if (place === null || ids.length === 0) return null;
  const copied = settle(() => copyItems(place.project, ids, { scope: scopeOf(session) }));
  if (!copied.ok) {
    notifyFault(copied.error);
    return null;
  }
  announce(session, `${plural(copied.value.main.items.length, 'item')} copied`);
  return textOfClipboard(copied.value);
}

/** Takes away what was just copied, and leaves a gap. */
export function deleteCopied(session: FilmSession): void {
  const clipIds = chosenItemIds(session);
  if (clipIds.length > 0)
    projectStore.edit([{ type: 'clip.delete', clipIds, scope: scopeOf(session) }]);
}

/** Copied items out of text; what is something else is told calmly. */
export function readCopied(text: string): Clipboard | null {
  const read = clipboardOfText(text);
  if (read.ok) return read.value;
  notify({ topic: 'clipboard', text: read.error.message });
  return null;
}

/** Puts copied items at the playhead and chooses them. */
export function pasteText(session: FilmSession, text: string, mode: 'overwrite' | 'insert'): void {
  const clipboard = readCopied(text);
  if (clipboard === null) return;
  const { timelineId, playhead } = session;
  const pasted = projectStore.edit([
    { type: 'clip.paste', timelineId, at: playhead.time, clipboard, mode },
  ]);
  if (!pasted.ok) return;
  const { clipIds, leftOut } = pasted.value[0] ?? {};
  const ids = Array.isArray(clipIds) ? clipIds.filter((id) => typeof id === 'string') : [];
  select(session, ids);
  announce(session, `${plural(ids.length, 'item')} pasted`);
  if (typeof leftOut === 'number' && leftOut > 0)
    notify({
      topic: 'clipboard',
      text: `${plural(leftOut, 'item')} shorter than half a frame of this timeline could not be pasted.`,
    });
}

function scopeOf(session: FilmSession): 'linked' | 'alone' {
  return session.state.getState().isLinked ? 'linked' : 'alone';
}
