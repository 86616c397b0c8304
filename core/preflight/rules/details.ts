import { isIsbn } from '../../book/isbn.ts';
import {
  type BookView,
  bookRule,
  isLanguage,
  type Rule,
  type RuleInfo,
  type Spot,
} from '../rule.ts';

/** A finding about the book as a whole. */
function detailRule(info: RuleInfo, find: (book: BookView) => string | boolean | undefined): Rule {
  return bookRule(info, (book): Spot[] => {
    const found = find(book);
    if (found === false || found === undefined) return [];
    return [found === true ? {} : { excerpt: found.slice(0, 120) }];
  });
}

const LATIN_WORDS: Readonly<Record<string, readonly string[]>> = {
  en: ['the', 'and', 'of', 'to', 'was', 'that', 'his', 'with', 'had', 'for', 'she', 'not'],
  de: ['und', 'der', 'die', 'das', 'nicht', 'ein', 'sie', 'ist', 'mit', 'ich', 'war', 'den'],
  fr: ['et', 'les', 'des', 'une', 'que', 'dans', 'est', 'pas', 'qui', 'pour', 'elle', 'vous'],
  es: ['que', 'el', 'los', 'una', 'con', 'por', 'las', 'del', 'pero', 'como', 'más', 'era'],
  it: ['che', 'il', 'non', 'una', 'per', 'con', 'gli', 'della', 'era', 'più', 'sono', 'nel'],
  pt: ['que', 'não', 'uma', 'com', 'os', 'para', 'ele', 'mais', 'por', 'dos', 'ela', 'como'],
  nl: ['het', 'een', 'van', 'niet', 'dat', 'zijn', 'met', 'hij', 'voor', 'aan', 'maar', 'ook'],
  pl: ['nie', 'się', 'jest', 'że', 'na', 'do', 'to', 'jak', 'ale', 'był', 'przez', 'tak'],
  cs: ['že', 'se', 'na', 'je', 'ale', 'jsem', 'byl', 'jako', 'tak', 'když', 'už', 'jeho'],
  sv: ['och', 'att', 'det', 'som', 'inte', 'han', 'hon', 'var', 'med', 'för', 'den', 'till'],
};

/** The language a book seems to be written in; null when that is not clear. */
function seemingLanguage(book: BookView): string | null {
  const total = book.chapters.reduce((sum, { wordCount }) => sum + wordCount, 0);
  const counts = Object.entries(LATIN_WORDS).map(([language, words]): [string, number] => [
    language,
    words.reduce((sum, word) => sum + (book.words.get(word)?.count ?? 0), 0),
  ]);
  if (total < 60) return null;
  const [best, second] = counts.sort(([, a], [, b]) => b - a);
  if (best === undefined || second === undefined) return null;
  return best[1] / total > 0.1 && best[1] > second[1] * 1.6 ? best[0] : null;
}

const KNOWN = Object.keys(LATIN_WORDS);
const isShouted = (text: string) => {
  const letters = text.replace(/[^\p{L}]/gu, '');
  return (
    letters.length >= 6 && letters === letters.toUpperCase() && letters !== letters.toLowerCase()
  );
};

