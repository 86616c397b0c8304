import { describe, expect, it } from 'vitest';
import { measureLoss, meterSentence } from './lossMeter.ts';
import { markBit, type MeterLine, plainLine } from './meterLine.ts';

const ITALIC = markBit('emphasis');

function measure(source: MeterLine[], book: MeterLine[], asides: MeterLine[] = []) {
  return measureLoss({ source: () => source, asides, book });
}

describe('measureLoss', () => {
  it('finds nothing where everything came over, in whatever order', () => {
    const line: MeterLine = {
      where: 'a',
      runs: [
        { text: 'It was ', marks: 0 },
        { text: 'very', marks: ITALIC },
        { text: ' dark.', marks: 0 },
      ],
    };
    const { meter, losses } = measure(
      [plainLine('a', 'First.'), line],
      [line, plainLine('b', 'First.')],
    );
    expect(losses).toEqual([]);
    expect(meterSentence(meter)).toBe('5 of 5 words, 1 of 1 italics');
  });

  it('names missing words with the line they stood in', () => {
    const source = [
      plainLine('a.xhtml', 'The lamp burned all night.'),
      plainLine('b.xhtml', 'Then came the quiet keeper home.'),
    ];
    const book = [plainLine('', 'The lamp burned all night. Then came the home.')];
    const { meter, losses } = measure(source, book);
    expect(meter).toEqual([{ kind: 'words', inSource: 11, inBook: 9 }]);
    expect(losses).toEqual([
      {
        code: 'words-lost',
        where: 'b.xhtml, near “Then came the quiet keeper home.”',
        message: '2 words are missing: “quiet keeper”.',
      },
    ]);
  });

  it('counts a word that is there once too few, though others like it came over', () => {
    const { losses } = measure([plainLine('a', 'the sea the sea')], [plainLine('', 'the sea the')]);
    expect(losses.map(({ message }) => message)).toEqual(['One word is missing: “sea”.']);
  });

  it('takes what was set aside off the source, and nothing more', () => {
    const source = [plainLine('a', '12 Chapter one 13')];
    expect(
      measure(source, [plainLine('', 'Chapter one')], [plainLine('a', '12 13 14')]).meter,
    ).toEqual([{ kind: 'words', inSource: 2, inBook: 2 }]);
  });

  it('counts a mark once for each unbroken stretch, whatever its runs and spaces', () => {
    const source: MeterLine = {
      where: 'a',
      runs: [
        { text: 'a', marks: ITALIC },
        { text: ' ', marks: 0 },
        { text: 'b', marks: ITALIC },
        { text: 'c', marks: 0 },
        { text: 'd', marks: ITALIC },
      ],
    };
    const book: MeterLine = {
      where: '',
      runs: [
        { text: 'a b', marks: ITALIC },
        { text: 'cd', marks: 0 },
      ],
    };
    const { meter, losses } = measure([source], [book]);
    expect(meter[1]).toEqual({ kind: 'emphasis', inSource: 2, inBook: 1 });
    expect(losses).toHaveLength(1);
    expect(losses[0]?.code).toBe('marks-lost');
    expect(losses[0]?.message).toContain('1 of 2 italics');
  });

  it('counts each sign of scripts without spaces, and words over the ends of runs', () => {
    const line: MeterLine = {
      where: 'a',
      runs: [
        { text: 'W', marks: markBit('strong') },
        { text: 'ord 从前有', marks: 0 },
      ],
    };
    expect(measure([line], [line]).meter[0]).toEqual({ kind: 'words', inSource: 4, inBook: 4 });
  });
});
