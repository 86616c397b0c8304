import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settle } from '../fault.ts';
import type { Cue } from '../model/entities.ts';
import { FLICKS_PER_SECOND, flicks, LONGEST_TIME, ZERO } from '../time/flicks.ts';
import type { CaptionCue } from './captionCue.ts';
import { formatAss } from './formatAss.ts';
import { formatVtt } from './formatVtt.ts';
import { readCaptions } from './readCaptions.ts';
import { splitText } from './splitText.ts';
import { formatSrt } from './srt.ts';

const ALL = { start: ZERO, end: LONGEST_TIME };

/** Start and end in seconds, and the words. */
function read(text: string) {
  return readCaptions(text).cues.map((cue) => [
    cue.start / FLICKS_PER_SECOND,
    cue.end / FLICKS_PER_SECOND,
    cue.text,
  ]);
}

const codes = (text: string) => readCaptions(text).losses.map((loss) => loss.code);

function asCues(cues: readonly CaptionCue[]): Cue[] {
  return cues.map(({ start, end, text }, index) => ({
    id: `cue-${index}`,
    kind: 'cue',
    placement: { trackId: 'captions', start },
    duration: flicks(end - start),
    text,
  }));
}

/** Captions in order without overlaps, on the steps of a format. */
function captions(stepsPerSecond: number, line: fc.Arbitrary<string>) {
  const step = FLICKS_PER_SECOND / stepsPerSecond;
  const text = fc
    .array(
      line.filter((each) => each.trim() !== ''),
      { minLength: 1, maxLength: 3 },
    )
    .map((lines) => lines.join('\n').trim());
  const spans = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 400_000 }), fc.integer({ min: 1, max: 9000 }), text),
    { maxLength: 12 },
  );
  return spans.map((all) => {
    let last = 0;
    return all.map(([wait, length, words]): CaptionCue => {
      const start = last + wait;
      last = start + length;
      return { start: flicks(start * step), end: flicks(last * step), text: words };
    });
  });
}

/** Any characters but those that end lines everywhere. */
const anyLine = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((line) => !/[\r\n\0]/.test(line));

