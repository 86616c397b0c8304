import { describe, expect, it } from 'vitest';
import type { Chapter, Manuscript } from '../book/manuscript.ts';
import { parseMarkdown } from '../book/parseMarkdown.ts';
import { ManuscriptChecker } from './check.ts';
import { RULES } from './registry.ts';

const METADATA = {
  title: 'T',
  authors: ['A'],
  language: 'en',
  identifier: 'urn:uuid:0b0f6c0e-5d0e-4c53-9e0b-0f3f0c7b1a11',
};

function bookOf(markdown: string, over: Partial<Manuscript['metadata']> = {}): Manuscript {
  let count = 0;
  const { chapters } = parseMarkdown(markdown, () => `b${++count}`);
  return { metadata: { ...METADATA, ...over }, chapters };
}

const brief = (book: Manuscript) =>
  new ManuscriptChecker()
    .check(book)
    .filter(({ where }) => where !== 'book')
    .map(({ severity, id, where }) => `${severity} ${id} ${where}`);

describe('checking a manuscript', () => {
  it('finds nothing in a clean chapter', () => {
    expect(
      brief(bookOf('# One\n\n“Clean,” she said. `"code"` is code.\n\n![A lamp](a.png)')),
    ).toEqual([]);
  });

  it('names what is wrong and where, in reading order', () => {
    expect(
      brief(bookOf('# One\n\nTwo  spaces, "straight", lost[^9].\n\n![](a.png)\n\n# Empty')),
    ).toEqual([
      'warning space/double One',
      'warning quote/straight-double One',
      'warning quote/straight-double One',
      'warning note/lost-call One',
      'error picture/no-description One',
      'warning chapter/empty Empty',
    ]);
  });

  it('says where in the text of a block, in lines of verse and in notes too', () => {
    const book = bookOf(
      '# One\n\nQuite clean.[^1]\n\nroses are red\\\nviolets  are blue\n\n[^1]: Two  spaces.',
    );
    const spots = new ManuscriptChecker().check(book).filter(({ id }) => id === 'space/double');
    const blocks = book.chapters[0]?.blocks ?? [];
    const [clean, verse] = blocks;
    const note =
      clean?.kind === 'paragraph'
        ? clean.inlines.find((inline) => inline.kind === 'note')
        : undefined;
    expect(spots.map(({ blockId, start, end }) => [blockId, start, end])).toEqual([
      [note?.kind === 'note' ? note.blocks[0]?.id : '', 3, 5],
      [verse?.id, 'roses are red\nviolets'.length, 'roses are red\nviolets  '.length],
    ]);
    expect(spots[0]?.excerpt).toBe('Two  spaces.');
    expect(spots[0]?.found).toEqual({ start: 3, end: 5 });
  });

  it('asks for title, author, chapters and description', () => {
    const book = { metadata: { ...METADATA, title: ' ', authors: [] }, chapters: [] };
    expect(new ManuscriptChecker().check(book).map(({ id }) => id)).toEqual([
      'book/no-title',
      'book/no-author',
      'book/no-chapters',
      'book/no-description',
      'book/no-isbn',
      'book/no-rights',
    ]);
  });

  it('leaves out what is ignored: a rule, or one place until its words change', () => {
    const checker = new ManuscriptChecker();
    const book = bookOf('# One\n\nTwo  spaces.\n\nAnd..');
    const all = checker.check(book).filter(({ where }) => where === 'One');
    expect(all.map(({ id }) => id)).toEqual(['space/double', 'punct/two-stops']);
    const place = all[0]?.place;
    if (place === undefined) throw new Error('A finding names its place.');
    const left = checker.check(book, { rules: ['punct/two-stops'], places: [place] });
    expect(left.filter(({ where }) => where === 'One')).toEqual([]);
  });

  it('reads only the chapters that changed', () => {
    const read: string[] = [];
    const spy = {
      ...RULES[0],
      id: 'test/spy',
      severity: 'info' as const,
      title: 'A.',
      why: 'A.',
      mend: 'A.',
      reads: 'chapter' as const,
      find: ({ id }: { id: string }) => {
        read.push(id);
        return [];
      },
    };
    const checker = new ManuscriptChecker([spy]);
    const book = bookOf('# One\n\nA.\n\n# Two\n\nB.');
    const [one, two] = book.chapters as [Chapter, Chapter];
    checker.check(book);
    checker.check({ ...book, chapters: [{ ...one }, { ...two, blocks: [...two.blocks] }] });
    expect(read).toEqual([one.id, two.id, two.id]);
  });
});

describe('speed', { timeout: 60_000 }, () => {
  const sentence = 'It’s four o’clock, Mr. Pask said to 12 men on p. 3 — “never again,” (or so). ';

  it('checks 215,000 words within two seconds of work', () => {
    const paragraph = `${sentence.repeat(6)}\n\n`;
    const markdown = Array.from(
      { length: 60 },
      (_, index) => `# Chapter ${index + 1}\n\n${paragraph.repeat(38)}`,
    ).join('');
    const book = bookOf(markdown);
    const words = markdown.split(/\s+/u).length;
    expect(words).toBeGreaterThan(215_000);
    // Work, not waiting: other tests share the processor.
    const before = process.cpuUsage();
    new ManuscriptChecker().check(book);
    const { user } = process.cpuUsage(before);
    expect(user / 1_000).toBeLessThan(2_000);
  });

  const HOSTILE = [
    'a',
    ' ',
    '.',
    '"',
    "'",
    '-',
    '(',
    '“',
    '1',
    'A',
    '[^',
    '&#',
    '<a ',
    '*a',
    '_',
    'a@',
    'a.',
    'a-',
    '1-',
    'a ',
    'A ',
    "a'",
    '\u00A0',
    'a\u00A0',
    '… ',
    '- ',
    ' -',
    '“a',
    'a”',
    '«a',
    'http://',
    'the ',
    'IV ',
    '1 000 ',
    'б',
    '他',
  ];

  it.each(HOSTILE)('takes time in proportion to text, whatever it repeats: %j', (unit) => {
    const timeOf = (length: number) => {
      const text = unit
        .repeat(Math.ceil(length / unit.length))
        .slice(0, length)
        .toWellFormed();
      const times = ['en', 'fr'].map((language) => {
        const before = process.cpuUsage();
        new ManuscriptChecker().check({
          metadata: { ...METADATA, language },
          chapters: [
            {
              id: 'c',
              title: '',
              blocks: [{ kind: 'paragraph', id: 'p', inlines: [{ kind: 'text', text }] }],
            },
          ],
        });
        return process.cpuUsage(before).user / 1_000;
      });
      return Math.max(...times);
    };
    timeOf(2_000);
    // A rule that reads the text again for each character of it takes several times as long.
    expect(timeOf(40_000)).toBeLessThan(2_500);
  });
});
