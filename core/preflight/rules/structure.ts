import { marksOf, textRun } from '../../book/inlines.ts';
import type { Block, Inline } from '../../book/manuscript.ts';
import { blockText, inlineText, segmenter } from '../../book/words.ts';
import {
  chapterRule,
  type ChapterView,
  patternRule,
  type Rule,
  type Spot,
  textRule,
} from '../rule.ts';

const FAKE_BREAK = /^(?:[*#~_=•·⁂–—-]|\u00A0| ){1,40}$/u;
const BLANK = /^[\s\u00A0\u202F\u2007\u200B\u3000]*$/u;

function spot(
  chapter: ChapterView,
  block: Block,
  becomes?: readonly Block[],
  excerpt?: string,
): Spot {
  return {
    chapterId: chapter.id,
    blockId: block.id,
    excerpt: (excerpt ?? blockText(block)).slice(0, 80),
    ...(becomes && { becomes }),
  };
}

const plain = (inlines: readonly Inline[]) => inlines.every((inline) => inline.kind === 'text');
const wordsIn = (text: string) => text.split(/\s+/u).filter((word) => word !== '').length;

function isFakeBreak(block: Block): boolean {
  return (
    block.kind === 'paragraph' &&
    plain(block.inlines) &&
    FAKE_BREAK.test(inlineText(block.inlines)) &&
    !BLANK.test(inlineText(block.inlines))
  );
}

function isFakeHeading(
  block: Block,
  next: Block | undefined,
): block is Extract<Block, { kind: 'paragraph' }> {
  if (block.kind !== 'paragraph' || next?.kind !== 'paragraph') return false;
  const text = inlineText(block.inlines);
  const isBold = block.inlines.every((inline) => inline.kind === 'text' && inline.strong === true);
  return isBold && wordsIn(text) <= 10 && !/[.,;!?…”]$/u.test(text.trim()) && /\p{L}/u.test(text);
}

const LIST_MARK = /^(?:[-–•*·‣▪] |\d{1,3}[.)] |\(?[a-z][.)] )/u;

/** Rows of at least three paragraphs that begin like items of a list. */
function fakeLists(blocks: readonly Block[]): Block[] {
  const starts: Block[] = [];
  let row: Block[] = [];
  const close = () => {
    const [first] = row;
    if (first !== undefined && row.length >= 3) starts.push(first);
    row = [];
  };
  for (const block of blocks) {
    if (block.kind === 'paragraph' && LIST_MARK.test(inlineText(block.inlines))) row.push(block);
    else close();
  }
  close();
  return starts;
}

const unmarked = (inlines: readonly Inline[]) =>
  inlines.map((inline) => {
    if (inline.kind !== 'text') return inline;
    const { strong: _, emphasis: __, ...marks } = marksOf(inline);
    return textRun(inline.text, marks);
  });

/** How a chapter is built: blocks that are missing, empty, or stand for others. */
export const structureRules: readonly Rule[] = [
  chapterRule(
    {
      id: 'struct/blank-paragraph',
      severity: 'warning',
      title: 'An empty paragraph makes space.',
      why: 'Space is made when the book is set; empty paragraphs end up at the top of pages and are read out as “blank”.',
      mend: 'Remove it, or use a scene break.',
    },
    (chapter) =>
      chapter.placed.flatMap(({ block, depth }) =>
        block.kind === 'paragraph' && plain(block.inlines) && BLANK.test(inlineText(block.inlines))
          ? [spot(chapter, block, depth === 1 ? [] : undefined, 'empty paragraph')]
          : [],
      ),
  ),
  chapterRule(
    {
      id: 'struct/fake-scene-break',
      severity: 'warning',
      title: 'A scene break is typed with signs.',
      why: 'Voices read out “asterisk asterisk asterisk”, and the signs may begin a page.',
      mend: 'Use a scene break.',
    },
    (chapter) =>
      chapter.placed.flatMap(({ block }) =>
        isFakeBreak(block) ? [spot(chapter, block, [{ kind: 'scene-break', id: block.id }])] : [],
      ),
  ),
  chapterRule(
    {
      id: 'struct/break-at-edge',
      severity: 'warning',
      title: 'A chapter begins or ends with a scene break.',
      why: 'There is no scene on the other side.',
      mend: 'Remove it.',
    },
    ({ blocks, ...chapter }) => {
      const edges = blocks.length < 2 ? [] : [blocks[0], blocks.at(-1)];
      return edges.flatMap((block) =>
        block?.kind === 'scene-break'
          ? [spot({ blocks, ...chapter }, block, [], 'scene break')]
          : [],
      );
    },
  ),
  chapterRule(
    {
      id: 'struct/break-twice',
      severity: 'warning',
      title: 'Two scene breaks stand in a row.',
      why: 'There is nothing between them.',
      mend: 'Keep one.',
    },
    (chapter) =>
      chapter.blocks.flatMap((block, index) =>
        block.kind === 'scene-break' && chapter.blocks[index - 1]?.kind === 'scene-break'
          ? [spot(chapter, block, [], 'scene break')]
          : [],
      ),
  ),
  chapterRule(
    {
      id: 'struct/fake-heading',
      severity: 'warning',
      title: 'A bold paragraph stands for a heading.',
      why: 'It is missing from the contents, and screen readers cannot jump to it.',
      mend: 'Make a heading of it.',
    },
    (chapter) =>
      chapter.blocks.flatMap((block, index) =>
        isFakeHeading(block, chapter.blocks[index + 1])
          ? [
              spot(chapter, block, [
                { kind: 'heading', id: block.id, level: 1, inlines: unmarked(block.inlines) },
              ]),
            ]
          : [],
      ),
  ),
  chapterRule(
    {
      id: 'struct/heading-jump',
      severity: 'warning',
      title: 'A heading skips a level.',
      why: 'Screen reader users take a skipped level for a missing part.',
      mend: 'Raise it to the next level.',
    },
    (chapter) => {
      let last = 0;
      return chapter.blocks.flatMap((block) => {
        if (block.kind !== 'heading') return [];
        const level = Math.min(block.level, last + 1);
        last = level;
        return level === block.level ? [] : [spot(chapter, block, [{ ...block, level }])];
      });
    },
  ),
  chapterRule(
    {
      id: 'struct/heading-alone',
      severity: 'warning',
      title: 'Nothing follows a heading.',
      why: 'Readers come to an empty part.',
      mend: 'Write the part, or remove the heading.',
    },
    (chapter) =>
      chapter.blocks.flatMap((block, index) => {
        const next = chapter.blocks[index + 1];
        const isAlone =
          next === undefined ||
          (next.kind === 'heading' && block.kind === 'heading' && next.level <= block.level);
        return block.kind === 'heading' && isAlone ? [spot(chapter, block)] : [];
      }),
  ),
  chapterRule(
    {
      id: 'struct/heading-bold',
      severity: 'info',
      title: 'A heading is set in bold or italics as a whole.',
      why: 'Headings have a look of their own, which this works against.',
      mend: 'Remove the bold or italics.',
    },
    (chapter) =>
      chapter.placed.flatMap(({ block }) => {
        if (block.kind !== 'heading') return [];
        const runs = block.inlines.flatMap((inline) => (inline.kind === 'text' ? [inline] : []));
        const isMarked =
          runs.length > 0 && (runs.every((run) => run.strong) || runs.every((run) => run.emphasis));
        return isMarked
          ? [spot(chapter, block, [{ ...block, inlines: unmarked(block.inlines) }])]
          : [];
      }),
  ),
  textRule(
    {
      id: 'struct/heading-stop',
      severity: 'info',
      title: 'A heading ends with a full stop, comma or colon.',
      why: 'Headings stand for themselves; the mark is left over from a sentence.',
      mend: 'Remove it.',
    },
    {
      fields: ['text', 'title'],
      needs: '.,:;',
      find({ prose, field, block }) {
        if (field === 'text' && block?.kind !== 'heading') return [];
        const at = prose.length - 1;
        // An abbreviation keeps its stop, and a sentence of several keeps the last.
        if (!/(?<![.…])[\p{L}\p{N}]{4,}[.,:;]$/u.test(prose) || /[.!?] \p{Lu}/u.test(prose))
          return [];
        return [{ start: at, end: at + 1, instead: '' }];
      },
    },
  ),
  textRule(
    {
      id: 'struct/heading-capitals',
      severity: 'info',
      title: 'A heading is typed in capitals.',
      why: 'Some voices spell capitals out, and the look of headings belongs to the design.',
      mend: 'Write it as it is read.',
    },
    {
      fields: ['text', 'title'],
      find({ prose, field, block }) {
        if (field === 'text' && block?.kind !== 'heading') return [];
        const letters = prose.replace(/[^\p{L}]/gu, '');
        const isShouted =
          letters.length >= 8 &&
          letters === letters.toUpperCase() &&
          letters !== letters.toLowerCase();
        return isShouted && !/^[IVXLCDM]+$/u.test(letters) ? [{ start: 0, end: prose.length }] : [];
      },
    },
  ),
  chapterRule(
    {
      id: 'struct/heading-long',
      severity: 'info',
      title: 'A heading has more than 120 characters.',
      why: 'It fills several lines of the contents and of a running head.',
      mend: 'Shorten it, or make a paragraph of it.',
    },
    (chapter) =>
      chapter.placed.flatMap(({ block }) =>
        block.kind === 'heading' && blockText(block).length > 120 ? [spot(chapter, block)] : [],
      ),
  ),
  chapterRule(
    {
      id: 'struct/heading-deep',
      severity: 'info',
      title: 'A heading stands four or more levels below its chapter.',
      why: 'Readers cannot tell such levels apart.',
      mend: 'Use fewer levels.',
    },
    (chapter) =>
      chapter.placed.flatMap(({ block }) =>
        block.kind === 'heading' && block.level >= 4 ? [spot(chapter, block)] : [],
      ),
  ),
  chapterRule(
    {
      id: 'struct/heading-twice',
      severity: 'info',
      title: 'Two headings of a chapter have the same words.',
      why: 'Readers cannot tell them apart in the contents.',
      mend: 'Say what is different.',
    },
    (chapter) => {
      const seen = new Set<string>();
      return chapter.placed.flatMap(({ block }) => {
        if (block.kind !== 'heading') return [];
        const key = `${block.level} ${blockText(block).trim().toLowerCase()}`;
        const isTwice = seen.has(key);
        seen.add(key);
        return isTwice ? [spot(chapter, block)] : [];
      });
    },
  ),
  chapterRule(
    {
      id: 'struct/fake-list',
      severity: 'warning',
      title: 'A list is typed as paragraphs.',
      why: 'Screen readers do not say how many items there are, and turned lines are not indented.',
      mend: 'Make a list of it.',
    },
    (chapter) => fakeLists(chapter.blocks).map((block) => spot(chapter, block)),
  ),
  chapterRule(
    {
      id: 'struct/one-item',
      severity: 'info',
      title: 'A list has only one item.',
      why: 'One thing is no list.',
      mend: 'Make a paragraph of it, or add the other items.',
    },
    (chapter) =>
      chapter.placed.flatMap(({ block }) =>
        block.kind === 'list' && block.items.length === 1
          ? [
              spot(
                chapter,
                block,
                undefined,
                block.items
                  .flatMap((item) => item.blocks)
                  .map(blockText)
                  .join(' '),
              ),
            ]
          : [],
      ),
  ),
  chapterRule(
    {
      id: 'struct/long-list-item',
      severity: 'info',
      title: 'An item of a list has more than three hundred words.',
      why: 'It is prose, and would be easier to read as such.',
      mend: 'Make paragraphs with headings of it.',
    },
    (chapter) =>
      chapter.placed.flatMap(({ block }) =>
        block.kind === 'list'
          ? block.items.flatMap((item) => {
              const text = item.blocks.map(blockText).join(' ');
              return wordsIn(text) > 300 ? [spot(chapter, block, undefined, text)] : [];
            })
          : [],
      ),
  ),
  chapterRule(
    {
      id: 'struct/deep-nesting',
      severity: 'info',
      title: 'Blocks are nested more than four deep.',
      why: 'On a phone nothing is left of the line.',
      mend: 'Use fewer levels.',
    },
    (chapter) => {
      const [first] = chapter.placed.filter(({ depth, isInNote }) => depth > 4 && !isInNote);
      return first === undefined ? [] : [spot(chapter, first.block)];
    },
  ),
  chapterRule(
    {
      id: 'struct/long-paragraph',
      severity: 'info',
      title: 'A paragraph has more than 500 words.',
      why: 'It fills more than a page, without a place for the eye to rest.',
      mend: 'Divide it where the thought turns.',
    },
    (chapter) =>
      chapter.placed.flatMap(({ block }) =>
        block.kind === 'paragraph' &&
        blockText(block).length > 2_000 &&
        wordsIn(blockText(block)) > 500
          ? [spot(chapter, block)]
          : [],
      ),
  ),
  textRule(
    {
      id: 'struct/long-sentence',
      severity: 'info',
      title: 'A sentence has more than 120 words.',
      why: 'Most readers lose the beginning before they reach the end.',
      mend: 'Divide it, unless its length is meant.',
      exceptLanguages: ['zh', 'ja', 'th', 'km', 'lo', 'my'],
    },
    {
      fields: ['text'],
      find({ prose, block }, language) {
        if (prose.length < 500 || block?.kind !== 'paragraph' || wordsIn(prose) <= 120) return [];
        return [...segmenter('sentence', language).segment(prose)].flatMap(({ segment, index }) =>
          wordsIn(segment) > 120
            ? [{ start: index, end: index + Math.min(segment.length, 80) }]
            : [],
        );
      },
    },
  ),
  chapterRule(
    {
      id: 'struct/long-verse',
      severity: 'info',
      title: 'A line of verse has more than 70 characters.',
      why: 'It turns over on most pages; the reader takes the rest for a line of its own.',
      mend: 'Break the line, or set the text as prose.',
    },
    (chapter) =>
      chapter.passages.flatMap(({ block, text }) =>
        block?.kind === 'verse' && text.length > 70 ? [spot(chapter, block, undefined, text)] : [],
      ),
  ),
  chapterRule(
    {
      id: 'struct/long-code',
      severity: 'info',
      title: 'A line of code has more than 80 characters.',
      why: 'It does not fit the page and breaks where it should not.',
      mend: 'Break the line where the language allows it.',
    },
    (chapter) =>
      chapter.placed.flatMap(({ block }) => {
        if (block.kind !== 'code') return [];
        const long = block.text.split('\n').find((line) => line.length > 80);
        return long === undefined ? [] : [spot(chapter, block, undefined, long)];
      }),
  ),
  chapterRule(
    {
      id: 'struct/code-tabs',
      severity: 'info',
      title: 'Code is indented with tabs.',
      why: 'Every reading system gives a tab another width.',
      mend: 'Use spaces.',
    },
    (chapter) =>
      chapter.placed.flatMap(({ block }) =>
        block.kind === 'code' && block.text.includes('\t')
          ? [spot(chapter, block, [{ ...block, text: block.text.replaceAll('\t', '    ') }])]
          : [],
      ),
  ),
  patternRule(
    {
      id: 'struct/typed-indent',
      severity: 'warning',
      title: 'Words are moved along the line with typed spaces.',
      why: 'Columns made of spaces fall apart on every other screen.',
      mend: 'Use a table, a list or lines of verse.',
    },
    {
      fields: ['text'],
      needs: '\u00A0\u3000',
      pattern: /(?<=\S)(?:[ \u00A0\u3000]{0,2}\u00A0){3,60}(?=\S)/gu,
    },
  ),
];