describe('what is written is read as it was', () => {
  it('SubRip, to the millisecond', () => {
    // SubRip has no way to write words that look like its own marks.
    const line = anyLine.filter((each) => !/[<{]|-->/.test(each));
    fc.assert(
      fc.property(captions(1000, line), (cues) => {
        fc.pre(cues.length > 0);
        expect(readCaptions(formatSrt(asCues(cues), ALL))).toEqual({ cues, losses: [] });
      }),
      { numRuns: 300 },
    );
  });

  it('WebVTT, to the millisecond, whatever the words', () => {
    fc.assert(
      fc.property(captions(1000, anyLine), (cues) => {
        expect(readCaptions(formatVtt(asCues(cues), ALL).text)).toEqual({ cues, losses: [] });
      }),
      { numRuns: 300 },
    );
    const cues = [
      { start: flicks(0), end: flicks(FLICKS_PER_SECOND), text: '--> <b> & &lt; NOTE\nNOTE x' },
    ];
    expect(readCaptions(formatVtt(asCues(cues), ALL).text)).toEqual({ cues, losses: [] });
  });

  it('ASS, to the centisecond, backslashes included', () => {
    const line = anyLine.filter((each) => !/[{}\u2060]/.test(each));
    fc.assert(
      fc.property(captions(100, line), (cues) => {
        const { text, losses } = formatAss(asCues(cues), ALL);
        expect(losses).toEqual([]);
        expect(readCaptions(text)).toEqual({ cues, losses: [] });
      }),
      { numRuns: 300 },
    );
    const cues = [{ start: flicks(0), end: flicks(FLICKS_PER_SECOND), text: 'C:\\New\\here, yes' }];
    expect(readCaptions(formatAss(asCues(cues), ALL).text).cues).toEqual(cues);
  });

  it('ASS times are rounded to centiseconds, and braces become round, which is said', () => {
    const cues = [
      {
        start: flicks(1.006 * FLICKS_PER_SECOND),
        end: flicks(3725.994 * FLICKS_PER_SECOND),
        text: 'a {b}',
      },
    ];
    const { text, losses } = formatAss(asCues(cues), ALL);
    expect(text).toContain('\nDialogue: 0,0:00:01.01,1:02:05.99,Default,,0,0,0,,a (b)\n');
    expect(losses.map((loss) => loss.code)).toEqual(['captions/braces']);
  });
});

describe('SubRip files', () => {
  it('with a byte order mark, Windows line ends, points, and counters that are wrong or missing', () => {
    expect(
      read(
        '\uFEFF7\r\n00:00:01,500 --> 00:00:02.25\r\nOne\r\n42\r\n\r\n\r\n7\r\n0:0:3,0 --> 0:0:4\r\nTwo\r\n\r\n01:00:00,000 --> 01:00:01,000\r\nThree',
      ),
    ).toEqual([
      [1.5, 2.25, 'One\n42'],
      [3, 4, 'Two'],
      [3600, 3601, 'Three'],
    ]);
  });

  it('keep words after an empty line', () => {
    expect(read('1\n00:00:01,000 --> 00:00:02,000\nOne\n\nmore\n')).toEqual([[1, 2, 'One\nmore']]);
  });

  it('lose tags and coordinates, which is said once with the number of captions', () => {
    const text = [1, 3, 5]
      .map((at) => `1\n00:00:0${at},000 --> 00:00:0${at + 1},000 X1:1 X2:2\n{\\an8}<i>I</i> < 3\n`)
      .join('\n');
    expect(read(text)).toEqual([
      [1, 2, 'I < 3'],
      [3, 4, 'I < 3'],
      [5, 6, 'I < 3'],
    ]);
    expect(readCaptions(text).losses).toMatchObject([
      { code: 'captions/position', where: '00:00:01.000 and 2 more' },
      { code: 'captions/styling', where: '00:00:01.000 and 2 more' },
    ]);
  });
});

describe('WebVTT files', () => {
  const file = (...blocks: string[]) => ['WEBVTT - a title', ...blocks].join('\n\n');

  it('without hours, with names, notes, settings, tags and references', () => {
    const text = file(
      'STYLE\n::cue { color: red }',
      'NOTE 00:01 to\n00:02 is silent',
      'first\n00:01.000 --> 00:02.500 line:0 align:start\n<v Ann>Fish &amp; <i>chips</i> &#x263A;',
      '01:00:00.000 --> 01:00:01.000\nLater',
    );
    expect(read(text)).toEqual([
      [1, 2.5, 'Fish & chips ☺'],
      [3600, 3601, 'Later'],
    ]);
    expect(codes(text)).toEqual(['captions/styling', 'captions/position', 'captions/speaker']);
  });

  it('with times that cannot be lose those captions, which is said', () => {
    const text = file(
      '00:05.000 --> 00:04.000\nBack',
      'x --> y\nNone',
      '00:06.000 --> 00:07.000\nOk',
    );
    expect(read(text)).toEqual([[6, 7, 'Ok']]);
    expect(readCaptions(text).losses).toMatchObject([
      { code: 'captions/bad-time', where: 'line 6 and 1 more' },
    ]);
  });
});

describe('ASS files', () => {
  const file = (lines: string[], format = '') =>
    `[Script Info]\nTitle: x\n\n[Events]\n${format}${lines.join('\n')}\n`;

  it('have their words after the ninth comma, with breaks and without tags', () => {
    const text = file([
      'Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,not shown',
      'Dialogue: 0,0:00:01.50,0:00:02.00,Default,,0,0,0,,Well, {\\i1}yes{\\i0}\\Nand no\\hmore',
    ]);
    expect(read(text)).toEqual([[1.5, 2, 'Well, yes\nand no\u00A0more']]);
    expect(codes(text)).toEqual(['captions/styling']);
  });

  it('lose drawings, positions, styles and speakers, which is said', () => {
    const text = file([
      'Dialogue: 0,0:00:01.00,0:00:02.00,Sign,Ann,0,0,0,,{\\pos(1,2)\\p1}m 0 0 l 9 9{\\p0}Word',
    ]);
    expect(read(text)).toEqual([[1, 2, 'Word']]);
    expect(codes(text)).toEqual([
      'captions/styling',
      'captions/speaker',
      'captions/position',
      'captions/drawing',
    ]);
  });

  it('may have their fields in another order', () => {
    const text = file(['Dialogue: 0:00:02.00,0:00:01.00,a, b'], 'Format: End, Start, Text\n');
    expect(read(text)).toEqual([[1, 2, 'a, b']]);
  });
});

describe('captions that do not fit', () => {
  it('are sorted, joined where they start together, and shortened where they overlap', () => {
    const text =
      'WEBVTT\n\n00:05.000 --> 00:09.000\nC\n\n00:01.000 --> 00:06.000\nA\n\n00:01.000 --> 00:02.000\nB\n\n00:10.000 --> 00:11.000\n<b> </b>\n';
    expect(read(text)).toEqual([
      [1, 5, 'A\nB'],
      [5, 9, 'C'],
    ]);
    expect(codes(text)).toEqual([
      'captions/styling',
      'captions/empty',
      'captions/same-time',
      'captions/overlap',
    ]);
  });

  it('are split when long, with every word and all of the time', () => {
    const sentence = `${'word '.repeat(20)}end. `;
    const text = `1\n00:00:10,000 --> 00:00:20,000\n${sentence.repeat(10)}\n`;
    const { cues, losses } = readCaptions(text);
    expect(cues.every((cue) => cue.text.length <= 400 && cue.text.endsWith('end.'))).toBe(true);
    expect(cues.map((cue) => cue.text).join(' ')).toBe(sentence.repeat(10).trim());
    expect([cues[0]?.start, cues.at(-1)?.end]).toEqual([
      10 * FLICKS_PER_SECOND,
      20 * FLICKS_PER_SECOND,
    ]);
    expect(cues.slice(1).every((cue, index) => cue.start === cues[index]?.end)).toBe(true);
    expect(losses.map((loss) => loss.code)).toEqual(['captions/long']);
  });

  it('lose no character but white space at the cuts', () => {
    const words = fc.string({
      unit: fc.constantFrom('a', ' ', '.', '\u{1F600}', 'é'),
      maxLength: 120,
    });
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 30 }), (text, limit) => {
        const pieces = splitText(text, limit);
        const bare = (each: string) => each.replaceAll(/\s/g, '');
        expect(bare(pieces.join(''))).toBe(bare(text));
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(limit);
          expect(piece).toBe(piece.trim());
          expect(piece).not.toBe('');
          expect(piece.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('other files', () => {
  const refusal = (text: string) => {
    const result = settle(() => readCaptions(text));
    return result.ok ? null : result.error.code;
  };

  it.each([
    ['nothing', ''],
    ['a letter', 'Dear reader,\n\nthis goes from A --> B.\n'],
    ['JSON', '{"OTIO_SCHEMA":"Timeline.1"}'],
    ['almost WebVTT', 'WEBVTTX\n'],
  ])('%s are refused', (_, text) => {
    expect(refusal(text)).toBe('captions/not-captions');
  });

  it('too large are refused', () => {
    expect(refusal(`WEBVTT${'\n'.repeat(10 * 1024 * 1024)}`)).toBe('captions/too-large');
    expect(refusal('0:0:0 --> 0:0:1\n'.repeat(100_001))).toBe('captions/too-large');
  });

  it('made to be slow are read all the same', () => {
    const line = 'Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,';
    const huge = 2_000_000;
    for (const text of [
      `[Events]\n${line}${'{'.repeat(huge)}`,
      `WEBVTT\n\n00:01.000 --> 00:02.000\n${'<'.repeat(huge)}`,
      `1\n00:00:01,000 --> 00:00:02,000\n${'{\\'.repeat(huge / 2)}`,
      `1\n00:00:01,000 --> 00:00:02,000\n${'<font '.repeat(huge / 6)}`,
    ]) {
      expect(readCaptions(text).cues.length).toBeGreaterThan(4000);
    }
  });

  it('without anything to read are empty', () => {
    expect(readCaptions('WEBVTT')).toEqual({ cues: [], losses: [] });
  });
});
