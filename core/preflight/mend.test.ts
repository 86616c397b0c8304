import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chapterText } from '../book/words.ts';
import type { Block, Inline, Manuscript } from '../book/manuscript.ts';
import { manuscriptSchema } from '../book/manuscript.ts';
import { ManuscriptChecker } from './check.ts';
import { mend } from './mend.ts';
import { findRule, RULES } from './registry.ts';
import type { Rule } from './rule.ts';

const LANGUAGES = [
  'en-GB',
  'en-US',
  'de',
  'fr',
  'es',
  'it',
  'pl',
  'cs',
  'ru',
  'zh',
  'ja',
  'ar',
  'sv',
];
const PIECES = [
  'word',
  'the',
  'The',
  'a',
  'I',
  'i',
  'z',
  'w',
  'A.',
  'J.',
  'Chapter',
  '10',
  '5',
  '1914',
  '20',
  'km',
  '%',
  '°',
  'C',
  'x',
  '½',
  '1/2',
  '"',
  "'",
  '“',
  '”',
  '‘',
  '’',
  '„',
  '«',
  '»',
  '‚',
  '<<',
  '>>',
  '`',
  '´',
  '′',
  '-',
  '--',
  '---',
  '–',
  '—',
  '―',
  '−',
  '_',
  '*',
  '#',
  '/',
  '+/-',
  '<=',
  ' ',
  ' ',
  ' ',
  '  ',
  '\u00A0',
  '\u202F',
  '\u200B',
  '\u2060',
  '\u00AD',
  '\u2003',
  '\uFFFC',
  '.',
  '..',
  '...',
  '…',
  ',',
  ',,',
  ';',
  ':',
  '!',
  '?',
  '!!',
  '(',
  ')',
  '[',
  ']',
  '[^1]',
  '[1]',
  '²',
  '&amp;',
  '<i>',
  'аe',
  'слово',
  '他来了',
  '，',
  'مرحبا',
  '👨‍👩‍👧',
  'e\u0301',
  'ﬁ',
  'coeur',
  'daß',
  'fuer',
  'teh',
  'https://a.org/?utm_source=x',
  'a@b.org',
  "n't",
  "it's own",
  '1th',
];

const text = fc
  .oneof(
    fc
      .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 30 })
      .map((parts) => parts.join('')),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  )
  .map((value) => value.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '') || 'x');

const run = fc
  .record({
    text,
    emphasis: fc.boolean(),
    strong: fc.boolean(),
    code: fc.boolean(),
    linked: fc.boolean(),
  })
  .map(
    (one): Inline => ({
      kind: 'text',
      text: one.text,
      ...(one.emphasis && { emphasis: true }),
      ...(one.strong && !one.code && { strong: true }),
      ...(one.code && { code: true }),
      ...(one.linked && { link: 'http://example.com/?utm_source=a&b=1' }),
    }),
  );

