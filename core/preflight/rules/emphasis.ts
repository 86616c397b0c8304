import { textRun, marksOf } from '../../book/inlines.ts';
import type { Block, Inline, TextRun } from '../../book/manuscript.ts';
import { inlineText } from '../../book/words.ts';
import { chapterRule, type ChapterView, type Rule, type Spot } from '../rule.ts';
import type { Passage } from '../passage.ts';
import { withInlines } from '../withInlines.ts';

type Run = Passage['runs'][number];

const isMarked = (run: TextRun) => run.emphasis === true || run.strong === true;

/** Passages with runs, those in which nothing is marked left out. */
function marked(chapter: ChapterView): Passage[] {
  return chapter.passages.filter(({ runs }) =>
    runs.some(({ run }) => run.code === true || isMarked(run)),
  );
}

function spotAt(passage: Passage, start: number, end: number, becomes?: Block | null): Spot {
  return {
    chapterId: passage.chapterId ?? undefined,
    blockId: passage.block?.id,
    passage,
    start,
    end,
    ...(becomes && { becomes: [becomes] }),
  };
}

/** A block with other inlines in the place of a passage's. */
function rewritten(passage: Passage, change: (inline: Inline) => Inline[]): Block | null {
  return passage.block === null
    ? null
    : withInlines(passage.block, passage.inlines, passage.inlines.flatMap(change));
}

function without(run: TextRun, ...names: ('emphasis' | 'strong')[]): TextRun {
  const marks = marksOf(run);
  for (const name of names) delete marks[name];
  return textRun(run.text, marks);
}

/** A finding for each run that `is`, mended by what `change` makes of it. */
function runRule(
  info: Parameters<typeof chapterRule>[0],
  is: (run: Run, passage: Passage) => boolean,
  change?: (run: TextRun) => Inline[],
): Rule {
  return chapterRule(info, (chapter) =>
    marked(chapter).flatMap((passage) => {
      const found = passage.runs.filter((run) => is(run, passage));
      const all = new Set(found.map(({ run }) => run));
      return found.map(({ start, end }) =>
        spotAt(
          passage,
          start,
          end,
          change &&
            rewritten(passage, (inline) =>
              inline.kind === 'text' && all.has(inline) ? change(inline) : [inline],
            ),
        ),
      );
    }),
  );
}

const words = (text: string) => text.split(/\s+/u).filter((word) => word !== '').length;

