import { describe, expect, test } from 'vitest';
import type { Block, Manuscript } from '../book/manuscript.ts';
import { parseMarkdown } from '../book/parseMarkdown.ts';
import { type NarrationPart, narrationScript, type ScriptOptions } from './narrationScript.ts';
import type { NarrationSettings } from './narrationSettings.ts';

const TEXT = `# The Lamp

First one. Second, with a note.[^a] “Third?” she said.

***

> Quoted.

- item one
- item two

Line of verse\\
and another

\`\`\`
code is not read
\`\`\`

![alt text](lamp.png "The lamp, lit")

…

#

Alone.

[^a]: About it.[^b] And more.
[^b]: A note to the note.
`;

function manuscript(metadata: Partial<Manuscript['metadata']> = {}): Manuscript {
  let count = 0;
  const { chapters } = parseMarkdown(TEXT, () => String(++count));
  return {
    metadata: {
      title: 'Dark',
      subtitle: 'A story',
      authors: ['A. Bell', 'M. Ruiz'],
      language: 'en',
      identifier: 'urn:uuid:0b0f6c0e-5d0e-4c53-9e0b-0f3f0c7b1a11',
      ...metadata,
    },
    chapters,
  };
}

function script(
  settings: NarrationSettings = {},
  use: ScriptOptions['use'] = 'audiobook',
  book: Manuscript = manuscript(),
): NarrationPart[] {
  return narrationScript(book, { settings, voice: 'test/a', use });
}

const textsOf = (part: NarrationPart | undefined) => part?.utterances.map(({ spoken }) => spoken);

describe('what is spoken', () => {
  test('an audiobook has credits at both ends, a read-along only what is on its pages', () => {
    const parts = script();
    expect(parts.map(({ title }) => title)).toEqual([
      'Opening credits',
      'The Lamp',
      '2',
      'Closing credits',
    ]);
    expect(textsOf(parts[0])).toEqual([
      'Dark.',
      'A story.',
      'By A. Bell, M. Ruiz.',
      'Narrated by a computer voice.',
    ]);
    expect(textsOf(script({}, 'read-along')[0])).toEqual([
      'Dark.',
      'A story.',
      'By A. Bell, M. Ruiz.',
    ]);
    expect(script({}, 'read-along').at(-1)?.kind).toBe('chapter');
  });

  test('sentences in the order of the page; no code, no dots, of pictures the caption', () => {
    expect(textsOf(script()[1])).toEqual([
      'The Lamp.',
      'First one.',
      'Second, with a note.',
      '“Third?” she said.',
      'Quoted.',
      'item one',
      'item two',
      'Line of verse',
      'and another',
      'The lamp, lit',
    ]);
    expect(textsOf(script()[2])).toEqual(['Chapter 2.', 'Alone.']);
  });

  test('notes are read at the end of their chapter when that is wished, those of notes as well', () => {
    const spoken = script({ notes: 'read' })[1]?.utterances.filter(({ noteId }) => noteId) ?? [];
    expect(spoken.map(({ spoken: text }) => text)).toEqual([
      'Note 1: About it.',
      'And more.',
      'Note 2: A note to the note.',
    ]);
    expect(new Set(spoken.map(({ noteId }) => noteId)).size).toBe(2);
  });

  test('pauses are whole hundredths, longer after a paragraph, longest at a break between scenes', () => {
    const pauses = new Map(script()[1]?.utterances.map(({ text, pauseMs }) => [text, pauseMs]));
    for (const pause of pauses.values()) expect(pause % 10).toBe(0);
    const [sentence = 0, scene = 0] = [pauses.get('First one.'), pauses.get('“Third?” she said.')];
    expect(pauses.get('Quoted.')).toBeGreaterThan(sentence);
    expect(scene).toBeGreaterThan(pauses.get('Quoted.') ?? 0);
  });

  test('a chapter and a block may have voices of their own, the block before its chapter', () => {
    const book = manuscript();
    const [first, second] = book.chapters;
    const quote = first?.blocks.find((block) => block.kind === 'blockquote')?.id ?? '';
    const parts = script({
      chapterVoices: { [second?.id ?? '']: 'test/b' },
      blockVoices: { [quote]: 'test/c' },
    });
    const voiceOf = (text: string) =>
      parts.flatMap((part) => part.utterances).find((one) => one.text === text)?.voice;
    expect(voiceOf('First one.')).toBe('test/a');
    expect(voiceOf('Quoted.')).toBe('test/c');
    expect(voiceOf('item one')).toBe('test/a');
    expect(voiceOf('Alone.')).toBe('test/b');
  });

  test('the lexicon changes what is spoken and not what is shown', () => {
    const settings = { lexicon: [{ word: 'lamp', spoken: 'lahmp' }] };
    const title = script(settings)[1]?.utterances[0];
    expect(title).toMatchObject({ text: 'The Lamp.', spoken: 'The lahmp.' });
  });

  test('a language without words of ours has names and numbers alone', () => {
    const parts = script({}, 'audiobook', manuscript({ language: 'ja' }));
    expect(textsOf(parts[0])).toEqual(['Dark.', 'A story.', 'A. Bell, M. Ruiz.']);
    expect(textsOf(parts[2])?.[0]).toBe('2.');
  });

  test('letters, epigraphs and the cells of tables are read in their order', () => {
    const said = (id: string, text: string): Block => ({
      kind: 'paragraph',
      id,
      inlines: [{ kind: 'text', text }],
    });
    const cell = (id: string, text: string) => ({ blocks: [said(id, text)] });
    const blocks: Block[] = [
      { kind: 'epigraph', id: 'e', blocks: [said('e1', 'A motto.')] },
      { kind: 'letter', id: 'l', blocks: [said('l1', 'Dear Ann.')] },
      {
        kind: 'table',
        id: 't',
        headerRows: 1,
        caption: 'Tides.',
        rows: [
          [cell('t1', 'Day.'), cell('t2', 'Time.')],
          [cell('t3', 'Monday.'), { blocks: [] }],
        ],
      },
    ];
    const book = { ...manuscript(), chapters: [{ id: 'c', title: 'One', blocks }] };
    const [, chapter] = script({}, 'audiobook', book);
    const read = ['A motto.', 'Dear Ann.', 'Tides.', 'Day.', 'Time.', 'Monday.'];
    expect(textsOf(chapter)?.slice(1, 1 + read.length)).toEqual(read);
  });
});
