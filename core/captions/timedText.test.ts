import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cue, CueWord } from '../model/entities.ts';
import { FLICKS_PER_SECOND, flicks, LONGEST_TIME, ZERO } from '../time/flicks.ts';
import { formatAss } from './formatAss.ts';
import { formatVtt } from './formatVtt.ts';
import { readCaptions } from './readCaptions.ts';
import { srtLosses } from './srt.ts';

const ALL = { start: ZERO, end: LONGEST_TIME };

/** A caption from second 10 whose words begin and end at the given steps of a format. */
function spoken(
  words: [text: string, start: number, end: number][],
  options: { step: number; steps: number; join?: string },
): Cue {
  const { step, steps, join = ' ' } = options;
  return {
    id: 'cue',
    kind: 'cue',
    placement: { trackId: 'captions', start: flicks(10 * FLICKS_PER_SECOND) },
    duration: flicks(steps * step),
    text: words.map(([text]) => text).join(join),
    words: words.map(([text, start, end]) => ({
      text,
      start: flicks(start * step),
      end: flicks(end * step),
    })),
  };
}

/** Words in milliseconds, as a file gives them. */
function wordsOf(file: string) {
  const { cues, losses } = readCaptions(file);
  return {
    words: cues.map((cue) =>
      cue.words?.map((word: CueWord) => [
        word.text,
        word.start / (FLICKS_PER_SECOND / 1000),
        word.end / (FLICKS_PER_SECOND / 1000),
      ]),
    ),
    texts: cues.map((cue) => cue.text),
    losses: losses.map(({ code }) => code),
  };
}

/** Words in order, with or without pauses, each at least a step long. */
const timedWords = fc
  .array(
    fc.record({
      text: fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
        .filter((text) => !/[\s\0{}\u2060]/.test(text)),
      pause: fc.oneof(fc.constant(0), fc.nat(300)),
      length: fc.integer({ min: 1, max: 900 }),
    }),
    { minLength: 2, maxLength: 12 },
  )
  .map((words) => {
    let at = 0;
    return words.map(({ text, pause, length }): [string, number, number] => {
      const start = at + pause;
      at = start + length;
      return [text, start, at];
    });
  });

describe('word times that are written are read as they were', () => {
  it.each([
    ['WebVTT, to the millisecond', 1000, formatVtt],
    ['ASS, to the centisecond', 100, formatAss],
  ])('%s', (_, perSecond, format) => {
    fc.assert(
      fc.property(timedWords, fc.nat(200), fc.constantFrom(' ', '\n', ''), (words, rest, join) => {
        const step = FLICKS_PER_SECOND / perSecond;
        const cue = spoken(words, { step, steps: (words.at(-1)?.[2] ?? 0) + rest, join });
        const { text, losses } = format([cue], ALL);
        expect(losses).toEqual([]);
        const [read] = readCaptions(text).cues;
        expect(read?.words).toEqual(cue.words);
        expect(read?.text).toBe(cue.text);
      }),
      { numRuns: 300 },
    );
  });

  it('in the words of the formats', () => {
    const step = FLICKS_PER_SECOND / 100;
    const cue = spoken(
      [
        ['One', 20, 50],
        ['two', 50, 80],
        ['3<4', 100, 150],
      ],
      { step, steps: 150 },
    );
    expect(formatVtt([cue], ALL).text).toContain(
      '\n<00:00:10.200>One <00:00:10.500>two<00:00:10.800> <00:00:11.000>3&lt;4\n',
    );
    expect(formatAss([cue], ALL).text).toContain(
      ',,{\\k20}{\\k30}One {\\k30}two{\\k20} {\\k50}3<4\n',
    );
  });

  it('cut to the range of an export', () => {
    const step = FLICKS_PER_SECOND / 100;
    const cue = spoken(
      [
        ['One', 0, 100],
        ['two', 100, 200],
      ],
      { step, steps: 200 },
    );
    const range = { start: flicks(10.5 * FLICKS_PER_SECOND), end: LONGEST_TIME };
    expect(wordsOf(formatVtt([cue], range).text).words).toEqual([
      [
        ['One', 0, 500],
        ['two', 500, 1500],
      ],
    ]);
  });
});

