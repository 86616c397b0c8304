import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMarkdownBlocks } from '../parseMarkdown.ts';
import { type Block, blocksSchema, type Inline } from '../manuscript.ts';
import { tidyInlines } from '../inlines.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { ChapterDoc } from './ChapterDoc.ts';

const on = fc.option(fc.constant(true as const), { nil: undefined });
const present = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;
const words = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', '😀', '😁'), minLength: 1 });
const id = fc.nat(12).map((number) => `b${number}`);
const run = fc
  .record({
    kind: fc.constant('text' as const),
    text: words,
    strong: on,
    emphasis: on,
    script: fc.option(fc.constantFrom('super' as const, 'sub' as const), { nil: undefined }),
    link: fc.option(fc.constantFrom('https://a.org/', 'https://b.org/'), { nil: undefined }),
  })
  .map(present);

const { blocks: someBlocks } = fc.letrec<{ blocks: Block[]; block: Block; line: Inline[] }>(
  (tie) => ({
    line: fc
      .array(
        fc.oneof(
          { weight: 5, arbitrary: run },
          {
            weight: 1,
            arbitrary: fc.record({ kind: fc.constant('note' as const), id, blocks: tie('blocks') }),
          },
        ),
        { minLength: 1, maxLength: 4 },
      )
      .map(tidyInlines)
      .filter((line) => line.length > 0),
    block: fc.oneof(
      { maxDepth: 2, depthIdentifier: 'doc' },
      fc.record({ kind: fc.constant('paragraph' as const), id, inlines: tie('line') }),
      fc.record({
        kind: fc.constant('heading' as const),
        id,
        level: fc.integer({ min: 1, max: 3 }),
        inlines: tie('line'),
      }),
      fc.record({ kind: fc.constant('scene-break' as const), id }),
      fc.record({ kind: fc.constant('code' as const), id, text: words }),
      fc
        .record({
          kind: fc.constant('image' as const),
          id,
          source: words,
          alt: words,
          decorative: on,
        })
        .map(present),
      fc.record({
        kind: fc.constant('verse' as const),
        id,
        lines: fc.array(tie('line'), { minLength: 2, maxLength: 3 }),
      }),
      fc.record({ kind: fc.constant('letter' as const), id, blocks: tie('blocks') }),
      fc
        .record({
          kind: fc.constant('list' as const),
          id,
          start: fc.option(fc.nat(3), { nil: undefined }),
          items: fc.array(fc.record({ id, blocks: tie('blocks') }), { minLength: 1, maxLength: 3 }),
        })
        .map(present),
      fc.record({
        kind: fc.constant('table' as const),
        id,
        headerRows: fc.nat(1),
        rows: fc.array(
          fc.array(
            fc
              .record({
                blocks: fc.oneof(fc.constant<Block[]>([]), tie('blocks')),
                columns: fc.option(fc.constant(2), { nil: undefined }),
              })
              .map(present),
            { minLength: 1, maxLength: 2 },
          ),
          { minLength: 1, maxLength: 2 },
        ),
      }),
    ),
    blocks: fc.array(tie('block'), { minLength: 1, maxLength: 4 }),
  }),
);

describe('the text of a chapter as a document', () => {
  test('becomes any other text, and its updates make the same of another copy', () => {
    fc.assert(
      fc.property(fc.array(someBlocks, { minLength: 1, maxLength: 5 }), (states) => {
        const doc = new ChapterDoc();
        const copy = new ChapterDoc();
        const updates: Uint8Array[] = [];
        states.forEach((blocks, index) => {
          const update = doc.write(blocks, index % 2 === 0 ? 7 : 100 + index);
          expect(doc.blocks()).toEqual(blocks);
          if (update === null) return;
          updates.push(update);
          copy.apply(update);
          expect(copy.blocks()).toEqual(blocks);
        });
        expect(new ChapterDoc(updates).blocks()).toEqual(states.at(-1));
        expect(new ChapterDoc([doc.state()]).blocks()).toEqual(states.at(-1));
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  test('the same change of the same text is the same update, however the text came about', () => {
    fc.assert(
      fc.property(someBlocks, someBlocks, someBlocks, (first, second, third) => {
        const doc = new ChapterDoc();
        const updates = [doc.write(first, 5), doc.write(second, 6)].filter((one) => one !== null);
        const anew = new ChapterDoc(updates);
        expect(anew.write(third, 5)).toEqual(doc.write(third, 5));
      }),
    );
  });

  test('two who write in different places at once lose nothing', () => {
    const blocks = (one: string, two: string): Block[] => [
      { kind: 'paragraph', id: 'a', inlines: [{ kind: 'text', text: one }] },
      { kind: 'paragraph', id: 'b', inlines: [{ kind: 'text', text: two }] },
    ];
    const start = new ChapterDoc();
    start.write(blocks('The boat came in.', 'It was late.'), 1);
    const [left, right] = [new ChapterDoc([start.state()]), new ChapterDoc([start.state()])];
    const fromLeft = left.write(blocks('The old boat came in.', 'It was late.'), 2);
    const fromRight = right.write(blocks('The boat came in at last.', 'It was very late.'), 3);
    if (fromLeft === null || fromRight === null) throw new Error('Nothing was written');
    left.apply(fromRight);
    right.apply(fromLeft);
    const both = blocks('The old boat came in at last.', 'It was very late.');
    expect(left.blocks()).toEqual(both);
    expect(right.blocks()).toEqual(both);
  });

  test('a word in a long chapter costs a few bytes, and other blocks stay the same objects', () => {
    const long: Block[] = Array.from({ length: 500 }, (_, index) => ({
      kind: 'paragraph',
      id: `p${index}`,
      inlines: [{ kind: 'text', text: `Paragraph ${index} `.repeat(20) }],
    }));
    const doc = new ChapterDoc();
    doc.write(long, 1);
    const before = doc.blocks();
    const changed = long.map(
      (block, index): Block =>
        index === 250 && block.kind === 'paragraph'
          ? {
              ...block,
              inlines: [{ kind: 'text', text: `New words. ${'Paragraph 250 '.repeat(20)}` }],
            }
          : block,
    );
    const update = doc.write(changed, 2);
    expect(update?.length).toBeLessThan(60);
    const after = doc.blocks();
    expect(after.filter((block, index) => block !== before[index])).toHaveLength(1);
  });
});

test('base64 is that of everybody else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64').replace(/=+$/, ''));
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    }),
  );
  expect(fromBase64('a*')).toBeNull();
});

test('the sample book goes through a document unchanged', () => {
  const path = new URL('../../../resources/sample/', import.meta.url);
  const text = readFileSync(new URL('manuscript.md', path), 'utf8');
  let count = 0;
  const { blocks } = parseMarkdownBlocks(text, () => `m${(count += 1)}`);
  const doc = new ChapterDoc();
  doc.write(blocks, 9);
  expect(blocksSchema.parse(doc.blocks())).toEqual(blocksSchema.parse(blocks));
});