const book = fc
  .record({
    language: fc.constantFrom(...LANGUAGES),
    title: text,
    lines: fc.array(fc.array(run, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
    kinds: fc.array(
      fc.constantFrom('paragraph', 'heading', 'verse', 'note', 'quote', 'image', 'list', 'break'),
      { minLength: 6, maxLength: 6 },
    ),
  })
  .map(({ language, title, lines, kinds }): Manuscript => {
    let count = 0;
    const id = () => `b${++count}`;
    const blocks = lines.map((inlines, index): Block => {
      const paragraph = (): Block => ({ kind: 'paragraph', id: id(), inlines });
      const words = inlines.map((one) => (one.kind === 'text' ? one.text : '')).join('');
      switch (kinds[index]) {
        case 'heading':
          return { kind: 'heading', id: id(), level: (index % 5) + 1, inlines };
        case 'verse':
          return { kind: 'verse', id: id(), lines: [inlines, inlines.map((one) => ({ ...one }))] };
        case 'note':
          return {
            kind: 'paragraph',
            id: id(),
            inlines: [
              ...inlines,
              { kind: 'note', id: id(), blocks: [paragraph()] },
              { kind: 'text', text: '. After.' },
            ],
          };
        case 'quote':
          return { kind: 'blockquote', id: id(), blocks: [paragraph()] };
        case 'image':
          return { kind: 'image', id: id(), source: 'a.png', alt: words, caption: words };
        case 'list':
          return { kind: 'list', id: id(), items: [{ id: id(), blocks: [paragraph()] }] };
        case 'break':
          return { kind: 'scene-break', id: id() };
        default:
          return paragraph();
      }
    });
    return {
      metadata: {
        title,
        authors: ['A'],
        language,
        identifier: 'urn:uuid:0b0f6c0e-5d0e-4c53-9e0b-0f3f0c7b1a11',
        description: title,
      },
      chapters: [{ id: 'c1', title, blocks }],
    };
  });

const MENDING = RULES.filter((rule) => !rule.changesWords);

/** Letters and digits of a book in the order they stand, composed and without those that are not seen. */
function letters({ metadata, chapters }: Manuscript): string {
  const all = [
    metadata.title,
    metadata.description ?? '',
    ...chapters.flatMap((chapter) => [chapter.title, chapterText(chapter)]),
  ];
  return all
    .join('')
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

describe('mending', { timeout: 60_000 }, () => {
  it('never throws, can be stored, and done twice changes nothing more', () => {
    fc.assert(
      fc.property(book, (manuscript) => {
        const once = mend(manuscript, RULES);
        expect(
          manuscriptSchema.safeParse({ metadata: once.metadata, chapters: once.chapters }).success,
        ).toBe(true);
        for (const rule of RULES) {
          const alone = mend(manuscript, [rule]);
          expect(mend(alone, [rule]).places, rule.id).toBe(0);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('changes no letter or digit, apart from the rules that say so', () => {
    fc.assert(
      fc.property(book, (manuscript) => {
        for (const rule of MENDING) {
          // What is removed as a whole was no words: a repeated title, an empty paragraph, a row of signs.
          if (['chapter/title-repeated', 'struct/blank-paragraph'].includes(rule.id)) continue;
          expect(letters(mend(manuscript, [rule])), rule.id).toBe(letters(manuscript));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('gives back the same objects where nothing is to be mended', () => {
    const paragraph = (id: string, words: string): Block => ({
      kind: 'paragraph',
      id,
      inlines: [{ kind: 'text', text: words }],
    });
    const clean = { id: 'c1', title: 'One', blocks: [paragraph('b1', 'Quite clean.')] };
    const dirty = {
      id: 'c2',
      title: 'Two',
      blocks: [paragraph('b2', 'Quite clean.'), paragraph('b3', "It's not.")],
    };
    const manuscript: Manuscript = {
      metadata: {
        title: 'T',
        authors: [],
        language: 'en',
        identifier: 'urn:uuid:0b0f6c0e-5d0e-4c53-9e0b-0f3f0c7b1a11',
      },
      chapters: [clean, dirty],
    };
    const mended = mend(manuscript, RULES);
    expect(mended.chapters[0]).toBe(clean);
    expect(mended.chapters[1]?.blocks[0]).toBe(dirty.blocks[0]);
    expect(mended.chapters[1]?.blocks[1]).toEqual(paragraph('b3', 'It’s not.'));
    expect(mended.metadata).toBe(manuscript.metadata);
    expect(mended.places).toBe(1);
  });

  it('keeps the marks of letters that stay, and mends across them', () => {
    const manuscript: Manuscript = {
      metadata: {
        title: 'T',
        authors: [],
        language: 'en',
        identifier: 'urn:uuid:0b0f6c0e-5d0e-4c53-9e0b-0f3f0c7b1a11',
      },
      chapters: [
        {
          id: 'c',
          title: '',
          blocks: [
            {
              kind: 'paragraph',
              id: 'p',
              inlines: [
                { kind: 'text', text: '"Come ' },
                { kind: 'text', text: 'in', emphasis: true },
                {
                  kind: 'note',
                  id: 'n',
                  blocks: [
                    { kind: 'paragraph', id: 'q', inlines: [{ kind: 'text', text: 'Late..' }] },
                  ],
                },
                { kind: 'text', text: '"  she  said..' },
              ],
            },
          ],
        },
      ],
    };
    expect(mend(manuscript, RULES).chapters[0]?.blocks[0]).toEqual({
      kind: 'paragraph',
      id: 'p',
      inlines: [
        { kind: 'text', text: '“Come ' },
        { kind: 'text', text: 'in', emphasis: true },
        {
          kind: 'note',
          id: 'n',
          blocks: [{ kind: 'paragraph', id: 'q', inlines: [{ kind: 'text', text: 'Late.' }] }],
        },
        { kind: 'text', text: '” she said.' },
      ],
    });
  });

  it('mends one place alone, and leaves those that are to be ignored', () => {
    const blocks: Block[] = [
      { kind: 'paragraph', id: 'p', inlines: [{ kind: 'text', text: 'One.. Two.. Three..' }] },
    ];
    const manuscript: Manuscript = {
      metadata: {
        title: 'T',
        authors: [],
        language: 'en',
        identifier: 'urn:uuid:0b0f6c0e-5d0e-4c53-9e0b-0f3f0c7b1a11',
      },
      chapters: [{ id: 'c', title: '', blocks }],
    };
    const rule = findRule('punct/two-stops') as Rule;
    const [, second] = new ManuscriptChecker([rule]).check(manuscript);
    const shown = ({ chapters }: Manuscript) => chapters.map(chapterText).join();
    expect(
      shown(
        mend(manuscript, [rule], { at: { chapterId: 'c', blockId: 'p', start: second?.start } }),
      ),
    ).toBe('One.. Two. Three..');
    expect(shown(mend(manuscript, [rule], { ignored: { rules: [rule.id], places: [] } }))).toBe(
      'One.. Two.. Three..',
    );
  });
});
