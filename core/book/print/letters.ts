import { writingDirection } from '../bookWords.ts';
import type { Manuscript } from '../manuscript.ts';
import { type Script, type ScriptStyle, scriptOf, scriptsIn, scriptStyle } from './scripts.ts';

/** What a book is written with, as far as its pages depend on it. */
export type Letters = {
  /** Of the language of the book; null where themes have the letters themselves. */
  lead: Script | null;
  /** Other scripts that words of the book are in. */
  others: readonly Script[];
  direction: 'ltr' | 'rtl';
  /** The figure one, as Typst’s `numbering` takes it. */
  one: '1' | '١' | '۱' | '१';
};

export const LATIN_LETTERS: Letters = { lead: null, others: [], direction: 'ltr', one: '1' };

/** What a manuscript is written with, its title and notes included. */
export function bookLetters(manuscript: Manuscript): Letters {
  return lettersOf(JSON.stringify(manuscript), manuscript.metadata.language);
}

/** What a text is written with, in a book of a language (BCP 47). */
export function lettersOf(text: string, language: string): Letters {
  const used = scriptsIn(text);
  const own = scriptOf(language);
  const lead = own !== null && used.includes(own) ? own : null;
  return {
    lead,
    others: used.filter((script) => script !== lead),
    direction: writingDirection(language),
    one: lead === null ? '1' : figureOne(text),
  };
}

/** The scripts of a book that have faces of their own. */
export function ownScripts({ lead, others }: Letters): Script[] {
  return lead === null ? [...others] : [lead, ...others];
}

/** How the main script of a book is set; null where themes say all. */
export function leadStyle({ lead }: Letters): ScriptStyle | null {
  return lead === null ? null : scriptStyle(lead);
}

/** Pages are numbered with the figures that the book itself has. */
function figureOne(text: string): Letters['one'] {
  if (/[\u0660-\u0669]/.test(text)) return '١';
  if (/[\u06f0-\u06f9]/.test(text)) return '۱';
  if (/[\u0966-\u096f]/.test(text)) return '१';
  return '1';
}
