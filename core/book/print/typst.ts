import { type Chapter, type Manuscript, matterOf } from '../manuscript.ts';
import { type Adjustments, NO_ADJUSTMENTS } from './adjustments.ts';
import { hasHeading, printLabels } from './printLabels.ts';
import type { BookLayout } from './printLayout.ts';
import type { PlacedPicture } from './placedPicture.ts';
import { PAGE_STARTS } from './typstMarks.ts';
import { blocksSource, chapterBlocks } from './typstBlocks.ts';
import { contentsPage, coverPage, openPage, titlePages } from './typstFront.ts';
import { typstStyle } from './typstStyle.ts';
import { typstString } from './typstText.ts';

export type TypstInput = {
  manuscript: Manuscript;
  layout: BookLayout;
  /** Each picture by its `source`; a frame stands in for others. */
  pictures: ReadonlyMap<string, PlacedPicture>;
  /** Path of a cover to open with, and what it shows. */
  cover?: { path: string; alt: string };
  /** Adds a blank page at the end: printed books have an even number of pages. */
  lastPage: 'text' | 'blank';
  /** What was changed by hand so that pages come out right. */
  adjustments?: Adjustments;
  /** Whether the book, once typeset, says which sentence each page begins with (`typstMarks.ts`). */
  marksPages?: boolean;
};

const MAX_RUNNING_HEAD_CHARS = 48;

/** A book for Typst 0.14: a document, and the files that it takes in, by their paths. */
export type TypstSource = { document: string; files: ReadonlyMap<string, string> };

const STYLE_PATH = '/style.typ';

/**
 * The whole book as Typst source: half title, title page, copyright page, what stands before the story with roman folios,
 * contents, the story from page 1, what stands behind it. Each chapter is a file of its own, because Typst keeps what it
 * made of a file while that stays the same: a book of which few chapters changed is set again in a fraction of the time.
 */
export function toTypst(input: TypstInput): TypstSource {
  const { manuscript, layout } = input;
  const { metadata, chapters } = manuscript;
  const author = metadata.authors[0] ?? '';
  const most = layout.letters.lead === 'cjk' ? MAX_RUNNING_HEAD_CHARS / 2 : MAX_RUNNING_HEAD_CHARS;
  const runningTitle = shortHead(metadata.title, author, most);
  const style = typstStyle({
    layout,
    title: metadata.title,
    authors: metadata.authors,
    description: metadata.description,
    language: metadata.language,
    runningTitle,
    runningAuthor: shortHead(metadata.authors.join(', '), author, most),
  });
  const firstOfStory = Math.max(
    0,
    chapters.findIndex((chapter) => matterOf(chapter) === 'body'),
  );
  const before = chapters.findIndex(
    (chapter, index) => index === firstOfStory || hasHeading(chapter),
  );
  const labels = printLabels(chapters);
  const set = (chapter: Chapter, index: number) =>
    chapterSource(input, {
      chapter,
      index,
      runningTitle,
      mostInHead: most,
      label: labels[index]?.label ?? '',
      number: labels[index]?.number ?? null,
      isFirst: index === firstOfStory,
    });
  const files = new Map([[STYLE_PATH, style]]);
  const sources = chapters.map((chapter, index) => {
    const { opening, text } = set(chapter, index);
    const path = `/chapters/${index + 1}.typ`;
    files.set(path, `#import ${typstString(STYLE_PATH)}: *\n${text}\n`);
    return `${opening}\n#include ${typstString(path)}`;
  });
  const parts = [
    style,
    ...(input.cover ? [coverPage(input.cover)] : []),
    '#set page(numbering: "i")',
    titlePages(manuscript, layout),
    ...sources.slice(0, before),
    contentsPage(manuscript, layout),
    ...sources.slice(before),
  ];
  if (input.lastPage === 'blank') parts.push('#pagebreak()\n#box(width: 0pt)');
  if (input.marksPages) parts.push(PAGE_STARTS);
  return { document: `${parts.join('\n')}\n`, files };
}

type ChapterPlace = {
  chapter: Chapter;
  index: number;
  label: string;
  number: number | null;
  runningTitle: string;
  /** Characters that a running head has room for. */
  mostInHead: number;
  /** Whether page 1 is here. */
  isFirst: boolean;
};

/** How the page is opened that a chapter begins on, and the chapter itself. */
function chapterSource(input: TypstInput, place: ChapterPlace): { opening: string; text: string } {
  const { layout } = input;
  const { chapter, isFirst } = place;
  const start = isFirst
    ? `#set page(numbering: "${layout.letters.one}")\n#counter(page).update(1)\n`
    : '';
  const context = {
    placed: input.pictures,
    layout,
    adjustments: input.adjustments ?? NO_ADJUSTMENTS,
    ...(input.marksPages && { marks: input.manuscript.metadata.language }),
  };
  const isAlone = !hasHeading(chapter) || chapter.role === 'part';
  const side = isFirst || isAlone || place.index === 0 ? 'recto' : layout.openings;
  const opening = `${openPage(layout, side)}\n${start}#counter(footnote).update(0)`;
  if (!hasHeading(chapter)) {
    const blocks = blocksSource(chapter.blocks, { ...context, isAlone: true });
    return { opening, text: `#lone-page[\n${blocks}\n]` };
  }
  if (chapter.role === 'part') {
    const heading = `heading(level: 1, supplement: [part], ${typstString(place.label)})`;
    const under = `[\n${blocksSource(chapter.blocks, context)}\n]`;
    const verso = layout.use === 'print' ? '#pagebreak(to: "odd", weak: true)' : '';
    return { opening, text: `#part-page(${heading}, ${under})\n${verso}` };
  }
  const head = shortHead(chapter.title, place.runningTitle, place.mostInHead);
  // A chapter without a name goes by its number, which is then its title.
  const hasTitle = chapter.title.trim() !== '';
  const number = hasTitle && place.number !== null ? String(place.number) : 'none';
  const lower = context.adjustments.openings.get(chapter.id) ?? 0;
  const more = lower === 0 ? '' : `, more: ${lower}`;
  const text = `#chapter-start(${typstString(head)})
#chapter-opener(${number}, heading(level: 1, ${typstString(place.label)})${more})
${chapterBlocks(chapter, context)}
#chapter-end()`;
  return { opening, text };
}

/** A title as a running head, or what stands in for it where it is missing or would not fit on one line. */
function shortHead(title: string, fallback: string, most: number): string {
  return title === '' || title.length > most ? fallback.slice(0, most) : title;
}