/** Italics and bold: too much, too little, in the wrong place. */
export const emphasisRules: readonly Rule[] = [
  chapterRule(
    {
      id: 'mark/whole-paragraph',
      severity: 'info',
      title: 'A whole long paragraph is in italics or bold.',
      why: 'Long stretches of italics are hard to read, and nothing in them can stand out.',
      mend: 'Set it as a quotation, or in ordinary letters.',
    },
    (chapter) =>
      marked(chapter).flatMap((passage) => {
        const isWhole =
          passage.block?.kind === 'paragraph' &&
          words(passage.text) >= 60 &&
          (passage.runs.every(({ run }) => run.emphasis) ||
            passage.runs.every(({ run }) => run.strong));
        return isWhole ? [spotAt(passage, 0, Math.min(60, passage.text.length))] : [];
      }),
  ),
  runRule(
    {
      id: 'mark/trailing-punctuation',
      severity: 'info',
      title: 'A comma behind one word is set in its italics or bold.',
      why: 'Punctuation belongs to the sentence around the word.',
      mend: 'Set the mark in ordinary letters.',
    },
    ({ run, end }, { text }) =>
      isMarked(run) &&
      !run.link &&
      /^[\p{L}\p{N}’-]{1,40}[,;:]$/u.test(run.text) &&
      end < text.length,
    (run) => [
      textRun(run.text.slice(0, -1), marksOf(run)),
      without(textRun(run.text.slice(-1), marksOf(run)), 'emphasis', 'strong'),
    ],
  ),
  runRule(
    {
      id: 'mark/only-signs',
      severity: 'info',
      title: 'Only a space or a punctuation mark is in italics or bold.',
      why: 'Nothing is emphasised; the mark was left when the words were changed.',
      mend: 'Set it in ordinary letters.',
    },
    ({ run }) => isMarked(run) && !run.code && /^[\s.,;:]+$/u.test(run.text),
    (run) => [without(run, 'emphasis', 'strong')],
  ),
  chapterRule(
    {
      id: 'mark/inside-word',
      severity: 'info',
      title: 'Italics or bold begin or end inside a word.',
      why: 'Mostly the marking caught a letter too few.',
      mend: 'Mark the whole word, if no syllable is stressed on purpose.',
      exceptLanguages: ['zh', 'ja', 'ko', 'th', 'km', 'lo', 'my'],
    },
    (chapter) =>
      marked(chapter).flatMap((passage) =>
        passage.runs.flatMap(({ start, run }, index) => {
          const before = passage.runs[index - 1];
          if (before === undefined || before.run.code || run.code) return [];
          const differs = before.run.emphasis !== run.emphasis || before.run.strong !== run.strong;
          const isInWord = /\p{L}{2}$/u.test(before.run.text) && /^\p{L}{2}/u.test(run.text);
          return differs && isInWord
            ? [
                spotAt(
                  passage,
                  Math.max(before.start, start - 12),
                  Math.min(start + 12, passage.text.length),
                ),
              ]
            : [];
        }),
      ),
  ),
  runRule(
    {
      id: 'mark/bold-italic',
      severity: 'info',
      title: 'Words are in italics and bold at once.',
      why: 'One kind of emphasis is enough; both at once shout.',
      mend: 'Keep the one that is meant.',
    },
    ({ run }) => run.emphasis === true && run.strong === true && run.text.trim() !== '',
  ),
  chapterRule(
    {
      id: 'mark/split',
      severity: 'info',
      title: 'Italics or bold stop for a space only.',
      why: 'Two pieces of emphasis in a row are read out as two.',
      mend: 'Mark the space too.',
    },
    (chapter) =>
      marked(chapter).flatMap((passage) => {
        const gaps = passage.runs.filter(({ run }, index) => {
          const before = passage.runs[index - 1]?.run;
          const after = passage.runs[index + 1]?.run;
          if (before === undefined || after === undefined || !/^[ \u00A0]+$/u.test(run.text))
            return false;
          return (
            !isMarked(run) &&
            isMarked(before) &&
            !before.link &&
            !before.code &&
            JSON.stringify(marksOf(before)) === JSON.stringify(marksOf(after))
          );
        });
        const all = new Set(gaps.map(({ run }) => run));
        const block =
          gaps.length === 0
            ? null
            : rewritten(passage, (inline) => {
                const before = passage.inlines[passage.inlines.indexOf(inline) - 1];
                return inline.kind === 'text' && all.has(inline) && before?.kind === 'text'
                  ? [textRun(inline.text, marksOf(before))]
                  : [inline];
              });
        return gaps.map(({ start, end }) =>
          spotAt(passage, Math.max(0, start - 10), Math.min(end + 10, passage.text.length), block),
        );
      }),
  ),
  runRule(
    {
      id: 'mark/half-quotation',
      severity: 'info',
      title: 'Italics or bold hold one quotation mark of a pair.',
      why: 'The marks of one quotation are set in two kinds of letters.',
      mend: 'Take both marks in, or leave both out.',
    },
    ({ run }) =>
      isMarked(run) &&
      ((run.text.startsWith('“') && !run.text.includes('”')) ||
        (run.text.endsWith('”') && !run.text.includes('“'))) &&
      words(run.text) <= 12 &&
      !/^[“”]$/u.test(run.text.trim()),
  ),
  runRule(
    {
      id: 'mark/prose-as-code',
      severity: 'info',
      title: 'Ordinary words are set as code.',
      why: 'Code is set in another font, is not hyphenated and is not checked for its spelling.',
      mend: 'Use italics, or quotation marks.',
    },
    ({ run }) => isProseCode(run),
  ),
  chapterRule(
    {
      id: 'mark/quotation-in-italics',
      severity: 'info',
      title: 'A set-off quotation is in italics as a whole.',
      why: 'It is set off already; the italics say it twice.',
      mend: 'Set it in ordinary letters.',
    },
    (chapter) =>
      chapter.placed.flatMap(({ block }): Spot[] => {
        if (block.kind !== 'blockquote') return [];
        const inner = block.blocks.filter((one) => one.kind === 'paragraph');
        const isItalic =
          inner.length === block.blocks.length &&
          inner.every(({ inlines }) =>
            inlines.every((inline) => inline.kind !== 'text' || inline.emphasis),
          );
        if (!isItalic) return [];
        const blocks = inner.map((one) => ({
          ...one,
          inlines: one.inlines.map((inline) =>
            inline.kind === 'text' ? without(inline, 'emphasis') : inline,
          ),
        }));
        return [
          {
            chapterId: chapter.id,
            blockId: block.id,
            excerpt: inner
              .map(({ inlines }) => inlineText(inlines))
              .join(' ')
              .slice(0, 80),
            becomes: [{ ...block, blocks }],
          },
        ];
      }),
  ),
];

function isProseCode(run: TextRun): boolean {
  return run.code === true && /^\p{L}+(?: \p{L}+){3,}[.!?]?$/u.test(run.text);
}
