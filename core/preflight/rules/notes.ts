import { inlinesOf, type Note, type Inline } from '../../book/manuscript.ts';
import { textRun, marksOf } from '../../book/inlines.ts';
import { chapterText } from '../../book/words.ts';
import type { Passage } from '../passage.ts';
import { chapterRule, type ChapterView, patternRule, type Rule, type Spot } from '../rule.ts';
import { withInlines } from '../withInlines.ts';

type Call = { passage: Passage; at: number; note: Note };

function calls(chapter: ChapterView): Call[] {
  return chapter.passages.flatMap((passage) =>
    passage.calls.map(({ at, note }) => ({ passage, at, note })),
  );
}

function around({ passage, at }: Call): Spot {
  return {
    chapterId: passage.chapterId ?? undefined,
    blockId: passage.block?.id,
    passage,
    start: Math.max(0, at - 20),
    end: Math.min(passage.text.length, at + 1),
  };
}

const noteText = (note: Note) => chapterText({ blocks: note.blocks });

/** The passage's inlines with the character behind each of the notes moved before it. */
function movedBehind(passage: Passage, notes: ReadonlySet<Note>): Inline[] {
  const inlines = [...passage.inlines];
  for (let index = 0; index < inlines.length - 1; index += 1) {
    const [note, next] = [inlines[index], inlines[index + 1]];
    if (note?.kind !== 'note' || next?.kind !== 'text' || !notes.has(note)) continue;
    const mark = /^[.,;:!?…]?[”’»“]?[.,]?/u.exec(next.text)?.[0] ?? '';
    const rest = next.text.slice(mark.length);
    const before = inlines[index - 1];
    const joined =
      before?.kind === 'text' && JSON.stringify(marksOf(before)) === JSON.stringify(marksOf(next));
    const head =
      joined && before?.kind === 'text'
        ? [textRun(before.text + mark, marksOf(before))]
        : [textRun(mark, marksOf(next))];
    const start = joined ? index - 1 : index;
    const tail = rest === '' ? [] : [textRun(rest, marksOf(next))];
    inlines.splice(start, index + 2 - start, ...head, note, ...tail);
    index = start + 1;
  }
  return inlines;
}

/** Footnotes and their calls. */
export const noteRules: readonly Rule[] = [
  chapterRule(
    {
      id: 'note/empty',
      severity: 'error',
      title: 'A note has no text.',
      why: 'Readers follow the call and find nothing.',
      mend: 'Write the note, or remove its call.',
    },
    (chapter) =>
      calls(chapter)
        .filter(
          ({ note }) =>
            /^[\s\u00A0.\u200B-]*$/u.test(noteText(note)) &&
            note.blocks.every(({ kind }) => kind === 'paragraph'),
        )
        .map(around),
  ),
  patternRule(
    {
      id: 'note/lost-call',
      severity: 'warning',
      title: 'A call has no footnote.',
      why: 'The note was left out or has another name; readers see the bare brackets.',
      mend: 'Write the note, or remove the call.',
    },
    { fields: ['text', 'title', 'caption'], needs: '^', pattern: /\[\^[^\]\s]{1,64}\]/gu },
  ),
  chapterRule(
    {
      id: 'note/before-punctuation',
      severity: 'warning',
      title: 'The call of a note stands before a punctuation mark.',
      why: 'In this language the call follows the mark.',
      mend: 'Move the call behind the mark.',
      languages: ['en', 'de', 'nl', 'es', 'pt', 'sv', 'nb', 'nn', 'no', 'da', 'el'],
    },
    (chapter) =>
      chapter.passages.flatMap((passage) => {
        const early = passage.calls.filter(
          ({ at }) =>
            /^[.,;!?…]/u.test(passage.prose.slice(at)) &&
            /[\p{L}\p{N}]$/u.test(passage.prose.slice(0, at)),
        );
        if (early.length === 0 || passage.block === null) return [];
        const block = withInlines(
          passage.block,
          passage.inlines,
          movedBehind(passage, new Set(early.map(({ note }) => note))),
        );
        return early.map(({ at, note }) => ({
          ...around({ passage, at, note }),
          ...(block && { becomes: [block] }),
        }));
      }),
  ),
  chapterRule(
    {
      id: 'note/space-before',
      severity: 'warning',
      title: 'A space stands before the call of a note.',
      why: 'The small number may begin a line of its own.',
      mend: 'Remove the space.',
      exceptLanguages: ['fr'],
    },
    (chapter) =>
      calls(chapter).flatMap((call) => {
        const { passage, at } = call;
        const before = passage.prose.slice(0, at);
        const spaces = before.length - before.replace(/[ \u00A0\u202F\u2009]{1,20}$/u, '').length;
        if (spaces === 0 || spaces === at) return [];
        return [
          {
            ...around(call),
            start: at - spaces,
            end: at,
            instead: '',
          },
        ];
      }),
  ),
  patternRule(
    {
      id: 'note/typed',
      severity: 'info',
      title: 'The number of a note was typed by hand.',
      why: 'It leads nowhere, and is wrong as soon as a note is added.',
      mend: 'Make a footnote of it.',
    },
    {
      fields: ['text'],
      needs: '[¹²³⁴⁵⁶⁷⁸⁹',
      pattern:
        /(?<=[\p{L}.,!?”’])\[\d{1,3}\](?=[\s.,;]|$)|(?<=\p{L}{4}|[.,!?”’])[¹²³⁴⁵⁶⁷⁸⁹]{1,3}(?=[\s.,;]|$)/gu,
    },
  ),
  chapterRule(
    {
      id: 'note/in-heading',
      severity: 'info',
      title: 'A note is called in a heading.',
      why: 'The number would stand in the table of contents and in running heads.',
      mend: 'Call it in the first paragraph.',
    },
    (chapter) =>
      calls(chapter)
        .filter(({ passage }) => passage.block?.kind === 'heading')
        .map(around),
  ),
  chapterRule(
    {
      id: 'note/long',
      severity: 'info',
      title: 'A note has more than three hundred words.',
      why: 'It fills the foot of several pages; on a phone nobody finds the way back.',
      mend: 'Shorten it, or make it part of the text.',
    },
    (chapter) =>
      calls(chapter)
        .filter(({ note }) => noteText(note).split(/\s+/u).length > 300)
        .map(around),
  ),
  chapterRule(
    {
      id: 'note/adjacent',
      severity: 'info',
      title: 'Two notes are called in the same place.',
      why: 'Their numbers run into one: 1 and 2 become 12.',
      mend: 'Make one note of both.',
    },
    (chapter) =>
      chapter.passages.flatMap((passage) =>
        passage.calls
          .filter(({ at }, index) => passage.calls[index - 1]?.at === at)
          .map((call) => around({ passage, ...call })),
      ),
  ),
  chapterRule(
    {
      id: 'note/in-note',
      severity: 'info',
      title: 'A note is called in a note.',
      why: 'Readers who follow it lose their way; some reading systems cannot show it.',
      mend: 'Take its words into the first note.',
    },
    (chapter) =>
      chapter.placed.flatMap(({ block, isInNote }) =>
        isInNote && inlinesOf(block).some((inline) => inline.kind === 'note')
          ? [
              {
                chapterId: chapter.id,
                blockId: block.id,
                excerpt: chapterText({ blocks: [block] }).slice(0, 60),
              },
            ]
          : [],
      ),
  ),
];
