import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textRun, tidyInlines } from '#core/book/inlines.ts';
import { type Block, blocksSchema, type Inline } from '#core/book/manuscript.ts';
import { blocksToDoc } from './blocksToDoc.ts';
import { chapterSchema } from './chapterSchema.ts';
import { docToBlocks } from './docToBlocks.ts';

const on = fc.option(fc.constant(true as const), { nil: undefined, freq: 3 });
const optional = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const id = fc.nat(1e9).map((number) => `b${number}`);
const words = fc.string({
  unit: fc.constantFrom('a', 'é', ' ', '“', '中', '😀', '<', '*'),
  minLength: 1,
});
const present = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;

const run = fc
  .record({
    text: words,
    marks: fc.record({
      emphasis: on,
      strong: on,
      code: on,
      underline: on,
      strike: on,
      smallCaps: on,
      script: optional('super' as const, 'sub' as const),
      language: optional('fr', 'pt-BR'),
      link: optional('https://example.org/a?b=c', 'mailto:a@b.org'),
    }),
  })
  .map(({ text, marks }): Inline => textRun(text, present(marks)));

const { blocks: someBlocks } = fc.letrec<{ blocks: Block[]; block: Block; line: Inline[] }>(
  (tie) => {
    const kind = <K extends Block['kind']>(name: K) => fc.constant(name);
    const align = optional('center' as const, 'end' as const);
    const note = fc.record({ kind: fc.constant('note' as const), id, blocks: tie('blocks') });
    const cell = fc
      .record({
        blocks: fc.oneof(fc.constant<Block[]>([]), tie('blocks')),
        columns: optional(2, 3),
        rows: optional(2),
        align,
      })
      .map(present);
    const container = (name: 'blockquote' | 'letter' | 'epigraph') =>
      fc.record({ kind: kind(name), id, blocks: tie('blocks') });
    return {
      line: fc
        .array(fc.oneof({ weight: 8, arbitrary: run }, { weight: 1, arbitrary: note }), {
          minLength: 1,
          maxLength: 5,
        })
        .map(tidyInlines)
        .filter((line) => line.length > 0),
      block: fc.oneof(
        { maxDepth: 3, depthIdentifier: 'blocks', withCrossShrink: true },
        fc.record({ kind: kind('paragraph'), id, align, inlines: tie('line') }).map(present),
        fc.record({
          kind: kind('heading'),
          id,
          level: fc.integer({ min: 1, max: 5 }),
          inlines: tie('line'),
        }),
        fc.record({ kind: kind('scene-break'), id }),
        fc
          .record({
            kind: kind('code'),
            id,
            text: fc.array(words, { maxLength: 3 }).map((lines) => lines.join('\n\t')),
            language: optional('rust'),
          })
          .map(present),
        fc
          .record({
            kind: kind('image'),
            id,
            source: words,
            alt: words,
            decorative: on,
            caption: fc.option(words, { nil: undefined }),
          })
          .map(present),
        fc.record({
          kind: kind('verse'),
          id,
          lines: fc.array(tie('line'), { minLength: 2, maxLength: 4 }),
        }),
        container('blockquote'),
        container('letter'),
        container('epigraph'),
        fc
          .record({
            kind: kind('list'),
            id,
            start: optional(0, 1, 7),
            items: fc.array(fc.record({ id, blocks: tie('blocks') }), {
              minLength: 1,
              maxLength: 3,
            }),
          })
          .map(present),
        fc
          .record({
            kind: kind('table'),
            id,
            headerRows: fc.nat(2),
            rows: fc.array(fc.array(cell, { minLength: 1, maxLength: 3 }), {
              minLength: 1,
              maxLength: 3,
            }),
            caption: fc.option(words, { nil: undefined }),
          })
          .map(present),
      ),
      blocks: fc.array(tie('block'), { minLength: 1, maxLength: 4 }),
    };
  },
);

test('blocks of every kind come back from the editor as they were, ids included', () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(someBlocks, (blocks) => {
      for (const block of blocks) kinds.add(block.kind);
      const doc = blocksToDoc(chapterSchema, blocks);
      doc.check();
      expect(docToBlocks(doc)).toEqual(blocks);
    }),
    { numRuns: 300 },
  );
  expect(kinds.size).toBe(11);
});

test('an empty chapter is one empty line to write on, and stays empty', () => {
  const doc = blocksToDoc(chapterSchema, []);
  expect(doc.childCount).toBe(1);
  expect(docToBlocks(doc)).toEqual([]);
});

test('what other programs put into text is made fit for a book', () => {
  const text = chapterSchema.text('a\u0007b\ud800c\uffff');
  const link = chapterSchema.text('x', [
    chapterSchema.mark('link', { href: 'javascript:alert(1)' }),
  ]);
  const doc = chapterSchema.node('doc', null, [
    chapterSchema.node('paragraph', { id: 'p' }, [text, link]),
    chapterSchema.node('verse', { id: 'v' }, [chapterSchema.node('verseLine', null, [text])]),
  ]);
  const blocks = docToBlocks(doc);
  expect(blocksSchema.safeParse(blocks).success).toBe(true);
  expect(blocks.map((block) => block.kind)).toEqual(['paragraph', 'paragraph']);
  expect(JSON.stringify(blocks)).not.toContain('javascript');
});
