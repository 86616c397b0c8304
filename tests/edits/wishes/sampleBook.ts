import type { Block } from '#core/book/manuscript.ts';
import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import type { EditCommand } from '#core/edits/registry.ts';
import type { ChapterEntity } from '#core/model/entities.ts';
import { type Moment, pick } from '../wish.ts';

export const METADATA = {
  title: 'Book',
  authors: [],
  language: 'en',
  identifier: 'urn:uuid:12345678-1234-4234-8234-123456789abc',
};

/** A paragraph with a note in it. */
export const text = (id: string, words: string): Block => ({
  kind: 'paragraph',
  id,
  inlines: [
    { kind: 'text', text: words },
    { kind: 'note', id: `${id}-n`, blocks: [{ kind: 'scene-break', id: `${id}-s` }] },
    { kind: 'text', text: ' after it.', emphasis: true },
  ],
});
const heading: Block = {
  kind: 'heading',
  id: 'h',
  level: 1,
  inlines: [{ kind: 'text', text: 'New' }],
};

/** A book of three chapters with something of every kind that its commands handle. */
export function book({ chances }: Moment): EditCommand[] {
  return [
    {
      type: 'book.create',
      metadata: METADATA,
      chapters: [
        {
          title: 'One',
          blocks: [text('a', `First ${chances.amount}`), heading, text('b', 'Second')],
        },
        { title: '', role: 'prologue', blocks: [text('a', 'The same id'), text('c', 'Third')] },
        { title: 'Three', blocks: chances.flag ? [] : [text('d', 'Fourth')] },
      ],
    },
  ];
}

/** The first book, or an id that nothing has. */
export function anyBook({ sample }: Moment): string {
  return sample.project.all('book')[0]?.id ?? 'nothing';
}

export function chaptersIn(moment: Moment, bookId = anyBook(moment)): ChapterEntity[] {
  return chaptersOf(moment.sample.project, bookId);
}

export function anyChapter(moment: Moment): ChapterEntity | undefined {
  return pick(chaptersIn(moment), moment.chances.which);
}

export const chapterId = (moment: Moment) => anyChapter(moment)?.id ?? 'nothing';
