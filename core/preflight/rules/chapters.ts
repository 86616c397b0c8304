import { bookRule, chapterRule, type ChapterView, type Rule, type Spot } from '../rule.ts';

const spot = (chapter: ChapterView): Spot => ({
  chapterId: chapter.id,
  ...(chapter.title.trim() !== '' && { excerpt: chapter.title }),
});

const NUMBER_WORDS = [
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
  'twenty',
];
const NUMBERED =
  /^(?:chapter|kapitel|chapitre|capítulo|capitolo|hoofdstuk|rozdział|kapitola|глава)\s+(\d{1,4}|[ivxlc]{1,8}|[a-z]{3,9})(?=$|[\s.:–—-])|^(\d{1,3})[.:)]\s/iu;

/** The number that a title states; null for a title without one. */
function numberOf(title: string): number | null {
  const match = NUMBERED.exec(title.trim());
  const stated = (match?.[1] ?? match?.[2] ?? '').toLowerCase();
  if (/^\d+$/u.test(stated)) return Number(stated);
  const word = NUMBER_WORDS.indexOf(stated);
  if (word >= 0) return word + 1;
  return /^[ivxlc]+$/u.test(stated) ? roman(stated) : null;
}

function roman(text: string): number {
  const values: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };
  let sum = 0;
  for (const [index, digit] of [...text].entries()) {
    const value = values[digit] ?? 0;
    const next = values[text.charAt(index + 1)] ?? 0;
    sum += value < next ? -value : value;
  }
  return sum;
}

const isEmpty = (chapter: ChapterView) =>
  chapter.passages.every(({ field, text }) => field === 'title' || text.trim() === '') &&
  chapter.placed.every(({ block }) => block.kind !== 'image' && block.kind !== 'code');

const isStory = ({ role }: ChapterView) => role === 'chapter';