describe('word times that a format cannot hold are reported', () => {
  const step = FLICKS_PER_SECOND / 1000;
  const cue = spoken(
    [
      ['One', 0, 4],
      ['two', 4, 8],
      ['three', 8, 900],
    ],
    { step, steps: 900 },
  );

  it('SubRip: all of them', () => {
    expect(srtLosses([cue], ALL).map(({ code }) => code)).toEqual(['captions/no-word-times']);
    const { words: _, ...plain } = cue;
    expect(srtLosses([plain], ALL)).toEqual([]);
  });

  it('ASS: words shorter than a centisecond', () => {
    const { text, losses } = formatAss([cue], ALL);
    expect(losses.map(({ code }) => code)).toEqual(['captions/word-times']);
    expect(text).toContain(',,One two three\n');
  });

  it('WebVTT: words within one millisecond, and one word for all of a caption', () => {
    const short = spoken(
      [
        ['One', 0, 300],
        ['two', 300, 600],
      ],
      { step: 1000, steps: FLICKS_PER_SECOND / 1000 },
    );
    expect(formatVtt([short], ALL).losses.map(({ code }) => code)).toEqual(['captions/word-times']);
    const whole = spoken([['One', 0, 900]], { step, steps: 900 });
    expect(formatVtt([whole], ALL).losses.map(({ code }) => code)).toEqual(['captions/word-times']);
    expect(
      wordsOf(formatAss([{ ...whole, duration: flicks(1000 * step) }], ALL).text).words,
    ).toEqual([[['One', 0, 900]]]);
  });
});

describe('word times in files of others', () => {
  it('WebVTT with other tags, several words a timestamp, and timestamps that say nothing', () => {
    const file = `WEBVTT

00:01.000 --> 00:03.000
One <c.red>t<00:01.500>wo</c> <00:02.000>and three

00:04.000 --> 00:05.000
Back <00:03.000>then <00:04.500>now <00:04.200>or <00:09.000>later
`;
    expect(wordsOf(file)).toEqual({
      words: [
        [
          ['One', 0, 375],
          ['t', 375, 500],
          ['wo', 500, 1000],
          ['and', 1000, 1375],
          ['three', 1375, 2000],
        ],
        [
          ['Back', 0, 250],
          ['then', 250, 500],
          ['now', 500, 650],
          ['or', 650, 750],
          ['later', 750, 1000],
        ],
      ],
      texts: ['One two and three', 'Back then now or later'],
      losses: ['captions/styling', 'captions/word-times'],
    });
  });

  it('ASS syllables of every kind; one that goes on after its caption ends with it', () => {
    const file = `[Events]
Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\k30}Ka{\\kf30}ra {\\pos(1,2)\\k20}oke{\\k900}!
Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\\kt5}No {\\kx}times
`;
    expect(wordsOf(file)).toEqual({
      words: [
        [
          ['Ka', 0, 300],
          ['ra', 300, 600],
          ['oke', 600, 800],
          ['!', 800, 1000],
        ],
        undefined,
      ],
      texts: ['Kara oke!', 'No times'],
      losses: ['captions/styling', 'captions/position', 'captions/word-times'],
    });
  });

  it('are left out where captions are joined or split, which is reported', () => {
    const together = `WEBVTT

00:01.000 --> 00:03.000
One <00:02.000>two

00:01.000 --> 00:03.000
Three
`;
    expect(wordsOf(together)).toEqual({
      words: [undefined],
      texts: ['One two\nThree'],
      losses: ['captions/same-time', 'captions/word-times'],
    });
    const long = `WEBVTT\n\n00:01.000 --> 00:03.000\n<00:01.500>${'word '.repeat(100)}\n`;
    expect(wordsOf(long).losses).toEqual(['captions/long', 'captions/word-times']);
    expect(wordsOf(long).words.every((words) => words === undefined)).toBe(true);
  });

  it('end with a caption that the next one shortens', () => {
    const file = `WEBVTT

00:01.000 --> 00:05.000
One <00:02.000>two <00:04.000>three

00:03.000 --> 00:06.000
Next
`;
    expect(wordsOf(file).words[0]).toEqual([
      ['One', 0, 1000],
      ['two', 1000, 2000],
      ['three', 2000, 2000],
    ]);
  });
});
