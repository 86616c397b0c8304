import type { Manuscript } from '#core/book/manuscript.ts';
import type { Finding } from '#core/preflight/check.ts';
import type { BookCheck } from '#engine/book/bookCheck.ts';
import { inspectPdf } from '#engine/book/inspectPdf.ts';
import type { TypesetPdf } from '#engine/book/typesetter.ts';
import { measured } from './checkEpub.ts';
import { bookFinding } from './fileFinding.ts';

type Words = Pick<Finding, 'message' | 'why' | 'fix'>;

const MISTAKE_OF_OURS = 'This is a mistake of Inkreel, not of the book: please report it.';

/** What each check of a finished PDF means when it fails. */
const WORDS: Readonly<Record<string, Words>> = {
  'page-size': {
    message: 'Pages of the PDF have another size than the book.',
    why: 'Printers refuse a file whose pages differ from the ordered size.',
    fix: MISTAKE_OF_OURS,
  },
  'fonts-embedded': {
    message: 'A font is not part of the PDF.',
    why: 'The printer would replace it by another.',
    fix: MISTAKE_OF_OURS,
  },
  'no-type-3-fonts': {
    message: 'The PDF holds a font as drawings.',
    why: 'Printers refuse such fonts; they print coarsely.',
    fix: MISTAKE_OF_OURS,
  },
  outline: {
    message: 'The bookmarks of the PDF are not the chapters of the book.',
    why: 'Readers on a screen cannot jump to them.',
    fix: MISTAKE_OF_OURS,
  },
  tagged: {
    message: 'The PDF does not keep the rules of accessible PDFs.',
    why: 'Screen readers cannot tell headings, notes and pictures apart.',
    fix: 'Describe every picture and replace characters that the fonts lack.',
  },
  glyphs: {
    message: 'The fonts lack a character of the book.',
    why: 'Print would show an empty box.',
    fix: 'Use another character, or show it as a picture.',
  },
  'even-pages': {
    message: 'The book has an odd number of pages.',
    why: 'Sheets have two sides.',
    fix: MISTAKE_OF_OURS,
  },
  binding: {
    message: 'The book has more pages than can be bound.',
    why: 'The glue of a paperback holds no more.',
    fix: 'Choose a larger trim size, or divide the book.',
  },
  gutter: {
    message: 'The inner margin is too narrow for the number of pages.',
    why: 'Words disappear in the fold.',
    fix: 'Choose a larger trim size.',
  },
  'outer-margins': {
    message: 'An outer margin is narrower than printers allow.',
    why: 'Words may be cut off.',
    fix: 'Choose a larger trim size.',
  },
};

/** Whether a finished print PDF can go to a printer: geometry, fonts, tags, page count. */
export async function checkPrint(manuscript: Manuscript, book: TypesetPdf): Promise<Finding[]> {
  const checks = await inspectPdf(book.pdf, manuscript, book);
  return [
    ...failures(checks),
    ...measured('printPages', book.pages, `The book has ${book.pages} pages.`),
  ];
}

/** Findings for the checks of a PDF that failed. */
export function failures(checks: readonly BookCheck[]): Finding[] {
  return checks
    .filter(({ ok, name }) => !ok && name !== 'glyphs')
    .map(({ name, value }) => {
      const words = WORDS[name] ?? {
        message: `The check “${name}” failed.`,
        why: 'The file may be refused.',
        fix: MISTAKE_OF_OURS,
      };
      return bookFinding(
        {
          id: `print/${name}`,
          severity: name === 'tagged' || name === 'outline' ? 'warning' : 'error',
          ...words,
        },
        { note: `Found: ${value}.` },
      );
    });
}