/** Chapters and their titles. */
export const chapterRules: readonly Rule[] = [
  chapterRule(
    {
      id: 'chapter/empty',
      severity: 'warning',
      title: 'A chapter has no text.',
      why: 'Readers turn to it and find nothing; shops take it for a fault of the file.',
      mend: 'Write it, or delete it.',
    },
    // A part may be no more than its title.
    (chapter) => (chapter.role !== 'part' && isEmpty(chapter) ? [spot(chapter)] : []),
  ),
  chapterRule(
    {
      id: 'chapter/no-title',
      severity: 'info',
      title: 'A chapter has no title and goes by its number.',
      why: 'The contents show only the number.',
      mend: 'Give it a title, if it should have one.',
    },
    (chapter) =>
      chapter.title.trim() === '' && chapter.role !== 'dedication' && chapter.role !== 'epigraph'
        ? [spot(chapter)]
        : [],
  ),
  chapterRule(
    {
      id: 'chapter/title-long',
      severity: 'info',
      title: 'A chapter’s title has more than 120 characters.',
      why: 'It does not fit the running head and fills the contents.',
      mend: 'Shorten it, and set the rest as a paragraph.',
    },
    (chapter) => (chapter.title.length > 120 ? [spot(chapter)] : []),
  ),
  chapterRule(
    {
      id: 'chapter/title-placeholder',
      severity: 'warning',
      title: 'A chapter’s title is a placeholder.',
      why: 'It stands in the contents of the finished book.',
      mend: 'Give it its title.',
    },
    (chapter) =>
      /^(?:untitled|new chapter|chapter title|title|neues kapitel|ohne titel|sans titre|sin título|chapter \?{1,9})$/iu.test(
        chapter.title.trim(),
      )
        ? [spot(chapter)]
        : [],
  ),
  bookRule(
    {
      id: 'chapter/title-twice',
      severity: 'warning',
      title: 'Two chapters have the same title.',
      why: 'Readers cannot tell them apart in the contents.',
      mend: 'Give one of them another title.',
    },
    ({ chapters }) => {
      const seen = new Set<string>();
      return chapters.flatMap((chapter) => {
        const key = chapter.title.trim().toLowerCase();
        const isTwice = key !== '' && seen.has(key);
        seen.add(key);
        return isTwice ? [spot(chapter)] : [];
      });
    },
  ),
  bookRule(
    {
      id: 'chapter/number-skipped',
      severity: 'warning',
      title: 'The numbers in the chapters’ titles are out of order.',
      why: 'A chapter is missing, stands twice, or was moved.',
      mend: 'Number the chapters anew.',
    },
    ({ chapters }) => {
      let last: number | null = null;
      return chapters.filter(isStory).flatMap((chapter) => {
        const number = numberOf(chapter.title);
        if (number === null) return [];
        // Each part of a book may count from one.
        const isWrong = last !== null && number !== last + 1 && number !== 1;
        last = number;
        return isWrong ? [spot(chapter)] : [];
      });
    },
  ),
  bookRule(
    {
      id: 'chapter/number-typed',
      severity: 'info',
      title: 'Some chapters’ titles begin with a number and others do not.',
      why: 'Typed numbers have to be changed by hand, and readers take a missing one for a mistake.',
      mend: 'Number all chapters of a kind, or none.',
    },
    ({ chapters }) => {
      const titled = chapters.filter((chapter) => isStory(chapter) && chapter.title.trim() !== '');
      const numbered = titled.filter(({ title }) => numberOf(title) !== null);
      const first = titled.findIndex(({ title }) => numberOf(title) !== null);
      const last = titled.findLastIndex(({ title }) => numberOf(title) !== null);
      if (numbered.length < 2) return [];
      // What stands before the first and behind the last may be a foreword or an afterword.
      return titled
        .slice(first, last)
        .filter(({ title }) => numberOf(title) === null)
        .map(spot);
    },
  ),
  bookRule(
    {
      id: 'chapter/short',
      severity: 'info',
      title: 'A chapter has fewer than thirty words among long ones.',
      why: 'It may be a part of another that was cut off by mistake.',
      mend: 'Join it to its neighbour, if it is not meant to be so short.',
    },
    ({ chapters }) => {
      const written = chapters.filter((chapter) => isStory(chapter) && !isEmpty(chapter));
      const sorted = written.map(({ wordCount }) => wordCount).sort((a, b) => a - b);
      const usual = sorted[Math.floor(sorted.length / 2)] ?? 0;
      if (written.length < 4 || usual < 600) return [];
      return written
        .filter(
          (chapter, index) =>
            chapter.wordCount < 30 &&
            index > 1 &&
            index < written.length - 2 &&
            chapter.placed.every(({ block }) => block.kind !== 'image'),
        )
        .map(spot);
    },
  ),
  chapterRule(
    {
      id: 'chapter/long',
      severity: 'info',
      title: 'A chapter has more than 30,000 words.',
      why: 'Old reading devices turn its pages slowly, and readers find no place to stop.',
      mend: 'Divide it.',
    },
    (chapter) => (chapter.wordCount > 30_000 ? [spot(chapter)] : []),
  ),
  chapterRule(
    {
      id: 'chapter/title-repeated',
      severity: 'warning',
      title: 'A chapter begins with its own title.',
      why: 'The title is set above it already, so it stands there twice.',
      mend: 'Remove it from the text.',
    },
    (chapter) => {
      const [first] = chapter.blocks;
      const title = chapter.title.trim().toLowerCase();
      const opening = chapter.passages.find(({ field }) => field === 'text');
      if (title === '' || first === undefined || opening?.block !== first) return [];
      if (opening.text.trim().toLowerCase().replace(/[.:]$/u, '') !== title) return [];
      return chapter.blocks.length > 1 && opening.calls.length === 0
        ? [{ ...spot(chapter), blockId: first.id, becomes: [] }]
        : [];
    },
  ),
];
