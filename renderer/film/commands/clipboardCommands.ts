import type { Command } from '../../app/commands.ts';
import { notify } from '../../client/notices.ts';
import {
  chosenItemIds,
  copiedText,
  deleteCopied,
  pasteText,
  readCopied,
} from '../clipboard/clipboardActions.ts';
import { offersOf, usePasteAttributes } from '../clipboard/pasteAttributes.ts';
import { putOnClipboard, textFromClipboard } from '../clipboard/systemClipboard.ts';
import type { FilmSession } from '../filmSession.ts';
import { placeOf } from './place.ts';

/** Copying and pasting, within a project and from one to another. */
export function clipboardCommands(session: FilmSession): Command[] {
  const group = 'Timeline';
  const hasItems = () => chosenItemIds(session).length > 0;
  const copy = (): boolean => {
    const text = copiedText(session);
    if (text !== null) putOnClipboard(text);
    return text !== null;
  };
  const paste = (mode: 'overwrite' | 'insert') => async () =>
    pasteText(session, await textFromClipboard(), mode);
  return [
    {
      id: 'timeline.copy',
      label: 'Copy',
      group,
      keys: ['Mod+C'],
      run: () => void copy(),
      when: hasItems,
      isSystems: true,
    },
    {
      id: 'timeline.cut',
      label: 'Cut',
      group,
      keys: ['Mod+X'],
      run: () => {
        if (copy()) deleteCopied(session);
      },
      when: hasItems,
      isSystems: true,
    },
    {
      id: 'timeline.paste',
      label: 'Paste at the playhead',
      group,
      keys: ['Mod+V'],
      run: () => void paste('overwrite')(),
      isSystems: true,
    },
    {
      id: 'timeline.pasteInsert',
      label: 'Paste and make room',
      group,
      keys: ['Mod+Shift+V'],
      run: () => void paste('insert')(),
      isSystems: true,
    },
    {
      id: 'timeline.pasteAttributes',
      label: 'Paste attributes',
      group,
      keys: ['Mod+Alt+V'],
      run: () => void askForAttributes(session),
      whileTyping: false,
    },
  ];
}

async function askForAttributes(session: FilmSession): Promise<void> {
  const place = placeOf(session);
  const clips = chosenItemIds(session).filter((id) => place?.project.find('clip', id));
  if (clips.length === 0) {
    notify({ topic: 'clipboard', text: 'Choose the clips first that shall take the attributes.' });
    return;
  }
  const clipboard = readCopied(await textFromClipboard());
  if (clipboard === null) return;
  if (offersOf(clipboard).length > 0) usePasteAttributes.setState({ clipboard });
  else
    notify({
      topic: 'clipboard',
      text: 'Only clips have attributes to give, and none was copied. Copy a clip first.',
    });
}
