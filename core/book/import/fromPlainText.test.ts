import { describe, expect, it } from 'vitest';
import { chapterText } from '../words.ts';
import { fromPlainText } from './fromPlainText.ts';
import { measureLoss } from './lossMeter.ts';
import { chapterLines } from './meterLine.ts';

function read(text: string) {
  let count = 0;
  const book = fromPlainText(text, 'book.txt', () => {
    count += 1;
    return `b${count}`;
  });
  const measured = measureLoss({
    source: book.source,
    asides: book.asides,
    book: chapterLines(book.chapters),
  });
  return { ...book, measured };
}

const GUTENBERG = `The Project Gutenberg eBook of The Lamp

Title: The Lamp
Author: Ann O'Neil
Language: English

*** START OF THE PROJECT GUTENBERG EBOOK THE LAMP ***

THE LAMP

CHAPTER I.
The Harbour

It was a dark night and the lamp upon the harbour wall burned with
a small and _very steady_ flame, as it had burned for a hundred years
and as many winters.

Nobody looked at it.

    Line of a song that is set in,
    Another line, and then
    A third.

* * *

After the break there came a man who carried _a great
many_ books under his arm, and who did not look up at the lamp at
all.


CHAPTER II.

The end.

*** END OF THE PROJECT GUTENBERG EBOOK THE LAMP ***
Licence words here.
`;

describe('fromPlainText', () => {
  it('joins lines, keeps verse, breaks and italics, finds chapters, and loses nothing', () => {
    const { metadata, chapters, losses, measured } = read(GUTENBERG);
    expect(metadata).toEqual({ title: 'The Lamp', authors: ["Ann O'Neil"], language: 'en' });
    expect(chapters.map(({ title }) => title)).toEqual([
      '',
      'CHAPTER I. The Harbour',
      'CHAPTER II.',
    ]);
    const [, first] = chapters;
    expect(first?.blocks.map(({ kind }) => kind)).toEqual([
      'paragraph',
      'paragraph',
      'verse',
      'scene-break',
      'paragraph',
    ]);
    expect(first?.blocks[0]).toMatchObject({
      inlines: [
        { text: 'It was a dark night and the lamp upon the harbour wall burned with a small and ' },
        { text: 'very steady', emphasis: true },
        { text: ' flame, as it had burned for a hundred years and as many winters.' },
      ],
    });
    expect(losses.map(({ code }) => code)).toEqual(['gutenberg-notice']);
    expect(measured.losses).toEqual([]);
    expect(measured.meter[1]).toEqual({ kind: 'emphasis', inSource: 2, inBook: 2 });
  });

  it('takes each line for a paragraph where nothing else parts them', () => {
    const long = 'word '.repeat(40).trim();
    const { chapters, measured } = read(Array.from({ length: 12 }, () => long).join('\n'));
    expect(chapters[0]?.blocks).toHaveLength(12);
    expect(measured.losses).toEqual([]);
  });

  it('begins chapters at bare numbers that count, and not at any other', () => {
    const chapters = read(
      'I\n\nText one.\n\nII\n\nText two.\n\nIII\n\nText three.\n\nI\n\nsaid he.',
    ).chapters;
    expect(chapters.map(({ title }) => title)).toEqual(['I', 'II', 'III']);
  });

  it('leaves the lines of a table of contents where they are', () => {
    const text = 'Chapter 1\n\nChapter 2\n\nChapter 1\n\nText one.\n\nChapter 2\n\nText two.';
    const { chapters, measured } = read(text);
    expect(chapters.map(({ title }) => title)).toEqual(['', 'Chapter 1', 'Chapter 2']);
    expect(chapters.map(chapterText)).toEqual(['Chapter 1\nChapter 2', 'Text one.', 'Text two.']);
    expect(measured.losses).toEqual([]);
  });

  it('leaves underscores inside words alone', () => {
    const { chapters, measured } = read('A snake_case_name and a _marked_ one.');
    expect(chapters.map(chapterText)).toEqual(['A snake_case_name and a marked one.']);
    expect(measured.losses).toEqual([]);
  });
});
