import type { Command } from '@tiptap/pm/state';
import { splitAtCursor } from '../chapters/chapterActions.ts';
import { openFind } from '../find/findState.ts';
import { selectedWords } from './comments.ts';
import { useWriting } from './writingState.ts';

/** Shortcuts of the room that act on the text that is written. */
export const textKeys: Record<string, Command> = {
  'Mod-k': () => asked('link'),
  'Mod-Alt-m': ({ selection }) => !selection.empty && asked('comment'),
  'Mod-f': () => {
    openFind(selectedWords());
    return true;
  },
  'Mod-h': () => {
    openFind(selectedWords());
    return true;
  },
  'Mod-Alt-Enter': () => {
    splitAtCursor();
    return true;
  },
};

function asked(question: 'link' | 'comment'): true {
  useWriting.setState({ question });
  return true;
}
