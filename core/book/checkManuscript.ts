import {
  type Block,
  type Chapter,
  chapterLabel,
  inlinesOf,
  type Manuscript,
  walkBlocks,
} from './manuscript.ts';
import { blockText, chapterText } from './words.ts';

/** Something in a book that a reader, a shop or a screen reader would stumble over. `id` names the rule. */
export type BookFinding = {
  id: string;
  severity: 'error' | 'warning' | 'info';
  where: string;
  message: string;
};

/** Checks that need nothing but the manuscript. Findings in reading order, what concerns the whole book first. */
export function checkManuscript(manuscript: Manuscript): BookFinding[] {
  return [
    ...checkMetadata(manuscript),
    ...manuscript.chapters.flatMap((chapter, index) =>
      checkChapter(chapter, chapterLabel(chapter, index)),
    ),
  ];
}

function checkMetadata({ metadata, chapters }: Manuscript): BookFinding[] {
  const findings: BookFinding[] = [];
  const add = (id: string, severity: BookFinding['severity'], message: string) =>
    findings.push({ id, severity, where: 'book', message });
  if (metadata.title.trim() === '') add('title', 'error', 'The book has no title.');
  if (metadata.authors.length === 0) add('author', 'error', 'The book names no author.');
  if (chapters.length === 0) add('chapters', 'error', 'The book has no chapters.');
  if (metadata.description === undefined) {
    add('description', 'info', 'The book has no description. Shops show one beside the cover.');
  }
  return findings;
}

function checkChapter(chapter: Chapter, where: string): BookFinding[] {
  const findings: BookFinding[] = [];
  const add = (id: string, severity: BookFinding['severity'], message: string) =>
    findings.push({ id, severity, where, message });
  const text = chapterText(chapter);
  if (text.trim() === '' && !chapter.blocks.some((block) => block.kind === 'image')) {
    add('empty-chapter', 'warning', 'This chapter has no text.');
  }
  if (chapter.title.trim() === '') {
    add('chapter-title', 'info', 'This chapter has no title and goes by its number.');
  }
  for (const block of walkBlocks(chapter.blocks)) {
    if (block.kind === 'image' && block.alt.trim() === '') {
      add('picture-description', 'error', `The picture “${block.source}” has no description.`);
    }
    for (const [call] of unresolvedCalls(block)) {
      add('footnote', 'warning', `“${call}” looks like a footnote call, but it has no footnote.`);
    }
  }
  const prose = [...walkBlocks(chapter.blocks)].filter((block) => block.kind !== 'code');
  const count = (pattern: RegExp) =>
    prose.reduce((sum, block) => sum + [...proseText(block).matchAll(pattern)].length, 0);
  const doubles = count(/\S {2,}\S/g);
  if (doubles > 0) {
    add('double-space', 'warning', `${times(doubles)} two or more spaces stand between words.`);
  }
  const straight = count(/["']/g);
  if (straight > 0) {
    add(
      'straight-quotes',
      'info',
      `${straight === 1 ? 'One quotation mark or apostrophe is' : `${straight} quotation marks or apostrophes are`} straight; books use curved ones.`,
    );
  }
  return findings;
}

function unresolvedCalls(block: Block): RegExpMatchArray[] {
  return block.kind === 'code' ? [] : [...proseText(block).matchAll(/\[\^[^\]\s]+\]/g)];
}

/** The text of a block without runs of code, where straight quotes and spaces are meant. */
function proseText(block: Block): string {
  const inlines = inlinesOf(block);
  if (inlines.length === 0) return blockText(block);
  return inlines
    .map((inline) => (inline.kind === 'text' && !inline.code ? inline.text : '\uFFFC'))
    .join('');
}

function times(count: number): string {
  return count === 1 ? 'Once,' : `${count} times,`;
}