/** What the book says of itself. */
export const detailRules: readonly Rule[] = [
  detailRule(
    {
      id: 'book/no-title',
      severity: 'error',
      title: 'The book has no title.',
      why: 'No shop takes a book without one.',
      mend: 'Give it a title.',
    },
    ({ metadata }) => metadata.title.trim() === '',
  ),
  detailRule(
    {
      id: 'book/no-author',
      severity: 'error',
      title: 'The book names no author.',
      why: 'Shops and libraries list books by their authors.',
      mend: 'Name who wrote it.',
    },
    ({ metadata }) => metadata.authors.length === 0,
  ),
  detailRule(
    {
      id: 'book/no-chapters',
      severity: 'error',
      title: 'The book has no chapters.',
      why: 'There is nothing to publish yet.',
      mend: 'Write or import a chapter.',
    },
    ({ chapters }) => chapters.length === 0,
  ),
  detailRule(
    {
      id: 'book/no-description',
      severity: 'info',
      title: 'The book has no description.',
      why: 'Shops show one beside the cover.',
      mend: 'Write two or three sentences.',
    },
    ({ metadata }) => metadata.description === undefined,
  ),
  detailRule(
    {
      id: 'book/description-short',
      severity: 'info',
      title: 'The description has fewer than fifty characters.',
      why: 'It tells readers and searching too little.',
      mend: 'Write two or three sentences.',
    },
    ({ metadata }) =>
      metadata.description !== undefined &&
      metadata.description.trim().length < 50 &&
      metadata.description,
  ),
  detailRule(
    {
      id: 'book/description-long',
      severity: 'warning',
      title: 'The description has more than 4,000 characters.',
      why: 'Kindle Direct Publishing takes no more.',
      mend: 'Shorten it.',
    },
    ({ metadata }) =>
      (metadata.description?.length ?? 0) > 4_000 && `${metadata.description?.length} characters`,
  ),
  detailRule(
    {
      id: 'book/no-isbn',
      severity: 'info',
      title: 'The book has no ISBN.',
      why: 'Bookshops and libraries order by it; shops for e-books do without.',
      mend: 'Enter the ISBN of this edition, if it has one.',
    },
    ({ metadata }) => !isIsbn(metadata.identifier),
  ),
  detailRule(
    {
      id: 'book/old-isbn',
      severity: 'warning',
      title: 'The ISBN has ten digits.',
      why: 'Since 2007 an ISBN has thirteen; barcodes and shops take only those.',
      mend: 'Use the ISBN of this edition with thirteen digits.',
    },
    ({ metadata }) =>
      isIsbn(metadata.identifier) &&
      metadata.identifier.replace(/^urn:isbn:/iu, '').replace(/[\s-]/gu, '').length === 10 &&
      metadata.identifier,
  ),
  detailRule(
    {
      id: 'book/no-rights',
      severity: 'info',
      title: 'The book does not say who holds its rights.',
      why: 'The copyright page stays without a line of its own.',
      mend: 'Write a line such as “© 2026 by the author”.',
    },
    ({ metadata }) => metadata.rights === undefined,
  ),
  detailRule(
    {
      id: 'book/title-capitals',
      severity: 'warning',
      title: 'The title or subtitle is typed in capitals.',
      why: 'Shops refuse it, and voices may spell it out.',
      mend: 'Write it as it is read; the cover may still show capitals.',
    },
    ({ metadata }) => [metadata.title, metadata.subtitle ?? ''].find(isShouted),
  ),
  detailRule(
    {
      id: 'book/title-stop',
      severity: 'info',
      title: 'The title ends with a full stop.',
      why: 'Titles stand without one in shops and libraries.',
      mend: 'Remove it, if it is not part of the title.',
    },
    ({ metadata }) => /[\p{L}\p{N}]{3}\.$/u.test(metadata.title.trim()) && metadata.title,
  ),
  detailRule(
    {
      id: 'book/title-long',
      severity: 'warning',
      title: 'Title and subtitle have more than 200 characters.',
      why: 'Kindle Direct Publishing takes no more for both together.',
      mend: 'Shorten them.',
    },
    ({ metadata }) =>
      metadata.title.length + (metadata.subtitle?.length ?? 0) > 200 && metadata.title,
  ),
  detailRule(
    {
      id: 'book/title-placeholder',
      severity: 'warning',
      title: 'The title is a placeholder.',
      why: 'It would stand on the cover.',
      mend: 'Give the book its title.',
    },
    ({ metadata }) =>
      /^(?:untitled(?: book)?|title|my book|new book|book title|manuscript|draft(?: \d+)?|ohne titel|sans titre|document ?\d*)$/iu.test(
        metadata.title.trim(),
      ) && metadata.title,
  ),
  detailRule(
    {
      id: 'book/title-file-name',
      severity: 'warning',
      title: 'The title looks like a file name.',
      why: 'It was taken from the file that was imported.',
      mend: 'Give the book its title.',
    },
    ({ metadata }) =>
      /^\S{1,200}(?:_\S{1,200}|\.(?:docx?|md|txt|epub|odt|pdf|html?))$/iu.test(
        metadata.title.trim(),
      ) && metadata.title,
  ),
  detailRule(
    {
      id: 'book/series-in-title',
      severity: 'info',
      title: 'The title holds the number of a series.',
      why: 'Shops have a field of its own for it and refuse it in the title.',
      mend: 'Move it to the description or the shop’s field.',
    },
    ({ metadata }) =>
      /\((?:book|volume|vol\.?|part|band|teil|tome|libro)\s?#?\d{1,3}\)|,? (?:book|volume|vol\.) \d{1,3}$/iu.test(
        metadata.title,
      ) && metadata.title,
  ),
  detailRule(
    {
      id: 'book/subtitle-repeats',
      severity: 'warning',
      title: 'The subtitle repeats the title.',
      why: 'Shops show both, one behind the other.',
      mend: 'Remove the subtitle, or write another.',
    },
    ({ metadata }) =>
      metadata.subtitle !== undefined &&
      metadata.title.trim() !== '' &&
      metadata.subtitle.toLowerCase().includes(metadata.title.trim().toLowerCase()) &&
      metadata.subtitle,
  ),
  detailRule(
    {
      id: 'book/author-placeholder',
      severity: 'warning',
      title: 'The author’s name is a placeholder.',
      why: 'It would stand on the cover.',
      mend: 'Name who wrote the book.',
    },
    ({ metadata }) =>
      metadata.authors.find((author) =>
        /^(?:author|author name|unknown|unknown author|name|your name|admin|user|autor|auteur|n\/a)$/iu.test(
          author.trim(),
        ),
      ),
  ),
  detailRule(
    {
      id: 'book/author-order',
      severity: 'info',
      title: 'An author’s name has its parts turned around.',
      why: 'The title page shows it as it is written: “Austen, Jane”.',
      mend: 'Write it as it is spoken: “Jane Austen”.',
    },
    ({ metadata }) =>
      metadata.authors.find(
        (author) =>
          /^\p{Lu}[\p{L}’'-]+, \p{Lu}[\p{L}.’' -]+$/u.test(author.trim()) &&
          !/, (?:Jr|Sr|PhD|MD|Ph\.D|M\.D|OBE|MBE|III|II)\.?$/u.test(author.trim()),
      ),
  ),
  detailRule(
    {
      id: 'book/author-several',
      severity: 'warning',
      title: 'Several authors stand in one name.',
      why: 'Libraries take them for one person.',
      mend: 'Enter each author by itself.',
    },
    ({ metadata }) =>
      metadata.authors.find(
        (author) =>
          /\p{L}{2} (?:and|&|und|et|y|e) \p{Lu}\p{L}+ \p{Lu}|;/u.test(author) &&
          !/(?:& Sons|& Co|& Daughters)/u.test(author),
      ),
  ),
  detailRule(
    {
      id: 'book/author-twice',
      severity: 'warning',
      title: 'An author is named twice.',
      why: 'Shops show the name twice.',
      mend: 'Remove one.',
    },
    ({ metadata }) =>
      metadata.authors.find(
        (author, index) =>
          metadata.authors.findIndex(
            (one) => one.trim().toLowerCase() === author.trim().toLowerCase(),
          ) < index,
      ),
  ),
  detailRule(
    {
      id: 'book/language-differs',
      severity: 'error',
      title: 'The text seems to be in another language than the book says.',
      why: 'Voices, hyphenation, quotation marks and shops go by the stated language.',
      mend: 'State the language of the text.',
    },
    (book) => {
      const seems = seemingLanguage(book);
      const stated = book.metadata.language.slice(0, 2).toLowerCase();
      return (
        seems !== null &&
        KNOWN.includes(stated) &&
        !isLanguage(book.metadata.language, [seems]) &&
        `says ${book.metadata.language}, reads like ${seems}`
      );
    },
  ),
  detailRule(
    {
      id: 'book/language-script',
      severity: 'error',
      title: 'The text is in another script than the stated language uses.',
      why: 'Voices and fonts go by the stated language.',
      mend: 'State the language of the text.',
    },
    (book) => {
      const isLatin =
        !/^(?:ru|uk|be|bg|sr|mk|el|ar|fa|ur|he|yi|zh|ja|ko|hi|bn|ta|te|th|ka|hy|am|my|km|lo|kk|mn|ne|mr|gu|pa|kn|ml|si)/iu.test(
          book.metadata.language,
        );
      let latin = 0;
      let other = 0;
      for (const [word, { count }] of book.words) {
        if (/^[a-z]/u.test(word)) latin += count;
        else if (/^[\p{L}--\p{Script=Latin}]/v.test(word)) other += count;
      }
      if (latin + other < 40) return false;
      return (isLatin ? other > latin * 4 : latin > other * 4) && `says ${book.metadata.language}`;
    },
  ),
  detailRule(
    {
      id: 'book/description-html',
      severity: 'warning',
      title: 'The description holds HTML or an address.',
      why: 'Shops show tags as text and refuse addresses in descriptions.',
      mend: 'Write plain sentences.',
    },
    ({ metadata }) =>
      metadata.description !== undefined &&
      /<\/?[a-z][^<>]{0,100}>|https?:\/\//iu.test(metadata.description) &&
      metadata.description,
  ),
];
