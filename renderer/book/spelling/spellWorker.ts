import nspell from 'nspell';
import { americanForms } from './britishSpelling.ts';
import type { SpellAnswer, SpellQuestion } from './spellMessages.ts';

/** The checker of a language, off the thread that letters appear on. */
let checker: ReturnType<typeof nspell> | null = null;
let isBritish = false;

self.addEventListener('message', ({ data }: MessageEvent<SpellQuestion>) => {
  void answer(data).then((value) => self.postMessage({ id: data.id, value } satisfies SpellAnswer));
});

async function answer(question: SpellQuestion): Promise<string[]> {
  if (question.kind === 'load') {
    const [aff, dic] = await Promise.all([textAt(question.aff), textAt(question.dic)]);
    checker = nspell({ aff, dic });
    isBritish = question.isBritish;
    for (const word of question.own) checker.add(word);
    return [];
  }
  if (checker === null) return [];
  if (question.kind === 'add') {
    checker.add(question.word);
    return [];
  }
  if (question.kind === 'suggest') return checker.suggest(plain(question.word)).slice(0, 6);
  const known = checker;
  return question.words.filter((word) => !isRight(known, word));
}

function isRight(known: ReturnType<typeof nspell>, word: string): boolean {
  const text = plain(word);
  if (known.correct(text)) return true;
  if (isBritish && americanForms(text).some((form) => known.correct(form))) return true;
  const stem = text.replace(/'s?$/i, '');
  if (stem !== text && known.correct(stem)) return true;
  return text.includes('-') && text.split('-').every((part) => part === '' || isRight(known, part));
}

/** Dictionaries write the straight apostrophe and the plain hyphen. */
function plain(word: string): string {
  return word.replaceAll('’', "'").replaceAll('‑', '-');
}

async function textAt(address: string): Promise<string> {
  return (await fetch(address)).text();
}
