import { create } from 'zustand';
import englishAff from '../../../node_modules/dictionary-en/index.aff?url';
import englishDic from '../../../node_modules/dictionary-en/index.dic?url';
import { shownBook } from '../../app/projectFacts.ts';
import { projectStore } from '../../client/project.ts';
import { useBookState } from '../bookState.ts';
import type { SpellAnswer, SpellQuestion } from './spellMessages.ts';

type Dictionary = { aff: string; dic: string };
/** The dictionaries that come with Inkreel, by language without region. */
const DICTIONARIES: Readonly<Record<string, Dictionary>> = {
  en: { aff: englishAff, dic: englishDic },
};

/** Whether there is a checker for a language (BCP 47). */
export function hasSpelling(language: string): boolean {
  return primary(language) in DICTIONARIES;
}

/** Counts changes of the dictionary, so that texts are looked at again. */
export const useSpelling = create<{ version: number }>(() => ({ version: 0 }));

let worker: Worker | null = null;
let loaded = '';
let loading: Promise<unknown> = Promise.resolve();
let count = 0;
const waiting = new Map<number, (value: string[]) => void>();
/** Words that were looked at before, by whether they are right; a book has few words and uses them often. */
const known = new Map<string, boolean>();

/** Which of some words are misspelt in a language; none where there is no checker for it. */
export async function checkWords(words: string[], language: string): Promise<ReadonlySet<string>> {
  if (!hasSpelling(language)) return new Set();
  await load(language);
  const open = words.filter((word) => !known.has(word));
  if (open.length > 0) {
    const wrong = new Set(await ask({ kind: 'check', words: open }));
    for (const word of open) known.set(word, !wrong.has(word));
  }
  return new Set(words.filter((word) => known.get(word) === false));
}

/** What a misspelt word may have been meant to be, likeliest first. */
export async function suggestionsFor(word: string, language: string): Promise<string[]> {
  if (!hasSpelling(language)) return [];
  await load(language);
  const isCurly = word.includes('’');
  return (await ask({ kind: 'suggest', word })).map((one) =>
    isCurly ? one.replaceAll("'", '’') : one,
  );
}

/** Takes a word for right from now on, in this book. */
export function learnWord(bookId: string, word: string): void {
  const book = projectStore.store.getState().open?.project.find('book', bookId);
  if (book === undefined || book.dictionary?.includes(word) === true) return;
  projectStore.edit([{ type: 'book.learnWord', bookId, word }]);
  known.set(word, true);
  void ask({ kind: 'add', word });
  useSpelling.setState(({ version }) => ({ version: version + 1 }));
}

function load(language: string): Promise<unknown> {
  const dictionary = DICTIONARIES[primary(language)];
  const open = projectStore.store.getState().open;
  const book = open === null ? undefined : shownBook(open.project, useBookState.getState().bookId);
  const wanted = `${language} ${open?.projectId} ${book?.id}`;
  if (dictionary === undefined || wanted === loaded) return loading;
  loaded = wanted;
  known.clear();
  loading = ask({
    kind: 'load',
    ...absolute(dictionary),
    own: [...(book?.dictionary ?? [])],
    isBritish: /^en-(?!us)/i.test(language),
  });
  return loading;
}

type Asked = SpellQuestion extends infer Q
  ? Q extends { id: number }
    ? Omit<Q, 'id'>
    : never
  : never;

function ask(question: Asked): Promise<string[]> {
  worker ??= started();
  count += 1;
  const id = count;
  worker.postMessage({ ...question, id });
  return new Promise((resolve) => waiting.set(id, resolve));
}

function started(): Worker {
  const made = new Worker(new URL('./spellWorker.ts', import.meta.url), { type: 'module' });
  made.addEventListener('message', ({ data }: MessageEvent<SpellAnswer>) => {
    waiting.get(data.id)?.(data.value);
    waiting.delete(data.id);
  });
  return made;
}

function absolute({ aff, dic }: Dictionary): Dictionary {
  const from = document.baseURI;
  return { aff: new URL(aff, from).href, dic: new URL(dic, from).href };
}

function primary(language: string): string {
  return language.toLowerCase().split('-')[0] ?? '';
}
