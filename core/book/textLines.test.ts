import { expect, test } from 'vitest';
import type { Block } from './manuscript.ts';
import { searchLines, type SearchQuery, searchPattern } from './searchPattern.ts';
import { replaceInLines, textLines } from './textLines.ts';

const BLOCKS: Block[] = [
  {
    kind: 'paragraph',
    id: 'p',
    inlines: [
      { kind: 'text', text: 'The gr' },
      { kind: 'text', text: 'ey cat', emphasis: true },
      {
        kind: 'note',
        id: 'n',
        blocks: [{ kind: 'paragraph', id: 'np', inlines: [{ kind: 'text', text: 'A grey note' }] }],
      },
      { kind: 'text', text: ' isn’t grey.' },
    ],
  },
  {
    kind: 'verse',
    id: 'v',
    lines: [[{ kind: 'text', text: 'grey' }], [{ kind: 'text', text: 'the Greyest' }]],
  },
  { kind: 'code', id: 'c', text: 'grey = 1' },
];

function found(query: Partial<SearchQuery> & { text: string }, replacement = '') {
  const whole = { isPattern: false, wholeWords: false, matchCase: false, ...query };
  const pattern = searchPattern(whole);
  if (!pattern.ok) throw new Error(pattern.error.message);
  const lines = textLines(BLOCKS).map(({ text }) => text);
  return searchLines(lines, pattern.value, { text: replacement, isPattern: whole.isPattern }, 100)
    .hits;
}

test('finds text over marks, in notes, verse and code', () => {
  expect(found({ text: 'grey' }).map(({ line }) => line)).toEqual([0, 0, 1, 2, 3, 4]);
  expect(found({ text: 'grey', wholeWords: true, matchCase: true })).toHaveLength(5);
  expect(found({ text: "isn't" })).toHaveLength(1);
  expect(found({ text: 'catgrey' })).toHaveLength(0);
});

test('says where the lines of a block begin, a line break counting as one', () => {
  expect(textLines(BLOCKS).map(({ blockId, start }) => [blockId, start])).toEqual([
    ['p', 0],
    ['np', 0],
    ['v', 0],
    ['v', 5],
    ['c', 0],
  ]);
});

test('replaces all of them and keeps marks, notes and ids', () => {
  const hits = found({ text: String.raw`gr(e)y(est)?`, isPattern: true }, '$1$2!');
  const byLine = Map.groupBy(hits, ({ line }) => line);
  const changes = new Map(
    [...byLine].map(([line, all]) => [
      line,
      all.map(({ from, to, replacement }) => ({ from, to, text: replacement })),
    ]),
  );
  const after = replaceInLines(BLOCKS, changes);
  expect(textLines(after).map(({ text }) => text)).toEqual([
    'The e! cat\ufffc isn’t e!.',
    'A e! note',
    'e!',
    'the eest!',
    'e! = 1',
  ]);
  expect(after.map(({ id }) => id)).toEqual(['p', 'v', 'c']);
  expect(after[0]).toMatchObject({
    inlines: [
      { text: 'The e! ' },
      { text: 'cat', emphasis: true },
      { kind: 'note', id: 'n' },
      { text: ' isn’t e!.' },
    ],
  });
});

test('a replacement by nothing takes away what has no text left', () => {
  const after = replaceInLines(BLOCKS, new Map([[2, [{ from: 0, to: 4, text: '' }]]]));
  expect(after[1]).toMatchObject({ kind: 'paragraph', id: 'v' });
});

test('a pattern that is none says so', () => {
  const pattern = searchPattern({
    text: '(',
    isPattern: true,
    wholeWords: false,
    matchCase: false,
  });
  expect(pattern).toMatchObject({ ok: false, error: { code: 'book/bad-pattern' } });
});
