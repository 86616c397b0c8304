import type { EditorView } from '@tiptap/pm/view';
import { create } from 'zustand';
import type { FoundWord } from '../editor/spelling.ts';
import { suggestionsFor } from '../spelling/spellChecker.ts';

type SpellMenu = {
  menu: { view: EditorView; word: FoundWord; x: number; y: number } | null;
  /** Null while they are looked for. */
  suggestions: string[] | null;
};

/** The misspelt word that a menu is open for. */
export const useSpellMenu = create<SpellMenu>(() => ({ menu: null, suggestions: null }));

export function openSpellMenu(
  view: EditorView,
  word: FoundWord,
  x: number,
  y: number,
  language: string,
): void {
  const menu = { view, word, x, y };
  useSpellMenu.setState({ menu, suggestions: null });
  void suggestionsFor(word.word, language).then((suggestions) => {
    if (useSpellMenu.getState().menu === menu) useSpellMenu.setState({ suggestions });
  });
}
